"""What a document is before it has lines: the values that parsing yields and the renderers take."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from .dates import UNKNOWN, chinese_date
from .kinds import KINDS

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, kw_only=True)
class Meta:
    """What the office knows about a document beside its text. Everything may be missing."""

    kind: str = "通知"
    organ: str = ""  # 发文机关, in full; of a joint paper (联合行文) the lead
    plain: bool = False  # the mark is the organ's name without 文件
    joint_organs: tuple[str, ...] = ()  # 联署机关, after the lead
    code: str = ""  # 机关代字
    year: int | None = None  # of the number; else that of issued_on
    number: int | None = None
    issued_on: date | None = None  # 成文日期
    to: tuple[str, ...] = ()  # 主送, when the text names nobody
    cc: tuple[str, ...] = ()  # 抄送
    signer: str = ""  # 签发人, printed on what goes upward
    joint_signers: tuple[str, ...] = ()
    seal: str = ""  # path of a PNG, or empty
    joint_seals: tuple[str, ...] = ()  # of the 联署机关, in their order
    urgency: str = ""  # 特急 or 加急
    printed_by: str = ""  # 印发机关; else the organ
    mark: str = ""  # 核验码 as it is printed: ABCDE-FGHJK
    mark_url: str = ""  # where it can be verified, as QR code

    @property
    def organs(self) -> tuple[str, ...]:
        """The lead first; nothing when not even that is known."""
        return tuple(filter(None, (self.organ, *self.joint_organs)))

    @property
    def signers(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.signer, *self.joint_signers)))

    @property
    def seals(self) -> tuple[str, ...]:
        """One for each organ, empty where there is none, as in every kind that is not signed."""
        known = (self.seal, *self.joint_seals) if KINDS[self.kind].signed else ()
        return (*known, *[""] * len(self.organs))[: max(1, len(self.organs))]

    @property
    def full_number(self) -> str:
        """发文字号 by 7.2.5: 代字〔year〕number号, without 第 and leading zeros; empty while there is none."""
        return (
            f"{self.code}〔{self._year}〕{self.number}号" if self.code and self._year and self.number else ""
        )

    @property
    def printed_number(self) -> str:
        """The number, or while it has none its place: 代字〔year〕　　号."""
        return f"{self.code}〔{self._year or UNKNOWN}〕{self.number or UNKNOWN}号" if self.code else ""

    def beside(self, document: "Document") -> "Meta":
        """The number is of the year of the text's date where META says none."""
        return self if self._year or not document.dated else replace(self, year=document.dated.year)

    @property
    def _year(self) -> int | None:
        return self.year or (self.issued_on.year if self.issued_on else None)


@dataclass(frozen=True)
class Paragraph:
    """`level` 1 to 4 for 一、（一） 1. （1）, else 0. A heading has no sentence after it."""

    text: str
    level: int = 0
    line: int = field(default=0, compare=False)  # of the source, counted from 1

    @property
    def is_heading(self) -> bool:
        return bool(self.level) and self.text[-1] not in "。；：！？，、.;:!?"


@dataclass(frozen=True)
class Column:
    label: str
    width: float | None = None  # mm; columns without share what is left by their content
    align: Align = "left"
    group: str = ""  # neighbours of one group stand under a common head
    runs_on: bool = False  # an empty cell belongs to the one above: no rule between, and no page break


@dataclass(frozen=True, kw_only=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()  # a last row, set in 黑体
    title: str = ""
    facts: str = ""  # above the table, left: 填报单位：…
    unit: str = ""  # above the table, right: 单位：件
    note: str = ""  # below the table
    landscape: bool | None = None  # None: when its content doesn't fit upright
    lines: tuple[int, ...] = field(default=(), compare=False)  # of the source: the head's, then each row's

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.totals] if self.totals else [])):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"表格有 {len(self.columns)} 栏，而这一行有 {len(row)} 格：{' | '.join(row)}"
                )


Block = Paragraph | Table


@dataclass(frozen=True)
class Annex:
    label: str  # 附件, 附件1
    title: str
    blocks: tuple[Block, ...]
    line: int = field(default=0, compare=False)  # of the source, where its label stands
    title_line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Source:
    """The lines of the text, counted from 1, that a document's parts come from; 0 for what META gave."""

    title: int = 0
    to: int = 0
    attached: tuple[int, ...] = ()
    signed_by: tuple[int, ...] = ()
    dated: int = 0
    remarks: tuple[int, ...] = ()
    attendance: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Document:
    title: str
    to: str = ""  # 主送 as written, with its colon
    blocks: tuple[Block, ...] = ()
    attached: tuple[str, ...] = ()  # 附件说明: names
    signed_by: tuple[str, ...] = ()  # 署名
    dated: date | None = None  # 成文日期
    open_date: str = ""  # while it is not known: 2026年6月　　日
    attendance: tuple[tuple[str, str], ...] = ()  # of 纪要: 出席, 请假, 列席, each with its names
    remarks: tuple[str, ...] = ()  # 附注
    annexes: tuple[Annex, ...] = ()
    source: Source = field(default=Source(), compare=False)

    @property
    def tables(self) -> tuple[tuple[str, Table], ...]:
        """Every table with its own title, else that of the annex or document it stands in."""
        parts = [
            (self.title, self.blocks),
            *((annex.title or annex.label, annex.blocks) for annex in self.annexes),
        ]
        return tuple(
            (block.title or title, block)
            for title, blocks in parts
            for block in blocks
            if isinstance(block, Table)
        )

    @property
    def printed_date(self) -> str:
        """成文日期, or room for what of it is still open."""
        return chinese_date(self.dated) if self.dated else self.open_date

    def with_meta(self, meta: Meta) -> "Document":
        """The text speaks first and META fills what it leaves open; the date is META's: that of the signing. A joint
        paper is signed by all its offices, also where the text names but one of them."""
        kind = KINDS[meta.kind]
        named = self.signed_by
        if not named or (meta.joint_organs and set(named) <= set(meta.organs)):
            named = meta.organs if kind.signed else named
        return replace(
            self,
            to=self.to or ("，".join(meta.to) + "：" if meta.to else ""),
            signed_by=named,
            dated=(meta.issued_on or self.dated) if kind.signed or self.dated else None,
        )


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One decision of an approval, as the form shows it."""

    step: str
    person: str
    post: str = ""
    on_behalf_of: str = ""
    decision: str
    text: str = ""
    at: datetime | None = None
    signed: bool = False  # by name, or with the picture
    signature: str = ""  # path of a PNG, or empty
    files: tuple[str, ...] = ()  # names


@dataclass(frozen=True, kw_only=True)
class Attachment:
    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ApprovalForm:
    title: str
    facts: tuple[tuple[str, str], ...]  # label, value
    content: tuple[tuple[str, str], ...] = ()  # label, long text
    opinions: tuple[Opinion, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=())
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Writ:
    """执法文书: no red head; the organ's name, that of the paper, its number, text and tables, the place of the seal."""

    organ: str
    name: str
    number: str = ""
    to: str = ""  # with its colon
    blocks: tuple[Block, ...] = ()
    signed_by: str = ""
    dated: str = ""  # as it is printed: blanks where it is written by hand
