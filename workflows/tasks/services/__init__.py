"""What people do with tasks. Each is one transaction, keyword-only, with an explicit `at`.

`Refused` carries the sentence for the person; `Moved.missed()` has one for each row of a batch that stayed.
"""

from .drafts import Stale, save_draft
from .entering import begin_entry, end_entry
from .extending import agree_extension, ask_extension, refuse_extension, withdraw_extension
from .files import attach, detach
from .guards import refuse_writing
from .handling import hand_over, reassign, receive, take_back
from .office import archive, cancel, reopen, urge
from .records import Activity, add_record, change_record, remove_record
from .submitting import ask_waiver, refuse_twice, submit, withdraw

__all__ = [
    "Activity",
    "Stale",
    "add_record",
    "agree_extension",
    "archive",
    "ask_extension",
    "ask_waiver",
    "attach",
    "begin_entry",
    "cancel",
    "change_record",
    "detach",
    "end_entry",
    "hand_over",
    "reassign",
    "receive",
    "refuse_extension",
    "refuse_twice",
    "refuse_writing",
    "remove_record",
    "reopen",
    "save_draft",
    "submit",
    "take_back",
    "urge",
    "withdraw",
    "withdraw_extension",
]
