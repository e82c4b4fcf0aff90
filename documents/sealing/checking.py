"""What is wrong with a PDF, by its signature alone: the database is not asked here. Nothing is fetched from anywhere."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .keys import asn1, name_of

if TYPE_CHECKING:
    from cryptography import x509

ONE_CASE = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
END = re.compile(rb"%%EOF\s*\Z")
USAGE = {"digital_signature", "non_repudiation"}
OUT_OF_TIME = {
    "EXPIRED",
    "NOT_YET_VALID",
    "OUT_OF_BOUNDS_NO_POE",
    "OUT_OF_BOUNDS_NOT_REVOKED",
}  # by ETSI's standard of validation (EN 319 102, part 1)

for _name in (
    "pyhanko",
    "pyhanko_certvalidator",
):  # a certificate that leads nowhere is an answer, no fault of ours
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Signed:
    """`faults` are codes of reasons.py; who and when is what the signature says, true only without faults."""

    faults: tuple[str, ...]
    signer: str = ""
    at: dt.datetime | None = None


def check(content: bytes, roots: Sequence[x509.Certificate]) -> Signed:
    """Whether the last signature reaches to the end of the file, all are whole, and lead back to one of `roots`."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not END.search(content[-64:]):
        return Signed(("damaged",))
    try:
        found = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures
    except Exception:  # a reader of broken files breaks in every way there is, and each means the same
        return Signed(("damaged",))
    if not found:
        return Signed(("unsigned",))
    try:
        faults = [_faults(one, content, roots, last=one is found[-1]) for one in found]
        who, at = _signer(found[-1]), found[-1].self_reported_timestamp
    except Exception:  # so does one of broken signatures
        return Signed(("unreadable",))
    return Signed(tuple(dict.fromkeys(code for codes in faults for code in codes)), who, at)


def _faults(one: Any, content: bytes, roots: Sequence[x509.Certificate], *, last: bool) -> list[str]:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    one.compute_integrity_info(skip_diff=True)
    if not _whole(one, content):
        return ["altered"]
    status = _status(one, roots)
    if not (status.intact and status.valid):
        return ["altered"]
    entire = one.coverage == SignatureCoverageLevel.ENTIRE_FILE
    faults = ["appended"] if last and not entire else []
    return [*faults, *_trust(status)]


def _whole(one: Any, content: bytes) -> bool:
    """What a signature leaves out is itself, in one way of writing it: no other digits, nothing behind it."""
    start, first, second, _ = one.byte_range
    hole = content[start + first : second]
    if start or not ONE_CASE.fullmatch(hole):
        return False
    from asn1crypto.cms import ContentInfo

    held = bytes.fromhex(hole[1:-1].decode())
    message = ContentInfo.load(held)
    der = message.dump()
    return not held[len(der) :].strip(b"\0") and _filled(der) and _plain(message)


def _filled(der: bytes) -> bool:
    """Every length is written as DER has it, and what is inside fills it; a lax reader takes more."""
    from asn1crypto import parser

    while der:
        kind, method, tag, _, content, _ = parser.parse(der)
        whole = parser.emit(kind, method, tag, content)
        if not (kind or tag) or not der.startswith(whole) or (method and not _filled(content)):
            return False
        der = der[len(whole) :]
    return True


def _plain(message: Any) -> bool:
    """Parts of the message that its signature does not cover, as every signer writes them."""
    data = message["content"]
    signer = data["signer_infos"][0]
    algorithms = [one["algorithm"].native for one in data["digest_algorithms"]]
    return (
        len(data["signer_infos"]) == 1
        and data["version"].native == "v1"
        and signer["version"].native == "v1"
        and algorithms == [signer["digest_algorithm"]["algorithm"].native]
        and data["encap_content_info"]["content_type"].native == "data"
    )


def _status(one: Any, roots: Sequence[x509.Certificate]) -> Any:
    """Of the moment the signer says it was signed at: papers outlive certificates."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    trusted = ValidationContext(
        trust_roots=[asn1(root) for root in roots],
        other_certs=one.other_embedded_certs,
        moment=one.self_reported_timestamp,
        allow_fetching=False,
    )
    return validate_pdf_signature(
        one, trusted, skip_diff=True, key_usage_settings=KeyUsageConstraints(key_usage=USAGE)
    )


def _trust(status: Any) -> list[str]:
    if status.trusted:
        return []
    problem = status.trust_problem_indic
    return ["expired" if problem and problem.standard_name in OUT_OF_TIME else "untrusted"]


def _signer(one: Any) -> str:
    from cryptography import x509

    return name_of(x509.load_der_x509_certificate(one.signer_cert.dump()))
