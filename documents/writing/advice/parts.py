"""Title, 主送, 附件, 落款, and what the 文种 asks for (党政机关公文处理工作条例)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.layout import Annex, Table
from documents.layout.setting import title_lines

from .model import Advice, Reading, Rule

KINDS = ("通知", "通报", "报告", "请示", "批复", "复函", "函", "纪要", "意见", "决定", "公告", "通告", "议案")
NO_KINDS = ("请示报告", "申请", "汇报", "总结", "说明")
ENCLOSED = ("方案", "计划", "要点", "清单", "办法", "细则", "预案", "规定", "安排")  # sent out by a 通知
RECIPIENT = re.compile(r"(?:单位|政府|办事处|局|委员会|办公室|部门|公司|镇（街）|镇|街道|厅|中心|企业|学校)$")
ASKS = re.compile(
    r"(?:妥否|当否|可否|是否妥当)[，,]?|(?:恳?请|请予|请求)(?:上级|领导|市政府|县政府|贵局|予以)?(?:批示|批准|批复|审批|审定|解决)"
)
CLOSES = re.compile(r"(?:妥否|当否|可否|以上请示)[^。]*(?:批示|批复|批准|审批|指示)")
MENTIONED = re.compile(r"(?:见|按照?|填写|填报|报送)\s*附\s*件\s*\d*")
TITLE_LINES = 3


def title(reading: Reading) -> Iterator[Advice]:
    words, line, kind = reading.document.title, reading.document.source.title, reading.meta.kind
    if not line:
        return
    if len(title_lines(words)) > TITLE_LINES:
        yield reading.at(line, "title_long", f"标题超过 {TITLE_LINES} 行，请精简。")
    if match := re.search(r"[，。；：！？,;:!?]", words):
        last = match[0] == reading.lines[line - 1].rstrip()[-1:] and words.count(match[0]) == 1
        yield reading.at(
            line, "title_marks", "标题里除书名号、引号、括号外一般不用标点。", match[0], "" if last else None
        )
    said = next((one for one in KINDS if words.endswith(one)), "")
    if wrong := next((one for one in NO_KINDS if words.endswith(one)), ""):
        yield reading.at(line, "title_kind", f"“{wrong}”不是文种，标题末尾请写“{kind}”。", wrong)
    elif said.removeprefix("复") not in ("", kind) and said != kind:
        yield reading.at(line, "title_kind", f"标题的文种是“{said}”，这份文稿选的是“{kind}”。", said)
    elif wrong := next((one for one in ENCLOSED if words.endswith(one)), ""):
        says = f"“{wrong}”不是文种：{wrong}作附件，正文写“关于印发……的通知”。"
        yield reading.at(line, "title_kind", says, wrong)
    elif not said or (kind != "纪要" and not re.search(r"关于|印发|转发|批转", words)):
        says = f"标题由事由和文种组成：关于……的{kind}。" if kind != "纪要" else "标题末尾写文种“纪要”。"
        yield reading.at(line, "title_form", says)


def addressee(reading: Reading) -> Iterator[Advice]:
    document = reading.document
    if (
        document.to
        or not reading.paragraphs
        or not isinstance(document.blocks[0], type(reading.paragraphs[0]))
    ):
        return
    first = reading.paragraphs[0]
    text = reading.lines[first.line - 1].rstrip()
    if len(document.blocks) > 1 and not first.level and len(text) <= 60 and RECIPIENT.search(text):
        yield Advice(
            first.line, len(text) - 1, len(text), "to_colon", "主送机关后面用全角冒号。", text[-1] + "："
        )


def requests(reading: Reading) -> Iterator[Advice]:
    """请示: one matter, one 主送; 报告: asks for nothing."""
    document, kind = reading.document, reading.meta.kind
    if kind == "请示":
        if document.to and re.search("[、，,]", document.to.rstrip("：")):
            yield reading.at(document.source.to, "one_to", "请示只写一个主送机关，需要其他机关知道的用抄送。")
        if re.search(r"等(?:问题|事项|工作)|若干|关于.+关于", document.title):
            yield reading.at(document.source.title, "one_matter", "请示应当一文一事，请分开写。")
        for block in [block for block in reading.paragraphs if CLOSES.search(block.text)][1:]:
            yield reading.at(block.line, "one_matter", "有不止一处请求：请示应当一文一事，请分开写。")
    if kind == "报告":
        for block in reading.paragraphs:
            if match := ASKS.search(block.text):
                yield reading.at(block.line, "report_asks", "报告里不得夹带请示事项，请改用请示。", match[0])


def closing(reading: Reading) -> Iterator[Advice]:
    document = reading.document
    if not document.blocks:
        return
    full, last = document.with_meta(reading.meta), _last_line(reading)
    if not full.signed_by:
        yield reading.at(last, "unsigned", "没有署名：正文后空一行写发文机关，下一行写成文日期。")
    if full.signed_by and not full.dated and not reading.meta.organ:
        yield reading.at(last, "undated", "没有成文日期：署名下一行写年月日。")


def _last_line(reading: Reading) -> int:
    block = reading.document.blocks[-1]
    return block.lines[-1] if isinstance(block, Table) else block.line


def annexes(reading: Reading) -> Iterator[Advice]:
    document = reading.document
    named, written = document.attached, document.annexes
    for name, line in zip(named, document.source.attached, strict=True):
        if not _there(reading, name):
            says = f"正文提到附件“{name}”，后面没有这一节，也没有上传。"
            yield reading.at(line, "annex_missing", says, name)
    for place, annex in enumerate(written, 1):
        if max(place, _number(annex)) > len(named):
            says = f"有{annex.label}，正文后面的附件说明里没有写：附件：{annex.title or '名称'}。"
            yield reading.at(annex.line, "annex_unnamed", says)
    if not named and not written and not reading.files:
        for block in reading.paragraphs:
            if match := MENTIONED.search(block.text):
                yield reading.at(block.line, "annex_missing", f"提到“{match[0]}”，文稿没有附件。", match[0])


def _number(annex: Annex) -> int:
    """1 where its label says none."""
    found = re.search(r"\d+", annex.label)
    return int(found[0]) if found else 1


def _there(reading: Reading, name: str) -> bool:
    """As a section, or among what was uploaded."""
    plain = re.sub(r"\W", "", name)
    number = reading.document.attached.index(name)
    if number < len(reading.document.annexes):
        return True
    return any(plain in re.sub(r"\W", "", file) for file in reading.files)


RULES: tuple[Rule, ...] = (title, addressee, requests, closing, annexes)
