"""The bell on every page: how many messages are unread. It comes with the identity, without a query of its own."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.db.models import Expression, IntegerField

from foundation.journal.prepared import Param, compiled
from foundation.organization.counting import MOST
from foundation.organization.models import Person

from .models import Message

NAMED = re.compile(r"%\((\w+)\)s")
PERSON = object()


class Unread(Expression):
    """Asked of an index that holds nothing but what is unread. Its SQL is worked out once: Django would do it anew on
    every page, which takes longer than the answer."""

    def __init__(self, person: int) -> None:
        super().__init__(output_field=IntegerField())
        self.person = person

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, values = _counting()
        return sql, [self.person if one is PERSON else one for one in values]


def unread_of(person: Person) -> Unread:
    return Unread(person.pk)


@cache
def _counting() -> tuple[str, list[Any]]:
    """With its values in their order, PERSON where the person's id goes."""
    named, fixed = compiled(Message.objects.of(Param("person")).unread().order_by().values("pk")[:MOST])
    values = [fixed.get(name, PERSON) for name in NAMED.findall(named)]
    return f"(SELECT COUNT(*) FROM ({NAMED.sub('%s', named)}) counted)", values
