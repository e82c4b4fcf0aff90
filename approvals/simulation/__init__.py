"""A route and a script of commands played through the engine without a database (`approvals simulate`)."""

from .play import simulate
from .script import BadScript

__all__ = ["BadScript", "simulate"]
