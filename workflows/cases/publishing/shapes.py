"""What the things look like that are masked: one function for each `what` of the rules. Pure.

They read a text in half-width capitals; its length is that of the text, so that places are the same in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..identifiers import credit_code_fault, person_number_fault
from .people import pattern
from .rules import surnames

Place = tuple[int, int]

CREDIT = re.compile(r"(?<![\dA-Z])[\dA-Z]{18}(?![\dA-Z])")
IDENTITY = re.compile(
    r"(?<!\d)\d{6}[ -]?\d{4}[ -]?\d{2}[ -]?\d{2}[ -]?\d{3}[ -]?[\dX](?!\d)"
    r"|(?<!\d)\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)"
)
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<=微信)(?:号码?)?[: ]*([A-Z][\w-]{4,})|(?<=QQ)(?:号码?)?[: ]*(\d{5,})",
    re.ASCII,
)
PHONE = re.compile(
    r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?:(?<!\d)0\d{2,3}|\(0\d{2,3}\))[ -]?\d{7,8}(?!\d)"
)
BANK = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?:[ -]?\d{1,3})?(?!\d)")
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?[A-HJ-NP-Z\d]{4,5}[A-HJ-NP-Z\d挂学警港澳]"
    r"(?![A-Z\d])"
)
CERTIFICATE = re.compile(
    r"(?:护照|驾驶证|驾照|执业证|资格证|从业证|操作证|证件|证书|社保卡?|工)(?:编号|号码|号)[: ]*([A-Z\d][A-Z\d-]{4,})"
)
# The town stays, what leads to the door does not.
ADDRESS = re.compile(
    r"(?:住址|住所地?|家住|现住址?|户籍所?在?地址?|居住地址?|家庭地址|地址|(?<=[,。;: (])住)[: 于在]*"
    r"(?>(?:[一-鿿]{1,8}?(?:省|市|县|区|镇|乡|街道))*)([^,。;、\n)*:\s]{2,40})"
    r"|(?<=[一-鿿][路街巷道村组里弄区园])(第?[\d一二三四五六七八九十百-]+号(?:之[\d一二三])?(?:[\d一二三四五六七八九十]+(?:号楼|栋|幢|座|单元|楼|层|房|室|号))*)"
)
NUMBER = re.compile(r"\d(?:[ -]?\d){6,}|[〇零一二三四五六七八九]{7,}")
DATE = re.compile(
    r"(?<![\d-])(?:19|20)\d\d(?:([-/.])(?:0?[1-9]|1[0-2])\1(?:[12]\d|3[01]|0?[1-9])|(?:0[1-9]|1[0-2])(?:[12]\d|3[01]|0[1-9]))"
    r"(?:[ T]+\d{1,2}:\d\d(?::\d\d)?)?(?![\d-])"
)
AMOUNT = re.compile(r"[\d.]*\s?(?:元|万|亿|吨|千克|公斤|平方米|立方米|米|升|人|台|件)")
LONGEST_AMOUNT = 12
CUES = "法定代表人|负责人|投资人|经营者|厂长|经理|场长|矿长|店主|业主|老板|员工|工人|死者|伤者|死亡人员|受伤人员|当事人|证人|安全员|操作工"


@dataclass(frozen=True)
class Known:
    """Of the case: whom it names, each with what the name becomes."""

    people: dict[str, str] = field(default_factory=dict)
    entities: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()  # of entities


def whole(shape: re.Pattern[str]) -> Callable[[str, Known], Iterator[Place]]:
    """Each match, or only what it has in brackets."""

    def places(text: str, known: Known) -> Iterator[Place]:
        for found in shape.finditer(text):
            yield found.span(found.lastindex or 0)

    return places


def entity(text: str, known: Known) -> Iterator[Place]:
    for name in known.entities:
        yield from (found.span() for found in re.finditer(re.escape(flat(name)), text))


def person(text: str, known: Known) -> Iterator[Place]:
    if shape := pattern(map(flat, known.people)):
        yield from (found.span() for found in shape.finditer(text))


def credit(text: str, known: Known) -> Iterator[Place]:
    """Eighteen digits may also be the number of a person or of an account: then only an entity of the case has it as
    its code. What has a letter is told by its check digits."""
    for found in CREDIT.finditer(text):
        code = found.group()
        lettered = not code.isdecimal() and person_number_fault(code)
        if code in map(flat, known.codes) or (lettered and not credit_code_fault(code)):
            yield found.span()


def number(text: str, known: Known) -> Iterator[Place]:
    """Seven digits or more that are no day and no amount."""
    text = DATE.sub(lambda day: " " * len(day.group()), text)
    for found in NUMBER.finditer(text):
        short = sum(sign.isdecimal() for sign in found.group()) <= LONGEST_AMOUNT
        if not (short and AMOUNT.match(text, found.end())):
            yield found.span()


def namesake(text: str, known: Known) -> Iterator[Place]:
    """The name of a person of the case within that of an entity: 许三食品厂."""
    inside = list(entity(text, known))
    for start, end in person(text, known):
        if any(first <= start and end <= last for first, last in inside):
            yield start, end


def stranger(text: str, known: Known) -> Iterator[Place]:
    """What may be a name, after a word that a name follows."""
    family = "|".join([*surnames().compound, f"[{surnames().single}]"])
    ends = r"(?=[,。;:、()\s的在对于未从是因等及与和擅将被即]|$)"
    for found in re.finditer(rf"(?:{CUES})[: ]*((?:{family})(?!某)[一-鿿]{{1,2}}?){ends}", text):
        yield found.span(1)


SHAPES: dict[str, Callable[[str, Known], Iterator[Place]]] = {
    "entity": entity, "credit": credit, "person": person, "identity": whole(IDENTITY), "contact": whole(CONTACT),
    "phone": whole(PHONE), "bank": whole(BANK), "plate": whole(PLATE), "certificate": whole(CERTIFICATE),
    "address": whole(ADDRESS), "number": number, "namesake": namesake,
    "stranger": stranger,
}  # fmt: skip

HALF = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
}
LOWER = {ord(sign): sign.upper() for sign in "abcdefghijklmnopqrstuvwxyz"}


def flat(text: str) -> str:
    return text.translate(HALF).translate(LOWER)
