from approvals.engine.routes import OnEmpty, PostIn, Step
from approvals.engine.terms import Refusal

from .hall import opened, opening, picture, route, step


def test_it_does_not_start_and_the_post_is_named():
    refusal = opening(route(step("a"), step("-")))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "post_empty"
    assert refusal.says == "unit的-目前无人担任，请先任命，再提交。"


def test_it_is_skipped_with_a_row_that_says_so():
    state = opened(step("-", empty="skip"), step("b"))
    assert picture(state) == "_- | b?"
    assert state.signers[0].reason == "unit的-目前无人担任，跳过"


def test_the_fallback_signs_and_the_row_says_why():
    state = opened(step("-", empty="b"))
    assert picture(state) == "b?"
    assert state.signers[0].note == "unit的-目前无人担任，由unit的b办理"


def test_an_empty_fallback_refuses_and_both_are_named():
    rule = Step("环节", (PostIn("-"),), on_empty=PostIn("-", "office"))
    refusal = opening(route(rule))
    assert refusal.code == "post_empty"
    assert refusal.says.startswith("unit的-及其候补office的-目前无人担任")


def test_one_empty_post_of_an_any_step_is_no_loss():
    state = opened(step("-", "b"))
    assert picture(state) == "_- b?"
    assert state.signers[0].reason


def test_one_empty_post_of_an_all_step_is_a_missing_voice():
    assert opening(route(step("-", "b", mode="all"))).code == "post_empty"
    assert opening(route(step("-", "b", mode="sequence"))).code == "post_empty"


def test_a_route_that_skips_everybody_does_not_approve_itself():
    skipping = Step("环节", (PostIn("-"),), on_empty=OnEmpty.SKIP)
    refusal = opening(route(skipping))
    assert refusal.code == "nobody"
    assert "没有人可以审批" in refusal.says
