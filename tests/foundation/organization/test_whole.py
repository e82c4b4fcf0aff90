"""Files that are whole or not there: made once, and what a killed process left behind."""

import os
import stat

import pytest

from foundation.organization.whole import made_once, put_in_place, sweep, unfinished


def test_what_is_made_once_stays_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "keys" / "secret"
    assert made_once(path, lambda: b"first") == b"first"
    assert made_once(path, lambda: b"second") == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_of_two_who_make_it_at_once_the_first_counts(tmp_path):
    path = tmp_path / "secret"

    def slow() -> bytes:
        made_once(path, lambda: b"first")
        return b"second"

    assert made_once(path, slow) == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_what_was_left_unfinished_a_day_ago_goes_and_nothing_else(tmp_path):
    with unfinished(tmp_path / "files" / "ab") as file:
        file.write(b"whole")
        put_in_place(file, tmp_path / "files" / "ab" / "abcd")
    old, fresh = (tmp_path / "files" / f"unfinished-{name}" for name in ("old", "fresh"))
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (1000, 1000))
    os.utime(tmp_path / "files" / "ab" / "abcd", (1000, 1000))
    assert sweep(tmp_path, before=2000) == 1
    assert (old.exists(), fresh.exists(), (tmp_path / "files" / "ab" / "abcd").exists()) == (
        False,
        True,
        True,
    )
    assert sweep(tmp_path / "none", before=2000) == 0


def test_what_is_given_up_leaves_nothing(tmp_path):
    def breaks() -> bytes:
        raise OSError

    with pytest.raises(OSError):
        made_once(tmp_path / "secret", breaks)
    assert list(tmp_path.iterdir()) == []
