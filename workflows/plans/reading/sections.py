"""What a section is about, by the words of its heading."""

from __future__ import annotations

import re

_TASK = re.compile(
    r"内容|任务|措施|步骤|活动安排|工作安排|重点工作|主要活动|重点活动|阶段|系列活动|分工|工作重点|主题活动|主题宣讲|主题日"
)
_THEME = re.compile(r"(?:^|活动|宣传|工作|年度|月|”)的?主题(?=$|[：:和与及、（])")
_TIME = re.compile(
    r"^(?:活动|实施|工作|整治|行动|开展|培训|检查|起止|总体)?时间(?:$|[：:和与及、（安范步要及])|时间(?:安排|范围|步骤)?$|活动时间"
)
_GOAL = re.compile(
    r"指导思想|总体要求|总体思路|总体目标|工作目标|活动目标|主要目标|目标|基本原则|工作原则|原则$|目的|意义|工作思路|背景|宗旨|适用范围|(?:整治|工作|检查|活动|参加|实施)(?:范围|对象)|依据"
)
_ORGANISATION = re.compile(
    r"组织架构|组织机构|组织领导|领导机构|领导小组|指导委员会|工作机构|工作专班|机构设置|组织体系|组织方式|活动组织$|^成立(?:活动|工作)?(?:组织|机构|领导小组)(?:$|[：:，])"
)
_FRAME = re.compile(
    r"(?:活动|演练|培训|会议|举办|集合|检查)?地点|(?:活动|培训|宣传|检查|参加|参演|参与|参训|参会|参赛)(?:单位|人员|对象|范围|单位[和及与]人员)"
)
_REQUIREMENT = re.compile(
    r"要求|保障|注意事项|纪律|有关事项|其他事项|其它事项|相关事项|督导|督促检查|考核|信息报送|资料报送|报送|联系方式|附则|奖惩|经费|材料上报|总结上报|^其[他它]$"
)
_STRICT = re.compile(
    r"(?:活动|工作|有关|相关|几点|具体|总体)?要求|(?:活动|工作)?(?:目标|目的|主题)|(?:活动|工作|实施)?时间(?:安排)?|指导思想|(?:信息|材料|资料)?报送(?:要求)?|(?:工作)?保障(?:措施)?|组织(?:领导|保障|机构)|组织领导机构|(?:基本|工作)原则"
)
_GENERIC = re.compile(
    r"^.{0,24}?(?:主要|重点|具体|工作|活动|宣传|整治|检查)*(?:内容|任务|措施|工作|步骤|活动安排|工作安排|安排|分工|清单)(?:及要求|和要求|及分工|及措施|和步骤|及时间安排)?[：:]?$"
)
_KNOWN = re.compile(
    r"(?:(?:指导思想|总体要求|工作目标|活动目标|活动主题|活动时间|时间安排|组织领导|组织机构|组织架构|(?:主要|重点|工作|活动)(?:内容|任务|措施|安排)|(?:工作|有关|相关|活动)要求|保障措施|实施步骤|方法步骤|信息报送))[：:]?"
)


def role(title: str) -> str:
    """goal, theme, time, organisation, requirement or tasks, by the heading of an outermost section."""
    head = re.sub(r"\s", "", title)[:40]
    found = [
        name
        for name, pattern in (
            ("theme", _THEME),
            ("time", _TIME),
            ("goal", _GOAL),
            ("organisation", _ORGANISATION),
        )
        if pattern.search(head)
    ]
    if re.fullmatch("(?:及时|认真)?(?:做好|加强|抓好)?(?:活动|工作|信息)*(?:总结|报送)+(?:上报|工作)?", head):
        return "requirement"
    if _FRAME.fullmatch(head.split("：")[0].split(":")[0]):
        return "organisation"
    if re.search("保障措施|组织保障|工作保障|保障机制", head):
        return "requirement"
    if (
        _TASK.search(head)
        and not re.fullmatch(r"[^和与及、]*(?:目标|原则|总体要求)", head)
        and "time" not in found
    ):
        return "tasks"
    if found:
        return found[0]
    return "requirement" if _REQUIREMENT.search(head) and not re.match("开展|组织|举办", head) else "tasks"


def inner_role(title: str) -> str:
    """The same for a heading inside a section, where only plain names count: 活动主题, 工作要求."""
    head = re.sub(r"\s", "", title).rstrip("：:。")
    return role(head) if _STRICT.fullmatch(head) else "tasks"


def is_focus(title: str) -> bool:
    """检查重点, 整治对象: places and matters that are looked at, unless somebody is told to act on them."""
    return bool(
        re.search("(?:检查|整治|排查|防控|防范|监管)(?:的?重点|对象|范围)$", re.sub(r"\s", "", title))
    )


def is_aim(title: str) -> bool:
    """目标任务: goals, unless somebody is told to reach them."""
    return bool(re.fullmatch("(?:工作|整治|总体|行动)?(?:目标任务|任务目标)", re.sub(r"\s", "", title)))


def is_generic(title: str) -> bool:
    """主要内容, 重点任务: a heading that names no task itself."""
    return bool(_GENERIC.match(re.sub(r"\s", "", title)))


def known_heading(line: str) -> bool:
    """Whether a line without number is one of the usual headings of a plan."""
    return bool(_KNOWN.fullmatch(re.sub(r"\s", "", line)))
