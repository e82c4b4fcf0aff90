"""A finished paper that is read in: its head and its imprint are no text. What a draft has a field for goes there, the
rest is named, for the system makes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from documents.layout.parsing import ADDRESSEE, SENTENCE_END

from ..models import Urgency

BLANK = r"[\s\u3000]"
COPY = re.compile(r"(?:№|No\.?)?\s*\d{6}")
SECRET = re.compile(rf"(?:秘{BLANK}*密|机{BLANK}*密|绝{BLANK}*密)(?:{BLANK}*[★☆].*)?")
URGENT = re.compile(rf"(特{BLANK}*急|加{BLANK}*急|特{BLANK}*提|平{BLANK}*急)")
NUMBER = re.compile(
    rf"[\u4e00-\u9fff]{{1,16}}[〔\[［【（(](?:\d{{4}}|{BLANK}*)[〕\]］】）)]{BLANK}*第?(?:\d+|{BLANK}*){BLANK}*号"
)
SIGNER = re.compile(rf"签{BLANK}*发{BLANK}*人{BLANK}*[:：]{BLANK}*(.*)")
OFFICE = r"(?!关于)[\w（）〇·]*(?:[办局委会府室队司院部处站所校厂社心组班镇乡街村团馆]|街道|集团)"
ORGAN = re.compile(OFFICE)
MARK = re.compile(rf"(?:{OFFICE})?文件|(?!关于).*纪要")
NAMES = re.compile(rf"[\u4e00-\u9fff·]{{2,6}}(?:{BLANK}+[\u4e00-\u9fff·]{{2,6}})*")
PRINTED = re.compile(rf"(.*?){BLANK}*\d{{4}}年\d{{1,2}}月\d{{1,2}}日{BLANK}*印发")
COPIES = re.compile(r"[（(]?共印\s*\d+\s*份[）)]?")
TOLD = re.compile(rf"(主{BLANK}*送|抄{BLANK}*[送报发]){BLANK}*[:：]{BLANK}*(.*)")
HIGHEST = 24  # lines of a head
LONGEST = 60  # characters of a name
MOST = 30  # lines of names


class Finished(NamedTuple):
    """`urgency` and `cc` are empty where the paper has none; `left` names what was left out."""

    text: str
    urgency: str = ""
    cc: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    tidied: tuple[str, ...] = ()  # what tidying took out of the file

    @property
    def fields(self) -> dict[str, str]:
        """Of the editor's form; what the paper does not say stays as it was typed."""
        said = {"text": self.text, "urgency": self.urgency, "cc": "、".join(self.cc)}
        return {name: words for name, words in said.items() if words or name == "text"}

    @property
    def note(self) -> str:
        """What the writer is told of it."""
        found = [f"紧急程度“{Urgency(self.urgency).label}”"] if self.urgency else []
        found += [f"抄送 {len(self.cc)} 家"] if self.cc else []
        said = f"{'、'.join(found)}已填到对应栏目。" if found else ""
        if self.left:
            said += f"没有读入：{'、'.join(self.left)}。版头、版记由系统重新生成，发文字号另编。"
        if any(one.startswith("密级") for one in self.left):
            said += "本系统只处理非密信息，涉密文件请勿读入、保存。"
        return said + "".join(self.tidied)


def finished(text: str) -> Finished:
    """Of any text: one without head and imprint comes back as it is."""
    lines = text.split("\n")
    end, to, cc, printed = _imprint(lines)
    start, head = _head(lines[:end])
    kept = [*_title(lines[start:end])] if start else lines[:end]
    if start or end < len(lines):
        kept = _trimmed(kept)
    if to and not any(ADDRESSEE.fullmatch(line) for line in kept[1:4] if line):
        kept[1:1] = ["", f"{to}："]
    urgency = next((code for code, label in Urgency.choices if label in head.get("紧急程度", "")), "")
    if urgency:
        del head["紧急程度"]
    left = [f"{name}“{said}”" for name, said in head.items()] + [f"印发机关和日期“{printed}”"] * bool(printed)
    return Finished("\n".join(kept), urgency, cc, tuple(left))


def _head(lines: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Where the title begins, and what stands above it by its name; 0 where the text has no head."""
    found: dict[str, list[str]] = {}
    numbered = marked = 0
    for at, line in enumerate(lines[:HIGHEST], 1):
        parts = _parts(line.strip(), signed="签发人" in found and not numbered)
        if parts is None or (numbered and any(name == "发文机关标志" for name, _ in parts)):
            break
        for name, said in parts:
            found.setdefault(name, []).append(said)
        numbered = at if "发文字号" in found and parts else numbered
        marked = at if any(MARK.fullmatch(said) for _, said in parts) else marked
        if marked == at and _is_title(lines, at):
            marked = 0
            break
    start = numbered or marked
    told = {name: re.sub(rf"{BLANK}+", " ", " ".join(said)) for name, said in found.items()} if start else {}
    return start, told


def _is_title(lines: Sequence[str], at: int) -> bool:
    """Whether this 纪要 is the title of a text without head: no other stands below."""
    below = next((line for line in lines[at:] if line.strip()), "")
    return lines[at - 1].strip().endswith("纪要") and not (
        NUMBER.search(below) or MARK.fullmatch(below.strip())
    )


def _parts(line: str, *, signed: bool) -> list[tuple[str, str]] | None:
    """What one line of a head says; None where it can be no part of one. `signed`: names may go on."""
    found = []
    for name, pattern in (("签发人", SIGNER), ("发文字号", NUMBER)):
        if match := pattern.search(line):
            found.append((name, (match[1] if pattern is SIGNER else match[0]).strip()))
            line = f"{line[: match.start()]} {line[match.end() :]}".strip()
    if not line:
        return found
    for name, pattern in (("份号", COPY), ("密级", SECRET), ("紧急程度", URGENT)):
        if pattern.fullmatch(line):
            return [*found, (name, re.sub(BLANK, "", line))]
    if found or signed:
        return [*found, ("签发人", line)] if NAMES.fullmatch(line) else None
    names = re.split(rf"{BLANK}+", line)
    stands = all(len(name) <= LONGEST and (MARK.fullmatch(name) or ORGAN.fullmatch(name)) for name in names)
    return [("发文机关标志", line)] if stands else None


def _title(lines: list[str]) -> Iterator[str]:
    """The lines that the layout made of it are one again, where an empty one ends them."""
    lines = _trimmed(lines)
    above = [*takewhile(str.strip, lines)]
    if not 1 < len(above) < 10 or len(above) == len(lines) or above[-1].strip()[-1] in SENTENCE_END:
        yield from lines
        return
    yield re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", " ".join(line.strip() for line in above))
    yield from lines[len(above) :]


def _trimmed(lines: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _imprint(lines: Sequence[str]) -> tuple[int, str, tuple[str, ...], str]:
    """Where it begins, 主送 that moved into it, 抄送, and who printed it when."""
    end, told, printed, more = len(lines), [], "", ""
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if match := TOLD.fullmatch(line):
            told.append((re.sub(BLANK, "", match[1]), match[2] + more))
            end, more = at, ""
        elif PRINTED.fullmatch(line) and not (told or more):
            end, printed = at, f"{re.sub(rf'{BLANK}+', ' ', line)} {printed}".strip()
        elif COPIES.fullmatch(line) and not (told or more):
            end, printed = at, f"{printed} {line}".strip()
        elif not line and not more:
            continue
        elif line and len(lines[at:end]) < MOST and lines[at].startswith("\u3000"):
            more = line + more  # names that run on
        else:
            break
    to = next((names for label, names in told if label == "主送"), "").rstrip("。")
    names = "、".join(names.rstrip("。") for label, names in told[::-1] if label != "主送")
    return end, to, tuple(filter(None, re.split(r"[、，,；;]", names))), printed
