"""The outbox stands on the ground floor, for all rooms (foundation/outbox); the sweep ends with it."""

from foundation.outbox.spreading import spread

__all__ = ["spread"]
