"""Approvals for programs: the pages' own boxes, desks and decisions, as JSON (docs/api.md)."""
