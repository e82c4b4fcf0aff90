"""The settings of the benchmark, with statements prepared by PostgreSQL: planned once, not at every call."""

from .settings import *  # noqa: F403
from .settings import DATABASES

DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 3}
