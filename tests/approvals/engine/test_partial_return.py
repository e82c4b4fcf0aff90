from .hall import after, opened, picture, refused, step


def returned(words: str):
    state = opened(step("a"), step("b"), says="x1 y1", resubmit="jump_back")
    return after(state, "a agree", f"b return {words}")


def test_what_was_accepted_must_stay():
    refusal = refused(returned("#x"), "z resubmit x2 y2")
    assert (refusal.code, refusal.named) == ("accepted_changed", "y")
    assert refused(returned("#x"), "z resubmit x2").code == "accepted_changed"


def test_what_was_returned_may_change_and_everybody_sees_it():
    assert picture(after(returned("#x"), "z resubmit x2 y1")) == "a? | b."


def test_new_items_may_come():
    assert picture(after(returned("#x"), "z resubmit x1 y1 z1")) == "a? | b."


def test_only_put_right_goes_back_to_the_returner():
    assert picture(after(returned("only #x"), "z resubmit x2 y1")) == "a+ | b?"


def test_only_put_right_is_not_for_anything_else():
    assert picture(after(returned("only #x"), "z resubmit x2 y1 z1")) == "a? | b."


def test_items_that_do_not_exist_cannot_be_returned():
    state = opened(step("a"), says="x1")
    refusal = refused(state, "a return #q")
    assert (refusal.code, refusal.named) == ("no_such_item", "q")


def test_a_whole_return_freezes_nothing():
    assert picture(after(returned(""), "z resubmit x2 y2")) == "a? | b."


def test_a_signer_who_saw_another_version_before_is_asked_again():
    state = after(returned("only #x"), "z resubmit x2 y1", "b return only #y", "z resubmit x2 y2")
    assert picture(state) == "a? | b."
