"""The figures of a class, from its rooms' figures. A room that is still at work counts only as such."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from uuid import UUID

from msgspec import Struct

from debriefs.rules.figures import Figures


class Row(Struct, frozen=True):
    """One room in the debrief: `figures` are None until they are worked out, `ended` says that it is over."""

    room: UUID
    number: int
    ended: bool
    figures: Figures | None = None

    @property
    def state(self) -> str:
        """How it ended; pending while its figures are due; open while it is at work."""
        if self.figures is not None:
            return self.figures.outcome
        return "pending" if self.ended else "open"


class ClassFigures(Struct, frozen=True):
    """Counts of rooms by how they stand, and medians over the rooms with a deal.

    `created_mean` is over all finished rooms: one without a deal created nothing and counts as 0; one that the
    instructor ended before anybody had said or offered anything did not negotiate and does not count. `claims_from`
    and `claims_to` are the first party's smallest and largest share of what was created.
    """

    rooms: int
    finished: int
    deals: int
    walked_away: int
    no_deal: int
    out_of_time: int
    closed: int
    played_out: int
    at_work: int
    created_median: float | None
    created_mean: float | None
    on_frontier: tuple[int, ...]
    below: tuple[int, ...]
    minutes_median: float | None
    offers_median: float | None
    first_claims: float | None
    claims_from: float | None = None
    claims_to: float | None = None


def class_figures(rows: Sequence[Row], first_party: str) -> ClassFigures:
    """`first_party` is the one whose median share of the created value is told."""
    done = [(row.number, row.figures) for row in rows if row.figures is not None]
    deals = [(number, figures) for number, figures in done if figures.has_deal]
    states = [row.state for row in rows]
    claims = [f.claimed[first_party] for _, f in deals if f.claimed and first_party in f.claimed]
    return ClassFigures(
        rooms=len(rows),
        finished=len(done),
        deals=len(deals),
        walked_away=states.count("walked_away"),
        no_deal=states.count("no_deal"),
        out_of_time=states.count("out_of_time"),
        closed=states.count("closed"),
        played_out=states.count("played_out"),
        at_work=len(rows) - len(done),
        created_median=_middle([f.created for _, f in deals]),
        created_mean=_mean([f.created for _, f in done if f.outcome != "closed" or f.messages + f.offers]),
        on_frontier=tuple(number for number, f in deals if f.on_frontier),
        below=tuple(number for number, f in deals if f.below),
        minutes_median=_middle([f.minutes for _, f in deals]),
        offers_median=_middle([float(f.offers) for _, f in deals]),
        first_claims=_middle(claims),
        claims_from=min(claims, default=None),
        claims_to=max(claims, default=None),
    )


def _middle(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 6) if known else None


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 6) if known else None
