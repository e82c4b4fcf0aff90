"""How much: 约200台, 至少2次, 不超过3分钟, 一场 as a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from foundation.organization.numerals import CHINESE, narrow, number
from workflows.plans.reading.model import Quantity, Span
from workflows.plans.reading.spans import inside

_B = r"[ \t\u3000]*"
_ABOUT, _MIN, _MAX = (
    "约|大约|近|大概|左右",
    "至少|不少于|不低于|最少|不得少于|不得低于|不小于|突破",
    "不超过|不多于|不得超过|不高于|最多|至多|控制在",
)
_UNIT = (
    r"人次|条次|公里|平方米|轮次|辆次|场次|批次|家次|户次|车次|例次|课时|学时|分钟|小时|万元|元|秒|兆|[mM][bB]|字|%|场|次|台|辆|件|份|条|名|人|张|幅|篇|部(?![门分])|本|期|套|家|户|处|项|块|支|例|宗|起"
    r"|艘|吨|米|亩|栋|幢|架|只|瓶|袋|箱|顶|床|棵|对(?!照|标|辖|全)|遍|堂|节|轮|封|组|队|面|枚|盏|具|座|间|所|位|批|类|篇|版|集|册|个(?!成员单位|部门|单位|乡镇|月|工作日|方面|环节|百分点|阶段|有|别|体|人信)"
)
_WHOLE = re.compile(
    rf"(?P<bound>{_ABOUT}|{_MIN}|{_MAX})?{_B}"
    rf"(?P<value>(?:\d+(?:[.,]\d+)?{_B}万?|[{CHINESE}]+))(?:{_B}[-—－–~～至]{_B}(?P<upper>\d+|[{CHINESE}]+))?{_B}"
    rf"(?P<more>余|多|来)?(?P<unit>{_UNIT})(?:[（(][次套个][）)])?(?P<after>左右|以上|以内|以下|及以上)?"
)
_IDIOM = re.compile(
    r"一(?:次性|次次|次死亡|起|条|项(?!活动|任务)|类|批|组|面|位|座|处|人|件事|张网|本账|家一|户一|人一|线|支部|节|间|所|队|站|个(?![\d]))"
)
_MEASURES = re.compile(
    rf"[\d{CHINESE}]+{_B}条(?:硬)?(?:措施|举措|意见|规定|要求|具体)|[\d{CHINESE}]+{_B}(?:项|类|个)(?:制度|硬措施|重点任务|行动)"
)
_MAKES = re.compile(
    r"(?:设立|设置|建立|打造|创建|推荐|选树|评选|制作|拍摄|举办|开展|组织|报送|上报|选出|培育|推出|制定|确定)$"
)
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_STOP = r"/，。；;：:、！？\n（）()《》〔〕,"
_WHAT = re.compile(rf"{_B}(?:的)?(?P<what>(?:“[^”\n]{{1,20}}”|《[^》\n]{{1,30}}》)?[^{_STOP}]{{0,24}})")
_CUT = re.compile(
    r"(?:在|每|从|播出|播放|进行|开展|举办|并|代表|作为|参加|以上的|等(?=形式|活动|方式)|向|到|由|用于|供|达|(?:转移|撤离|疏散)(?=至|到)|搜救|等$|或(?!者?逃生))"
)
_VERB = re.compile(
    r"报送|推送|提交|开展|组织|举办|推荐|张贴|悬挂|发放|附|制作|上传|拍摄|播放|刊发|发布|落实|办理|查处|至少|(?:排查|检查|走访|巡查|抽查|整治|改造|安装|聘请|建立|接待|评选|评出|表彰|淘汰|上交|形成|新增|累计|出动|处置|消除|排除|选树|创建|培育|打造|实现|新建|推动|推进|更换|疏通|模拟|增派|刊播|刊登)(?![一-龥]{0,3}率|比例|覆盖)(?=\s*[A-Z一-龥][一-龥])|安排|设置|设立|完成|深入|曝光|提供|每[年月周季日天]度?|的|[将把]|必须"
)
#: 3人以上的事故, 50人以下企业: what they are, not how many are wanted
_THRESHOLD = re.compile(
    r"的|(?:[一-龥]{0,4}?)(?:企业|单位|场所|事故|火灾|客车|货车|车辆|建筑|工程|项目|隐患|有期)"
)
_REACHED = re.compile(
    r"(?:必须|应当?|须|要|均|都)?(?:(?:力争|争取)?达到?|力争|争取|为|(?:保持|稳定)?在|数量|各)$"
)
#: 张贴海报每楼栋不少于1张
_PER = re.compile(r"每(?![年月周季日天半])(?:个|所|家|名)?[一-龥]{1,3}$")
_DATED = re.compile(r"20\d\d年(?:年?底前?)?|\d{1,2}月(?:\d{1,2}日|[底末])?前?|.*\d\D{0,3}以[上下]的?")
_MARK = re.compile(r"^\s*(?:\d{1,2}[.．、]\s*|[①-⑳]|[一二三四五六七八九十]是)")
_NEAR = 120  # characters before a number in which its noun is looked for
_EVENTS = ("次", "场", "场次", "遍")


def find_quantities(text: str, span: Span, holes: list[Span] | None = None) -> tuple[Quantity, ...]:
    """Quantities in `span`; names in 《》 and “” and the spans in `holes` (dates) give none."""
    flat = narrow(text)
    skip = [
        *(holes or []),
        *(m.span() for m in _QUOTED.finditer(flat, *span)),
        *(m.span() for m in _MEASURES.finditer(flat, *span)),
    ]
    found: list[Quantity] = []
    for match in _WHOLE.finditer(flat, *span):
        if not inside(match.span("value"), skip) and _is_amount(flat, match, span):
            found += _values(text, match, span)
    return tuple(_named_before(text, found))


def _named_before(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """改造120处，2025年完成150处: what is counted is not said again."""
    last: Quantity | None = None
    for each in found:
        if not each.what and last and last.unit == each.unit and _same_sentence(text, last, each):
            each = replace(each, what=last.what)
        yield each
        last = each


def _same_sentence(text: str, one: Quantity, other: Quantity) -> bool:
    return not re.search("[。！？\n]", text[one.source[1] : other.source[0]])


def _is_amount(text: str, match: re.Match[str], span: Span) -> bool:
    """Not an ordinal (第22个), an idiom (一条龙), or a numeral inside a word."""
    start = match.start("value")
    before = text[max(span[0], start - 2) : start]
    if match["unit"] in ("小时", "分钟") and re.match(
        "之?内|以内|值班|值守", text[match.end("unit") : span[1]]
    ):
        return False
    conditional = (match["after"] or "").endswith(("以上", "以下"))
    if conditional and not match["bound"] and _THRESHOLD.match(text, match.end(), span[1]):
        return False
    if match["bound"]:
        return True
    if re.search(r"第$|[\d.]$|[〔\[]$", before) or (
        not match["value"][0].isdigit() and re.search(r"(?:再|又|新|上|每|这|那|同|统|唯|进)$", before)
    ):
        return False
    if match["value"] == "一" and _IDIOM.match(text, start):
        return bool(match["unit"] == "个" and _MAKES.search(text, span[0], start))
    return not (
        match["value"] in ("十", "百", "千", "万", "千万")
        or (re.search("[一-龥]", match["value"]) and match["unit"] == "人")
    )


def _values(text: str, match: re.Match[str], span: Span) -> Iterator[Quantity]:
    unit, value = match["unit"], number(match["value"])
    if unit == "万元":
        unit, value = "元", value * 10000
    what = _what(text, match, span)
    source = match.start(), match.end()
    bound = _bound(match, unit, value, _bound_before(text, match, span))
    if match["upper"]:
        yield Quantity(value, unit, what, "min", source)
        yield Quantity(number(match["upper"]), unit, what, "max", source)
    else:
        yield Quantity(value, unit, what, bound, source)


def _bound_before(text: str, match: re.Match[str], span: Span) -> str:
    """至少 earlier in the clause: 至少向市安委办推荐2个…或1个…."""
    clause = re.search(
        rf"(?:{_MIN}|{_MAX})(?=(?:[^，。；：！？\n]|，(?=或))*$)",
        text[max(span[0], match.start() - _NEAR) : match.start()],
    )
    return clause[0] if clause else ""


def _bound(match: re.Match[str], unit: str, value: int | float, before: str) -> str:
    word, after = match["bound"] or before, match["after"] or ""
    if re.fullmatch(_MIN, word) or after in ("以上", "及以上"):
        return "min"
    if re.fullmatch(_MAX, word) or after in ("以内", "以下"):
        return "max"
    if word or match["more"] or after == "左右":
        return "about"
    return "min" if value == 1 and unit in _EVENTS else "exact"


def _what(text: str, match: re.Match[str], span: Span) -> str:
    """The words counted: behind the measure word, else the noun before the number."""
    behind = _WHAT.match(text, match.end(), span[1])
    what = behind["what"].strip() if behind else ""
    quoted = re.match(r"[“《][^”》]*[”》]", what)
    keep = quoted.end() if quoted else 0
    cut = _CUT.search(what, keep)
    what = what[: cut.start()] if cut else what
    if not what:
        what = _noun(text, span[0], match.start())
    return what


def _noun(text: str, begin: int, end: int) -> str:
    """The noun before a number; where 每个乡镇 is all there is, that of the clause before."""
    sentence = re.split(r"[。！？\n]", text[max(begin, end - _NEAR) : end])[-1]
    pieces = re.split(f"([{_STOP}])", sentence.rstrip("，, "))
    listed = "、" in (*pieces[-2:-1], *pieces[-4:-3])  # the piece before is but one of a list
    for clause in reversed(pieces[-1:] if listed else pieces[-3::2]):
        bare = _REACHED.sub("", _DATED.sub("", _MARK.sub("", clause)).rstrip())
        bare = _PER.sub("", bare)
        noun = re.sub(
            r"^[和及与设]|^各(?:校|镇|村|乡镇|街道|社区|单位|部门|企业|班)(?=[一-龥]{2})",
            "",
            _REACHED.sub("", _VERB.split(bare)[-1].strip()),
        )
        if 2 <= len(noun) <= 14 and not re.search(
            r"\d|由|^各|^(?:全?[年月市县区镇校]|本月|季度)(?:[内度]|新增|累计|共)?$|^累计$", noun
        ):
            return noun
    return ""
