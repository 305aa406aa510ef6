"""Charts of the debrief as Vega-Lite specs: pure functions from a frame to a dict.

Colours and type faces are named by tokens of the stylesheet; every word comes with the frame, so nothing here
speaks a language. Who draws (a browser, the server) puts the tokens' values in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

Spec = dict[str, Any]
Pair = tuple[float, float]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
CROSS = "M-1,-1L1,1M1,-1L-1,1"
SIZE = 460
ROW = 30
#: What the axis and its title take of the height.
FOOT = 90
#: Below this share of the possible value a bar is too short to carry its party's sign.
SIGNED = 0.07
#: The titles of the axes stand where each side looks best: below the end, and level above the axis.
ALONG: Spec = {"titleAnchor": "end", "titleColor": "token:party-1-text"}
ABOVE: Spec = {
    "titleColor": "token:party-2-text",
    "titleAngle": 0,
    "titleAnchor": "end",
    "titleAlign": "left",
    "titleBaseline": "bottom",
    "titleX": -34,
    "titleY": -10,
}


class Axis(Struct, frozen=True):
    """One side's axis: its title, the lowest and highest points shown, and what it has without a deal."""

    title: str
    low: float
    high: float
    alternative: float
    alternative_words: str


class Dot(Struct, frozen=True):
    """A deal. Rooms that agreed on deals of the same worth share one spot."""

    rooms: tuple[int, ...]
    x: float
    y: float
    words: str


class ScatterFrame(Struct, frozen=True):
    """Both sides' points in every room. `equal` draws the line on which both gain the same."""

    summary: str
    x: Axis
    y: Axis
    dots: tuple[Dot, ...]
    cloud: tuple[Pair, ...]
    frontier: tuple[Pair, ...]
    frontier_words: str
    no_deal_words: str
    equal: bool
    equal_words: str


class Share(Struct, frozen=True):
    """How much of the possible value one party took in one room; `place` is 1 for the first party."""

    room: int
    party: str
    place: int
    amount: float
    sign: str
    words: str


class SharesFrame(Struct, frozen=True):
    """Value created in every room, divided by who claimed it. `parties` are in the case's order."""

    summary: str
    title: str
    rooms: tuple[int, ...]
    parties: tuple[str, ...]
    shares: tuple[Share, ...]
    marks: tuple[tuple[int, str], ...]


def scatter(frame: ScatterFrame) -> Spec:
    """Where every deal lies between what was possible and what each side had without one."""
    layers = [
        _cloud(frame),
        *([_equal_line(frame)] if frame.equal else []),
        rule({"x": {"datum": frame.x.alternative}}, 1),
        rule({"y": {"datum": frame.y.alternative}}, 2),
        _frontier(frame),
        *_alternative_words(frame),
        _frontier_words(frame),
        *_no_deal(frame),
        *discs(frame.dots),
    ]
    axes = {"x": _axis(frame, "x", ALONG), "y": _axis(frame, "y", ABOVE)}
    return {**head(frame.summary), "height": SIZE, "encoding": axes, "layer": layers, "config": config()}


def shares(frame: SharesFrame) -> Spec:
    """One bar a room: as long as what was created, divided by who claimed it."""
    rooms = list(frame.rooms)
    by_room = {"field": "room", "type": "ordinal", "sort": rooms, "title": None, "scale": {"domain": rooms}}
    return {
        **head(frame.summary),
        "height": max(len(rooms), 1) * ROW + FOOT,
        "encoding": {"y": {**by_room, "axis": {"ticks": False, "domain": False}}},
        "layer": [*_bars(frame), _all_of_it(), *_bar_words(frame)],
        "config": config(),
    }


def head(summary: str) -> Spec:
    fit = {"type": "fit", "contains": "padding"}
    return {
        "$schema": SCHEMA,
        "description": summary,
        "width": SIZE,
        "autosize": fit,
        "background": "token:paper",
    }


def config() -> Spec:
    words = {"font": "token:sans", "fontSize": 13}
    return {
        "font": "token:sans",
        "view": {"stroke": None},
        "text": {**words, "fill": "token:ink"},
        "axis": {
            "labelColor": "token:ink-2",
            "labelFontSize": 13,
            "titleColor": "token:ink",
            "titleFontSize": 13,
            "titleFontWeight": 600,
            "gridColor": "token:line",
            "domainColor": "token:ink",
            "tickColor": "token:ink",
        },
        "legend": {"labelColor": "token:ink", "labelFontSize": 13, "orient": "top", "title": None},
        "aria": True,
    }


def _extent(frame: ScatterFrame, side: str) -> Pair:
    """The axis as given, widened where a deal lies outside."""
    axis: Axis = getattr(frame, side)
    here = [float(getattr(dot, side)) for dot in frame.dots]
    margin = 0.02 * (axis.high - axis.low)
    return min([axis.low, *(x - margin for x in here)]), max([axis.high, *(x + margin for x in here)])


def _axis(frame: ScatterFrame, side: str, look: Spec) -> Spec:
    axis: Axis = getattr(frame, side)
    scale = {"domain": list(_extent(frame, side)), "nice": False, "zero": False}
    return {"type": "quantitative", "scale": scale, "axis": {"title": axis.title, "tickCount": 6, **look}}


def _at(x: str = "x", y: str = "y") -> Spec:
    return {"x": {"field": x}, "y": {"field": y}}


def _cloud(frame: ScatterFrame) -> Spec:
    values = [{"x": x, "y": y} for x, y in frame.cloud]
    mark = {"type": "point", "filled": True, "size": 7, "color": "token:edge", "opacity": 0.55, "aria": False}
    return {"data": {"values": values}, "mark": mark, "encoding": _at()}


def _frontier(frame: ScatterFrame) -> Spec:
    values = [{"x": x, "y": y, "step": step} for step, (x, y) in enumerate(frame.frontier)]
    mark = {"type": "line", "color": "token:ink", "strokeWidth": 2.5, "aria": False}
    return {"data": {"values": values}, "mark": mark, "encoding": {**_at(), "order": {"field": "step"}}}


def _frontier_words(frame: ScatterFrame) -> Spec:
    """Above the middle of the frontier, where it is farthest from both alternatives."""
    if not frame.frontier:
        return text([], {})

    def lesser_gain(at: Pair) -> float:
        gains = (
            (at[0] - frame.x.alternative) / _span(frame.x),
            (at[1] - frame.y.alternative) / _span(frame.y),
        )
        return min(gains)

    x, y = max(frame.frontier, key=lesser_gain)
    look = {"align": "left", "dx": 10, "dy": -14, "fontWeight": 600}
    return text([{"x": x, "y": y, "words": frame.frontier_words}], look)


def _span(axis: Axis) -> float:
    return max(axis.high - axis.alternative, 1e-9)


def _equal_line(frame: ScatterFrame) -> Spec:
    """Both gain the same above their alternatives: as far as the chart goes."""
    gain = min(frame.x.high - frame.x.alternative, frame.y.high - frame.y.alternative)
    ends = [(frame.x.alternative + k * gain, frame.y.alternative + k * gain) for k in (0, 1)]
    values = [{"x": x, "y": y} for x, y in ends]
    dots = {"strokeDash": [1, 4], "strokeCap": "round", "strokeWidth": 1.5}
    mark = {"type": "line", "color": "token:ink-3", **dots, "aria": False}
    line = {"data": {"values": values}, "mark": mark, "encoding": _at()}
    words = [{**values[1], "words": frame.equal_words}]
    return {"layer": [line, text(words, {"align": "right", "dx": -6, "dy": 4, "fontStyle": "italic"})]}


def _alternative_words(frame: ScatterFrame) -> list[Spec]:
    low, right = _extent(frame, "y")[0], _extent(frame, "x")[1]
    first = {"x": frame.x.alternative, "y": low, "words": frame.x.alternative_words}
    second = {"x": right, "y": frame.y.alternative, "words": frame.y.alternative_words}
    return [
        text([first], {"align": "left", "dx": 6, "dy": -10, "fontWeight": 600, "fill": "token:party-1-text"}),
        text(
            [second], {"align": "right", "dx": -2, "dy": 14, "fontWeight": 600, "fill": "token:party-2-text"}
        ),
    ]


def rule(encoding: Spec, place: int) -> Spec:
    mark = {
        "type": "rule",
        "color": f"token:party-{place}",
        "strokeDash": [5, 4],
        "strokeWidth": 1.5,
        "aria": False,
    }
    return {"data": {"values": [{}]}, "mark": mark, "encoding": encoding}


def _no_deal(frame: ScatterFrame) -> list[Spec]:
    if not frame.no_deal_words:
        return []
    here = [{"x": frame.x.alternative, "y": frame.y.alternative, "words": frame.no_deal_words}]
    mark = {
        "type": "point",
        "shape": CROSS,
        "size": 140,
        "stroke": "token:ink",
        "strokeWidth": 2,
        "filled": False,
    }
    cross = {"data": {"values": here}, "mark": mark, "encoding": {**_at(), "description": {"field": "words"}}}
    return [cross, text(here, {"align": "left", "dx": 8, "dy": 28, "fontWeight": 600})]


def discs(dots: Sequence[Dot]) -> list[Spec]:
    """A disc with the room's number in it, or beside it the numbers of all that stand there."""
    values = [_dot(dot) for dot in dots]
    edge = {"stroke": "token:surface", "strokeWidth": 2}
    disc = {"type": "circle", "size": 330, "color": "token:ink", "opacity": 1, **edge}
    number = {"type": "text", "fill": "token:paper", "fontSize": 11, "fontWeight": 600, "aria": False}
    described = {**_at(), "description": {"field": "said"}}
    data = {"values": values}
    return [
        {"data": data, "mark": disc, "encoding": described},
        {"data": data, "mark": number, "encoding": {**_at(), "text": {"field": "inside"}}},
        text(values, {"align": "left", "dx": 13, "fontSize": 12, "fontWeight": 600}),
    ]


def _dot(dot: Dot) -> Spec:
    numbers = ", ".join(map(str, dot.rooms))
    alone = len(dot.rooms) == 1
    inside, beside = (numbers, "") if alone else ("", numbers)
    return {"x": dot.x, "y": dot.y, "said": dot.words, "inside": inside, "words": beside}


def text(values: Sequence[Spec], look: Spec) -> Spec:
    """Words beside a mark, with a paper halo behind them so that a line does not strike them out."""
    place = {**_at(), "text": {"field": "words"}}
    paper = {"stroke": "token:paper", "strokeWidth": 4, "strokeJoin": "round", "fill": "token:paper"}
    halo = {"type": "text", **look, **paper, "aria": False}
    words = {"type": "text", **look, "aria": False}
    return {"data": {"values": list(values)}, "encoding": place, "layer": [{"mark": halo}, {"mark": words}]}


def _bars(frame: SharesFrame) -> list[Spec]:
    values = [
        {
            "room": share.room,
            "party": share.party,
            "place": share.place,
            "amount": share.amount,
            "sign": share.sign if share.amount >= SIGNED else "",
            "words": share.words,
        }
        for share in frame.shares
    ]
    length = {"x": _share_axis(frame), "order": {"field": "place"}}
    described = {"color": _party_scale(frame.parties), "description": {"field": "words"}}
    bar = {"type": "bar", "stroke": "token:paper", "strokeWidth": 1.5}
    sign = {"type": "text", "fill": "token:paper", "fontSize": 12, "aria": False}
    middle = {"x": {**length["x"], "bandPosition": 0.5}, "order": length["order"], "text": {"field": "sign"}}
    data = {"values": values}
    return [
        {"data": data, "mark": bar, "encoding": {**length, **described}},
        {"data": data, "mark": sign, "encoding": {**middle, "detail": {"field": "party"}}},
    ]


def _share_axis(frame: SharesFrame) -> Spec:
    scale = {"domain": list(_reach(frame)), "nice": False}
    axis = {"title": frame.title, "format": ".0%", "tickCount": 5}
    return {"field": "amount", "type": "quantitative", "stack": "zero", "scale": scale, "axis": axis}


def _reach(frame: SharesFrame) -> Pair:
    """From nothing to all of it, and farther where somebody signed below the own alternative."""
    below, above = dict.fromkeys(frame.rooms, 0.0), dict.fromkeys(frame.rooms, 0.0)
    for share in frame.shares:
        side = below if share.amount < 0 else above
        side[share.room] += share.amount
    return round(min([0.0, *below.values()]), 6), round(max([1.0, *above.values()]), 6)


def _party_scale(parties: Sequence[str]) -> Spec:
    colours = [f"token:party-{place}" for place in range(1, len(parties) + 1)]
    scale = {"domain": list(parties), "range": colours}
    return {"field": "party", "type": "nominal", "scale": scale}


def _all_of_it() -> Spec:
    mark = {"type": "rule", "color": "token:ink", "strokeWidth": 1.5, "aria": False}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": {"x": {"datum": 1}, "y": None}}


def _bar_words(frame: SharesFrame) -> list[Spec]:
    """What is said of a room without a bar: no deal, or nothing created."""
    values = [{"room": room, "words": words, "amount": 0} for room, words in frame.marks]
    look = {"type": "text", "align": "left", "dx": 6, "fill": "token:ink-2"}
    encoding = {"x": {"field": "amount", "type": "quantitative"}, "text": {"field": "words"}}
    return [{"data": {"values": values}, "mark": look, "encoding": encoding}] if values else []
