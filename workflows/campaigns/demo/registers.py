"""What the platforms around the office exported, imported as people do it; works that the judges have voted on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import cycle

from django.db.models import F
from django.utils import timezone

from approvals.groups import save_group
from approvals.models import Approval
from approvals.services import decide
from foundation.organization.actors import Actor
from foundation.organization.models import Appointment
from foundation.organization.posts import Post
from workflows.registers.library import kind_on
from workflows.registers.services.importing import look_at, take
from workflows.registers.services.selecting import JUDGES, LABEL, begin, send
from workflows.tasks.models import Submission

from .people import seat

Line = tuple[int, int, str]  # month, day, the rest of the line; {} stands for the day
FILES: dict[str, tuple[str, str, tuple[Line, ...]]] = {
    "media": ("新媒体发布.csv", "发布平台,标题,发布时间,内容类别,阅读数,供稿单位", (
        (5, 28, "英德发布,安全生产月即将启动,{} 10:00,预热,5260,"), (6, 1, "英德电视台,第一现场：安全生产月启动仪式,{} 20:10,启动,18000,"),
        (6, 1, "悦英德,人人讲安全 个个会应急,{} 09:30,启动,3120,"), (6, 9, "英德发布,强降雨期间山边水边风险提示,{} 17:00,风险提示,9804,"),
        (6, 10, "英德发布,浛洸镇农机手的安全课,{} 11:00,典型经验,4308,浛洸镇"), (6, 11, "悦英德,浛洸镇把安全课送到田间地头,{} 08:20,典型经验,2415,浛洸镇"), (6, 16, "英德电视台,曝光：两处堵塞的安全出口,{} 20:15,曝光,16400,"),
    )),
    "broadcast": ("电视播出安排.csv", "播出日期,时段,栏目,主题,责任单位,形式,时长,素材截止,状态", (
        (6, 5, "{},20:00,平安英德,农机安全操作,浛洸镇,专题,8,,已播"), (6, 12, "{},20:00,平安英德,采石场边坡隐患,浛洸镇,曝光,6,,已播"),
    )),
    "screens": ("屏幕播放.csv", "屏幕类别,地点,开始日期,屏数,播放次数,责任单位", (
        (6, 1, "网约车,月桂湖广场发车车队,{},200,36000,"), (6, 1, "楼宇电梯屏,城区住宅小区,{},86,61920,"),
        (6, 2, "户外屏,浛洸镇文化广场,{},1,640,浛洸镇"), (6, 2, "公交车,城区 1 至 6 路,{},42,20160,"),
    )),
    "tips": ("举报台账.csv", "工单号,举报渠道,受理日期,举报内容,承办单位,核查结果,核查日期,奖励", (
        (6, 4, "12350-0611,12350,{},某仓库消防通道长期被货物堵占,浛洸镇,待核查,,"),
        (6, 8, "XCX-0237,举报小程序,{},某木材厂粉尘清扫记录缺失,浛洸镇,不属实,,"),
        (6, 10, "12350-0655,12350,{},某石材厂行车限位器失灵仍在使用,浛洸镇,查实,,"),
    )),
    "visits": ("i志愿活动.csv", "活动名称,日期,组织单位,社区,志愿者人数,入户数", (
        (6, 6, "敲门行动,{},浛洸镇,鱼咀村,18,126"), (6, 13, "敲门行动,{},浛洸镇,三村村,15,98"),
    )),
    "game": ("人人会应急.csv", "期次,日期,人数,次数", (
        (6, 1, "第一期,{},2130,5890"), (6, 8, "第一期,{},1764,4022"), (6, 15, "第二期,{},2488,6310"),
    )),
    "events": ("宣讲会签到.csv", "会议名称,类别,会议日期,地点,参会单位,应到人数,实到人数", (
        (6, 1, "全国安全生产月启动仪式电视电话会议,电视电话会议,{},市政府一号会议室,浛洸镇,2,2"),
        (6, 8, "安全生产专题宣讲会,宣讲会,{},市委党校,浛洸镇,6,6"),
    )),
    "works": ("征集作品.csv", "编号,作品名称,类别,报送单位,作者,报送日期", tuple(
        (4, 8 + n % 5, f"Z{n:02},{name},{kind},浛洸镇,作者{n},{{}}")
        for n, (name, kind) in enumerate((
            ("逃生路线我来画", "条漫"), ("有限空间三不进", "条漫"), ("一盏灯的距离", "视频"), ("安全出口不打烊", "视频"),
            ("居安思危", "书法"), ("防患未然", "书法"), ("安全帽上班记", "表情包"), ("应急小英", "表情包"),
        ), 1)
    )),
}  # fmt: skip
SOON = dt.timedelta(days=14)  # so far ahead the station books
YESES = (5, 3, 4, 2, 5, 1, 3, 4)  # how many judges agree to each work; of the others the last one abstains


def play_registers(day: Callable[[int, int], dt.date], end: dt.datetime) -> None:
    """`day` is a day of the campaign; nothing after `end` has happened yet."""
    clerk, last = Actor.of(seat("anweiban.jingban")), timezone.localdate(end)
    for code, (name, head, lines) in FILES.items():
        there = [(day(month, n), line) for month, n, line in lines if day(month, n) <= last]
        kind = kind_on(code, last)
        if there and kind:
            more = _aired(last) if code == "broadcast" else []
            text = "\n".join([head, *(line.format(on.isoformat()) for on, line in there), *more])
            load = look_at(kind=kind, content=text.encode(), name=name, actor=clerk, at=end)
            take(load=load, actor=clerk, at=end)
    _judge(day(4, 1), day(4, 30), clerk, end)


def _aired(last: dt.date) -> list[str]:
    """What the station booked of the units' 附件3, each slot once; every ninth it forgot."""
    rows = Submission.objects.filter(version=F("task__version"), content__has_key="schedule").order_by("task")
    found: dict[tuple[str, str], str] = {}
    for unit, content in rows.values_list("task__unit__short_name", "content"):
        for row in content["schedule"]:
            if row.get("material") and row["date"] <= (last + SOON).isoformat():
                state = "已播" if row["date"] <= last.isoformat() else "待播"
                line = f"{row['date']},{row['time']},{row['place']},{row['title']},{unit},专题,15,{row['material']},{state}"
                found.setdefault((row["date"], row["time"]), line)
    return [line for n, line in enumerate(found.values(), 1) if n % 9]


def _judge(start: dt.date, until: dt.date, clerk: Actor, end: dt.datetime) -> None:
    """Every judge has voted; the office can select."""
    today = timezone.localdate(end)
    heads = Appointment.objects.in_force(today).filter(post=Post.HEAD).order_by("unit__order", "pk")[:5]
    boss, kind = Actor.of(seat("anweiban.zhuren")), kind_on("works", today)
    save_group(group=None, code=JUDGES, name="作品评委", seats=heads, actor=boss, at=end)
    if kind is None:
        return
    title = "应急管理优秀宣传作品征集评选"
    selection = begin(kind=kind, title=title, start=start, end=until, wanted=4, actor=clerk, at=end)
    send(selection=selection, actor=clerk, at=end)
    waiting = Approval.objects.filter(subject=LABEL, state="pending").order_by("pk")
    for approval, yes in zip(waiting.values_list("pk", flat=True), cycle(YESES), strict=False):
        for n, head in enumerate(heads):
            do = "agree" if n < yes else "abstain" if n == len(heads) - 1 else "disagree"
            opinion = "主题不够集中。" if do == "disagree" else ""
            decide(approval_id=approval, actor=Actor.of(head), at=end, do=do, opinion=opinion)
