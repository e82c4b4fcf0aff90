"""Who sees and answers what supervision sends. Each rule is a condition on a queryset (`.q`) and a predicate."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from foundation.organization.posts import OFFICE_POSTS, OVERSEERS, UNIT_POSTS, Post
from foundation.organization.rules import Rule, holds

READERS = (*OFFICE_POSTS, *OVERSEERS)
WORKERS = (*UNIT_POSTS, *OFFICE_POSTS)


def _sees(actor: Any, day: Any, unit: str = "unit") -> Q:
    return holds(*UNIT_POSTS, unit=unit)(actor, day) | holds(*READERS)(actor, day)


sees_slip = Rule("督办单只给承办单位、安委办、领导和审计员看。", _sees)
sees_upward = Rule("对上报送只给安委办、领导和审计员看。", holds(*READERS))
keeps_upward = Rule("对上报送由安委办登记和办理。", holds(*OFFICE_POSTS, unit="organ"))
sees_reminder = Rule(sees_slip.says, lambda actor, day: _sees(actor, day, "task__unit"))
unit_answers = Rule(
    "只有承办单位的联络员、分管负责人或主要负责人可以签收和回复督办单。",
    holds(Post.LIAISON, Post.DEPUTY, Post.HEAD, unit="unit"),
)
objects_to = Rule(
    "只有本单位的联络员、分管负责人或主要负责人可以提出复核申诉。",
    holds(Post.LIAISON, Post.DEPUTY, Post.HEAD, unit="pk"),
)
own_export = Rule("导出的统计汇总只给导出的人。", holds(*UNIT_POSTS, *READERS, pk="by"))
own_analysis = Rule("导出的分析表只给导出的人。", holds(*UNIT_POSTS, *READERS, pk="by"))
unit_feeds = Rule("只有本单位的人可以开通和更换日程订阅地址。", holds(*WORKERS, unit="unit"))
