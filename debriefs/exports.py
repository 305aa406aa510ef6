"""The debrief's tables: the same rows on the page and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bargaining.case import NUMBERS, Issue
from bargaining.words import number_in_words, value_in_words
from debriefs.queries import Debrief, names_in
from debriefs.rules.classfigures import Row
from debriefs.wording import STATES, in_unit, percent, points_word


class Line(NamedTuple):
    """A row of a table in words, its room's number first. `raw` are the same cells for a machine."""

    number: int
    cells: list[str]
    raw: list[object]


class Table(NamedTuple):
    head: list[str]
    lines: list[Line]


def rooms_table(debrief: Debrief, with_names: bool = False, with_terms: bool = False) -> Table:
    """Everything of every room. Names, and what was agreed term by term, only if asked for."""
    roles = [capfirst(debrief.case.party(party).role) for party in debrief.case.scored_ids]
    people = names_in(debrief.session) if with_names else {}
    head = [_("Room"), _("Result"), *([_("People")] if with_names else [])]
    head += [in_unit(debrief.case, party) for party in debrief.case.scored_ids]
    head += [_("Value created"), *[_("%s claimed") % role for role in roles]]
    head += [_("Better for all"), _("Minutes"), _("Offers"), _("Messages")]
    terms = debrief.case.issues if with_terms else ()
    head += [issue.title for issue in terms]
    head += [_("Terms of their own")] if terms else []
    seated = [people.get(row.room, {}) if with_names else None for row in debrief.rows]
    return Table(
        head, [_room_line(debrief, row, who, terms) for row, who in zip(debrief.rows, seated, strict=True)]
    )


def scatter_table(debrief: Debrief) -> Table:
    sides = [in_unit(debrief.case, party) for party in debrief.case.scored_ids]
    lines = [
        _line(row, [_points(row, party) for party in debrief.case.scored_ids] + [_created(row)])
        for row in debrief.rows
        if row.figures is not None
    ]
    return Table([_("Room"), *sides, _("Of the possible")], lines)


def shares_table(debrief: Debrief) -> Table:
    claimed = [_("%s claimed") % capfirst(debrief.case.party(p).role) for p in debrief.case.scored_ids]
    lines = [
        _line(row, [_created(row), *[_claimed(row, party) for party in debrief.case.scored_ids]])
        for row in debrief.rows
        if row.figures is not None
    ]
    return Table([_("Room"), _("Value created"), *claimed], lines)


def prices_table(debrief: Debrief) -> Table:
    """The price of every deal, and what it was worth to each side."""
    issue = debrief.case.issues[0]
    sides = [in_unit(debrief.case, party) for party in debrief.case.scored_ids]
    lines = [
        _line(row, [_term(row, issue), *[_points(row, party) for party in debrief.case.scored_ids]])
        for row in debrief.rows
        if row.figures is not None
    ]
    return Table([_("Room"), issue.title, *sides], lines)


TABLES = {"scatter": scatter_table, "prices": prices_table, "shares": shares_table}


def as_csv(table: Table) -> str:
    """Begins with a byte order mark: without it spreadsheets read names as another alphabet."""
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out)
    writer.writerow(table.head)
    writer.writerows([line.number, *map(_safe, line.raw)] for line in table.lines)
    return out.getvalue()


Cell = tuple[str, object]


def _line(row: Row, cells: list[Cell]) -> Line:
    return Line(row.number, [words for words, _raw in cells], [raw for _words, raw in cells])


def _room_line(
    debrief: Debrief, row: Row, people: dict[str, list[str | None]] | None, terms: Sequence[Issue]
) -> Line:
    parties = debrief.case.scored_ids
    cells: list[Cell] = [(str(STATES[row.state]), str(STATES[row.state]))]
    if people is not None:
        who = " · ".join(_people(people.get(party, [])) for party in debrief.case.party_ids)
        cells.append((who, who))
    cells += [_points(row, party) for party in parties]
    cells += [_created(row), *[_claimed(row, party) for party in parties]]
    settled = [*[_term(row, issue) for issue in terms], _added(row)] if terms else []
    return _line(row, [*cells, *_course(row), *settled])


def _term(row: Row, issue: Issue) -> Cell:
    package = row.figures.package if row.figures is not None else None
    if not package or issue.id not in package:
        return "", None
    words = value_in_words(issue, package[issue.id], _)
    return words, package[issue.id] if issue.kind in NUMBERS else words


def _added(row: Row) -> Cell:
    added = row.figures.added.values() if row.figures is not None else ()
    words = "; ".join(chain.from_iterable(added))
    return words, words


def _people(names: list[str | None]) -> str:
    return ", ".join(_("practice partner") if name is None else name for name in names) or "–"


def _course(row: Row) -> Iterator[Cell]:
    """How it went: what was left, how long it took, what was said."""
    figures = row.figures
    counts = (
        [figures.dominated_by, figures.minutes, figures.offers, figures.messages] if figures else [None] * 4
    )
    for count in counts:
        yield ("–" if count is None else number_in_words(round(count)), count)


def _points(row: Row, party: str) -> Cell:
    if row.figures is None:
        return "–", None
    return points_word(row.figures.points[party]), row.figures.points[party]


def _created(row: Row) -> Cell:
    created = row.figures.created if row.figures else None
    return percent(created), created


def _claimed(row: Row, party: str) -> Cell:
    share = row.figures.claimed.get(party) if row.figures and row.figures.claimed else None
    return percent(share), share


def _safe(cell: object) -> object:
    """A name that begins like a formula must not become one in a spreadsheet."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell
