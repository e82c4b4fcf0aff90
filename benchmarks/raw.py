"""The yardstick: the same rows and the same hashes in plain SQL, written the obvious way.

Every step locks, checks, changes and appends in statements of their own; hashes are made in Python. Nothing
else is asked: no proxies, no successors, no route but the one that is known here.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db import connection

from approvals.models import RouteVersion
from foundation.journal.chain import seal, words_digest
from foundation.journal.models import content
from foundation.organization.models import Appointment

from .client import Client
from .ours import DIGEST, LABEL
from .world import AT, DUE, ROUTE, World

TASK, APPROVAL = "tasks_task", "approvals_approval"
TARGETS = {TASK: "tasks.task", APPROVAL: "approvals.approval"}
SEAT = "organization_appointment a JOIN organization_person p ON p.id = a.person_id"
IN_FORCE = 'a.start <= %s AND a."end" >= %s AND NOT a.revoked AND p.is_active'
MAY = f"SELECT 1 FROM {SEAT} WHERE {IN_FORCE} AND a.id = %s AND a.post = %s"
SIGNERS = f"SELECT a.id, p.id, a.post FROM {SEAT} JOIN organization_unit u ON u.id = a.unit_id WHERE {IN_FORCE} AND (u.id = %s OR u.kind = 'office')"
ASKED = f"""SELECT s.id, s.step, s.state, s.appointment_id, EXISTS (SELECT 1 FROM {SEAT} WHERE {IN_FORCE}
AND a.id = %s AND a.id = s.appointment_id) FROM approvals_signer s WHERE s.approval_id = %s ORDER BY s.key"""
SIGN = """UPDATE approvals_signer SET state = 'agreed', opinion = %s, digest = %s, decided_at = %s,
decided_by_id = %s WHERE id = %s"""
ENTRY = """INSERT INTO journal_entry (target, target_id, seq, verb, source, "to", actor_id, post_id, data, words,
words_salt, words_hash, at, hash) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
NEXT = {
    "postgresql": "SELECT nextval(pg_get_serial_sequence('{0}', 'id'))",
    "sqlite": "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{0}'), 0) + 1",
}
OPINION = {"opinion": "同意。"}


class Raw:
    """Transitions only."""

    def __init__(self, world: World) -> None:
        self.world, self.db = world, Client()
        self.at = connection.ops.adapt_datetimefield_value(AT)
        self.day = connection.ops.adapt_datefield_value(AT.date())
        self.due = connection.ops.adapt_datefield_value(DUE)
        self.lock = "" if self.db.sqlite else " FOR UPDATE"
        self.next = NEXT[connection.vendor]
        self.version = RouteVersion.objects.get(route__code=ROUTE).pk

    # -- the four parts of a step
    def locked(self, table: str, pk: int) -> tuple[str, int, str]:
        sql = f"SELECT state, journal_seq, journal_head FROM {table} WHERE id = %s{self.lock}"
        return self.db.one(sql, pk)

    def check(self, seat: Appointment, state: str, source: str) -> None:
        self.db.one(MAY, self.day, self.day, seat.pk, seat.post)
        assert state == source

    def append(
        self,
        table: str,
        pk: int,
        row: tuple,
        verb: str,
        to: str,
        seat: Appointment,
        data: dict | None = None,
        words: dict | None = None,
    ) -> tuple[str, int, str]:
        """The entry after `row`; returns what `row` is from now on."""
        source, seq, head = row
        salt = secrets.token_hex(16) if words else ""
        digest, data, target = words_digest(salt, words), data or {}, TARGETS[table]
        hashed = content(
            verb=f"{target}.{verb}", to=to, actor=seat.person_id, post=seat.pk, behalf=None, data=data,
            words=digest, at=AT,
        )  # fmt: skip
        now = (to, seq + 1, seal(head, target, pk, seq + 1, source, hashed))
        self.db.run(
            ENTRY, target, pk, seq + 1, f"{target}.{verb}", source, to, seat.person_id, seat.pk,
            json.dumps(data), json.dumps(words) if words else None, salt, digest, self.at, now[2],
        )  # fmt: skip
        return now

    def change(self, table: str, pk: int, now: tuple, **more: Any) -> None:
        sets = {"state": now[0], "journal_seq": now[1], "journal_head": now[2]} | more
        names = ", ".join(f"{name} = %s" for name in sets)
        self.db.run(f"UPDATE {table} SET {names} WHERE id = %s", *sets.values(), pk)

    def insert(self, table: str, **values: Any) -> None:
        places = ", ".join(["%s"] * len(values))
        self.db.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", *values.values())

    # -- the steps
    def cycle(self, period: int) -> None:
        world, task = self.world, self.begin(period)
        self.step(task, world.liaison, "received", "submit", "unit_review", {"version": 1}, self.submitted())
        self.step(task, world.head, "unit_review", "head_agrees", "office_review")
        self.db.begin()
        row = self.locked(TASK, task)
        self.check(world.clerk, row[0], "office_review")
        self.accept(task, row)
        self.db.commit()

    def begin(self, period: int) -> int:
        self.db.begin()
        task = self.create(period)
        self.db.commit()
        self.step(task, self.world.liaison, "issued", "receive", "received")
        return task

    def create(self, period: int) -> int:
        world = self.world
        self.check(world.clerk, "", "")
        (task,) = self.db.one(self.next.format(TASK))
        now = self.append(TASK, task, ("", 0, ""), "create", "issued", world.clerk)
        self.insert(
            TASK, id=task, journal_seq=now[1], journal_head=now[2], state=now[0], plan_id=world.plan,
            item_id=world.item, period_id=period, unit_id=world.unit.pk, role="lead", due_on=self.due,
            version=0, item_version=1, imported=False, created=self.at, changed=self.at,
        )  # fmt: skip
        return task

    def submitted(self) -> dict[str, Any]:
        return {"version": 1, "first_submitted_at": self.at}

    def step(
        self,
        task: int,
        seat: Appointment,
        source: str,
        verb: str,
        to: str,
        data: dict | None = None,
        more: dict | None = None,
    ) -> None:
        self.db.begin()
        self.move(task, seat, source, verb, to, data, more)
        self.db.commit()

    def move(
        self,
        task: int,
        seat: Appointment,
        source: str,
        verb: str,
        to: str,
        data: dict | None = None,
        more: dict | None = None,
    ) -> None:
        row = self.locked(TASK, task)
        self.check(seat, row[0], source)
        now = self.append(TASK, task, row, verb, to, seat, data)
        self.change(TASK, task, now, changed=self.at, **(more or {}))

    def accept(self, task: int, row: tuple) -> None:
        """Accepted and archived in one commit."""
        for verb, to in (("office_accepts", "accepted"), ("archive", "archived")):
            row = self.append(TASK, task, row, verb, to, self.world.clerk)
            self.change(TASK, task, row, changed=self.at)


class RawApproved(Raw):
    """With the rows of an approval and its two signers."""

    def cycle(self, period: int) -> None:
        world, task = self.world, self.begin(period)
        self.db.begin()
        self.move(task, world.liaison, "received", "submit", "unit_review", {"version": 1}, self.submitted())
        approval = self.start(task)
        self.db.commit()
        self.decide(approval, world.head)
        self.decide(approval, world.clerk)

    def start(self, task: int) -> int:
        world = self.world
        seats = self.db.run(SIGNERS, self.day, self.day, world.unit.pk).fetchall()
        (approval,) = self.db.one(self.next.format(APPROVAL))
        now = self.append(APPROVAL, approval, ("", 0, ""), "create", "pending", world.liaison)
        self.insert(
            APPROVAL, id=approval, journal_seq=now[1], journal_head=now[2], state=now[0], subject=LABEL,
            subject_id=task, version_id=self.version, title="培训", brief="", unit_id=world.unit.pk,
            initiator_id=world.liaison.pk, authors=json.dumps([world.liaison.person_id]), digest=DIGEST, step=1, facts="{}", began=1,
            created=self.at, moved_at=self.at,
        )  # fmt: skip
        by_post = {post: seat for seat, _, post in seats}
        rows = [
            (approval, key, key, 1, by_post[post], state, "", "", "", "", opened, "route", 0, "", "")
            for key, post, state, opened in (
                (1, "head", "open", self.at),
                (2, "office_clerk", "waiting", None),
            )
        ]
        places = ", ".join(["%s"] * len(rows[0]))
        self.db.run(
            "INSERT INTO approvals_signer (approval_id, key, step, round, appointment_id, state, note, reason, "
            f"opinion, digest, opened_at, link, place, nudge, claim) VALUES ({places}), ({places})",
            *rows[0], *rows[1],
        )  # fmt: skip
        return approval

    def decide(self, approval: int, seat: Appointment) -> None:
        self.db.begin()
        state, seq, head, digest, task = self.db.one(
            f"SELECT state, journal_seq, journal_head, digest, subject_id FROM {APPROVAL} WHERE id = %s{self.lock}",
            approval,
        )
        rows = self.db.run(ASKED, self.day, self.day, seat.pk, approval).fetchall()
        mine = next(row for row in rows if row[2] == "open" and row[4])
        later = [row for row in rows if row[2] == "waiting"]
        assert state == "pending"
        self.db.run(SIGN, OPINION["opinion"], digest, self.at, seat.pk, mine[0])
        if later:
            self.ask(approval, (state, seq, head), seat, later[0])
        else:
            now = self.append(
                APPROVAL, approval, (state, seq, head), "approve", "approved", seat, {"do": "agree"}, OPINION
            )
            self.change(APPROVAL, approval, now, moved_at=self.at, ended_at=self.at)
            self.accept(task, self.locked(TASK, task))
        self.db.commit()

    def ask(self, approval: int, row: tuple, seat: Appointment, signer: tuple) -> None:
        """The next step's signer is opened."""
        sql = "UPDATE approvals_signer SET state = 'open', opened_at = %s WHERE id = %s"
        self.db.run(sql, self.at, signer[0])
        data = {"do": "agree", "step": signer[1]}
        now = self.append(APPROVAL, approval, row, "sign", "pending", seat, data, OPINION)
        self.change(APPROVAL, approval, now, step=signer[1], moved_at=self.at)
