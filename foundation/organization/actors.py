"""Who acts: a person in one of their posts, perhaps for somebody else, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .models import Appointment


@dataclass(frozen=True)
class Actor:
    """`post` is the appointment acted under, `behalf` the one acted for (代理). A person alone holds no post;
    all None for the system."""

    person: int | None = None
    post: int | None = None
    behalf: int | None = None
    unit: int | None = None
    post_code: str = ""
    ip: str = ""

    @classmethod
    def of(cls, identity: Appointment, *, ip: str = "") -> Actor:
        return cls(identity.person_id, identity.pk, None, identity.unit_id, identity.post, ip)

    def for_(self, appointment: int) -> Actor:
        return replace(self, behalf=appointment)


SYSTEM = Actor()
