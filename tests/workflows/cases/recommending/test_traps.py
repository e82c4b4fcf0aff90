"""What docs/invariants/flows.md asks of every flow."""

from workflows.cases.recommending.flows import RecommendationFlow

# Every name a node ever had: they stand in databases for ever. A node that goes leaves an Obsolete.
RELEASED = {
    "start", "review", "send_back", "take_back", "again", "decline", "accept", "use", "is_published", "shelve", "end",
}  # fmt: skip


def test_every_name_that_a_node_ever_had_is_still_known():
    assert set(RecommendationFlow._nodes_by_name) == RELEASED
