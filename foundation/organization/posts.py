"""The posts of the office's world. A post is held in one unit, by dated appointment."""

from django.db.models import TextChoices


class Post(TextChoices):
    LIAISON = "liaison", "联络员"  # names and signs for the unit's tasks; at most one a unit
    HANDLER = "handler", "经办人"  # fills in what a task was handed over to them
    DEPUTY = "deputy", "分管负责人"  # first step of the unit's own approval
    HEAD = "head", "主要负责人"  # second step; may be 主持工作 where the head is away
    OFFICE_CLERK = "office_clerk", "安办经办"  # reviews, dispatches, chases
    OFFICE_HEAD = "office_head", "安办主任"  # decides for the office
    AUDITOR = "auditor", "审计员"  # reads everything, changes nothing
    ADMINISTRATOR = "administrator", "系统管理员"  # keeps units, people, routes, seals; reads no content
    # Of the county, or in the guidance committee: reads how every unit stands, changes nothing.
    LEADER = "leader", "领导"


UNIT_POSTS = (Post.LIAISON, Post.HANDLER, Post.DEPUTY, Post.HEAD)
OFFICE_POSTS = (Post.OFFICE_CLERK, Post.OFFICE_HEAD)
OVERSEERS = (Post.AUDITOR, Post.LEADER)  # read what every unit does, and decide nothing
