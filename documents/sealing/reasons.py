"""Why a file is not what was issued: stable codes, and the sentence of each."""

REASONS = {
    "damaged": "文件残缺或已损坏，读不出来。",
    "unsigned": "文件没有数字签名。",
    "altered": "签名之后，文件内容被改动过。",
    "appended": "签名之后，文件后面又追加了内容。",
    "unreadable": "签名已损坏，或用了不能识别的算法（如国密 SM2），无法核验。",
    "untrusted": "签名证书不是受信任的机构签发的。",
    "expired": "签名时，签名证书不在有效期内。",
    "differs": "文件带有印发公文的核验码，内容却与印发的不一致。",
    "void": "这份公文已作废。",
}
