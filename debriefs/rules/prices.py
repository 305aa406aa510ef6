"""The strip of prices, where two settle one number and nothing else: each side's limit, the zone between them, and
where every deal fell. Pure."""

from __future__ import annotations

from itertools import count

from msgspec import Struct

from bargaining.case import NUMBERS, Case
from bargaining.scoring import issue_points
from debriefs.rules.charts import FOOT, Dot, Pair, Spec, config, discs, head, rule, text
from debriefs.rules.figures import alternative_of

#: So tall is a disc with its gap, and so much of the strip's width it takes.
DISC, WIDTH = 26, 0.06
#: Lines above the discs: the zone's words, and each side's limit on a line of its own.
LINES = 3


class PriceRange(Struct, frozen=True):
    """What prices there are, and the last one that each side finds no worse than no deal. `zone` runs between the two
    limits; None where no price suits both."""

    issue: str
    low: float
    high: float
    limits: dict[str, float]
    zone: Pair | None


class StripFrame(Struct, frozen=True):
    """`prices` are by room; `limits` are the parties' in the case's order, each with its words."""

    summary: str
    title: str
    low: float
    high: float
    limits: tuple[tuple[float, str], ...]
    zone: Pair | None
    zone_words: str
    prices: tuple[tuple[int, float, str], ...]


def price_range(case: Case) -> PriceRange | None:
    """None where it is not one number between two who want opposite ends of it."""
    if case.mechanism != "agreement" or len(case.scored_ids) != 2 or len(case.issues) != 1:
        return None
    issue = case.issues[0]
    if not case.listed_issues or issue.kind not in NUMBERS:
        return None
    sides = {party: _side(case, party, issue.id) for party in case.scored_ids}
    least = [limit for rises, limit in sides.values() if rises and limit is not None]
    most = [limit for rises, limit in sides.values() if not rises and limit is not None]
    if len(least) != 1 or len(most) != 1:
        return None
    prices = [float(str(price)) for price in issue.values()]
    limits = {party: limit for party, (_rises, limit) in sides.items() if limit is not None}
    zone = (least[0], most[0]) if least[0] <= most[0] else None
    return PriceRange(issue.id, min(prices), max(prices), limits, zone)


def _side(case: Case, party: str, issue: str) -> tuple[bool, float | None]:
    """Whether it likes a higher price better, and the last price that is no worse for it than no deal."""
    worths = {float(str(price)): worth for price, worth in issue_points(case, party, issue).items()}
    rises = worths[max(worths)] > worths[min(worths)]
    alternative = alternative_of(case, party)
    fine = [price for price, worth in worths.items() if alternative is not None and worth >= alternative]
    return rises, (min if rises else max)(fine, default=None)


def strip(frame: StripFrame) -> Spec:
    """Prices from the lowest to the highest that was possible, deals of about one price piled up."""
    dots = piled(frame)
    levels = max([dot.y for dot in dots], default=0) + 1
    across = {
        "type": "quantitative",
        "scale": {"domain": [frame.low, frame.high], "nice": False, "zero": False},
    }
    upwards = {"type": "quantitative", "scale": {"domain": [-0.7, levels + LINES - 0.3]}, "axis": None}
    layers = [
        *_zone(frame, levels),
        *(rule({"x": {"datum": at}}, place) for place, (at, _words) in enumerate(frame.limits, 1)),
        *(_limit(frame, place, levels) for place in range(len(frame.limits))),
        *discs(dots),
    ]
    return {
        **head(frame.summary),
        "height": round((levels + LINES) * DISC) + FOOT,
        "encoding": {
            "x": {**across, "axis": {"title": frame.title, "tickCount": 6, "grid": False}},
            "y": upwards,
        },
        "layer": layers,
        "config": config(),
    }


def piled(frame: StripFrame) -> tuple[Dot, ...]:
    """Each deal on the lowest level on which its disc touches no other."""
    near = WIDTH * (frame.high - frame.low)
    dots: list[Dot] = []
    for room, price, words in sorted(frame.prices, key=lambda deal: (deal[1], deal[0])):
        taken = {dot.y for dot in dots if abs(dot.x - price) < near}
        level = next(level for level in count() if level not in taken)
        dots.append(Dot((room,), price, float(level), words))
    return tuple(dots)


def _zone(frame: StripFrame, levels: float) -> list[Spec]:
    """A band where both gain, or only the words that there is none."""
    start, end = frame.zone or sorted(at for at, _words in frame.limits)
    words = [{"x": (start + end) / 2, "y": levels + LINES - 1, "words": frame.zone_words}]
    said = text(words, {"fontStyle": "italic"})
    if frame.zone is None:
        return [said]
    values = [{"from": start, "to": end, "foot": -0.7, "top": levels + LINES - 0.3}]
    band = {"x": {"field": "from"}, "x2": {"field": "to"}, "y": {"field": "foot"}, "y2": {"field": "top"}}
    mark = {"type": "rect", "color": "token:sunk", "aria": False}
    return [{"data": {"values": values}, "mark": mark, "encoding": band}, said]


def _limit(frame: StripFrame, place: int, levels: float) -> Spec:
    """The words stand towards the middle of the strip, where there is room for them."""
    at, words = frame.limits[place]
    is_left = at <= (frame.low + frame.high) / 2
    side = {"align": "left", "dx": 6} if is_left else {"align": "right", "dx": -6}
    look = {**side, "fontWeight": 600, "fill": f"token:party-{place + 1}-text"}
    return text([{"x": at, "y": levels + 1 - place, "words": words}], look)
