"""The thumbnail of a case as a drawing: places in an SVG, and the same in words for those who do not see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bargaining.case import Case, Party
from simulations.rules.thumbnail import Pair, Strip, Thumbnail
from simulations.wording import POINTS, say_number, say_points, short_name

WIDTH, HEIGHT = 340, 300
LEFT, RIGHT, TOP, BOTTOM = 46, 332, 30, 258
STRIP_WIDTH, STRIP_HEIGHT, STRIP_LINE = 340, 64, 40
MARKS_A_SCALE = 4


@dataclass(frozen=True)
class Mark:
    """A number at a place of a scale."""

    at: float
    words: str


@dataclass(frozen=True)
class Plane:
    """Two parties' points: places of everything that is drawn."""

    names: tuple[str, str]
    titles: tuple[str, str]
    cloud: str
    frontier: str
    alternative: Pair
    alternative_words: tuple[str, str]
    across: tuple[Mark, ...]
    upwards: tuple[Mark, ...]
    words: str


@dataclass(frozen=True)
class StripDrawing:
    """One party's points: the range, where the deals lie, and which of them pass."""

    index: int
    party: Party
    bars: tuple[tuple[float, float, float], ...]
    bar_width: float
    alternative: float
    passing: Pair | None
    ends: tuple[str, str]
    words: str


@dataclass(frozen=True)
class Shape:
    """What is shown of a thumbnail: sentences, and a plane or strips."""

    heading: str
    sentences: tuple[str, ...]
    plane: Plane | None
    strips: tuple[StripDrawing, ...]


def shape_of(case: Case, drawn: Thumbnail) -> Shape:
    return Shape(
        heading=heading(case, drawn),
        sentences=tuple(sentences(case, drawn)),
        plane=plane(case, drawn) if drawn.axes else None,
        strips=tuple(
            strip(case, name, each) for name, each in zip(drawn.parties, drawn.strips, strict=False)
        ),
    )


def heading(case: Case, drawn: Thumbnail) -> str:
    if drawn.passing is None:
        words = _("There are %(all)s possible deals, too many to count those that would find support.")
        return words % {"all": say_number(drawn.deals)}
    if drawn.passing == 0:
        return _("No possible deal is better for everybody than no deal. Walking away is right.")
    said = {"n": say_number(drawn.passing), "all": say_number(drawn.deals)}
    if len(drawn.parties) == 2:
        words = ngettext(
            "%(n)s of %(all)s possible deals is at least as good for both as no deal.",
            "%(n)s of %(all)s possible deals are at least as good for both as no deal.",
            drawn.passing,
        )
    else:
        words = ngettext(
            "%(n)s of %(all)s possible deals would find enough support.",
            "%(n)s of %(all)s possible deals would find enough support.",
            drawn.passing,
        )
    return words % said


def sentences(case: Case, drawn: Thumbnail) -> list[str]:
    found = []
    if len(drawn.parties) == 2:
        found.append(without_deal(case, drawn))
    elif drawn.rational is not None and drawn.rational != drawn.passing:
        words = ngettext(
            "%(n)s of them is at least as good for everybody as no deal.",
            "%(n)s of them are at least as good for everybody as no deal.",
            drawn.rational,
        )
        found.append(words % {"n": say_number(drawn.rational)})
    if case.comparable and drawn.best:
        found.append(
            _("The best deal gives them %(points)s more together than no deal.")
            % {"points": say_points(case, round(drawn.best, 4))}
        )
    return found


def without_deal(case: Case, drawn: Thumbnail) -> str:
    without = ", ".join(
        _("%(party)s %(points)s")
        % {"party": short_name(case, case.party(name)), "points": say_points(case, worth)}
        for name, worth in zip(drawn.parties, drawn.alternatives, strict=True)
    )
    return _("Without a deal: %(without)s.") % {"without": without}


def plane(case: Case, drawn: Thumbnail) -> Plane:
    (low, high), (bottom, top) = drawn.axes
    names = (short_name(case, case.party(drawn.parties[0])), short_name(case, case.party(drawn.parties[1])))
    across = [_place(x, (low, high), (LEFT, RIGHT)) for x, _y in drawn.frontier]
    upwards = [_place(y, (bottom, top), (BOTTOM, TOP)) for _x, y in drawn.frontier]
    dots = (_at(point, drawn.axes) for point in drawn.cloud)
    first, second = drawn.alternatives
    return Plane(
        names=names,
        titles=(axis_title(case, names[0]), axis_title(case, names[1])),
        cloud="".join(f"M{x:.1f} {y:.1f}h0" for x, y in dots),
        frontier=_line(list(zip(across, upwards, strict=True))),
        alternative=_at((first, second), drawn.axes),
        alternative_words=(say_number(first), say_number(second)),
        across=_scale((low, high), (LEFT, RIGHT)),
        upwards=_scale((bottom, top), (BOTTOM, TOP)),
        words=plane_words(drawn, names),
    )


def axis_title(case: Case, name: str) -> str:
    words = _("points of %(name)s") if case.unit == POINTS else _("worth to %(name)s")
    return words % {"name": name}


def plane_words(drawn: Thumbnail, names: tuple[str, str]) -> str:
    """What the picture shows, for those who hear it."""
    if not drawn.frontier:
        return _("Points of %(one)s to the right, of %(other)s upwards.") % {
            "one": names[0],
            "other": names[1],
        }
    (x0, y0), (x1, y1) = drawn.frontier[0], drawn.frontier[-1]
    said = {
        "one": names[0], "other": names[1],
        "x0": say_number(x0), "y0": say_number(y0), "x1": say_number(x1), "y1": say_number(y1),
        "a0": say_number(drawn.alternatives[0]), "a1": say_number(drawn.alternatives[1]),
    }  # fmt: skip
    return (
        _(
            "Points of %(one)s to the right, of %(other)s upwards. The frontier runs from %(x0)s and %(y0)s to "
            "%(x1)s and %(y1)s; the alternatives are %(a0)s and %(a1)s."
        )
        % said
    )


def strip(case: Case, name: str, drawn: Strip) -> StripDrawing:
    party = case.party(name)
    ends = (drawn.low, drawn.high if drawn.high > drawn.low else drawn.low + 1)
    width = (STRIP_WIDTH - 16) / max(1, len(drawn.bars))
    across = (8, STRIP_WIDTH - 8)
    passing = drawn.passing and (
        _place(drawn.passing[0], ends, across),
        _place(drawn.passing[1], ends, across),
    )
    return StripDrawing(
        index=case.party_ids.index(name) + 1,
        party=party,
        bars=tuple(
            (8 + place * width, STRIP_LINE - 30 * height, 30 * height)
            for place, height in enumerate(drawn.bars)
            if height
        ),
        bar_width=round(width - 1, 2),
        alternative=_place(drawn.alternative, ends, across),
        passing=passing,
        ends=(say_number(round(drawn.low, 4)), say_number(round(drawn.high, 4))),
        words=strip_words(case, drawn),
    )


def strip_words(case: Case, drawn: Strip) -> str:
    said = {
        "low": say_number(round(drawn.low, 4)),
        "high": say_points(case, round(drawn.high, 4)),
        "alternative": say_number(round(drawn.alternative, 4)),
    }
    words = _("All deals: %(low)s to %(high)s. Without a deal: %(alternative)s.") % said
    if drawn.passing is None:
        return words
    passing = {"from": say_number(round(drawn.passing[0], 4)), "to": say_number(round(drawn.passing[1], 4))}
    return words + " " + _("Deals with enough support: %(from)s to %(to)s.") % passing


def _at(point: Pair, axes: tuple[Pair, ...]) -> Pair:
    return _place(point[0], axes[0], (LEFT, RIGHT)), _place(point[1], axes[1], (BOTTOM, TOP))


def _place(value: float, scale: Pair, room: tuple[int, int]) -> float:
    share = (value - scale[0]) / (scale[1] - scale[0])
    return round(room[0] + min(1.0, max(0.0, share)) * (room[1] - room[0]), 1)


def _line(points: list[Pair]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def _scale(ends: Pair, room: tuple[int, int]) -> tuple[Mark, ...]:
    """A few round numbers along an axis."""
    step = _round_step((ends[1] - ends[0]) / MARKS_A_SCALE)
    first = -(-ends[0] // step)
    values = [(first + k) * step for k in range(MARKS_A_SCALE + 2)]
    return tuple(
        Mark(_place(value, ends, room), say_number(round(value, 6))) for value in values if value <= ends[1]
    )


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10 ... that is not smaller."""
    size = 10.0 ** (len(f"{int(least)}") - 1) if least >= 1 else 10.0 ** -len(f"{int(1 / least)}")
    return next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least)
