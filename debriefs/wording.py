"""The class debrief in words: sentences by the rules of `rules.lessons`, translated; it decides nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bargaining.case import Case, Issue
from bargaining.words import number_in_words, value_in_words
from debriefs.queries import Debrief
from debriefs.rules import lessons
from debriefs.rules.choices import choices
from debriefs.rules.classfigures import Row
from debriefs.rules.prices import PriceRange, price_range
from simulations.wording import Unit, say_amount, say_unit, say_value, score_unit, unit_of

NUMBERS = (
    *(gettext_lazy("none"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three")),
    *(gettext_lazy("four"), gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven")),
    *(gettext_lazy("eight"), gettext_lazy("nine"), gettext_lazy("ten"), gettext_lazy("eleven")),
    *(gettext_lazy("twelve"), gettext_lazy("thirteen"), gettext_lazy("fourteen"), gettext_lazy("fifteen")),
    *(gettext_lazy("sixteen"), gettext_lazy("seventeen"), gettext_lazy("eighteen"), gettext_lazy("nineteen")),
    gettext_lazy("twenty"),
)
FOUND = {
    "nearly all": gettext_lazy("nearly all of what was there"),
    "most": gettext_lazy("most of what was there"),
    "two thirds": gettext_lazy("about two thirds of what was there"),
    "more than half": gettext_lazy("a little more than half of what was there"),
    "half": gettext_lazy("about half of what was there"),
    "less than half": gettext_lazy("a little less than half of what was there"),
    "a third": gettext_lazy("about a third of what was there"),
    "little": gettext_lazy("little of what was there"),
}
STATES = {
    "deal": gettext_lazy("deal"),
    "walked_away": gettext_lazy("walked away"),
    "no_deal": gettext_lazy("no deal"),
    "out_of_time": gettext_lazy("out of time"),
    "closed": gettext_lazy("ended by the instructor"),
    "played_out": gettext_lazy("played to the end"),
    "pending": gettext_lazy("being worked out"),
    "open": gettext_lazy("still at work"),
}
CELLS = {
    "deal": "deal",
    "played_out": "deal",
    "walked_away": "none",
    "no_deal": "none",
    "out_of_time": "open",
    "closed": "none",
}


class Square(NamedTuple):
    """One room in the waffle."""

    kind: str
    number: int
    words: str


class Fact(NamedTuple):
    value: str
    label: str


class Passage(NamedTuple):
    """A lesson and two sentences that summarise its figure."""

    lesson: str
    sentences: tuple[str, str]


class HeatCell(NamedTuple):
    deals: int
    words: str
    tint: int
    best: bool
    span: int


class HeatRow(NamedTuple):
    title: str
    cells: tuple[HeatCell, ...]


def number_word(number: int) -> str:
    return str(NUMBERS[number]) if 0 <= number < len(NUMBERS) else str(number)


def points_word(points: float) -> str:
    """For a table whose head says the unit."""
    return number_in_words(round(points, 1))


def worth(case: Case, points: float) -> str:
    """In the unit of the case: "168", "$1,900", "37 tonnes"."""
    return say_amount(round(points, 1), score_unit(case))


def worth_mark(case: Case, points: float) -> str:
    """Beside a mark, where there is no room for more than the sign of a currency."""
    return say_amount(round(points, 1), Unit(unit_of(case.unit).before))


def unit_words(case: Case) -> str:
    return say_unit(unit_of(case.unit))


def in_unit(case: Case, party: str) -> str:
    """A party over a column or along an axis of numbers: "Seller, $ thousand"."""
    said = {"role": capfirst(case.party(party).role), "unit": unit_words(case)}
    return _("%(role)s, %(unit)s") % said


def percent(share: float | None) -> str:
    return "–" if share is None else _("%(percent)d %%") % {"percent": round(share * 100)}


def agreement(debrief: Debrief) -> str:
    figures = debrief.figures
    match lessons.agreement(figures):
        case "nothing yet":
            return _("No room has finished yet.")
        case "none":
            return _("No room found a deal. Everybody is left with the own alternative.")
        case "all":
            words = ngettext(
                "The one room that finished agreed.", "All %(rooms)s finished rooms agreed.", figures.finished
            )
        case _some:
            words = _("%(deals)s of %(rooms)s finished rooms agreed.")
    said = words % {"deals": number_word(figures.deals), "rooms": number_word(figures.finished)}
    if figures.created_median is None:
        return capfirst(said)
    found = FOUND[lessons.how_much(figures.created_median)]
    return " ".join([capfirst(said), _("They found %(found)s.") % {"found": found}])


def waffle(debrief: Debrief) -> list[Square]:
    squares = []
    for row in debrief.rows:
        words = _("Room %(number)s: %(state)s") % {"number": row.number, "state": STATES[row.state]}
        squares.append(Square(CELLS.get(row.state, "open"), row.number, words))
    return squares


def waffle_caption(debrief: Debrief) -> str:
    figures = debrief.figures
    counts = [
        (figures.deals, ngettext("%s deal (solid)", "%s deals (solid)", figures.deals)),
        (figures.played_out, _("%s played to the end (solid)")),
        (figures.walked_away, _("%s walked away")),
        (figures.no_deal, _("%s without a deal by consent")),
        (figures.closed, _("%s ended by the instructor")),
        (figures.out_of_time, _("%s out of time (dashed)")),
        (figures.at_work, _("%s still at work (dashed)")),
    ]
    return ", ".join(words % count for count, words in counts if count) + "."


def facts(debrief: Debrief) -> list[Fact]:
    figures = debrief.figures
    minutes = figures.minutes_median
    offers = figures.offers_median
    return [
        Fact(percent(figures.created_median), _("of the possible value, median of the deals")),
        Fact(str(len(figures.on_frontier)), _("on the frontier")),
        Fact(str(len(figures.below)), _("below an own alternative")),
        Fact("–" if minutes is None else number_in_words(round(minutes)), _("minutes to a deal, median")),
        Fact("–" if offers is None else number_in_words(round(offers, 1)), _("offers to a deal, median")),
    ]


def scatter(debrief: Debrief) -> Passage:
    lesson = _("Every step up and to the right makes both better off.")
    return Passage(lesson, (_frontier_sentence(debrief), _left_sentence(debrief)))


def prices(debrief: Debrief) -> Passage:
    """Where one price is all there is: what one side gains the other loses."""
    found = price_range(debrief.case)
    assert found is not None
    issue = debrief.case.issue(found.issue)
    if found.zone is None:
        lesson = _("No price suits both: who walks away does well.")
        return Passage(lesson, (_apart_sentence(debrief, found, issue), _agreed_sentence(debrief, issue)))
    lesson = _("What one side gains the other loses: between the limits every price suits both.")
    said = {"low": say_value(issue, found.zone[0]), "high": say_value(issue, found.zone[1])}
    zone = _("Any price from %(low)s to %(high)s is at least as good for both as no deal.") % said
    return Passage(lesson, (zone, _agreed_sentence(debrief, issue)))


def agreed(debrief: Debrief, issue: Issue) -> Iterator[tuple[Row, float]]:
    """Every deal's value of one number."""
    for row in debrief.rows:
        if row.figures is not None and row.figures.package is not None:
            yield row, float(str(row.figures.package[issue.id]))


def _apart_sentence(debrief: Debrief, found: PriceRange, issue: Issue) -> str:
    (one, lowest), (other, highest) = sorted(found.limits.items(), key=lambda limit: -limit[1])
    words = _("The %(one)s needs at least %(lowest)s, the %(other)s can go up to %(highest)s.")
    said = {"one": debrief.case.party(one).role, "other": debrief.case.party(other).role}
    return words % {**said, "lowest": say_value(issue, lowest), "highest": say_value(issue, highest)}


def _agreed_sentence(debrief: Debrief, issue: Issue) -> str:
    found = [price for _row, price in agreed(debrief, issue)]
    for row in debrief.rows:
        if row.figures is not None and row.figures.below:
            return _below_sentence(debrief, row, row.figures.below[0])
    if not found:
        return _("There is no deal to show yet: without one, both sides stand at their alternatives.")
    if min(found) == max(found):
        return _("It was settled at %s.") % say_value(issue, found[0])
    said = {"low": say_value(issue, min(found)), "high": say_value(issue, max(found))}
    return _("It was settled from %(low)s to %(high)s.") % said


def _frontier_sentence(debrief: Debrief) -> str:
    rooms = debrief.figures.on_frontier
    if not debrief.figures.deals:
        return _("There is no deal to show yet: without one, both sides stand at their alternatives.")
    if not rooms:
        return _("No room stands on the frontier: every deal left something on the table.")
    words = ngettext(
        "Room %(rooms)s stands on the frontier: no other deal was better for both.",
        "Rooms %(rooms)s stand on the frontier: no other deals were better for both.",
        len(rooms),
    )
    return words % {"rooms": listed(rooms)}


def _left_sentence(debrief: Debrief) -> str:
    """The one room that left most, or the one that signed too little; and else what the dots are."""
    for row in debrief.rows:
        if row.figures is not None and row.figures.below:
            return _below_sentence(debrief, row, row.figures.below[0])
    beaten = lessons.most_dominated(debrief.rows)
    if beaten is not None and beaten.figures is not None:
        count = beaten.figures.dominated_by or 0
        words = ngettext(
            "In room %(room)s there was %(count)s deal better for at least one side and worse for none.",
            "In room %(room)s there were %(count)s deals better for at least one side and worse for none.",
            count,
        )
        return words % {"room": beaten.number, "count": number_in_words(count)}
    outcomes = debrief.landscape.outcomes
    return _("The grey dots stand for %(count)s possible deals.") % {"count": number_in_words(outcomes)}


def _below_sentence(debrief: Debrief, row: Row, party: str) -> str:
    assert row.figures is not None
    words = _(
        "Room %(room)s signed a deal worth %(points)s to the %(party)s; walking away was worth %(alternative)s."
    )
    return words % {
        "room": row.number,
        "points": worth(debrief.case, row.figures.points[party]),
        "party": debrief.case.party(party).role,
        "alternative": worth(debrief.case, debrief.landscape.alternatives[party]),
    }


def shares(debrief: Debrief) -> Passage:
    first, *others = [party.role for party in debrief.case.parties]
    names = {"first": first, "second": others[0] if others else ""}
    lesson = {
        "unknown": _("Value has to be created before it can be claimed."),
        "even": _("What was created was shared about evenly."),
        "uneven": _("Who took more of what was created differs from room to room."),
        "first": _("The %(first)s took more of what was created.") % names,
        "second": _("The %(second)s took more of what was created.") % names,
    }[lessons.split(debrief.figures) if len(others) == 1 else "unknown"]
    return Passage(lesson, (_created_sentence(debrief), _claimed_sentence(debrief, names)))


def _created_sentence(debrief: Debrief) -> str:
    mean = debrief.figures.created_mean
    if mean is None:
        return _("No room has finished, so nothing has been created yet.")
    words = _(
        "On average over all rooms that negotiated it was %(share)s of the possible value; no deal counts as 0."
    )
    return words % {"share": percent(mean)}


def _claimed_sentence(debrief: Debrief, names: dict[str, str]) -> str:
    claims = debrief.figures.first_claims
    if claims is None or not names["second"]:
        return _("The length of a bar is what was created; its parts are who claimed it.")
    words = _(
        "Of what was created the %(first)s claimed %(one)s and the %(second)s %(other)s, at the median; "
        "in single rooms the %(first)s claimed from %(least)s to %(most)s."
    )
    names |= {"least": percent(debrief.figures.claims_from), "most": percent(debrief.figures.claims_to)}
    return words % {**names, "one": percent(claims), "other": percent(1 - claims)}


def added(debrief: Debrief) -> list[tuple[int, list[str]]]:
    """The terms in words that rooms invented, room by room."""
    found = ((row.number, row.figures.added.values()) for row in debrief.rows if row.figures is not None)
    return [(number, [*chain.from_iterable(terms)]) for number, terms in found if terms]


def choices_lesson(debrief: Debrief) -> str:
    """An issue on which all wanted the same and yet some did not get it, the most missed first."""
    missed = []
    for issue, value in lessons.wanted_alike(debrief.case):
        without = sum(deal.get(issue.id) != value for deal in debrief.deals)
        if without:
            missed.append((without, issue.title, value_in_words(issue, value, _)))
    if not missed:
        return _("What the deals chose, and what was best together.")
    count, title, value = max(missed, key=lambda one: one[0])
    words = _("%(issue)s: all sides wanted “%(value)s”. %(missed)s of %(deals)s did not get it.")
    if len(debrief.case.scored_ids) == 2:
        words = _("%(issue)s: both sides wanted “%(value)s”. %(missed)s of %(deals)s did not get it.")
    numbers = {"missed": capfirst(number_word(count)), "deals": number_word(len(debrief.deals))}
    return words % {"issue": title, "value": value, **numbers}


def heat(debrief: Debrief) -> list[HeatRow]:
    rows = []
    for told in choices(debrief.case, debrief.deals):
        issue = debrief.case.issue(told.issue)
        cells = [
            HeatCell(
                cell.count,
                value_in_words(issue, cell.values[0], _) if len(cell.values) == 1 else _("in between"),
                cell.tint,
                cell.best,
                60 // len(told.cells),
            )
            for cell in told.cells
        ]
        rows.append(HeatRow(issue.title, tuple(cells)))
    return rows


def listed(numbers: tuple[int, ...]) -> str:
    *most, last = map(str, numbers)
    return _("%(some)s and %(last)s") % {"some": ", ".join(most), "last": last} if most else last
