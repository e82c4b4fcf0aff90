"""What a machine lacks for official pages is said at every start: `migrate`, `work` and `check` run the checks."""

import ctypes.util

from django.core.checks import run_checks
from django.core.management import call_command

from documents.fonts import check_environment


def without_subsetting(monkeypatch):
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)


def test_this_machine_has_all():
    assert not check_environment()


def test_a_machine_without_harfbuzz_subset_is_told_which_package_to_install(monkeypatch):
    without_subsetting(monkeypatch)
    assert [one.id for one in run_checks() if "libharfbuzz-subset0" in one.msg] == ["documents.W001"]


def test_the_start_of_the_server_says_so_and_goes_on(monkeypatch, capsys, db):
    """script/server migrates first, quietly."""
    without_subsetting(monkeypatch)
    call_command("migrate", verbosity=0, skip_checks=False)
    assert "libharfbuzz-subset0" in capsys.readouterr().err
