"""A signature under a finished PDF: PAdES, as an incremental update that leaves every byte before it as it was."""

from __future__ import annotations

import datetime as dt
import io
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import timezone

from .keys import Key

FIELD = "Signature"
REASON = "印发公文"


def signed(content: bytes, *, key: Key, organ: str, at: dt.datetime) -> bytes:
    """The same content, key and time give the same bytes with an RSA key. Refused: a time stamp that was not to be
    had."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    class Update(IncrementalPdfFileWriter):
        """Says nothing about itself: what a PDF/A claims about its author and day stays true of both revisions."""

        def _update_meta(self) -> None:
            return None

        @classmethod
        def _handle_id(cls, prev: Any) -> Any:
            first = prev.trailer["/ID"][0].original_bytes if "/ID" in prev.trailer else bytes(16)
            second = sha256(content).digest()[:16]
            return generic.ArrayObject(generic.ByteStringObject(one) for one in (first, second))

    class Signer(signers.PdfSigner):
        def init_signing_session(self, *args: Any, **options: Any) -> Any:
            session = super().init_signing_session(*args, **options)
            session.system_time = timezone.localtime(at)
            return session

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", reason=REASON, name=organ, certify=True,
        subfilter=fields.SigSeedSubFilter.PADES, docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )  # fmt: skip
    signer = signers.SimpleSigner.load_pkcs12_data(key.content, other_certs=[], passphrase=key.password)
    signer.embed_roots = False
    made = Signer(meta, signer, timestamper=_time_stamper()).sign_pdf(Update(io.BytesIO(content)))
    return made.getvalue()


def _time_stamper() -> Any:
    """None without an authority for time stamps: offices sit on closed networks."""
    if not settings.SIGNING_TSA:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(settings.SIGNING_TSA, timeout=10)
