"""A package as somebody else would make it fit again."""

from __future__ import annotations

import zipfile
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from documents.archiving import verify

STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32))
Parts = dict[str, bytes]


def one(parts: Parts, ending: str) -> str:
    return next(name for name in parts if name.endswith(ending))


def fitted(parts: Parts) -> Parts:
    """Its manifest fits again; the signature is the one that was there."""
    inner = {name: content for name, content in parts.items() if name not in verify.ENDS}
    lines = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in inner.items())
    return inner | {name: parts[name] for name in verify.ENDS} | {verify.MANIFEST: lines.encode()}


def signed(parts: Parts, key: Ed25519PrivateKey = STRANGER) -> Parts:
    """Its manifest fits, and `key` says so."""
    found = fitted(parts)
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return found | {verify.SIGNATURE: key.sign(found[verify.MANIFEST]), verify.KEY: public}


def written(parts: Parts, out: Path, how: int = zipfile.ZIP_STORED) -> Path:
    """As ours are."""
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, verify.MADE)
            info.create_system, info.external_attr, info.compress_type = 3, verify.MODE, how
            package.writestr(info, content)
    return out


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
