"""The one exception a person's act may end in, and where it is read."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Nothing changed; the sentence says why and what to do. `field` is that of a form at which it is to be read."""

    def __init__(self, *says: object, field: str | None = None) -> None:
        super().__init__(*says)
        self.field = field


class told_in:
    """`with told_in(form): …` ends at a refusal and puts it into the form, which keeps what was typed."""

    def __init__(self, form: Any) -> None:
        self.form = form

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, refusal: BaseException | None, trace: object) -> bool:
        if not isinstance(refusal, Refused):
            return False
        self.form.add_error(refusal.field if refusal.field in self.form.fields else None, str(refusal))
        return True
