"""verify_journal names the first entry that is not as it was written."""

import datetime as dt
import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from foundation.journal import guard
from foundation.journal.checkpoints import prune_checkpoints, read_checkpoint, write_checkpoint
from foundation.journal.models import Entry
from foundation.journal.moves import record
from foundation.journal.moves import transition as move
from foundation.journal.verify import first_bad
from workflows.tasks.models import Task

from .conftest import AT


@pytest.fixture
def history(tasks, liaison):
    """Two more entries for each of three tasks, opinions among them."""
    move(Task.receive, tasks, actor=liaison, at=AT)
    record(Task, tasks, "urge", actor=liaison, at=AT, words={"opinion": "请尽快"})
    return tasks


def forge(sql: str, *params) -> None:
    with guard.lifted(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_an_untouched_journal_holds(history):
    assert first_bad() == (10, None)


def test_a_changed_entry_is_named(history):
    forge("UPDATE journal_entry SET verb = 'tasks.task.accept' WHERE target_id = %s AND seq = 2", history[1])
    bad = first_bad()[1]
    assert (bad.why, bad.target, bad.target_id, bad.seq) == ("changed", "tasks.task", history[1], 2)


def test_changed_words_are_noticed(history):
    forge(
        "UPDATE journal_entry SET words = %s WHERE target_id = %s AND seq = 3",
        '{"opinion": "不急"}',
        history[0],
    )
    assert first_bad()[1].why == "changed"


def test_erased_words_leave_the_chain_whole(history):
    Entry.objects.filter(seq=3).update(words=None, words_salt="")
    assert first_bad()[1] is None


@pytest.mark.parametrize("column", ["data", "words"])
def test_a_forged_float_is_named_like_any_change(history, column):
    forge(
        f"UPDATE journal_entry SET {column} = %s WHERE target_id = %s AND seq = 3", '{"n": 1.5}', history[0]
    )
    assert first_bad()[1].why == "changed"


def test_a_removed_entry_leaves_a_gap(history):
    forge("DELETE FROM journal_entry WHERE target_id = %s AND seq = 2", history[0])
    assert first_bad()[1].why == "gap"


def test_a_cut_tail_differs_from_the_row(history):
    forge("DELETE FROM journal_entry WHERE target_id = %s AND seq = 3", history[2])
    assert (first_bad()[1].why, first_bad()[1].target_id) == ("head", history[2])


def test_a_state_set_past_the_journal_is_named(history):
    forge("UPDATE tasks_task SET state = 'accepted' WHERE id = %s", history[1])
    bad = first_bad()[1]
    assert (bad.why, bad.target, bad.target_id) == ("state", "tasks.task", history[1])


def test_a_cut_tail_with_its_row_repaired_differs_from_the_checkpoint(history):
    path = write_checkpoint(AT)
    forge("DELETE FROM journal_entry WHERE target_id = %s AND seq = 3", history[2])
    head = Entry.objects.get(target="tasks.task", target_id=history[2], seq=2).hash
    forge("UPDATE tasks_task SET journal_seq = 2, journal_head = %s WHERE id = %s", head, history[2])
    assert first_bad()[1] is None
    assert first_bad(read_checkpoint(path))[1].why == "tail"


def test_a_target_that_vanished_is_missing(history):
    path = write_checkpoint(AT)
    forge("DELETE FROM journal_entry WHERE target_id = %s AND target = 'tasks.task'", history[0])
    forge("DELETE FROM tasks_task WHERE id = %s", history[0])
    assert first_bad(read_checkpoint(path))[1].why == "missing"


@pytest.mark.parametrize("act", ["UPDATE journal_entry SET seq = 9", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_it(history, act):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


def test_a_missing_trigger_is_a_fault(history):
    guard.remove()
    assert first_bad()[1].why == "trigger"


def test_so_is_a_missing_trigger_of_what_was_issued(history):
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON documents_document"
        cursor.execute(f"DROP TRIGGER documents_issued_keep{on}")
    bad = first_bad()[1]
    assert (bad.why, bad.verb) == ("trigger", "documents_issued_keep")


def verify(*args: str) -> dict:
    out = io.StringIO()
    call_command("verify_journal", "--json", *args, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_that_it_holds(history):
    assert verify() == {"entries": 10, "ok": True, "bad": None}


def test_the_command_exits_1_on_a_fault(history, capsys):
    forge("DELETE FROM journal_entry WHERE seq = 2 AND target_id = %s", history[0])
    with pytest.raises(SystemExit, match="1"):
        verify()


def test_a_changed_checkpoint_is_no_checkpoint(history, tmp_path):
    path = write_checkpoint(AT)
    path.write_text(path.read_text().replace('"heads": [[', '"heads": [["x.y", 1, 1, "00"], ['))
    with pytest.raises(CommandError, match="改动") as caught:
        verify("--checkpoint", str(path))
    assert caught.value.returncode == 2


@pytest.mark.parametrize("text", ["", "{}", "[]", "\u0000", '{"signature": "zz", "root": ""}'])
def test_another_file_is_no_checkpoint(db, tmp_path, text):
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(CommandError) as caught:
        verify("--checkpoint", str(tmp_path / "x.json"))
    assert caught.value.returncode == 2


def test_old_checkpoints_go_but_for_the_last_of_each_day_and_what_is_left_still_holds(history, settings):
    """Four days of three: the newest two stay, and one of each day; the oldest still proves a cut tail."""
    hours = [AT + dt.timedelta(days=day, hours=hour) for day in range(4) for hour in (0, 4, 8)]
    files = [write_checkpoint(at) for at in hours]
    assert prune_checkpoints(2) == 6
    left = sorted((settings.DATA_DIR / "checkpoints").glob("*.json"))
    assert left == [files[2], files[5], files[8], files[9], files[10], files[11]]
    assert prune_checkpoints(2) == 0
    for path in left:
        assert first_bad(read_checkpoint(path))[1] is None
    forge("DELETE FROM journal_entry WHERE target_id = %s AND seq = 3", history[0])
    head = Entry.objects.get(target="tasks.task", target_id=history[0], seq=2).hash
    forge("UPDATE tasks_task SET journal_seq = 2, journal_head = %s WHERE id = %s", head, history[0])
    assert first_bad(read_checkpoint(left[0]))[1].why == "tail"
