from .hall import after, do, opened, picture, refused, step


def passed():
    return after(opened(step("a", copy="bc"), step("d")), "a agree")


def test_they_may_read_once_the_step_has_passed():
    assert picture(opened(step("a", copy="bc"), step("d"))) == "a? {b. c.} | d."
    assert picture(passed()) == "a+ {b? c?} | d?"


def test_it_is_recorded_who_has_read():
    assert picture(after(passed(), "b read")) == "a+ {b+ c?} | d?"


def test_it_blocks_nothing():
    assert after(passed(), "d agree").result == "approved"


def test_it_can_be_read_after_the_end():
    state = after(passed(), "d agree", "c read")
    assert (picture(state), state.result) == ("a+ {b? c+} | d+", "approved")


def test_nobody_reads_what_was_not_copied_to_them():
    assert refused(passed(), "d read").code == "nothing_to_read"


def test_reading_it_again_changes_nothing():
    outcome = do(after(passed(), "b read"), "b read")
    assert (outcome.changed, outcome.effects) == ((), ())


def test_a_reader_decides_nothing():
    assert refused(passed(), "b agree").code == "not_a_signer"


def test_the_reader_is_told():
    assert [effect.kind for effect in do(opened(step("a", copy="b"), step("d")), "a agree").effects] == [
        "settled", "copied", "opened",
    ]  # fmt: skip


def test_a_step_that_failed_is_read_by_nobody():
    assert picture(after(opened(step("a", copy="b")), "a disagree")) == "ax {b-}"


def test_a_step_that_nobody_decides_is_copied_all_the_same():
    assert picture(opened(step("-", empty="skip", copy="b"), step("d"))) == "_- {b?} | d?"


def test_they_read_it_once_however_often_it_is_returned():
    state = after(passed(), "b read", "d return previous", "a agree")
    assert picture(state) == "a+ {b+ c?} | d?"
