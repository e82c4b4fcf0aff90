"""Files that can be made again: whole or not there, and never too many."""

import pytest

from foundation.files.kept import keep
from tests.disks import small_files


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    with small_files(1000), pytest.raises(OSError):
        keep(tmp_path / "made" / "a.png", bytes(5000), most=9)
    assert list((tmp_path / "made").iterdir()) == []
    keep(tmp_path / "made" / "a.png", b"whole", most=9)
    assert [one.read_bytes() for one in (tmp_path / "made").iterdir()] == [b"whole"]
