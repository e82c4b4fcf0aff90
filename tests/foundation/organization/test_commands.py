"""What our commands say of bad arguments: one sentence, exit 2, nothing else."""

import pytest
from django.core.management import call_command, load_command_class
from django.db import connections

from foundation.organization.arguments import sentence
from foundation.organization.commands import BadInput, OwnCommand
from tests.docs.test_commands import OURS


def spoilt() -> list[tuple[str, list[str]]]:
    """Of every command: an option without its value, a choice that is none, an option there is not, a word for a number."""
    found = []
    for name in sorted(OURS):
        options = [one for one in parser(name)._actions if one.option_strings]
        given = [["--settings"], ["--verbosity", "9"], ["--no-color=1"], [*needed(name), "--no-such"]]
        given += [[one.option_strings[0], "x"] for one in options if one.type in (int, float)]
        found += [(name, one) for one in given]
        found += [(name, [])] if needed(name) else []
    return found


def parser(name: str):
    return load_command_class(OURS[name], name).create_parser("manage.py", name)


def needed(name: str) -> list[str]:
    return [
        word
        for one in parser(name)._actions
        if one.required
        for word in [*one.option_strings[:1], next(iter(one.choices)) if one.choices else "1"]
    ]


@pytest.mark.parametrize(("name", "given"), spoilt(), ids=lambda one: one if isinstance(one, str) else None)
def test_bad_arguments_end_a_command_with_one_sentence(name, given, capsys):
    with pytest.raises(SystemExit) as ended:
        load_command_class(OURS[name], name).run_from_argv(["manage.py", name, *given])
    out, err = capsys.readouterr()
    assert (ended.value.code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith(f"用法见 manage.py {name} --help。\n")
    assert "参数不对" not in err  # a sentence for each, none quotes argparse


@pytest.mark.parametrize("name", sorted(OURS))
def test_help_is_as_it_was(name, capsys):
    command = load_command_class(OURS[name], name)
    assert isinstance(command, OwnCommand)
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["manage.py", name, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: manage.py {name}")


def test_so_does_bad_input_that_is_found_later(monkeypatch, capsys):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # what the other tests use
    with pytest.raises(SystemExit) as ended:
        load_command_class(OURS["clocks"], "clocks").run_from_argv(["manage.py", "clocks", "none.yaml"])
    assert ended.value.code == 2
    assert capsys.readouterr() == ("", "文件 none.yaml 打不开：没有这个文件，请核对路径。\n")


@pytest.mark.parametrize("lease", ["nan", "inf", "0", "-1", "1e9"])
def test_a_lease_that_is_no_time_is_refused(lease):
    with pytest.raises(BadInput, match="--lease 请给"):
        call_command("work", f"--lease={lease}", once=True)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("the following arguments are required: ROUTE, --at", "缺少参数 ROUTE、--at，请补上"),
        ("argument x: invalid choice: 'a b' (choose from 'c', 'd')", "x 没有“a b”，可用的有 c、d"),
        ("argument x: invalid choice: 'a' (choose from c, d)", "x 没有“a”，可用的有 c、d"),
        ("argument --a: not allowed with argument --b", "--a 和 --b 不能一起用，请去掉一个"),
        ("one of the arguments --a --b is required", "--a、--b 里要写一个，请补上"),
        ("ambiguous option: --u could match --units, --until", "--u 可以是 --units、--until，请写全"),
        ("something new", "参数不对（something new），请改正"),
    ],
)
def test_what_argparse_says_is_said_in_chinese(message, says):
    assert sentence(message, "manage.py demo") == f"{says}；用法见 manage.py demo --help。"
