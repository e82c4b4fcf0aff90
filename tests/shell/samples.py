"""What the styleguide shows: one of everything, with the people of the mockups."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.organization.lights import Light
from foundation.organization.models import Appointment, Person, Unit
from foundation.organization.posts import Post
from foundation.organization.templatetags.components import Hinted

AT = timezone.make_aware(dt.datetime(2026, 6, 11, 9, 40))
LIGHTS = [Light("overdue", 2), Light("near", 0), Light("ok", 4), Light("idle"), Light("done")]


def identities() -> list[Appointment]:
    """One person with two posts, never saved."""
    person = Person(pk=1, username="luo.shuyan", name="罗书言")
    office, town = Unit(pk=1, short_name="安委办"), Unit(pk=2, short_name="浛洸镇")
    return [
        Appointment(pk=1, person=person, unit=office, post=Post.OFFICE_CLERK),
        Appointment(pk=2, person=person, unit=town, post=Post.LIAISON),
    ]


class Record(forms.Form):
    place = forms.CharField(label="活动地点", max_length=40)
    held_on = forms.DateField(label="活动时间")
    kind = forms.ChoiceField(label="活动形式", choices=[("training", "集中培训"), ("talk", "宣讲")])
    sessions = forms.IntegerField(label="场次", min_value=1)
    people = forms.IntegerField(label="参加人数", min_value=1, required=False)
    text = forms.CharField(
        label="活动内容与成效",
        help_text="写清做了什么、多少人、解决了什么问题。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = forms.FileField(label="现场照片", help_text="JPG、PNG，不少于 3 张。", required=False)
    opinion = forms.ChoiceField(
        label="常用意见",
        choices=[("1", "同意。"), ("2", "同意报送。")],
        widget=forms.RadioSelect(attrs={"class": "is-chips"}),
    )
    parts = forms.MultipleChoiceField(
        label="需要补正的内容",
        help_text="没有勾选的视为认可。",
        choices=[("basics", Hinted("活动基本情况", "时间、地点、形式、人数")), ("photos", "现场照片")],
        widget=forms.CheckboxSelectMultiple,
    )
    to = forms.ChoiceField(
        label="退回到",
        choices=[
            ("drafter", Hinted("赖安宁（拟稿人）", "改好后从分管负责人审批重新开始")),
            ("me", "直接回到我"),
        ],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="已核对，情况属实", help_text="提交后不能再改。")

    def clean(self) -> dict:
        raise forms.ValidationError("场次和参加人数对不上，请核对。")


def refused_form() -> Record:
    return Record(
        {
            "place": "浛洸镇农机服务站",
            "sessions": "0",
            "text": "集中培训 86 人。",
            "parts": ["photos"],
            "opinion": "2",
        },
        {"photos": SimpleUploadedFile("合影.jpg", b"not kept")},
    )


def item(title: str, light: Light, **more) -> dict:
    return {"title": title, "light": light, "url": "#", "arrived": AT} | more


def context() -> dict:
    return {
        "at": AT,
        "lights": LIGHTS,
        "units": ["英城街道", "浛洸镇"],
        "form": refused_form(),
        "steps": [
            {"state": "past", "title": "下达", "note": "5月22日"},
            {"state": "past", "title": "签收", "note": "5月25日"},
            {"state": "now", "title": "填报第 2 版", "note": "赖安宁"},
            {"state": "future", "title": "单位审批", "note": "何振邦"},
            {"state": "future", "title": "归档"},
        ],
        "tabs": [
            {"label": "待办", "url": "#", "count": 12, "current": True},
            {"label": "待阅", "url": "#", "count": 0},
            {"label": "已办", "url": "#", "count": 340},
            {"label": "草稿", "url": "#"},
        ],
        "chips": [
            {"label": "全部", "url": "?", "count": 12, "current": True},
            {"label": "超期 2", "url": "?light=overdue", "kind": "overdue"},
            {"label": "今天到", "url": "?arrived=today", "count": 4},
        ],
        "work": [
            item(
                "沙口镇“进社区”电动自行车充电安全自查记录",
                LIGHTS[0],
                brief="自查 9 次，覆盖 9 个社区；发现隐患 41 处，已整改 36 处",
                tags=[("活动记录", "")],
                meta="沙口镇 · 黄立诚",
                step="第 3/4 步 办公室审核",
            ),
            item(
                "西牛镇申请延期报送“敲门行动”总结",
                LIGHTS[1],
                unread=True,
                brief="原定 6月12日，申请延至 6月18日；理由：连日强降雨",
                tags=[("延期申请", ""), ("特急", "urgent")],
                meta="西牛镇 · 梁思远",
                step="第 1/1 步 办公室决定",
            ),
            item(
                "英红镇网约车发车分会场活动记录",
                LIGHTS[2],
                tags=[("第 2 版", "accent")],
                meta="英红镇 · 沈一帆",
            ),
        ],
        "facts": [
            ("对应任务", "第 13 项 进农村"),
            ("活动形式", "集中培训"),
            ("参加人数", "86 人（农机手 71 人）"),
        ],
        "files": [
            {
                "name": "农机安全技能培训签到表.pdf",
                "url": "#",
                "size": 325_632,
                "note": "2 页",
                "tag": "有变化",
            },
            {"name": "授课现场.jpg", "url": "#", "size": 2_516_582},
            {"name": "活动记录（可编辑版本）.docx", "url": "#", "size": 47_104},
        ],
        "timeline": [
            {"state": "past", "who": "赖安宁", "does": "提交第 1 版", "at": AT},
            {
                "state": "past",
                "who": "何振邦",
                "behalf": "周晓岚",
                "does": "同意",
                "opinion": "同意报送。",
                "at": AT,
            },
            {
                "state": "returned",
                "who": "罗书言",
                "does": "退回 2 处",
                "opinion": "签到表缺日期；照片不足 3 张。",
                "at": AT,
                "note": "用时 6 工时",
            },
            {"state": "now", "who": "何振邦", "does": "分管负责人审批（您）", "at": AT, "note": "今天到期"},
            {"state": "future", "who": "罗书言", "does": "办公室审核", "note": "预计 6月15日"},
        ],
        "more": [
            {"label": "转办", "url": "#", "hint": "交给别人决定，您不再参与"},
            {"label": "不同意", "url": "#", "hint": "本次审批到此结束"},
        ],
    }


DEMO = [
    ("luo.shuyan", "罗书言", "安委办", "安办经办"),
    ("xie.changqing", "谢长青", "安委办", "安办主任"),
    ("lai.anning", "赖安宁", "浛洸镇", "联络员"),
    ("he.zhenbang", "何振邦", "浛洸镇", "分管负责人"),
]
