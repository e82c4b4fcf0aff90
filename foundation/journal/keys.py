"""The key of this office's journal (Ed25519): it signs checkpoints, and the manifests of archive packages.

It lives under ANBAN_DATA/keys. A signature for one use is none for the other: the root of a checkpoint is 64
digits and nothing else, a manifest has lines with names. Who signs nothing doesn't load what signs (5 MB).
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from foundation.organization.refusals import Refused
from foundation.organization.whole import made_once

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEPT = "keys/journal.pem"
BAD = f"签名密钥 {KEPT} 不能使用，请把它从备份恢复到数据目录后重试。"


class BadKey(Refused):
    """签名密钥不能使用。"""


def key() -> Ed25519PrivateKey:
    """Made at first use, readable by its owner only. Raises BadKey."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        found = serialization.load_pem_private_key(made_once(_path(), _fresh), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise BadKey(BAD) from error
    if not isinstance(found, Ed25519PrivateKey):
        raise BadKey(BAD)
    return found


def has_signed(message: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's. Raises BadKey."""
    from cryptography.exceptions import InvalidSignature

    try:
        key().public_key().verify(signature, message)
    except InvalidSignature:
        return False
    return True


def public_key(of: Ed25519PrivateKey) -> bytes:
    """As PEM, for whoever checks a signature."""
    return _public(of, "PEM")


def fingerprint(of: Ed25519PrivateKey) -> str:
    """SHA-256 of the public key in DER, by which people compare it."""
    return sha256(_public(of, "DER")).hexdigest()


def _public(of: Ed25519PrivateKey, encoding: str) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return of.public_key().public_bytes(getattr(Encoding, encoding), PublicFormat.SubjectPublicKeyInfo)


def known_fingerprint() -> str:
    """Without making a key; empty where there is none."""
    return fingerprint(key()) if _path().exists() else ""


def _path() -> Path:
    return settings.DATA_DIR / KEPT


def _fresh() -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
