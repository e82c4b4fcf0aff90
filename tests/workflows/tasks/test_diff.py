"""The difference of two versions."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.tasks.diff import diff, differences, file_counts

from .test_content import RECORD, composed, file


def content(summary="", records=(RECORD,), files=()):
    return composed(["records"], {"summary": summary}, records, files)[0]


def test_a_number_changes_as_a_whole():
    assert differences("46 人参加", "41 人参加")[:2] == [("delete", "46"), ("insert", "41")]


def test_equal_versions_have_no_difference():
    assert diff(content("同"), content("同")) == []


def test_a_changed_text_is_told_piece_by_piece():
    (change,) = diff(content("其余由农办跟踪。"), content("其余已完成。"))
    assert (change.part, change.kind) == ("summary", "changed")
    assert change.ops == [("equal", "其余"), ("delete", "由农办跟踪"), ("insert", "已完成"), ("equal", "。")]


def test_added_and_removed_parts_are_told_by_name():
    before, after = content(files=[file("photos", 1)]), content(files=[file("photos", 2), file("photos", 3)])
    assert [(c.part, c.kind) for c in diff(before, after)] == [
        ("attachment:2", "added"), ("attachment:3", "added"), ("attachment:1", "removed"),
    ]  # fmt: skip
    assert file_counts(before, after) == ["现场照片：由 1 个增至 2 个"]


def test_a_record_keeps_its_name_when_it_changes():
    (change,) = diff(content(), content(records=[RECORD | {"people": 90}]))
    assert (change.part, change.kind) == ("record:3", "changed")


@given(st.text(alphabet="甲乙丙。\n1"), st.text(alphabet="甲乙丙。\n1"))
def test_the_pieces_give_both_texts_back(before, after):
    ops = differences(before, after)
    assert "".join(text for op, text in ops if op != "insert") == before
    assert "".join(text for op, text in ops if op != "delete") == after
