from .hall import after, opened, opening, picture, refused, route, step


def test_it_goes_up_to_the_superior_with_a_note():
    state = opening(route(step("z"), step("b")), z="y").state
    assert picture(state) == "y? | b."
    assert state.signers[0].note == "本人提交或起草的事项不由本人审批，改由上级审批"
    assert state.signers[0].seat == "y as superior"


def test_without_a_superior_the_signer_is_skipped_with_the_reason():
    state = opened(step("z"), step("b"))
    assert picture(state) == "z- | b?"
    assert state.signers[0].reason == "本人提交或起草的事项不由本人审批，跳过"


def test_a_superior_who_drafted_it_is_no_second_pair_of_eyes():
    assert picture(opening(route(step("z"), step("b")), drafters="y", z="y").state) == "z- | b?"


def test_a_superior_already_in_the_step_sits_there_once():
    state = opening(route(step("y", "z", mode="all")), z="y").state
    assert picture(state) == "y? z-"
    assert state.signers[1].reason == "本人提交或起草的事项不由本人审批，上级已在本步"
    assert picture(opening(route(step("z", "y", mode="all")), z="y").state) == "y?"


def test_skip_asks_no_superior():
    assert picture(opening(route(step("z"), step("b"), own="skip"), z="y").state) == "z- | b?"


def test_whoever_drafted_it_does_not_decide_either():
    state = opening(route(step("ab")), drafters="a").state
    assert picture(state) == "a- b?"
    assert refused(state, "a agree").code == "own_matter"


def test_nobody_else_left_refuses_to_start():
    assert opening(route(step("z"))).code == "nobody"


def test_allow_lets_them_and_the_trail_says_so():
    state = opened(step("z"), own="allow")
    assert state.signers[0].note.startswith("自批")
    assert after(state, "z agree").result == "approved"
