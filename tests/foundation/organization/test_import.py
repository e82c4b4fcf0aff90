"""Import of units and people: preview, errors by row, nothing half done."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from foundation.journal.models import Entry
from foundation.organization.importing_people import COLUMNS as OF_PEOPLE
from foundation.organization.importing_units import COLUMNS as OF_UNITS
from foundation.organization.models import Appointment, Person, Unit, UnitGroup
from foundation.organization.tables import read_table, write_table

UNIT = ("wu", "戊镇人民政府", "戊镇", "镇", "9", "戊府", "", "", "戊、戊镇政府")
PERSON = ("wu.lianluo", "万龑", "", "jia", "经办人", "2026-06-01", "", "")


def upload(client, kind, rows):
    columns = OF_UNITS if kind == "units" else OF_PEOPLE
    file = SimpleUploadedFile("表.xlsx", write_table(columns, rows))
    return client.post(reverse("import_table", args=[kind]), {"file": file})


def confirm(client, kind, preview):
    return client.post(reverse("import_table", args=[kind]), {"rows": preview.context["rows"]})


def said(answer):
    return [(line.number, line.what) for line in answer.context["run"].lines]


@pytest.fixture
def clerk(cast, sign_in):
    return sign_in(cast.clerk)


def test_the_preview_says_what_would_be_and_writes_nothing(cast, clerk):
    changed = ("jia", "甲镇人民政府", "甲镇", "镇", "1", "甲府", "", "", "")
    same = ("yi", "乙镇人民政府", "乙镇", "镇", "2", "", "", "", "")
    assert said(upload(clerk, "units", [UNIT, changed, same])) == [(2, "新增"), (3, "修改"), (4, "不变")]
    assert not Unit.objects.filter(code="wu").exists()
    assert not Entry.objects.exists()


def test_confirming_writes_what_was_shown(clerk):
    confirm(clerk, "units", upload(clerk, "units", [UNIT]))
    unit = Unit.objects.get(code="wu")
    assert (unit.aliases, unit.document_code) == (["戊", "戊镇政府"], "戊府")
    assert sorted(group.code for group in unit.groups.all()) == ["all_units", "towns"]


def test_one_bad_row_and_nothing_is_written(clerk):
    bad = [
        ("wu wu", "己镇人民政府", "己镇", "镇", "", "", "", "", ""),
        ("geng", "庚镇人民政府", "庚镇", "乡", "", "", "", "", ""),
        ("xin", "甲镇人民政府", "辛镇", "镇", "", "", "", "", ""),
        ("ren", "壬镇人民政府", "壬镇", "镇", "", "", "nowhere", "", ""),
        ("gui", "癸镇人民政府", "癸镇", "镇", "", "", "", "各村", ""),
        ("zi", "子镇人民政府", "", "镇", "一", "", "", "", ""),
    ]
    answer = upload(clerk, "units", [UNIT, *bad])
    assert answer.status_code == 422
    says = dict(said(answer))
    assert [n for n, what in says.items() if what != "新增"] == [3, 4, 5, 6, 7, 8]
    for number, part in zip(
        range(3, 9),
        ("编码", "类别“乡”不认识，可填", "全称“甲镇人民政府”", "上级编码“nowhere”", "范围“各村”", "简称"),
        strict=True,
    ):
        assert part in says[number]
    assert Unit.objects.count() == 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True), "第 2 行是隐藏的"),
        (lambda sheet: sheet.merge_cells("D2:D3"), "合并的单元格（D2:D3）"),
        (lambda sheet: sheet.cell(2, 2, '="戊镇"&"人民政府"'), "公式 B2 没有结果"),
    ],
)
def test_what_nobody_saw_in_a_workbook_is_not_taken(clerk, change, says):
    book = load_workbook(
        io.BytesIO(write_table(OF_UNITS, [UNIT, ("yi", "乙镇人民政府", "乙镇", "镇", *[""] * 5)]))
    )
    change(book.active)
    book.save(out := io.BytesIO())
    file = SimpleUploadedFile("表.xlsx", out.getvalue())
    answer = clerk.post(reverse("import_table", args=["units"]), {"file": file})
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_named_groups_come_to_the_usual_ones(clerk):
    UnitGroup.objects.create(code="regulators", name="监管部门")
    row = (*UNIT[:7], "监管部门", "")
    confirm(clerk, "units", upload(clerk, "units", [row]))
    assert sorted(g.code for g in Unit.objects.get(code="wu").groups.all()) == [
        "all_units",
        "regulators",
        "towns",
    ]


def test_a_child_may_follow_its_parent_in_the_same_file(clerk):
    child = ("wu2", "戊镇水管所", "戊镇水管所", "企事业单位", "", "", "wu", "", "")
    confirm(clerk, "units", upload(clerk, "units", [UNIT, child]))
    assert Unit.objects.get(code="wu2").parent.code == "wu"


def test_new_people_get_posts_and_passwords_shown_once(cast, clerk):
    two = ("wu.lianluo", "万龑", "", "yi", "经办人", "", "", "是")
    answer = confirm(clerk, "people", upload(clerk, "people", [PERSON, two]))
    ((username, name, password),) = answer.context["handed_out"]
    person = Person.objects.get(username=username)
    assert (name, person.check_password(password), person.must_change_password) == ("万龑", True, True)
    assert [seat.unit.code for seat in Appointment.objects.filter(person=person)] == ["jia", "yi"]


def test_a_second_import_of_the_same_file_changes_nothing(clerk):
    confirm(clerk, "people", upload(clerk, "people", [PERSON]))
    assert said(upload(clerk, "people", [PERSON])) == [(2, "不变")]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({0: "有 空格"}, "不含空格"),
        ({1: ""}, "姓名"),
        ({2: "电话"}, "联系电话"),
        ({3: "nowhere"}, "单位编码“nowhere”"),
        ({4: "村长"}, "岗位“村长”不认识"),
        ({4: "系统管理员"}, "只由系统管理员任免"),
        ({4: "联络员"}, "联络员是赖安宁"),
        ({5: "6月31日"}, "自"),
        ({6: "2026-05-01"}, "结束日期早于"),
        ({7: "对"}, "请填“是”或“否”"),
        ({0: "administrator", 1: "改名"}, "只由系统管理员修改"),
    ],
)
def test_a_bad_row_of_people_says_why(cast, clerk, change, says):
    row = [change.get(n, cell) for n, cell in enumerate(PERSON)]
    before = Person.objects.count()
    answer = upload(clerk, "people", [row])
    assert says in answer.context["run"].errors[0].what
    assert says in answer.content.decode()
    assert Person.objects.count() == before


def test_two_liaison_officers_in_one_file_are_seen_in_the_preview(cast, clerk):
    Appointment.objects.filter(pk=cast.town.liaison.pk).update(revoked=True)
    rows = [("w1", "万龑", "", "jia", "联络员", "", "", ""), ("w2", "万旻", "", "jia", "联络员", "", "", "")]
    assert said(upload(clerk, "people", rows))[1][1].startswith("甲镇此期间的联络员是万龑")


@pytest.mark.parametrize("kind", ["units", "people"])
def test_the_template_holds_what_there_is_and_changes_nothing(cast, sign_in, kind):
    client = sign_in(cast.administrator)
    content = client.get(reverse("import_template", args=[kind])).content
    columns = OF_UNITS if kind == "units" else OF_PEOPLE
    rows = [tuple(row.cells.values()) for row in read_table(content, columns, columns)]
    assert {what for _, what in said(upload(client, kind, rows))} == {"不变"}


def test_what_was_confirmed_is_what_was_previewed(clerk):
    forged = clerk.post(reverse("import_table", args=["units"]), {"rows": "W10:forged"})
    assert forged.status_code == 422
    assert "请重新上传" in forged.content.decode()


def test_a_preview_of_people_does_not_confirm_units(clerk):
    preview = upload(clerk, "people", [PERSON])
    assert confirm(clerk, "units", preview).status_code == 422


def test_without_a_file_the_page_asks_for_one(clerk):
    answer = clerk.post(reverse("import_table", args=["units"]))
    assert "请选择一个文件" in answer.content.decode()


def test_there_is_no_third_kind(clerk):
    assert clerk.get(reverse("import_table", args=["secrets"])).status_code == 404


def test_two_rows_of_one_unit_are_told_before_the_second_writes_over_the_first(clerk):
    again = ("wu", "戊二镇人民政府", "戊二镇", "镇", "", "", "", "", "")
    wrong = said(upload(clerk, "units", [UNIT, again]))
    assert wrong == [(2, "新增"), (3, "与第 2 行重复：编码“wu”，请只留一行。")]


def test_one_account_under_two_names_is_told_and_two_posts_of_one_person_are_not(cast, clerk):
    other_post = ("wu.lianluo", "万龑", "", "yi", "经办人", "2026-06-01", "", "")
    other_name = ("wu.lianluo", "万炎", "", "bing", "经办人", "2026-06-01", "", "")
    assert [wrong for _, wrong in said(upload(clerk, "people", [PERSON, other_post]))] == ["新增", "修改"]
    lines = said(upload(clerk, "people", [PERSON, PERSON, other_name]))
    assert [says for _, says in lines[1:]] == [
        "与第 2 行重复：账号“wu.lianluo”、单位编码“jia”、岗位“经办人”，请只留一行。",
        "账号“wu.lianluo”在前面的行里姓名是“万龑”，请核对。",
    ]
