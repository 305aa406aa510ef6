"""The class's charts by name: their frames in words, and what a browser or the server needs to draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bargaining.case import Issue
from debriefs import drawing, wording
from debriefs.queries import Debrief
from debriefs.rules import charts
from debriefs.rules.charts import Axis, Dot, ScatterFrame, Share, SharesFrame, Spec
from debriefs.rules.colours import Scheme
from debriefs.rules.prices import PriceRange, StripFrame, price_range, strip
from debriefs.wording import listed, percent
from simulations.wording import say_unit, say_value, unit_of

#: The signs of the first parties, as beside their names everywhere.
SIGNS = "●◆▲■⬟⬢✚"


def spec(debrief: Debrief, name: str) -> Spec | None:
    """The chart as a spec; None if there is no such chart for this case."""
    return CHARTS[name](debrief) if name in names(debrief) else None


def names(debrief: Debrief) -> list[str]:
    """Those that say something of this kind of table: a strip for one price, a plane for two, shares where value can be
    created."""
    case = debrief.case
    if case.mechanism not in ("agreement", "coalition"):
        return []
    if price_range(case) is not None:
        return ["prices", "shares"]
    is_plane = case.mechanism == "agreement" and len(case.scored_ids) == 2
    return ["scatter", "shares"] if is_plane else ["shares"]


def svg(chart: Spec, scheme: Scheme) -> str:
    """Drawn on the server. Raises drawing.NotDrawn."""
    return drawing.svg(chart, scheme, settings.BASE_DIR / "static" / "css" / "tokens.css")


def scatter(debrief: Debrief) -> Spec:
    first, second = debrief.case.scored_ids
    land = debrief.landscape
    without = debrief.figures.finished - debrief.figures.deals
    no_deal = ngettext("%s room without a deal", "%s rooms without a deal", without) % without
    return charts.scatter(
        ScatterFrame(
            summary=" ".join(wording.scatter(debrief).sentences),
            x=_axis(debrief, 0),
            y=_axis(debrief, 1),
            dots=_dots(debrief, first, second),
            cloud=land.cloud,
            frontier=land.frontier,
            frontier_words=_("the frontier") if land.frontier else "",
            no_deal_words=no_deal if without else "",
            equal=debrief.case.comparable,
            equal_words=_("both gain the same"),
        )
    )


def shares(debrief: Debrief) -> Spec:
    marks = tuple(
        (row.number, str(wording.STATES[row.state]))
        for row in debrief.rows
        if row.figures is None or not row.figures.has_deal
    )
    return charts.shares(
        SharesFrame(
            summary=" ".join(wording.shares(debrief).sentences),
            title=_("share of the possible value"),
            rooms=tuple(row.number for row in debrief.rows),
            parties=tuple(_signed(debrief, party) for party in debrief.case.scored_ids),
            shares=tuple(_shares_of(debrief)),
            marks=marks,
        )
    )


def prices(debrief: Debrief) -> Spec:
    case, found = debrief.case, price_range(debrief.case)
    assert found is not None
    issue = case.issue(found.issue)
    limits = tuple((found.limits[party], _limit_words(debrief, found, party)) for party in case.scored_ids)
    return strip(
        StripFrame(
            summary=" ".join(wording.prices(debrief).sentences),
            title=f"{issue.title}, {say_unit(unit_of(issue.unit))}" if issue.unit else issue.title,
            low=found.low,
            high=found.high,
            limits=limits,
            zone=found.zone,
            zone_words=_("suits both") if found.zone else _("no price suits both"),
            prices=tuple(_prices(debrief, issue)),
        )
    )


CHARTS: dict[str, Callable[[Debrief], Spec]] = {"scatter": scatter, "prices": prices, "shares": shares}


def _limit_words(debrief: Debrief, found: PriceRange, party: str) -> str:
    price = say_value(debrief.case.issue(found.issue), found.limits[party])
    return _("%(party)s’s limit %(price)s") % {"party": _signed(debrief, party), "price": price}


def _prices(debrief: Debrief, issue: Issue) -> Iterator[tuple[int, float, str]]:
    for row, price in wording.agreed(debrief, issue):
        said = {"room": row.number, "price": say_value(issue, price)}
        yield row.number, price, _("Room %(room)s: %(price)s") % said


def _axis(debrief: Debrief, place: int) -> Axis:
    party = debrief.case.scored_ids[place]
    alternative = debrief.landscape.alternatives[party]
    low, high = debrief.landscape.axes[place] if debrief.landscape.axes else (0.0, 1.0)
    title = f"{SIGNS[place]} {wording.in_unit(debrief.case, party)}"
    words = _("alternative: %(points)s") % {"points": wording.worth_mark(debrief.case, alternative)}
    return Axis(title, low, high, alternative, words)


def _dots(debrief: Debrief, first: str, second: str) -> tuple[Dot, ...]:
    spots: dict[tuple[float, float], list[int]] = {}
    for row in debrief.rows:
        if row.figures is not None and row.figures.has_deal:
            spot = row.figures.points[first], row.figures.points[second]
            spots.setdefault(spot, []).append(row.number)
    return tuple(Dot(tuple(rooms), x, y, _dot_words(debrief, rooms, x, y)) for (x, y), rooms in spots.items())


def _dot_words(debrief: Debrief, rooms: list[int], x: float, y: float) -> str:
    one, other = (debrief.case.party(party).role for party in debrief.case.scored_ids)
    words = ngettext(
        "Room %(rooms)s: %(one)s %(x)s, %(other)s %(y)s",
        "Rooms %(rooms)s: %(one)s %(x)s, %(other)s %(y)s",
        len(rooms),
    )
    said = {"rooms": listed(tuple(rooms)), "one": one, "other": other}
    return words % {**said, "x": wording.worth(debrief.case, x), "y": wording.worth(debrief.case, y)}


def _signed(debrief: Debrief, party: str) -> str:
    return f"{SIGNS[debrief.case.scored_ids.index(party)]} {capfirst(debrief.case.party(party).role)}"


def _shares_of(debrief: Debrief) -> list[Share]:
    """A party's part of the bar: its share of what was possible, so that the parts add up to what was created."""
    found = []
    for row in debrief.rows:
        figures = row.figures
        if figures is None or not figures.has_deal or figures.created is None:
            continue
        total = sum(figures.surplus.values())
        for place, party in enumerate(debrief.case.scored_ids):
            part = figures.created * figures.surplus[party] / total if total else 0.0
            words = _("Room %(number)s, %(party)s: %(share)s") % {
                "number": row.number,
                "party": debrief.case.party(party).role,
                "share": percent(part),
            }
            found.append(
                Share(row.number, _signed(debrief, party), place + 1, round(part, 6), SIGNS[place], words)
            )
    return found
