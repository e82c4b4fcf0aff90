"""归档包: the same bytes for the same 件, and whatever is done to one is told, offline, by the script in it."""

import ast
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from documents.archiving import verify
from documents.archiving.packing import make_package, path_of, start_package
from documents.archiving.services import void_item
from documents.formats.ofd import render_ofd
from documents.layout import Meta, parse, render_notice
from documents.models import ArchiveItem, ArchivePackage
from foundation.files.models import path_of as file_path
from foundation.jobs import queue
from foundation.journal import chain
from foundation.organization.refusals import Refused
from tests.cast import actor
from tests.disks import small_files

from .forging import one
from .things import AT, archived

SCRIPT = Path(verify.__file__)


def asked(cast, *items: ArchiveItem, seat=None) -> ArchivePackage:
    job = start_package(items=[one.pk for one in items], actor=actor(seat or cast.clerk), at=AT)
    queue.run_due(AT)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return ArchivePackage.objects.latest("pk")


def with_events(parts, change) -> dict[str, bytes]:
    name = one(parts, verify.EVENTS)
    events = json.loads(parts[name])
    change(events["chains"])
    return parts | {name: json.dumps(events).encode()}


def test_a_package_as_it_was_made_is_in_order(whole, parts, told):
    assert verify.check(str(whole)) == []
    assert told(parts, sealed=False) == ""
    names = [name.split("/")[-1] for name in parts if "0001" in name]
    assert names == ["metadata.json", "events.json", "文件处理单.pdf", "01-正文-关于开展检查的通知.pdf", "02-附件-名单__.txt"]  # fmt: skip


def test_a_byte_changed_anywhere_is_told(whole, tmp_path):
    content, out = whole.read_bytes(), tmp_path / "b.zip"
    chance = random.Random(5)
    for at in [
        *range(40),
        *range(len(content) - 400, len(content)),
        *chance.sample(range(len(content)), 150),
    ]:
        out.write_bytes(content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :])
        assert verify.check(str(out)) or out.read_bytes() == content, at


def test_what_was_removed_added_changed_or_moved_is_named(parts, told):
    annex = one(parts, "名单__.txt")
    assert f"“{annex}”在清单里，包里没有" in told(
        {k: v for k, v in parts.items() if k != annex}, sealed=False
    )
    assert "“件/x.txt”在包里，清单里没有" in told(parts | {"件/x.txt": b"x"}, sealed=False)
    assert f"“{annex}”的内容与清单不符" in told(parts | {annex: b"x"}, sealed=False)
    assert "次序与清单不同" in told(dict(reversed(parts.items())), sealed=False)
    assert "缺少清单" in told({k: v for k, v in parts.items() if k != verify.MANIFEST}, sealed=False)
    assert "第 1 行看不懂" in told(parts | {verify.MANIFEST: b"x\n" + parts[verify.MANIFEST]}, sealed=False)
    assert "次序与清单不同" in told({verify.KEY: parts[verify.KEY]} | parts, sealed=False)


def test_a_manifest_that_was_made_to_fit_does_not_help(parts, told):
    annex, about = one(parts, "名单__.txt"), one(parts, verify.METADATA)
    assert "归档时的文件“名单:*.txt”不在包里" in told({k: v for k, v in parts.items() if k != annex})
    assert "归档时的文件" in told(parts | {annex: b"x"})
    assert "留下的摘要不符" in told(parts | {about: parts[about].replace("通知".encode(), "通报".encode())})
    assert "不在包的件目录里" in told(parts | {"件/X/a": b"x"})
    assert "没有这一件" in told({k: v for k, v in parts.items() if "0002" not in k})
    assert "看不懂" in told(parts | {about: b"{"})
    assert "看不懂" in told(parts | {about: b"[" * 100_000})
    assert "看不懂" in told(parts | {verify.ABOUT: b"[]"})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda chains: chains[0]["entries"].pop(), "末尾不符"),
        (lambda chains: chains[0]["entries"].pop(0), "第 1 条应是第 2 条"),
        (lambda chains: chains[0]["entries"].reverse(), "应是第 2 条"),
        (lambda chains: chains[0]["entries"][1].update(actor=7), "第 2 条与哈希不符"),
        (lambda chains: chains[0]["entries"][1].update(data={}), "第 2 条与哈希不符"),
        (lambda chains: chains[0].update(cut(chains[0])), "到归档时为止不完整"),
        (lambda chains: chains.pop(), "归档的办理过程不完整"),
        (lambda chains: chains[1]["entries"].clear(), "末尾不符"),
        (lambda chains: chains[1]["entries"][0].pop("hash"), "看不懂"),
    ],
)  # fmt: skip
def test_a_chain_that_was_cut_or_changed_is_told(parts, told, change, says):
    assert says in told(with_events(parts, change))


def cut(kept: dict) -> dict:
    """The chain without its end, made to look whole."""
    entries = kept["entries"][:-1]
    return kept | {"entries": entries, "seq": len(entries), "head": entries[-1]["hash"]}


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a\\b", "C:x", "a//b", "./a"])
def test_a_name_that_leads_out_of_the_package_is_told(parts, told, name):
    assert "指向包外" in told(parts | {name: b"x"}, sealed=False)


def test_a_bomb_is_told_and_not_read(tmp_path):
    out = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open(verify.MANIFEST, "w") as file,
    ):
        for _ in range(1024):
            file.write(bytes(1 << 20))
    assert "展开以后比包本身大" in "".join(verify.check(str(out)))


def test_a_package_that_was_compressed_again_is_no_longer_ours(parts, told):
    assert "重新压缩" in told(parts, sealed=False, how=zipfile.ZIP_DEFLATED)


def test_a_package_cut_off_or_with_something_behind_it_is_told(whole, tmp_path):
    out, content = tmp_path / "b.zip", whole.read_bytes()
    for kept in (
        content[:-1],
        content[: len(content) // 2],
        content + b"x",
        b"x" + content,
        content + content,
    ):
        out.write_bytes(kept)
        assert verify.check(str(out))


def test_a_full_disk_leaves_nothing_half_made(cast):
    item = archived(cast, content={})
    start_package(items=[item.pk], actor=actor(cast.clerk), at=AT)
    row = ArchivePackage.objects.get()

    class Quiet:
        step = staticmethod(lambda *args: None)

    with small_files(2000), pytest.raises(Refused, match="磁盘空间不足"):
        make_package(row.pk, Quiet())
    assert list(path_of(row.pk).parent.iterdir()) == []
    assert verify.check(str(path_of(make_package(row.pk, Quiet()).pk))) == []


def test_the_same_items_give_the_same_bytes_and_the_papers_formats(cast):
    sealed = render_notice(
        parse("盖了章的通知\n各镇：\n请检查。"), Meta(kind="通知", organ="某市安全生产委员会办公室")
    )
    item = archived(cast, paper=sealed)
    made = [asked(cast, item), asked(cast, item)]
    assert made[0].sha256 == made[1].sha256 == sha256(path_of(made[0].pk).read_bytes()).hexdigest()
    with zipfile.ZipFile(path_of(made[0].pk)) as package:
        ofd = package.read(one(dict.fromkeys(package.namelist()), "正文-OFD.ofd"))
        assert ofd == render_ofd(sealed)  # of what was issued
        name = one(dict.fromkeys(package.namelist()), "正文-PDF-A.pdf")
        with pikepdf.open(io.BytesIO(package.read(name))) as pdf:
            assert pdf.open_metadata().pdfa_status == "2U"
    assert verify.check(str(path_of(made[0].pk))) == []


def test_what_is_void_or_of_others_goes_into_no_package(cast):
    item = archived(cast)
    for seat in (cast.town.head, cast.auditor):
        with pytest.raises(Refused, match="没有可以打包"):
            start_package(items=[item.pk], actor=actor(seat), at=AT)
    void_item(item=item.pk, actor=actor(cast.clerk), at=AT, reason="重复")
    with pytest.raises(Refused, match="没有可以打包"):
        start_package(items=[item.pk], actor=actor(cast.clerk), at=AT)


def test_a_file_that_is_gone_stops_the_package_by_its_name(cast):
    item = archived(cast, content={})
    file_path(item.content["files"][0]["sha256"]).unlink()
    job = start_package(items=[item.pk], actor=actor(cast.clerk), at=AT)
    queue.run_due(AT)
    job.refresh_from_db()
    assert (job.state, "不在存储中" in job.error) == ("failed", True)


def test_the_script_in_the_package_checks_it_alone(whole, parts, tmp_path):
    with zipfile.ZipFile(whole) as package:
        package.extractall(tmp_path / "out")
    assert parts["verify.py"] == SCRIPT.read_bytes()
    run = [sys.executable, "-I", str(tmp_path / "out/verify.py")]
    for arguments in ([], [str(whole)]):
        done = subprocess.run([*run, *arguments], capture_output=True, text=True, cwd="/")
        assert (done.returncode, "核验通过" in done.stdout) == (0, True)
    (tmp_path / "out/README.txt").write_text("x")
    shutil.copy(tmp_path / "out/README.txt", tmp_path / "out/more.txt")
    done = subprocess.run(run, capture_output=True, text=True)
    assert (done.returncode, "被改动过" in done.stdout, "后加的" in done.stdout) == (1, True, True)
    assert subprocess.run([*run, "/no/such"], capture_output=True).returncode == 2


def test_the_script_runs_on_old_pythons():
    tree = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))
    modules = {one.module if isinstance(one, ast.ImportFrom) else one.names[0].name for one in ast.walk(tree)
               if isinstance(one, ast.Import | ast.ImportFrom)}  # fmt: skip
    assert modules <= {"__future__", "base64", "contextlib", "hashlib", "itertools", "json", "os", "struct", "sys", "typing",
                       "zipfile"}  # fmt: skip
    newer = {"removeprefix", "removesuffix", "file_digest", "bit_count", "pairwise"}
    assert newer.isdisjoint(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def test_the_scripts_chain_is_that_of_the_journal():
    entry = {"verb": "a.b.c", "to": "x", "actor": 1, "post": None, "behalf": None, "data": {"甲": [1, "二"]},
             "words": "", "at": "2026-06-12T01:00:00.000000+00:00"}  # fmt: skip
    ours = chain.seal("head", "a.b", 7, 3, "s", chain.canonical(entry))
    assert verify.seal("head", "a.b", 7, entry | {"seq": 3, "source": "s"}) == ours


@pytest.mark.django_db
@pytest.mark.parametrize("ok", [True, False])
def test_the_command_prints_its_verdict(whole, tmp_path, capsys, ok):
    out = tmp_path / "b.zip"
    out.write_bytes(whole.read_bytes()[: None if ok else -1])
    with nullcontext() if ok else pytest.raises(SystemExit, match="1"):
        call_command("verify_archive", str(out), "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], bool(found["reasons"])) == (ok, not ok)


@pytest.mark.parametrize("content", [b"text", b"", None])
def test_what_never_was_a_package_is_bad_input(tmp_path, content):
    out = tmp_path / "b.zip"
    if content is not None:
        out.write_bytes(content)
    with pytest.raises(CommandError) as error:
        call_command("verify_archive", str(out))
    assert error.value.returncode == 2
