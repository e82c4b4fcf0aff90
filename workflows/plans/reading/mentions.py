"""Names of units where they stand in the text, alone or in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflows.plans.reading.groups import group_at
from workflows.plans.reading.kinds import KINDS
from workflows.plans.reading.lexicon import Lexicon, Meaning
from workflows.plans.reading.model import Span

_JOIN = re.compile(r"\s*(?:、|以及|和|及|与)\s*")
_KIND = "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True))
_KIND_LIST = re.compile(
    rf"(?:[市县区]?(?:{_KIND})(?:[、和及与]))*[市县区]?(?:{_KIND})等?(?:行政|行业)?(?:主管|监管|职能)?部门"
)
_KIND_ONE = re.compile(rf"[市县区]?(?:{_KIND})(?:等?(?:行政|行业)?(?:主管|监管|职能)?部门)?")
#: words an organ's name surely ends in, whatever follows, unless the name of a part of it follows
_OFFICE_END = (
    r"(?:局(?![面部限势长域地])|委员会|办公室|管委会|办事处|人民政府|总工会|妇联|联合会|[大支中]队|派出所|融媒体中心|党校"
    r"|宣传部|组织部|统战部|人武部)(?!(?:(?!组织|会同|联合|负责|牵头|督促|指导|配合|要|对|和|与|及|在|于)[一-龥]){0,6}?(?:办公室|[大支中]队|分局|派出所|党组))"
)
_OFFICE_WORD = (
    r"(?:管理局|分局|局|委员会|办公室|管委会|办事处|人民政府|政府|总工会|工会|妇联|联合会|(?:救援|交警|警察)?[大支中]队|派出所|(?<![场居住])所(?!有|在|属|需|辖)|(?<![车网])站(?!点|位|台)|中心|公司|集团|协会"
    r"|电视台|广播电视台|融媒体中心|党校|宣传部|组织部|政法委|统战部|人武部|安委会|消委会|指挥部|领导小组|专班|社|院|法院|检察院|(?<![协主承举督交])办|委)"
)
_VERB_FIRST = r"(?!通过|利用|依托|结合|围绕|在|对|向|以|按|根据|并|将|把|为|与|及|和|由|各|组织|开展|加强|推动|全|本|做好|参加|联合|深入|进一步|建立|落实|确保|切实|要|到|从|经|报|至|给|请|会同)"
_FOLLOWS = (
    r"(?=$|[、和及与，。；：:（）()\s]|要|应|须|将|负责|牵头|组织|会同|联合|配合|具体|按|依|在|通过|结合|利用|制定|举办|开展|参与|参加|每|于|对|做好|加强"
    r"|\d{1,2}月|指导|督促|定期|协助|协办|承办|主办|等|分别|共同|至少|设|分局|分(?:行业|批|头|组|片|类)|形成|编制|拟定|报|收集|汇总|提供|安排|召开|成立|检查|排查|完成|统筹|主动|严格|全面|进行|对照|牵头|选派|派|发放|发布|印发|张贴|巡查|走访|及时|必须|收看|观看|邀请|配备|制作|播放|滚动|循环|持续|集中|统一|重点|广泛|深入|带头|同步|举行|设置|设立|推送|刊发|落实|支持|开设|开放|开通|填写|出动|通报|陪同|履行|挂牌|下达|督办|约谈|提交|上交|根据|自|务必|立即|抓好|积极|认真)"
)
_PLACED = r"(?:(?:(?![由各])[一-龥]){2,4})??(?:[省市县区旗州镇乡]|街道)(?:(?![各由])[一-龥]){0,12}?"
_NOT_HEAD = r"(?![一-龥]{0,1}(?:主任|局长|书记|成员|领导))"
_EACH = (
    r"各(?!类|项|级|种|方)(?:[一-龥]{2,8}?(?:单位|企业|学校|医院|机构|公司|车间|部门|专班)"
    r"|[一-龥]{0,6}?(?:班级|班组|车间|[处科股]室|年级|项目部|网格|支部|救援站|班|校|园|组(?!织)|队|站|所))"
)
_ORGAN = re.compile(
    rf"(?:{_VERB_FIRST}{_PLACED}{_OFFICE_WORD}{_NOT_HEAD}"
    rf"|{_EACH}|团[市县区]委|国网[一-龥]{{2,8}}公司|[一-龥]{{2,3}}(?:镇|乡|街道)(?:人民政府|政府|办事处)?){_FOLLOWS}"
)
_ORGAN_BY_END = re.compile(rf"{_VERB_FIRST}{_PLACED}{_OFFICE_END}{_NOT_HEAD}")
_NO_NAME = r"(?![督推引导鼓针经如若凡该其或但还也都须可会能有无未不已再每第今当后前自上下这那的同])(?!应(?!急)|指导|动员|发动|邀请|安排|支持|负责|主要)"
_PLAIN = r"(?:(?![的了由各并和与及或对将把在设为、])[一-龥])"
#: 应急办牵头, 安全环保部6月20日前: an organ without its place, before what only an organ does
_PLAIN_ORGAN = re.compile(
    rf"{_VERB_FIRST}{_NO_NAME}(?:"
    rf"(?:{_PLAIN}{{1,8}}?(?:(?<![协主承举督交])办|部(?![门分署队位件长级])|处|科|室|股|中心|专班|组(?!织|成|建|合)|车间|指挥部)|工会|团委|妇联|{_PLAIN}{{1,6}}工会)"
    r"(?=(?:要|应)[一-龥]|在(?!校|岗)|[于在]?\d{1,2}月|每[日天周月季]|组织|联合|汇总|提交|报送)"
    rf"|(?:{_PLAIN}{{1,8}}?(?:局|(?<![协主承举督交])办|部(?![门分署队位件长级])|处|科|室|股|委|(?<![场居住])所|站|中心|队|专班|组(?!织|成|建|合)|公司|协会|车间|院|工会)|工会|团委|妇联)"
    rf"(?=(?:、{_PLAIN}{{2,10}}){{0,5}}?(?:分别|具体|共同|统一)?(?:牵头|负责(?!人|同志)|会同|主办|承办|协办|配合)|按职责)"
    rf"|(?:{_PLAIN}{{1,10}}?(?:局|(?<![协主承举督交])办|处|科|室|委|队|(?<![场居住])所|站|中心|公司|企业|院|学校|工会)|工会)(?=[：:]))"
)
_KIND_ORGAN = re.compile(
    rf"(?:{_KIND}){{1,2}}(?:管理局|局|委员会|委(?!员)|部(?!门)|救援大队|大队|支队){_FOLLOWS}"
)
_ORGANS = (_ORGAN, _ORGAN_BY_END, _KIND_ORGAN, _PLAIN_ORGAN)
_SHORT = re.compile(r"[一-龥]{2,14}?(?:局|委|办|部|大队|中心|公司|妇联|工会)(?=[、，和及与等。；（）]|$)")
_ETC = re.compile(
    r"\s*等(?:有关|相关|各)?(?:\d+个|[一二三四五六七八九十]+个)?(?:成员|责任)?(?:部门和单位|部门|单位|企业|镇|乡镇)?"
)
_ASIDE = re.compile(r"[（(][^（）()]{2,16}[）)]")


@dataclass(frozen=True)
class Mention:
    """A name, where it stands, and what it stands for."""

    span: Span
    meaning: Meaning


class Mentions:
    """Finds names by the lexicon, by generic group phrases, by kinds of departments and by what organs end in."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self.lexicon = text, lexicon

    def _mention(self, start: int, end: int) -> Mention:
        return Mention((start, end), self.lexicon.resolve(self.text[start:end]))

    def one(self, at: int, end: int, *, sibling: bool = False) -> Mention | None:
        """The longest name that begins at `at`."""
        known = self.lexicon.name_at(self.text, at, end) or 0
        group = group_at(self.text, at, end, sibling=sibling)
        if group and group[0] > known:
            meaning = self.lexicon.resolve(self.text[at : group[0]]) or Meaning(group=group[1])
            return Mention((at, group[0]), meaning)
        if known:
            return self._mention(at, known)
        organs = (pattern.match(self.text, at, end) for pattern in _ORGANS)
        if organ := next((match for match in organs if match), None):
            return self._mention(at, organ.end())
        return self._short(at, end) if sibling else None

    def _short(self, at: int, end: int) -> Mention | None:
        """公安局 behind 市教育局、: the place is not said again."""
        word = _SHORT.match(self.text, at, end)
        mention = self._mention(at, word.end()) if word else None
        return mention if mention and mention.meaning.units else None

    def _kinds(self, at: int, end: int) -> list[Mention]:
        """消防、住建部门: one mention each."""
        whole = _KIND_LIST.match(self.text, at, end)
        if not whole:
            return []
        found, position = [], at
        while position < whole.end():
            part = _KIND_ONE.match(self.text, position, whole.end())
            if not part:
                break
            found.append(self._mention(position, part.end()))
            join = _JOIN.match(self.text, part.end(), whole.end())
            position = join.end() if join else whole.end()
        return found

    def _part(self, at: int, end: int, *, sibling: bool) -> list[Mention]:
        one, kinds = self.one(at, end, sibling=sibling), self._kinds(at, end)
        if kinds and (not one or kinds[-1].span[1] > one.span[1]):
            return kinds
        return [one] if one else []

    def listed(self, at: int, end: int, *, sibling: bool = False) -> tuple[list[Mention], int]:
        """The names of a list that begins at `at`, or goes on there (`sibling`), and where the list ends."""
        found = self._part(at, end, sibling=sibling)
        position = self._aside(found[-1].span[1], end) if found else at
        while found and (join := _JOIN.match(self.text, position, end)):
            more = self._part(join.end(), end, sibling=True)
            if not more:
                break
            found += more
            position = self._aside(more[-1].span[1], end)
        if found and (etc := _ETC.match(self.text, position, end)):
            position = etc.end()
        return self._unite(found), position

    def _aside(self, at: int, end: int) -> int:
        """Behind a bracket that only explains the name: 市安委办（市应急管理局）."""
        aside = _ASIDE.match(self.text, at, end)
        return aside.end() if aside and self.one(at + 1, aside.end() - 1) else at

    def _unite(self, found: list[Mention]) -> list[Mention]:
        """各镇（街）、各有关部门和单位 together are all units; 各乡镇、各部门 stay two groups."""
        united: list[Mention] = []
        for each in found:
            last = united[-1] if united else None
            if (
                last
                and {last.meaning.group, each.meaning.group} == {"towns", "departments"}
                and self._wide(last, each)
            ):
                united[-1] = Mention((last.span[0], each.span[1]), Meaning(group="all_units"))
            else:
                united.append(each)
        return united

    def _wide(self, *pair: Mention) -> bool:
        return any(re.search("部门.?单位", self.text[slice(*each.span)]) for each in pair)
