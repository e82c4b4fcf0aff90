"""Phrases that name many units at once, and the code of the group each stands for."""

from __future__ import annotations

import re

_B = r"[（(〈]"
_E = r"[）)〉]"
_PLACE = r"(?:全?[市县区旗州省镇]|[省市县区]级|本[市县区]|我[市县区]|(?!组织|督促|推动|邀请|会同|协调|指导|联合|动员|要求|[由请在向对为])(?:(?![由在向各])[一-龥]){2,4}[市县区旗])?"
_TOWN = (
    rf"(?:乡镇{_B}街道?{_E}|乡镇{_B}街道?办?事?处?{_E}|乡{_B}镇{_E}|镇{_B}乡?、?街道?办?事?处?{_E}|镇{_B}场{_E}"
    rf"|街道{_B}乡?镇{_E}|镇乡|镇街道?|街镇|乡镇街道|乡镇、街道|镇、街道?|街道、镇|乡、镇|乡镇|街道|镇|园区)"
)
_TOWN_TAIL = r"(?:人民政府|政府|办事处|党委)?(?:[和、及](?:街道)?办事处)?"
#: 各县（区）应急管理局, 各乡镇应急办: the organ meant there
_ORGAN_OF = r"(?:(?:(?!组织|会同|联合|配合|协助|督促|指导|负责|[要由在和与及对每报向至给将把于、])[一-龥]){2,6}?(?:局|大队)|应急办|安委办|安办)?"
_SOME = r"(?:各|有关|相关|全体|各有关|各相关)"

#: code → full phrase, tried in this order; the longest match wins
GROUPS: tuple[tuple[str, str], ...] = (
    ("all_units", r"各(?:地区?|级)[、和]?各(?:有关|相关|级)?部门(?:[、和]?各?(?:有关)?单位)?"),
    ("all_units", rf"{_SOME}(?:有关|相关)?(?:责任)?单位|各级各部门|各地(?:区)?各单位|全体单位"),
    ("towns", rf"{_PLACE}(?:各|每个?|有关|相关|全体)(?:有关|相关)?{_TOWN}{_TOWN_TAIL}{_ORGAN_OF}"),
    (
        "districts",
        rf"各(?:[县区旗]{_B}[市县区旗、]+{_E}|市{_B}[县区旗、]+{_E}|县区|区县|县市区|市县区?|县、?区|区){_TOWN_TAIL}{_ORGAN_OF}",
    ),
    (
        "members",
        rf"{_PLACE}(?:安委会|安全生产委员会|安委|减灾委|消委会)?(?:其他|其它)?(?:各|有关|相关|全体|各有关|各相关)*成员单位",
    ),
    (
        "departments",
        rf"{_PLACE}(?:其他|其它)?(?:各|有关|相关|各有关|各相关)(?:行业|职能|业务|执法|责任|牵头|配合|成员|县级|市级|县直|市直|区直)*部门(?:[、和及](?:有关)?单位|单位)?",
    ),
    (
        "departments",
        r"(?:各|有关|相关)?[县市区]直(?:属|机关)?(?:各|有关|相关|各有关|执法|监管|行业|主管)*(?:部门|单位)(?:[、和及]单位)?",
    ),
    ("departments", r"[县市区](?:政府|级)(?:各|有关|相关|各有关)+部门(?:[、和及]单位|单位)?|职能部门"),
    (
        "office",
        rf"(?![镇乡])(?:{_PLACE}(?:安委办|安委会办公室|安全生产委员会办公室|安办)|(?:活动)?(?:指导委员会|领导小组|组委会)办公室)",
    ),
    (
        "regulators",
        r"(?:各|有关|[市县区]直)*(?:负有|承担)安全(?:生产)?(?:监督|监管)?(?:管理)?职责的(?:有关|相关|各)?(?:安全)?(?:监管|监督管理|主管)?(?:部门|单位)",
    ),
    (
        "regulators",
        rf"{_PLACE}(?:各|有关|相关)*(?:重点)?(?:行业|领域|行业领域|行业{_B}领域{_E})?(?:安全)?(?:生产)?(?:监管|主管|监督管理|行业主管|行业监管)(?:责任)?部门",
    ),
    (
        "enterprises",
        r"(?:各|有关|相关|各有关|各相关|各类|全体|重点)+(?:重点|行业|工贸|工矿商贸|危化品?|生产)*(?:生产经营单位|企业单位|企事业单位|企业|经营单位)",
    ),
    ("media", r"各(?:主流|新闻|主要)*(?:新闻单位|媒体单位|新闻媒体|媒体)"),
    ("schools", r"(?:各|有关|相关)+(?:级各类|级|类|中小学)*(?:学校|中小学校?|幼儿园|院校)(?:、幼儿园)?"),
    (
        "communities",
        rf"(?:各|有关|相关)+(?:村{_B}社区{_E}|村{_B}居{_E}|村居|村、社区|社区|行政村|村|居委会|村{_B}居委会{_E})",
    ),
)

#: words that may stand without 各 inside a list whose other members are groups
SIBLINGS: tuple[tuple[str, str], ...] = (
    ("towns", rf"{_TOWN}{_TOWN_TAIL}"),
    ("members", r"[市县区]?(?:安委会)?成员单位"),
    ("departments", r"(?:有关|相关)?部门(?:[、和及]单位)?"),
    ("enterprises", r"(?:(?![各等和及与])[一-龥]){0,6}企业|生产经营单位|企事业单位"),
    ("schools", r"学校|中小学校?"),
    ("communities", rf"社区|村{_B}社区{_E}|村{_B}居{_E}"),
)


def _compile(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((code, re.compile(pattern)) for code, pattern in table)


_GROUPS, _SIBLINGS = _compile(GROUPS), _compile(SIBLINGS)


def group_at(text: str, at: int, end: int, *, sibling: bool = False) -> tuple[int, str] | None:
    """End and code of the longest group phrase that begins at `at`."""
    table = _GROUPS + _SIBLINGS if sibling else _GROUPS
    found = [(m.end(), code) for code, pattern in table if (m := pattern.match(text, at, end))]
    return max(found, key=lambda each: each[0]) if found else None
