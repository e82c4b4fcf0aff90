"""What tests/matrix.py holds of plans, campaigns, 补充通知 and 指导委员会."""

from tests.may import AUDITOR, CONCERNED, OFFICE, READERS, Row

PAGES = [
    Row("plans", READERS),
    Row("plan", CONCERNED, ("plan",)),
    Row("plan_recommendations", CONCERNED, ("plan",)),
    Row("plan", OFFICE | AUDITOR, ("draft",)),
    Row("item_versions", CONCERNED, ("plan", "task_item")),
    Row("supplement", OFFICE | AUDITOR, ("supplement",)),
    Row("plan_copy", OFFICE, ("plan",)),
    Row("plan_committee", CONCERNED, ("plan",)),
    Row("supplement_new", OFFICE, ("plan",)),
    Row("supplement_reason", OFFICE, ("supplement",)),
    Row("supplement_item", OFFICE, ("supplement", "task_item")),
    Row("plan_new", OFFICE),
    Row("plan_facts", OFFICE, ("draft",)),
    Row("plan_item_new", OFFICE, ("draft",)),
    Row("plan_item", OFFICE, ("draft", "item")),
]
ACTS = [
    Row("plan_item_act", OFFICE, ("draft", "item", "check")),
    Row("plan_take_back", OFFICE, ("draft",)),
    Row("supplement_act", OFFICE, ("supplement", "send")),
    Row("committee_act", OFFICE, ("plan", "dissolve")),
    Row("plan_close", OFFICE, ("plan",)),
    Row("plan_statistics", OFFICE, ("plan", "item")),
    Row("plan_resume", OFFICE, ("plan",)),
]
