"""The floor of agreeing to many: SQL by hand that writes what the product writes, and asks nobody whether it may.

All of it is one statement on PostgreSQL. In SQLite a WITH holds nothing that changes rows, so each of the four
tables takes one; the rows find their hashes in the journal.
"""

from __future__ import annotations

import json
import secrets
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import connection

from foundation.journal.chain import words_digest
from foundation.journal.models import content
from foundation.journal.statements import SEALED, SHA

from .client import Client
from .raw import APPROVAL, OPINION, TASK
from .world import AT, World

NOTE = {"do": "agree"}
# What each of the three entries says: its target, its verb, and the state it leads to.
ENTRIES = {
    "approve": ("approvals.approval", "approvals.approval.approve", "approved"),
    "accept": ("tasks.task", "tasks.task.approval_accepts", "accepted"),
    "archive": ("tasks.task", "tasks.task.archive", "archived"),
}
LISTED = {
    "postgresql": "= ANY(CAST(%(ids)s AS bigint[]))",
    "sqlite": "IN (SELECT value FROM json_each(%(ids)s))",
}
JSON = {"postgresql": "CAST({} AS jsonb)", "sqlite": "{}"}  # a UNION takes what is untyped for text
# Found by their ids alone: where little was open when tables were analysed, a state would be asked for first.
SEALING = """WITH found AS MATERIALIZED (
    SELECT a.id, a.journal_seq AS seq, a.journal_head AS head, a.state AS source, a.digest, s.id AS signer,
        s.state AS open, t.id AS task, t.journal_seq AS task_seq, t.journal_head AS task_head, t.state AS task_source
    FROM approvals_approval a JOIN approvals_signer s ON s.approval_id = a.id JOIN tasks_task t ON t.id = a.subject_id
    WHERE a.id {listed} ORDER BY a.id {lock}
), chosen AS (
    SELECT * FROM found WHERE source = 'pending' AND open = 'open' AND task_source = 'office_review'
), approve(id, seq, hash) AS (
    SELECT old.id, old.seq + 1, {approve} FROM chosen old
), task(id, seq, head, source) AS (
    SELECT task, task_seq, task_head, task_source FROM chosen
), accept(id, seq, head, source) AS (
    SELECT old.id, old.seq + 1, {accept}, %(accept_to)s FROM task old
), archive(id, seq, hash) AS (
    SELECT old.id, old.seq + 1, {archive} FROM accept old
), entry(target, target_id, seq, verb, source, made, data, words, salt, digest, hash) AS (
    SELECT %(approve_target)s, id, seq, %(approve_verb)s, 'pending', %(approve_to)s, {note}, {words}, %(salt)s,
        %(digest)s, hash FROM approve
    UNION ALL SELECT %(accept_target)s, id, seq, %(accept_verb)s, 'office_review', source, {none}, NULL, '', '', head
        FROM accept
    UNION ALL SELECT %(archive_target)s, id, seq, %(archive_verb)s, %(accept_to)s, %(archive_to)s, {none}, NULL, '', '',
        hash FROM archive
)"""
APPEND = """INSERT INTO journal_entry (target, target_id, seq, verb, source, "to", data, words, words_salt, words_hash,
hash, actor_id, post_id, at) SELECT entry.*, %(person)s, %(post)s, %(at)s FROM entry"""
SIGN = """UPDATE approvals_signer SET state = 'agreed', opinion = %(opinion)s, digest = old.digest,
decided_at = %(at)s, decided_by_id = %(post)s FROM {chosen} old WHERE {signed}"""
ENDED, CHANGED = "moved_at = %(at)s, ended_at = %(at)s", "changed = %(at)s"
MOVE = """UPDATE {table} SET state = %({step}_to)s, {times}, journal_seq = j.seq, journal_head = j.hash
FROM {sealed} j WHERE {table}.id = j.id"""
WRITTEN = """(SELECT target_id AS id, seq, hash FROM journal_entry
WHERE target = %({step}_target)s AND verb = %({step}_verb)s AND target_id {listed})"""


class Floor:
    def __init__(self, world: World) -> None:
        self.db = Client()
        if self.db.sqlite:
            self.db.connection.create_function("sha256", 1, _sha256, deterministic=True)
        else:
            self.db.connection.autocommit = True  # a statement alone is a transaction
        self.texts = [" ".join(text.split()) for text in statements()]
        at, seat = connection.ops.adapt_datetimefield_value(AT), world.clerk
        self.who = {"actor": seat.person_id, "post": seat.pk}
        self.values: dict[str, Any] = {
            "person": seat.person_id, "post": seat.pk, "at": at, "opinion": OPINION["opinion"], "none": "{}",
            "note": json.dumps(NOTE), "words": json.dumps(OPINION),
        }  # fmt: skip

    def agree(self, approvals: list[int]) -> int:
        """The number of statements."""
        values = self.values | self._chunk() | {"ids": json.dumps(approvals) if self.db.sqlite else approvals}
        self.db.begin()
        for text in self.texts:
            self.db.fill(text, values)
        self.db.commit()
        return len(self.texts)

    def _chunk(self) -> dict[str, str]:
        """A salt of its own for every chunk, and so what its entries hash."""
        salt = secrets.token_hex(16)
        digest = words_digest(salt, OPINION)
        made = {"salt": salt, "digest": digest}
        for step, (target, verb, to) in ENTRIES.items():
            data, words = (NOTE, digest) if step == "approve" else ({}, "")
            hashed = content(verb=verb, to=to, **self.who, behalf=None, data=data, words=words, at=AT)
            entry = {"target": target, "verb": verb, "to": to, "label": f"|{target}:", "content": f"|{hashed}"}  # fmt: skip
            made |= {f"{step}_{name}": value for name, value in entry.items()}
        return made


def statements() -> list[str]:
    vendor = connection.vendor
    listed, typed = LISTED[vendor], JSON[vendor]
    sealing = SEALING.format(
        listed=listed,
        lock="FOR UPDATE" if vendor == "postgresql" else "",
        **{step: SHA[vendor].format(SEALED.replace("entry_", f"{step}_")) for step in ENTRIES},
        **{name: typed.format(f"%({name})s") for name in ("note", "words", "none")},
    )
    approve = partial(MOVE.format, table=APPROVAL, step="approve", times=ENDED)
    archive = partial(MOVE.format, table=TASK, step="archive", times=CHANGED)
    if vendor == "postgresql":
        steps = {
            "appended": APPEND,
            "signed": SIGN.format(chosen="chosen", signed="approvals_signer.id = old.signer"),
            "approved": approve(sealed="approve"),
        }
        changing = ", ".join(f"{name} AS ({text})" for name, text in steps.items())
        return [f"{sealing}, {changing} {archive(sealed='archive')}"]
    chosen = f"approvals_approval WHERE id {listed}"
    tasks = f"IN (SELECT subject_id FROM {chosen})"
    return [
        f"{sealing} {APPEND}",
        SIGN.format(
            chosen=f"(SELECT id, digest FROM {chosen})", signed="approval_id = old.id AND state = 'open'"
        ),
        archive(sealed=WRITTEN.format(step="archive", listed=tasks)),
        approve(sealed=WRITTEN.format(step="approve", listed=listed)),
    ]


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
