"""A finished paper that is read in gives the text back that it was made from."""

from dataclasses import replace

import pytest

from documents.formats.plain import render_text
from documents.formats.word import render_docx
from documents.layout import parse
from documents.layout.kinds import KINDS
from documents.writing.finished import finished
from documents.writing.tidying import tidy
from foundation.files.text import decode
from tests.documents.papers import META, SENTENCE

ORGANS = (META.organ, "英德市公安局", "英德市消防救援大队")
TABLE = "序号\t内容\t时间\n1\t检查\t6月2日\n2\t\t6月3日\n合计\t2\t"
TEXT = f"""关于做好二〇二六年全市安全生产月活动和汛期重点行业领域隐患排查工作的{{kind}}

各镇（街），市安委会各成员单位：
根据《安全生产法》和粤安办〔2026〕3号有关要求，现就有关事项说明如下。
一、总体要求
{SENTENCE}
（一）加强领导
1.落实责任
（1）明确分工。{SENTENCE}
{TABLE}
附件：1.活动安排表
2.说明

{{signed}}
2026年6月12日
（联系人：张三，电话：0763-1234567）

附件1
活动安排表
{TABLE}

附件2
说明
第一行说明。
抄送：这一行在附件里。
第二行说明。"""
MINUTES = f"办公室主任会议纪要\n\n2026年6月10日召开会议。\n一、加强监管\n{SENTENCE}\n\n出席：王喆堃、李强\n列席：赵六"
VARIANTS = {
    "plain": {},
    "urgent": {"urgency": "特急", "signer": "王喆"},
    "joint": {
        "joint_organs": ORGANS[1:],
        "signer": "王喆",
        "joint_signers": ("张三", "李四", "赵六", "孙七"),
    },
    "bare": {"cc": (), "urgency": "加急", "number": None},
}


def filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def made(kind: str, variant: str):
    meta = replace(META, kind=kind, **VARIANTS[variant])
    text = MINUTES if kind == "纪要" else TEXT.format(kind=kind, signed="\n".join(meta.organs))
    return text, meta


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("form", ["docx", "txt"])
def test_our_own_export_of_every_kind_comes_back(kind, variant, form):
    text, meta = made(kind, variant)
    write = render_docx if form == "docx" else render_text
    found = finished(tidy(decode(write(parse(text), meta), f"x.{form}", rows=True)).text)
    assert filled(found.text) == filled(tidy(text).text)
    assert parse(found.text) == parse(text)
    assert found.cc == meta.cc
    assert found.fields.get("urgency", "") == {"特急": "extra", "加急": "urgent"}.get(meta.urgency, "")
    assert any(one.startswith("发文字号“英安办〔2026〕") for one in found.left)


PAPER = """000012
机密★1年
特 急
英德市应急管理局文件
英应急〔2026〕8号　　　签发人：王 喆
关于加强汛期安全生产工作的
通知

各镇：
请落实。
附件：方案

英德市应急管理局
2026年6月12日

附件
方案
内容。

抄送：市委办公室，市人大办公室，
　　　市政府办公室。
英德市应急管理局办公室　　2026年6月13日印发
（共印50份）"""


def test_of_a_paper_of_another_office_all_that_is_left_out_is_told():
    found = finished(PAPER)
    read = parse(found.text)
    assert (read.title, read.to) == ("关于加强汛期安全生产工作的通知", "各镇：")
    assert (read.signed_by, read.annexes[0].blocks[-1].text) == (("英德市应急管理局",), "内容。")
    assert (found.urgency, found.cc) == ("extra", ("市委办公室", "市人大办公室", "市政府办公室"))
    assert found.note == (
        "紧急程度“特急”、抄送 3 家已填到对应栏目。没有读入：份号“000012”、密级“机密★1年”、发文机关标志“英德市应急管理局文件”、"
        "签发人“王 喆”、发文字号“英应急〔2026〕8号”、印发机关和日期“英德市应急管理局办公室 2026年6月13日印发 （共印50份）”。"
        "版头、版记由系统重新生成，发文字号另编。本系统只处理非密信息，涉密文件请勿读入、保存。"
    )


def test_names_that_moved_into_the_imprint_are_told_again():
    found = finished("关于检查的通知\n\n正文。\n\n某办\n2026年6月12日\n主送：各镇。\n抄送：市委办。")
    assert (parse(found.text).to, found.cc) == ("各镇：", ("市委办",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "关于检查的通知\n\n各镇：\n请按英安办〔2026〕8号执行。\n\n某办\n2026年6月12日",
        "英德市安委办\n关于检查的通知\n\n各镇：\n正文。",
        "办公室主任会议纪要\n\n会议议定：\n一、加强监管",
        "关于废止部分市政府文件\n的通知\n\n各镇：\n正文。",
        "特急\n\n正文。",
        "关于检查的通知\n\n　　正文。\n　　抄送：这不是版记。\n　　其余如下。\n\n某办\n2026年6月12日",
    ],
)
def test_a_text_without_head_and_imprint_stays_as_it_is(text):
    assert finished(text) == (text, "", (), (), ())
