"""The key that papers are signed with: a PKCS#12 file of the office, or in the demo one of a test authority.

Without a key papers are issued unsigned. With a key that can't be used none is issued. Who signs nothing doesn't load what
signs (5 MB).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from documents.layout.dates import chinese_date
from foundation.organization.refusals import Refused

if TYPE_CHECKING:
    from cryptography import x509

TEST = "测试"  # in the names of the demo's authority, which sign nothing that counts
SOON = dt.timedelta(30)


class BadKey(Refused):
    """签名密钥不能使用。"""


@dataclass(frozen=True)
class Key:
    content: bytes
    password: bytes | None
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]  # of its authorities, as the file has them

    @property
    def name(self) -> str:
        return name_of(self.certificate)

    @property
    def fingerprint(self) -> str:
        from cryptography.hazmat.primitives.hashes import SHA256

        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def until(self) -> dt.date:
        return timezone.localdate(self.certificate.not_valid_after_utc)

    @property
    def testing(self) -> bool:
        return TEST in self.name


def name_of(certificate: x509.Certificate) -> str:
    from cryptography.x509.oid import NameOID

    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()


def key() -> Key | None:
    """None: papers go out unsigned. Raises BadKey with what to do."""
    if settings.SIGNING_KEY:
        return _kept(Path(settings.SIGNING_KEY), settings.SIGNING_PASSWORD)
    if not settings.DEMO:
        return None
    from .authority import key_file

    return _kept(key_file(), "")


def key_for(at: dt.datetime) -> Key | None:
    """The key, where its certificate counts at `at`."""
    found = key()
    if found is None:
        return None
    certificate = found.certificate
    if at > certificate.not_valid_after_utc:
        raise BadKey(
            f"签名证书“{found.name}”已于{_day(certificate.not_valid_after_utc)}到期，公文没有印发。{RENEW}"
        )
    if at < certificate.not_valid_before_utc:
        raise BadKey(
            f"签名证书“{found.name}”自{_day(certificate.not_valid_before_utc)}起才有效，公文没有印发。"
        )
    return found


RENEW = "请换上新证书的密钥文件（ANBAN_SIGNING_KEY），再重试。"
SET = "请核对 ANBAN_SIGNING_KEY 指向的 PKCS#12 文件（.p12、.pfx）"


def roots() -> list[x509.Certificate]:
    """Whom a signature has to lead back to: the certificates of ANBAN_SIGNING_ROOTS, else the authority in one's own
    key file, else that of the test authority where there is one. Raises BadKey."""
    if settings.SIGNING_ROOTS:
        return _pem(Path(settings.SIGNING_ROOTS))
    found = key() if settings.SIGNING_KEY else None
    if found is None:
        from . import authority

        return [] if (root := authority.root_there()) is None else [root]
    topmost = [one for one in found.chain if one.subject == one.issuer]
    return topmost or [found.certificate]


def _kept(path: Path, password: str) -> Key:
    try:
        return _read(path, path.stat().st_mtime_ns, password)
    except OSError as error:
        raise BadKey(f"签名密钥文件 {path} 打不开：{error.strerror}。{SET}。") from error


@lru_cache(4)
def _read(path: Path, _: int, password: str) -> Key:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    content, secret = path.read_bytes(), password.encode() or None
    try:
        private, certificate, others = pkcs12.load_key_and_certificates(content, secret)
    except UnsupportedAlgorithm as error:
        raise BadKey(
            f"签名密钥文件 {path} 用的算法不支持（国密 SM2 尚不支持），请用 RSA 或 ECDSA 证书。"
        ) from error
    except ValueError as error:
        raise BadKey(_unread(path, content)) from error
    if private is None or certificate is None:
        raise BadKey(f"签名密钥文件 {path} 里没有私钥和证书。{SET}。")
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise BadKey(f"签名密钥文件 {path} 不是 RSA 或 ECDSA 密钥，请换一张证书。")
    return Key(content, secret, certificate, tuple(others))


def _unread(path: Path, content: bytes) -> str:
    """Whether it is the file or the password; a PKCS#12 file says so before it is opened."""
    from asn1crypto.pkcs12 import Pfx

    try:
        Pfx.load(content, strict=True).native["version"]
    except (ValueError, TypeError, KeyError):
        return f"签名密钥文件 {path} 不是 PKCS#12 文件，或已损坏。{SET}。"
    return f"签名密钥文件 {path} 的密码不对，请核对 ANBAN_SIGNING_PASSWORD。"


def _pem(path: Path) -> list[x509.Certificate]:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise BadKey(f"根证书文件 {path} 打不开：{error.strerror}。请核对 ANBAN_SIGNING_ROOTS。") from error
    except ValueError as error:
        raise BadKey(f"根证书文件 {path} 不是 PEM 证书，请核对 ANBAN_SIGNING_ROOTS。") from error


def asn1(certificate: x509.Certificate) -> Any:
    """As pyHanko takes it."""
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1

    return translate_pyca_cryptography_cert_to_asn1(certificate)


def _day(at: dt.datetime) -> str:
    return chinese_date(timezone.localdate(at))


def warning(at: dt.datetime) -> str:
    """What becomes wrong by itself: a certificate that ended, or ends soon. Empty where nothing does."""
    try:
        found = key_for(at)
    except BadKey as bad:
        return str(bad)
    if found and found.certificate.not_valid_after_utc - at < SOON:
        return f"签名证书“{found.name}”将于{_day(found.certificate.not_valid_after_utc)}到期，到期后公文不能印发，请尽早换证。"
    return ""
