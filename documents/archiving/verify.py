#!/usr/bin/env python3
"""核验归档包：文件有没有被改动、删去或添加，每一件的办理过程是不是原样。

用法：
    python3 verify.py 归档包.zip      核验一个归档包
    python3 verify.py 文件夹          核验解压以后的文件夹
    python3 verify.py                 核验本文件所在的文件夹

只需要 Python 3.8 或更新的版本，不联网，不安装任何东西。
"""

# This file goes into every package as it is, and `manage.py verify_archive` imports it: it needs nothing but Python.
# Nothing is ever unpacked. Faults are sentences for whoever received the package.

from __future__ import annotations

import hashlib
import json
import os
import stat
import struct
import sys
import zipfile
from typing import IO, Any, Iterator  # noqa: UP035 - Python 3.8

MANIFEST, ABOUT = "manifest.sha256", "package.json"
NO_MANIFEST = f"缺少清单 {MANIFEST}：不是本系统的归档包，或清单被删去。"
METADATA, EVENTS = "metadata.json", "events.json"
FOLDER = "件/"
CHUNK = 1 << 20
LONGEST_JSON = 64 << 20  # bytes
MOST = 100  # reasons that are told
MADE, DOS_MADE = (1980, 1, 1, 0, 0, 0), 33  # every file of a package has this date
MODE = (stat.S_IFREG | 0o644) << 16
BROKEN = (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError, struct.error)


class NoPackage(Exception):
    """不是归档包：请指定归档包（.zip）或解压以后的文件夹。"""


class Folder:
    """A package that was unpacked."""

    ordered = False

    def __init__(self, path: str) -> None:
        self.path = path
        self.names = sorted(self._names())

    def _names(self) -> Iterator[str]:
        for at, _, files in os.walk(self.path):
            for name in files:
                yield os.path.relpath(os.path.join(at, name), self.path).replace(os.sep, "/")

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


def check(path: str) -> list[str]:
    """What is wrong, in sentences; empty when nothing is. NoPackage for what never was one."""
    if os.path.isdir(path):
        return _told(_contents(Folder(path)))
    with open(path, "rb") as file:
        start = file.read(4)
    if not start.startswith(b"PK") and not zipfile.is_zipfile(path):
        raise NoPackage(f"“{os.path.basename(path)}”不是 ZIP 文件。{NoPackage.__doc__}")
    try:
        package = Package(path)
        with package.zip:
            shape = list(_shape(package, path))
            return _told(iter(shape)) if shape else _told(_contents(package))
    except BROKEN:
        return ["归档包已损坏，读不出来。请重新取得原包。"]


def _told(faults: Iterator[str]) -> list[str]:
    found = []
    for fault in faults:
        found.append(fault)
        if len(found) == MOST:
            return [*found, "问题太多，其余不再列出。"]
    return found


# ---- the ZIP itself


def _shape(package: Package, path: str) -> Iterator[str]:
    """A package holds plain files, one after the other and not compressed: any other byte was put there later."""
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
    try:
        return name.encode("ascii"), 0
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass"), 0x800


# ---- what is in it


def _contents(source: Any) -> Iterator[str]:
    if MANIFEST not in source.names:
        yield NO_MANIFEST
        return
    listed: dict[str, str] = {}
    for number, line in enumerate(_text(source, MANIFEST).split("\n")[:-1], 1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name or _odd(name) or name in listed:
            yield f"清单第 {number} 行看不懂：{line[:60]}"
        else:
            listed[name] = digest
    found = [name for name in source.names if name != MANIFEST]
    yield from (f"“{name}”在清单里，包里没有：被删去。" for name in listed if name not in set(found))
    yield from (f"“{name}”在包里，清单里没有：是后加的。" for name in found if name not in listed)
    if source.ordered and set(found) == set(listed) and found != list(listed):
        yield "文件在包里的次序与清单不同：被调换过。"
    kept = {}
    for name in sorted(set(listed) & set(found)):
        kept[name] = _digest(source, name)
        if kept[name] != listed[name]:
            yield f"“{name}”的内容与清单不符：被改动过。"
    yield from _items(source, kept)


def _items(source: Any, kept: dict[str, str]) -> Iterator[str]:
    """Every 件 that the package says it holds is there whole, and no other."""
    try:
        wanted = _json(source, ABOUT)["items"]
        folders = {name.split("/")[1] for name in kept if name.startswith(FOLDER)}
        yield from (f"{one}：包里没有这一件。" for one in wanted if one not in folders)
        yield from (f"{one}：不在包的件目录里，是后加的。" for one in sorted(folders) if one not in wanted)
    except (*BROKEN, LookupError, TypeError, AttributeError):
        yield f"{ABOUT} 看不懂：被改动过。"
        return
    for one in sorted(folders):
        base = f"{FOLDER}{one}/"
        try:
            files = {digest for name, digest in kept.items() if name.startswith(base)}
            about, events = _json(source, base + METADATA), _json(source, base + EVENTS)
            yield from (f"{one}：{fault}" for fault in _item(one, about, events["chains"], files))
        except (*BROKEN, LookupError, TypeError, AttributeError):
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
    return hashlib.sha256(
        f"{head}|{target}:{pk}|{entry['seq']}|{entry['source']}|{content}".encode()
    ).hexdigest()


def canonical(content: Any) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _digest(source: Any, name: str) -> str:
    found = hashlib.sha256()
    with source.open(name) as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            found.update(chunk)
    return found.hexdigest()


def _text(source: Any, name: str) -> str:
    with source.open(name) as file:
        content = file.read(LONGEST_JSON + 1)
    if len(content) > LONGEST_JSON:
        raise ValueError(f"{name} 太大")
    return content.decode("utf-8")


def _json(source: Any, name: str) -> Any:
    if name not in source.names:
        raise ValueError(f"没有 {name}")
    try:
        return json.loads(_text(source, name))
    except RecursionError:
        raise ValueError(f"{name} 嵌套太深") from None


def main(arguments: list[str]) -> int:
    path = arguments[0] if arguments else os.path.dirname(os.path.abspath(__file__))
    try:
        reasons = check(path)
    except NoPackage as error:
        say(str(error))
        return 2
    except OSError as error:
        say(f"“{path}”打不开：{error.strerror}。")
        return 2
    for one in reasons:
        say(f"✗ {one}")
    say(
        f"核验没有通过，共 {len(reasons)} 处。" if reasons else "核验通过：文件齐全，没有改动，办理过程完整。"
    )
    return 1 if reasons else 0


def say(text: str) -> None:
    sys.stdout.buffer.write((text + "\n").encode(sys.stdout.encoding or "utf-8", "replace"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
