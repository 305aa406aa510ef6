"""Terms pinned for now: a partner's offers keep them where its own aims allow."""

from __future__ import annotations

from dataclasses import replace

from bargaining.case import Package
from bargaining.partners.ladder import Ladder
from bargaining.partners.views import PartnerView


def keeping(view: PartnerView, ladder: Ladder, level: float) -> Ladder:
    """The packages that keep what is pinned. What all have pinned, the own side among them, is kept as long as that is
    better than no deal; what only the others would settle so, as long as the partner gets what it asks for now."""
    return _with(_with(ladder, view.pinned, ladder.alternative), view.pinned_by_others, level)


def _with(ladder: Ladder, pins: Package, least: float) -> Ladder:
    """As many of these terms as leave a package worth so much: first those that make the least difference."""
    listed = {issue.id: issue for issue in ladder.space.case.listed_issues if issue.id in pins}
    for name in sorted(listed, key=lambda name: ladder.stakes[name]):
        place = listed[name].position(pins[name])
        kept = ladder.space.columns[name][ladder.order] == place
        if (kept & (ladder.points >= least)).any():
            ladder = replace(ladder, order=ladder.order[kept], points=ladder.points[kept])
    return ladder
