"""Every paper of a case, in the order in which a case page offers them."""

from __future__ import annotations

from collections.abc import Iterator

from . import approval, objections, penalty, recommending, referral, volume
from .dossier import Dossier
from .kinds import About, Paper

GROUPS = {
    "行政处罚": penalty.PAPERS,
    "行刑衔接": (*referral.PAPERS, *approval.PAPERS, *objections.PAPERS),
    "推荐和归档": (*recommending.PAPERS, *volume.PAPERS),
}
PAPERS: dict[str, Paper] = {one.code: one for papers in GROUPS.values() for one in papers}


def offered(dossier: Dossier) -> Iterator[tuple[str, Paper, About]]:
    """(heading, paper, what it is about)"""
    for group, papers in GROUPS.items():
        for paper in papers:
            if paper.offered(dossier):
                about = [About(dossier, one) for one in dossier.valid] if paper.each else [About(dossier)]
                yield from ((group, paper, one) for one in about)
