"""Nobody but the office that made a package can make one of its files another, whatever else is made to fit."""

import json
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.core.management import CommandError, call_command

from documents.archiving import verify
from documents.archiving.package import write_package
from documents.archiving.services import void_item
from documents.models import ArchiveItem
from foundation.journal import keys
from tests.cast import actor

from .forging import STRANGER, Parts, fitted, one, parts_of, signed, written
from .things import AT, archived, attached, issued

P = 2**255 - 19


def about(parts: Parts, **values: object) -> Parts:
    name = one(parts, verify.METADATA)
    return parts | {name: json.dumps(json.loads(parts[name]) | values).encode()}


def renamed(parts: Parts) -> Parts:
    name = one(parts, verify.EVENTS)
    events = json.loads(parts[name])
    for entry in events["chains"][0]["entries"]:
        entry.update(who="张三", says="伪造")
    return parts | {name: json.dumps(events).encode()}


def dropped(parts: Parts) -> Parts:
    """A whole 件, and the package says that it never held it."""
    kept = json.loads(parts[verify.ABOUT])
    gone = kept["items"].pop()
    left = {name: content for name, content in parts.items() if gone not in name}
    return left | {verify.ABOUT: json.dumps(kept).encode()}


FORGERIES = {
    "title": lambda parts: about(parts, title="伪造的题名"),
    "term": lambda parts: about(parts, term="permanent", term_name="永久", basis="x"),
    "date": lambda parts: about(parts, archived_on="2000-01-01", year=1999),
    "who and what": renamed,
    "form": lambda parts: parts | {one(parts, "文件处理单.pdf"): b"%PDF-1.4 forged"},
    "archive format": lambda parts: parts | {one(parts, "00-正文-PDF-A.pdf"): b"%PDF-1.4 forged"},
    "script": lambda parts: parts | {"verify.py": b'print("ok")'},
    "readme": lambda parts: parts | {"README.txt": b"x"},
    "item": dropped,
}


@pytest.fixture
def mine(cast, tmp_path):
    """A package of two 件 that are here."""
    pk = issued(cast, paper=paper())
    attached(pk, "名单.txt", b"1")
    from documents.archiving.services import archive_document

    archive_document(document=pk, actor=actor(cast.clerk), at=AT)
    archived(cast, "通知二", content={})
    items = list(ArchiveItem.objects.select_related("document__organ", "document__unit").order_by("pk"))
    write_package(items, "两件", tmp_path / "mine.zip")
    return tmp_path / "mine.zip"


def paper() -> bytes:
    from documents.layout import Meta, parse, render_notice

    return render_notice(parse("通知\n各镇：\n请检查。"), Meta(kind="通知", organ="某市安委办"))


def command(path: Path, capsys, **options: object) -> list[str]:
    """The reasons of verify_archive, in the shape that is promised."""
    code: object = 0
    try:
        call_command("verify_archive", str(path), json=True, **options)
    except SystemExit as end:
        code = end.code
    found = json.loads(capsys.readouterr().out)
    assert code == (1 if found["reasons"] else 0)
    assert found == {"ok": not found["reasons"], "reasons": found["reasons"]}
    return found["reasons"]


def test_no_forgery_passes(mine, tmp_path, capsys):
    parts, own = parts_of(mine), keys.fingerprint(keys.key())
    assert verify.check(str(mine), own) == [] == command(mine, capsys)
    for what, forge in FORGERIES.items():
        forged = forge(parts)
        for made, key, says in (
            (fitted(forged), "", "清单的签名不符"),
            (signed(forged), own, "签名的公钥不是所要的那一个"),
            ({name: forged[name] for name in fitted(forged) if name not in verify.ENDS[1:]}, "", "没有签名"),
        ):
            out = written(made, tmp_path / "b.zip")
            assert says in "".join(verify.check(str(out), key)), what
            assert command(out, capsys), what
        assert "签名却不是本单位的密钥" in command(written(signed(forged), tmp_path / "b.zip"), capsys)[0], (
            what
        )


def test_an_item_is_compared_with_the_one_that_is_here(mine, tmp_path, capsys, cast):
    own = keys.key()
    forged = signed(about(parts_of(mine), title="另一个题名"), own)
    out = written(forged, tmp_path / "b.zip")
    assert verify.check(str(out)) == []
    assert "与这里的档案不同（title）" in command(out, capsys)[0]
    # What happened since is no fault of the package.
    void_item(item=ArchiveItem.objects.latest("pk").pk, actor=actor(cast.clerk), at=AT, reason="重复")
    assert command(mine, capsys) == []


def test_a_package_of_others_is_held_against_the_key_that_is_named(whole, capsys, db):
    found = verify.signer(str(whole))
    assert command(whole, capsys) == []
    assert command(whole, capsys, key=found.upper()) == []
    assert "所要的那一个" in command(whole, capsys, key="0" * 64)[0]
    call_command("verify_archive", str(whole))
    assert found in capsys.readouterr().out
    with pytest.raises(CommandError, match="不是公钥的指纹") as refused:
        call_command("verify_archive", str(whole), key="x")
    assert refused.value.returncode == 2


def test_to_check_a_package_makes_no_key(whole, capsys, db, settings):
    command(whole, capsys)
    assert not (settings.DATA_DIR / keys.KEPT).exists()


def test_a_key_that_cannot_be_read_says_what_to_do(whole, settings, db):
    path = settings.DATA_DIR / keys.KEPT
    path.parent.mkdir()
    path.write_text("x")
    with pytest.raises(CommandError, match="从备份恢复") as refused:
        call_command("verify_archive", str(whole))
    assert refused.value.returncode == 2


def test_the_script_tells_whose_key_it_is_and_takes_one(whole, tmp_path):
    found = verify.signer(str(whole))

    def run(*arguments: str) -> tuple[int, str]:
        script = [sys.executable, "-I", verify.__file__, *arguments]
        done = subprocess.run(script, capture_output=True, text=True)
        return done.returncode, done.stdout

    code, said = run(str(whole))
    assert (code, found in said, "另行公布的核对" in said) == (0, True, True)
    assert run("--key", found, str(whole))[0] == run(str(whole), "--key", found)[0] == 0
    assert run(str(whole), "--key", "1" * 64)[0] == 1
    for wrong in (("--key",), (str(whole), "--key", "x"), (str(whole), "--other"), ("a", "b")):
        assert run(*wrong)[0] == 2


def test_the_package_says_which_key_it_is_and_another_reader_agrees(whole, parts):
    key = serialization.load_pem_public_key(parts[verify.KEY])
    assert isinstance(key, Ed25519PublicKey)
    key.verify(parts[verify.SIGNATURE], parts[verify.MANIFEST])
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    found = sha256(der).hexdigest()
    assert found == verify.signer(str(whole)) == json.loads(parts[verify.ABOUT])["key"]
    assert found in parts["README.txt"].decode()


@pytest.mark.parametrize("change", [
    lambda pem: pem + b"\n", lambda pem: pem.replace(b"\n", b"\r\n"), lambda pem: pem[:-20], lambda pem: b"",
    lambda pem: pem.replace(b"PUBLIC", b"OTHERS"),
])  # fmt: skip
def test_a_key_that_is_written_otherwise_is_told(parts, told, change):
    assert told(parts | {verify.KEY: change(parts[verify.KEY])}, sealed=False)


def test_signatures_are_checked_as_by_another_library():
    chance = random.Random(8)
    for _ in range(30):
        secret = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        message, key = chance.randbytes(chance.randrange(200)), secret.public_key().public_bytes_raw()
        signature = secret.sign(message)
        assert verify.signed(key, message, signature)
        spoilt = bytearray(signature)
        spoilt[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not verify.signed(key, message, bytes(spoilt))
        with pytest.raises(InvalidSignature):
            secret.public_key().verify(bytes(spoilt), message)
        assert not verify.signed(key, message + b"x", signature)
        assert not verify.signed(STRANGER.public_key().public_bytes_raw(), message, signature)


def test_a_signature_has_one_encoding():
    key, signature = STRANGER.public_key().public_bytes_raw(), STRANGER.sign(b"x")
    assert verify.signed(key, b"x", signature)
    s = int.from_bytes(signature[32:], "little")
    for more in range(1, 16):
        if s + more * verify.L < 2**256:
            assert not verify.signed(key, b"x", signature[:32] + (s + more * verify.L).to_bytes(32, "little"))
    for other in (signature[:63], signature + b"\0", b""):
        assert not verify.signed(key, b"x", other)
    assert not verify.signed(key[:31], b"x", signature)
    assert not verify.signed(key + b"\0", b"x", signature)


def test_a_key_has_one_encoding_and_no_small_order():
    assert all(verify._point((y + P).to_bytes(32, "little")) is None for y in range(19))
    assert verify._point((1 | 1 << 255).to_bytes(32, "little")) is None  # minus nought
    eighth = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
    small = [1, P - 1, 0, 1 << 255, *(int.from_bytes(bytes.fromhex(one), "little") for one in (eighth,))]
    for y in small:
        key = y.to_bytes(32, "little")
        assert verify._point(key) is not None
        # S = 0 and R = the neutral point hold for every message under such a key, unless it is refused.
        assert not any(
            verify.signed(key, bytes([n]), (1).to_bytes(32, "little") + bytes(32)) for n in range(16)
        )
