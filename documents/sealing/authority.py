"""The test authority of the demo: a root and a key under it, made once and kept in ANBAN_DATA/keys. They sign nothing
that counts, and their names say so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.conf import settings

from foundation.organization.whole import made_once

from .keys import TEST

ROOT, SIGNER = f"{TEST}根证书（演示用，不具法律效力）", f"{TEST}签名（演示用，不具法律效力）"
# The demo plays months that lie behind it.
FROM, UNTIL = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2050, 1, 1, tzinfo=dt.UTC)


def place() -> Path:
    return settings.DATA_DIR / "keys" / "test-signing.p12"


def key_file() -> Path:
    """Made where it is missing."""
    path = place()
    made_once(path, key_content)
    return path


def root_there() -> x509.Certificate | None:
    """Of the key that was made; None where no demo ever signed."""
    if not place().exists():
        return None
    return pkcs12.load_key_and_certificates(place().read_bytes(), None)[2][0]


def key_content(signer: str = SIGNER, *, until: dt.datetime = UNTIL, password: bytes | None = None) -> bytes:
    """A PKCS#12 file with key, certificate and root."""
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption

    root_key, own_key = _key(), _key()
    root = _certificate(ROOT, root_key, ROOT, root_key, UNTIL, authority=True)
    own = _certificate(signer, own_key, ROOT, root_key, until, authority=False)
    how = BestAvailableEncryption(password) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"anban", own_key, own, [root], how)


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: str, by: rsa.RSAPrivateKey, until: dt.datetime, *, authority: bool
) -> x509.Certificate:  # fmt: skip
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    signs = {"digital_signature": not authority, "content_commitment": not authority}
    keeps = {"key_cert_sign": authority, "crl_sign": authority}
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(authority, 0 if authority else None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **signs, **keeps), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .sign(by, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
