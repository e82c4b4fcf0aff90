import pytest

from .hall import after, opened, opening, picture, route, step

BIG = step("a", when=[("amount", ">", 10)])


def test_a_step_applies_where_its_condition_holds():
    assert picture(opened(BIG, step("b"), facts={"amount": 11})) == "a? | b."


def test_else_it_is_skipped_and_the_row_names_the_condition():
    state = opened(BIG, step("b"), facts={"amount": 10})
    assert picture(state) == "_- | b?"
    assert "amount > 10" in state.signers[0].reason


def test_all_its_conditions_must_hold():
    both = step("a", when=[("amount", ">", 10), ("crime", "=", True)])
    assert picture(opened(both, step("b"), facts={"amount": 11, "crime": False})) == "_- | b?"
    assert picture(opened(both, step("b"), facts={"amount": 11, "crime": True})) == "a? | b."


@pytest.mark.parametrize("facts", [None, {}, {"amount": "11"}, {"amount": True}])
def test_a_fact_that_is_missing_or_of_another_kind_refuses(facts):
    refusal = opening(route(BIG, step("b")), facts=facts)
    assert (refusal.code, refusal.named) == ("fact_missing", "amount")


@pytest.mark.parametrize(
    ("value", "fact", "hint"),
    [(10, "11", "整数"), (10, True, "整数"), (True, 1, "是或否"), ("是", True, "文字")],
)
def test_a_fact_of_another_kind_is_told_which_kind_it_is_compared_with(value, fact, hint):
    only = step("a", when=[("amount", "=", value)])
    says = opening(route(only, step("b")), facts={"amount": fact}).says
    assert says == f"缺少判断条件所需的数据“amount”，请补填后提交。应填{hint}，现在不是。"
    assert opening(route(only, step("b")), facts={}).says.endswith("请补填后提交。")


def test_a_skipped_step_asks_for_no_post():
    assert picture(opened(step("-", when=[("amount", ">", 10)]), step("b"), facts={"amount": 1})) == "_- | b?"


def test_nobody_left_does_not_start():
    assert opening(route(BIG), facts={"amount": 1}).code == "nobody"


def test_a_skipped_step_is_nothing_to_return_to():
    state = opened(step("b"), BIG, step("c"), facts={"amount": 1})
    assert picture(after(state, "b agree", "c return previous")) == "b? | _- | c."
