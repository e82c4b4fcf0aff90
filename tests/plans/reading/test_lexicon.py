import pytest

from tests.plans.reading.helpers import LEXICON
from workflows.plans.reading import Lexicon


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("青禾市教育局", "education"),
        ("市教育局", "education"),
        ("教育部门", "education"),
        ("农业农村部门", "farming"),
        ("消防", "fire"),
        ("住建部门", "housing"),
        ("宣传部门", "publicity"),
        ("市委宣传部", "publicity"),
        ("区住房城乡建设局", "housing"),
        ("区公安分局", "police"),
        ("东华镇人民政府", "donghua"),
    ],
)
def test_a_phrase_resolves_to_one_unit(phrase, code):
    assert LEXICON.resolve(phrase).units == (code,)


@pytest.mark.parametrize(
    ("phrase", "group"),
    [
        ("各镇（街）", "towns"),
        ("各镇(街)", "towns"),
        ("各乡镇人民政府", "towns"),
        ("各街道", "towns"),
        ("各有关部门", "departments"),
        ("县直有关部门", "departments"),
        ("市安委会成员单位", "members"),
        ("各成员单位", "members"),
        ("市安委办", "office"),
        ("负有安全管理职责的监管部门", "regulators"),
        ("负有安全生产监督管理职责的部门", "regulators"),
        ("各行业主管部门", "regulators"),
        ("各企业", "enterprises"),
        ("各有关单位", "all_units"),
        ("各级各部门", "all_units"),
    ],
)
def test_a_phrase_names_a_group(phrase, group):
    meaning = LEXICON.resolve(phrase)
    assert (meaning.units, meaning.group) == (None, group)


def test_what_nobody_knows_stays_unknown():
    assert not LEXICON.resolve("县地方志办公室")


def test_two_units_of_equal_name_are_not_guessed_between():
    lexicon = Lexicon({"青禾县教育局": "a", "望川县教育局": "b"})
    assert not lexicon.resolve("教育部门")


def test_a_unit_of_another_level_is_not_meant():
    lexicon = Lexicon({"青禾市教育局": "a", "市场监督管理局": "b"})
    assert not lexicon.resolve("镇教育办公室")
    assert not lexicon.resolve("县教育局")
    assert lexicon.resolve("县市场监督管理局").units == ("b",)


def test_own_group_phrases_come_first():
    assert Lexicon({}, {"各镇（街）": "streets"}).resolve("各镇(街)").group == "streets"
