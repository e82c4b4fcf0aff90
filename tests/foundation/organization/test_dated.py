"""A file of dated data, and what is told of one that can't be used."""

import pytest

from foundation.organization.dated import BadData, read_data, unreadable


@pytest.mark.parametrize(
    ("text", "says"),
    [("- {", "第 1 行不是正确的 YAML"), ("- a: 1\n  a: 2", "写了两次"), ("\udcff", "另存为 UTF-8"), ("rules: []", "不对")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_with_its_fault(tmp_path, text, says):
    file = tmp_path / "ladders.yaml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadData, match=f"ladders.yaml.*{says}"):
        read_data(file, "ladder")


def test_it_stops_the_site_at_its_start(tmp_path):
    (error,) = unreadable(lambda: read_data(tmp_path / "none.yaml", "ladder"), "tracking.E001")
    assert (error.id, error.is_serious()) == ("tracking.E001", True)
