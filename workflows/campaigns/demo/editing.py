"""What the office does to the draft before it goes out: short titles, everything looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from foundation.organization.actors import Actor
from workflows.plans.editing import save_item
from workflows.plans.models import Item
from workflows.plans.problems import unknown_phrases
from workflows.plans.state import item_state, token

TITLES = {
    "1": "学习贯彻重要论述",
    "2": "大讲堂、公开课和基层宣讲",
    "3": "法律法规和硬措施宣传",
    "4": "活动预热宣传",
    "5": "公益短片、挂图标语和风险提示",
    "6": "发布活动启动消息",
    "7": "启动仪式和网约车发车",
    "8": "专题宣讲会",
    "9": "安全生产咨询日",
    "10": "送安全进社区、进企业",
    "11": "应急管理宣传作品征集",
    "12": "进企业：“五带头”和逃生路线图",
    "13": "进农村：农机安全技能培训",
    "14": "进社区：电动车充电安全自查",
    "15": "进校园：读本、班会和演练",
    "16": "进家庭：敲门行动",
    "17": "安全生产英德行采访报道",
    "18": "媒体监督和分时段播放",
    "19": "举报宣传和典型案例",
    "20": "常态化应急演练",
}


def edit_draft(*, plan: int, actor: Actor, at: dt.datetime, titles: Mapping[str, str] = TITLES) -> None:
    """Every item is checked; those of the plan get a title that fits a line."""
    for item in Item.objects.filter(plan=plan).prefetch_related("periods", "duties"):
        before = item_state(item)
        title = titles.get(item.number, item.title)
        save_item(
            item=item.pk, given={**before, "title": title, "checked": True, "settled": unknown_phrases(item)},
            seen=token(before), actor=actor, at=at,
        )  # fmt: skip
