#!/usr/bin/env python3
"""核验归档包：签名是不是移出单位的，文件有没有被改动、删去或添加，每一件的办理过程是不是原样。

用法：
    python3 verify.py 归档包.zip                核验一个归档包
    python3 verify.py 文件夹                    核验解压以后的文件夹
    python3 verify.py                           核验本文件所在的文件夹
    python3 verify.py 归档包.zip --key 指纹     签名的公钥不是这一个，就不通过

指纹要向移出单位另行取得，例如在它的“归档包”页面上。本文件也可能被人替换：请用另行取得的一份。
只需要 Python 3.8 或更新的版本，不联网，不安装任何东西。
"""

# It goes into every package as it is, and `manage.py verify_archive` imports it. Nothing is ever unpacked.

from __future__ import annotations

import base64
import contextlib
import hashlib
import itertools
import json
import os
import struct
import sys
import zipfile
from typing import IO, Any, Iterator  # noqa: UP035 - Python 3.8

MANIFEST, SIGNATURE, KEY = "manifest.sha256", "manifest.sig", "manifest.pub"
ENDS = (MANIFEST, SIGNATURE, KEY)  # of a package, in this order: all that the manifest doesn't list
ABOUT, METADATA, EVENTS, FOLDER = "package.json", "metadata.json", "events.json", "件/"
UNSIGNED = f"归档包没有签名（{SIGNATURE}、{KEY}），证明不了是谁做的、有没有被改过。旧版系统做的包请由移出单位重新打包。"
PASSED = "核验通过：文件齐全，没有改动，办理过程完整。"
NO_MANIFEST = f"缺少清单 {MANIFEST}：不是本系统的归档包，或清单被删去。"
CHUNK, LONGEST = 1 << 20, 64 << 20  # bytes
MOST = 100  # reasons that are told
MADE, DOS_MADE = (1980, 1, 1, 0, 0, 0), 33  # every file of a package has this date
MODE = 0o100644 << 16
BROKEN = (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, struct.error)
UNREADABLE = (*BROKEN, LookupError, TypeError, AttributeError)


class NoPackage(Exception):
    """不是归档包：请指定归档包（.zip）或解压以后的文件夹。"""


class Folder:
    """A package that was unpacked."""

    ordered = False
    zip = contextlib.nullcontext()

    def __init__(self, path: str) -> None:
        self.path = path
        there = (os.path.join(at, name) for at, _, files in os.walk(path) for name in files)
        self.names = sorted(os.path.relpath(one, path).replace(os.sep, "/") for one in there)

    def open(self, name: str) -> IO[bytes]:
        return open(os.path.join(self.path, *name.split("/")), "rb")


class Package:
    """A ZIP, read where it lies."""

    ordered = True

    def __init__(self, path: str) -> None:
        self.zip = zipfile.ZipFile(path)
        self.infos = self.zip.infolist()
        self.names = [one.filename for one in self.infos]

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name)


def check(path: str, key: str = "") -> list[str]:
    """What is wrong, in sentences; empty when nothing is. `key`: the fingerprint that its key has to have.
    NoPackage for what never was one."""
    if not os.path.isdir(path):
        with open(path, "rb") as file:
            start = file.read(4)
        if not start.startswith(b"PK") and not zipfile.is_zipfile(path):
            raise NoPackage(f"“{os.path.basename(path)}”不是 ZIP 文件。{NoPackage.__doc__}")
    try:
        with opened(path) as package:
            return _told(_shape(package, path)) or _told(_contents(package, key))
    except BROKEN:
        return ["归档包已损坏，读不出来。请重新取得原包。"]


@contextlib.contextmanager
def opened(path: str) -> Iterator[Any]:
    source = Folder(path) if os.path.isdir(path) else Package(path)
    with source.zip:
        yield source


def signer(path: str) -> str:
    """The fingerprint of the key in a package that is in order."""
    with opened(path) as source:
        return fingerprint(_key(source))


def _told(faults: Iterator[str]) -> list[str]:
    found = list(itertools.islice(faults, MOST))
    return found if len(found) < MOST else [*found, "问题太多，其余不再列出。"]


# ---- the ZIP itself


def _shape(package: Any, path: str) -> Iterator[str]:
    """A ZIP holds plain files, one after the other and not compressed: any other byte was put there later."""
    if not package.ordered:
        return
    seen: set[str] = set()
    for one in package.infos:
        if _odd(one.filename):
            yield f"文件名“{one.filename}”指向包外或不合规，解压有危险。"
        if one.filename in seen:
            yield f"“{one.filename}”在包里出现了两次。"
        seen.add(one.filename)
    size = os.path.getsize(path)
    if not seen:
        yield "包是空的。"
    elif MANIFEST not in seen:
        yield NO_MANIFEST
    elif any(one.compress_type != zipfile.ZIP_STORED for one in package.infos) or (
        sum(one.file_size for one in package.infos) > size
    ):
        yield "包被重新压缩过，展开以后比包本身大，没有读取。请用原包，或在解压以后的文件夹里核验。"
    elif not _plain(package, path, size):
        yield "包的结构被改动过（文件的次序、日期、属性，或夹带了别的内容）。请用原包核验。"


def _odd(name: str) -> bool:
    parts = name.split("/")
    return "\\" in name or ":" in name or "\0" in name or not all(parts) or bool({".", ".."} & set(parts))


def _plain(package: Package, path: str, size: int) -> bool:
    """Every byte that is not content is the one that our writer would have put there."""
    tail, at = b"", 0
    with open(path, "rb") as file:
        for one in package.infos:
            name, flag = _encoded(one.filename)
            common = (20, flag, 0, 0, DOS_MADE, one.CRC, one.file_size, one.file_size, len(name), 0)
            head = struct.pack("<4s5H3L2H", b"PK\3\4", *common) + name
            tail += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20 | 3 << 8, *common, 0, 0, 0, MODE, at) + name
            file.seek(at)
            if one.header_offset != at or file.read(len(head)) != head:
                return False
            at += len(head) + one.file_size
        count = len(package.infos)
        tail += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(tail), at, 0)
        file.seek(at)
        return size == at + len(tail) and file.read(len(tail)) == tail


def _encoded(name: str) -> tuple[bytes, int]:
    """The name as a ZIP holds it, and the flag that says it is UTF-8."""
    return name.encode("utf-8", "surrogatepass"), 0 if name.isascii() else 0x800


# ---- what is in it


def _contents(source: Any, key: str) -> Iterator[str]:
    if MANIFEST not in source.names:
        yield NO_MANIFEST
        return
    yield from _signature(source, key)
    listed: dict[str, str] = {}
    for number, line in enumerate(_bytes(source, MANIFEST).decode("utf-8").split("\n")[:-1], 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or _odd(name) or name in listed or name in ENDS:
            yield f"清单第 {number} 行看不懂：{line[:60]}"
        else:
            listed[name] = digest
    found = dict.fromkeys(name for name in source.names if name not in ENDS)
    yield from (f"“{name}”在清单里，包里没有：被删去。" for name in listed if name not in found)
    yield from (f"“{name}”在包里，清单里没有：是后加的。" for name in found if name not in listed)
    if source.ordered and found.keys() == listed.keys() and source.names != [*listed, *ENDS]:
        yield "文件在包里的次序与清单不同：被调换过。"
    kept = {}
    for name in sorted(found.keys() & listed.keys()):
        kept[name] = _digest(source, name)
        if kept[name] != listed[name]:
            yield f"“{name}”的内容与清单不符：被改动过。"
    yield from _items(source, kept)


def _signature(source: Any, wanted: str) -> Iterator[str]:
    """The manifest holds for all of the package; the signature for the manifest."""
    if SIGNATURE not in source.names or KEY not in source.names:
        yield UNSIGNED
        return
    key = _key(source)
    if not signed(key, _bytes(source, MANIFEST), _bytes(source, SIGNATURE)):
        yield f"清单的签名不符：{MANIFEST}、{SIGNATURE} 或 {KEY} 被改动过。"
    elif wanted and fingerprint(key) != wanted:
        yield f"签名的公钥不是所要的那一个，它的指纹是 {fingerprint(key)}：包是别人做的，或被改动以后另签了名。"


def _key(source: Any) -> bytes:
    """Its 32 bytes; none where it is not written in the one way in which it can be."""
    pem = _bytes(source, KEY)
    key = base64.b64decode(pem[len(PEM[0]) : -len(PEM[1])])
    return key if pem == PEM[0] + base64.b64encode(key) + PEM[1] else b""


def _items(source: Any, kept: dict[str, str]) -> Iterator[str]:
    """Every 件 that the package says it holds is there whole, and no other."""
    try:
        wanted = read_json(source, ABOUT)["items"]
        folders = {name.split("/")[1] for name in kept if name.startswith(FOLDER)}
        yield from (f"{one}：包里没有这一件。" for one in wanted if one not in folders)
        yield from (f"{one}：不在包的件目录里，是后加的。" for one in sorted(folders) if one not in wanted)
    except UNREADABLE:
        yield f"{ABOUT} 看不懂：被改动过。"
        return
    for one in sorted(folders):
        base = f"{FOLDER}{one}/"
        try:
            files = {digest for name, digest in kept.items() if name.startswith(base)}
            about, events = read_json(source, base + METADATA), read_json(source, base + EVENTS)
            yield from (f"{one}：{fault}" for fault in _item(one, about, events["chains"], files))
        except UNREADABLE:
            yield f"{one}：{METADATA} 或 {EVENTS} 看不懂：被改动过。"


def _item(reference: str, about: dict[str, Any], chains: list[Any], files: set[str]) -> Iterator[str]:
    """The item's own chain vouches for the snapshot; the snapshot for the files, and for the document's chain."""
    content, ends = about["content"], {}
    for chain in chains:
        yield from chain_faults(chain)
        ends[chain["target"]] = chain["entries"]
    own, document = ends.get("documents.archiveitem", []), ends.get("documents.document", [])
    first = own[0]["data"] if own else {}
    sealed = hashlib.sha256(canonical(content).encode()).hexdigest()
    if (first.get("digest"), first.get("reference")) != (sealed, reference) or about[
        "reference"
    ] != reference:
        yield "归档时的记录（题名、文件、处理单）与办理过程里留下的摘要不符：被改动过。"
    if not own or about["state"] != next((one["to"] for one in reversed(own) if one["to"]), ""):
        yield "归档的办理过程不完整。"
    seq, head = content["journal"]["seq"], content["journal"]["head"]
    if len(document) < seq or document[seq - 1]["hash"] != head:
        yield "公文的办理过程到归档时为止不完整：有记录被删去。"
    if about["document"] != content["document"]["id"]:
        yield "这一件说的不是同一份公文。"
    for one in content["files"]:
        if one["sha256"] not in files:
            yield f"归档时的文件“{one['name']}”不在包里，或被改动过。"


def chain_faults(chain: dict[str, Any]) -> Iterator[str]:
    """Each entry is sealed over the one before it; the last is the head that was kept apart."""
    head = ""
    for number, entry in enumerate(chain["entries"], 1):
        if entry["seq"] != number:
            yield f"办理过程“{chain['target']}”第 {number} 条应是第 {entry['seq']} 条：有记录被删去、添加或调换。"
            return
        if entry["hash"] != seal(head, chain["target"], chain["id"], entry):
            yield f"办理过程“{chain['target']}”第 {number} 条与哈希不符：被改动过，或次序被调换。"
            return
        head = entry["hash"]
    if (len(chain["entries"]), head) != (chain["seq"], chain["head"]):
        yield f"办理过程“{chain['target']}”的末尾不符：有记录被删去。"


def seal(head: str, target: str, pk: int, entry: dict[str, Any]) -> str:
    keys = ("verb", "to", "actor", "post", "behalf", "data", "words", "at")
    content = canonical({key: entry[key] for key in keys})
    sealed = f"{head}|{target}:{pk}|{entry['seq']}|{entry['source']}|{content}"
    return hashlib.sha256(sealed.encode()).hexdigest()


def canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _digest(source: Any, name: str) -> str:
    found = hashlib.sha256()
    with source.open(name) as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            found.update(chunk)
    return found.hexdigest()


def _bytes(source: Any, name: str) -> bytes:
    with source.open(name) as file:
        content: bytes = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise ValueError(f"{name} 太大")
    return content


def read_json(source: Any, name: str) -> Any:
    if name not in source.names:
        raise ValueError(f"没有 {name}")
    try:
        return json.loads(_bytes(source, name))
    except RecursionError:
        raise ValueError(f"{name} 嵌套太深") from None


# ---- Ed25519 (RFC 8032), for checking only: one encoding of each signature, and no key for which anything holds

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
DER = bytes.fromhex("302a300506032b6570032100")  # 32 bytes of key follow
PEM = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(DER), b"\n-----END PUBLIC KEY-----\n"
ZERO = (0, 1, 1, 0)  # a point is x, y, z, t: x/z and y/z, and t/z their product


def fingerprint(key: bytes) -> str:
    return hashlib.sha256(DER + key).hexdigest()


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    point, base, s = _point(key), _point(b"\x58" + b"\x66" * 31), int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or s >= L or not _times(8, point)[0]:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, t = _times(k, point)
    return _packed(_sum(_times(s, base), (P - x, y, z, P - t))) == signature[:32]


def _point(found: bytes) -> Any:
    number = int.from_bytes(found, "little")
    y, odd = number % 2**255, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(found) != 32 or y >= P or x * x % P != square or (x == 0 and odd):
        return None
    x = x if x % 2 == odd else P - x
    return x, y, 1, x * y % P


def _sum(one: Any, other: Any) -> Any:
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * D * one[3] * other[3], 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Any) -> Any:
    found = ZERO
    for bit in bin(number)[2:]:
        found = _sum(_sum(found, found), point if bit == "1" else ZERO)
    return found


def _packed(point: Any) -> bytes:
    z = pow(point[2], P - 2, P)
    return (point[1] * z % P | (point[0] * z % P % 2) << 255).to_bytes(32, "little")


def key_of(typed: str) -> str:
    """A fingerprint as people copy it."""
    found = "".join(typed.split()).replace(":", "").lower()
    if len(found) != 64 or set(found) - set("0123456789abcdef"):
        raise NoPackage(f"“{typed}”不是公钥的指纹：请写成 64 位的十六进制数，例如从“归档包”页面复制。")
    return found


def main(arguments: list[str]) -> int:
    at = arguments.index("--key") if "--key" in arguments else len(arguments)
    path, *more = [*arguments[:at], *arguments[at + 2 :]] or [os.path.dirname(os.path.abspath(__file__))]
    try:
        if more or path.startswith("-") or len(arguments) == at + 1:
            raise NoPackage((__doc__ or "").strip())
        key = key_of(arguments[at + 1]) if arguments[at:] else ""
        reasons = check(path, key)
    except NoPackage as error:
        say(str(error))
        return 2
    except OSError:
        say(f"“{path}”打不开：请核对路径和权限。")
        return 2
    for one in reasons:
        say(f"✗ {one}")
    say(f"核验没有通过，共 {len(reasons)} 处。" if reasons else f"{PASSED}\n{by(signer(path), key)}")
    return 1 if reasons else 0


def by(found: str, wanted: str) -> str:
    told = "就是所要的那一个" if wanted else "请与移出单位另行公布的核对，不同就是别人做的包"
    return f"签名公钥的指纹：{found}（{told}）。"


def say(text: str) -> None:
    sys.stdout.buffer.write((text + "\n").encode(sys.stdout.encoding or "utf-8", "replace"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
