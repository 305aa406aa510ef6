"""What the live board shows, in words: a tile a room, in three groups.

It reads `queries.Board` and the rules of tiles; it never replays a room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bargaining.case import Case, Party
from bargaining.words import number_in_words
from classrooms.queries import Board, RoomOnBoard, SeatOnBoard
from classrooms.rules.tiles import Finding, Table, are_gone, find, order, place_of_marks, table_of
from classrooms.spans import roughly
from negotiations.actions import summary_of
from negotiations.models import Room
from negotiations.rules.summary import Summary
from simulations.wording import say_value, short_name

ICONS = {
    "help": "hand",
    "missing": "people",
    "mate_missing": "people",
    "silent": "silent",
    "no_offer": "talk",
    "paused": "pause",
    "deal": "check",
    "walked_away": "leave",
    "out_of_time": "clock",
    "no_deal": "cross",
    "played_out": "check",
    "closed": "cross",
    "waiting": "sheet",
    "going": "between",
}
TERMS_SHOWN = 4


@dataclass(frozen=True)
class Who:
    """One side of a tile: its number and role in the case, who plays it, and whether somebody is there."""

    index: int
    party: str
    name: str
    role: str
    away: bool
    x: float
    hollow: bool
    people: tuple[SeatOnBoard, ...]
    is_partner: bool


@dataclass(frozen=True)
class Tile:
    """One room on the board."""

    room: Room
    finding: Finding
    icon: str
    label: str
    sides: tuple[Who, ...]
    glyph: str
    strong: str
    words: str
    phase: str
    hand: str
    empty_party: str
    gone: tuple[SeatOnBoard, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.phase in ("open", "paused")


def tiles_of(board: Board, case: Case, now: datetime) -> dict[str, list[Tile]]:
    """All rooms in three groups, each in the order in which the instructor should look."""
    taps = bool(board.sitting.session.policy.get("taps"))
    tiles = [tile_of(entry, case, now, taps) for entry in board.rooms]
    tiles.sort(key=lambda tile: order(tile.finding, tile.room.number))
    groups: dict[str, list[Tile]] = {"needs": [], "well": [], "done": []}
    for tile in tiles:
        groups[tile.finding.group].append(tile)
    return groups


def tile_of(entry: RoomOnBoard, case: Case, now: datetime, taps: bool = False) -> Tile:
    summary = summary_of(entry.room)
    has_offers = case.mechanism in ("agreement", "coalition")
    table = replace(table_of(summary), has_offers=has_offers, taps=taps)
    seats = [seat.seen for seat in entry.seats if seat.kind != "observer"]
    finding = find(table, seats, needed(case), now)
    names = names_at(entry, case)
    strong, words = sentence(finding, summary, entry, case, names, now)
    if len(case.signers) > 2:
        strong = ""  # how far apart two offers are says little of many sides
    return Tile(
        room=entry.room,
        finding=finding,
        icon=ICONS[finding.state],
        label=label_of(finding, summary, now),
        sides=sides_of(entry, case, summary, finding),
        glyph=glyph_words(summary),
        strong=strong,
        words=words,
        phase=table.phase,
        hand=table.hands[0] if table.hands else "",
        empty_party=finding.party if finding.state in ("missing", "mate_missing") else "",
        gone=gone_mates(finding, entry, table, now),
        untold=tuple(summary.untold) if summary else (),
    )


def gone_mates(finding: Finding, entry: RoomOnBoard, table: Table, now: datetime) -> tuple[SeatOnBoard, ...]:
    """Whose seats keep the rest of their side from acting."""
    if finding.state != "mate_missing":
        return ()
    own = (seat for seat in entry.seats if seat.party == finding.party)
    return tuple(seat for seat in own if are_gone(table, [seat.seen], now))


def needed(case: Case) -> list[str]:
    """The sides without which a table cannot begin. A mediator may be missing, an observer always."""
    return [party.id for party in case.parties if party.negotiates and not party.optional]


def names_at(entry: RoomOnBoard, case: Case) -> dict[str, str]:
    """How sentences speak of the sides; where two are called the same, each with its role."""
    names = {
        party.id: name_of_side(entry.seats, party.id) or short_name(case, party) for party in case.parties
    }
    called = Counter(names.values())
    return {
        party.id: names[party.id] if called[names[party.id]] == 1 else f"{names[party.id]} ({party.role})"
        for party in case.parties
    }


def name_of_side(seats: Iterable[SeatOnBoard], party: str) -> str:
    """The people of a side; a practice partner has no name but its party's."""
    return names_in(seat for seat in seats if seat.party == party)


def names_in(own: Iterable[SeatOnBoard]) -> str:
    return " + ".join(seat.name for seat in own if seat.name)


def label_of_side(own: Sequence[SeatOnBoard]) -> str:
    if any(seat.kind == "partner" for seat in own):
        return _("practice partner")
    return names_in(own) or _("no one yet")


def sides_of(entry: RoomOnBoard, case: Case, summary: Summary | None, finding: Finding) -> tuple[Who, ...]:
    return tuple(
        side_of(entry, index, party, summary, finding) for index, party in enumerate(case.parties, start=1)
    )


def side_of(entry: RoomOnBoard, index: int, party: Party, summary: Summary | None, finding: Finding) -> Who:
    own = [seat for seat in entry.seats if seat.party == party.id]
    return Who(
        index,
        party.id,
        label_of_side(own),
        party.role,
        away=not own or (finding.state == "missing" and finding.party == party.id),
        x=mark_x(index, party.id, summary),
        hollow=not has_offered(summary, party.id),
        people=tuple(seat for seat in own if seat.kind == "person"),
        is_partner=any(seat.kind == "partner" for seat in own),
    )


def has_offered(summary: Summary | None, party: str) -> bool:
    return summary is not None and bool(summary.offered_by.get(party) or summary.outcome == "deal")


def mark_x(index: int, party: str, summary: Summary | None) -> float:
    """Where the mark stands on the line, in hundredths of its width: party 1 left of the middle, 2 right of it."""
    if summary is None:
        away = 90
    else:
        is_deal = summary.outcome == "deal"
        away = place_of_marks(summary.apart, summary.terms, summary.offered_by, party, is_deal)
    return 50 - away / 2 if index == 1 else 50 + away / 2


def glyph_words(summary: Summary | None) -> str:
    if summary is not None and summary.outcome == "deal":
        return _("Agreed on every term")
    if summary is None or not summary.offers:
        return _("No offer yet")
    return apart_words(summary) or _("No offer from one side yet")


def apart_words(summary: Summary | None) -> str:
    if summary is None or summary.apart is None:
        return ""
    return ngettext(
        "%(apart)d of %(terms)d terms apart", "%(apart)d of %(terms)d terms apart", summary.apart
    ) % {"apart": summary.apart, "terms": summary.terms}


def label_of(finding: Finding, summary: Summary | None, now: datetime) -> str:
    minutes = minutes_since(finding.since, now)
    offers = summary.offers if summary else 0
    match finding.state:
        case "help":
            return _("Asks for help")
        case "missing":
            return (
                _("Partner missing %(time)s") % {"time": roughly(minutes)}
                if minutes
                else _("Partner missing")
            )
        case "mate_missing":
            return _("Teammate missing %(time)s") % {"time": roughly(minutes)}
        case "going" if summary is not None and summary.round:
            return _("Season %(number)d") % {"number": summary.round}
        case "silent":
            return _("Silent %(time)s") % {"time": roughly(minutes)}
        case "no_offer" | "going" if not offers:
            return _("No offer yet")
        case "going":
            return ngettext("%(count)d offer", "%(count)d offers", offers) % {"count": offers}
        case "paused":
            return _("Paused")
        case "waiting":
            return _("Not open yet")
    return ended_label(finding, summary)


def ended_label(finding: Finding, summary: Summary | None) -> str:
    took = 0
    if summary and summary.opened_at and summary.ended_at:
        took = minutes_since(summary.opened_at, summary.ended_at)
    match finding.state:
        case "deal":
            return _("Deal after %(time)s") % {"time": roughly(took)}
        case "walked_away":
            return _("Walked away")
        case "played_out":
            return _("Played to the end")
        case "out_of_time":
            return _("Out of time")
        case "no_deal":
            return _("No deal")
    return _("Ended by you")


def sentence(
    finding: Finding,
    summary: Summary | None,
    entry: RoomOnBoard,
    case: Case,
    names: Mapping[str, str],
    now: datetime,
) -> tuple[str, str]:
    """One strong half-sentence (how far apart) and one plain one (what is the matter)."""
    strong = f"{words}." if (words := apart_words(summary)) else ""
    if summary is None or finding.state == "waiting":
        return "", ready_words(entry)
    match finding.state:
        case "help":
            return strong, _("%(name)s has raised a hand.") % {
                "name": names.get(finding.party, finding.party)
            }
        case "missing":
            return strong, missing_words(finding, entry, names)
        case "mate_missing":
            return strong, alone_words(finding, entry, now)
        case "silent" if finding.party:
            return strong, _("Nothing from %(name)s.") % {"name": names[finding.party]}
        case "paused":
            return strong, summary.pause_reason
        case "deal":
            return "", deal_words(case, summary)
        case "walked_away":
            return "", _("%(name)s left the table.") % {"name": names.get(summary.walked or "", "")}
        case "no_deal":
            return "", _("All sides wrote down that there is no deal.")
        case "out_of_time" | "closed":
            return strong, offers_words(summary)
        case "played_out":
            return "", landed_words(summary, names)
    if summary.round:
        return "", season_words(summary, case)
    return strong, talk_words(summary, names, now)


def season_words(summary: Summary, case: Case) -> str:
    words = _("%(ready)d of %(sides)d have chosen.")
    return words % {"ready": len(summary.ready), "sides": len(needed(case))}


def landed_words(summary: Summary, names: Mapping[str, str]) -> str:
    landed = [f"{names[party]} {number_in_words(points)}" for party, points in summary.landed.items()]
    return f"{', '.join(landed)}."


def ready_words(entry: RoomOnBoard) -> str:
    seats = entry.preparing
    ready = sum(1 for seat in seats if seat.ready_at)
    return _("%(ready)d of %(seats)d are ready.") % {"ready": ready, "seats": len(seats)}


def alone_words(finding: Finding, entry: RoomOnBoard, now: datetime) -> str:
    """Of a side that taps, whoever is still there."""
    gone = gone_mates(finding, entry, table_of(summary_of(entry.room)), now)
    stays = names_in(seat for seat in entry.seats if seat.party == finding.party and seat not in gone)
    words = _("%(name)s cannot act alone: what binds a side of several needs a teammate's tap.")
    return words % {"name": stays}


def missing_words(finding: Finding, entry: RoomOnBoard, names: Mapping[str, str]) -> str:
    waiting = [name for party, name in names.items() if party != finding.party]
    if any(seat.party == finding.party for seat in entry.seats):
        return _("%(name)s is not connected.") % {"name": names[finding.party]}
    return _("%(names)s waits.") % {"names": ", ".join(waiting)}


def deal_words(case: Case, summary: Summary) -> str:
    deal = summary.deal or {}
    if case.mechanism == "coalition":
        shares = [f"{short_name(case, case.party(party))} {share}" for party, share in deal.items()]
        return f"{', '.join(shares)}."
    terms = [say_value(issue, deal[issue.id]) for issue in case.issues if issue.id in deal]
    more = len(terms) - TERMS_SHOWN
    words = ", ".join(terms[:TERMS_SHOWN])
    if more > 0:
        words = ngettext("%(terms)s and %(more)d more", "%(terms)s and %(more)d more", more) % {
            "terms": words,
            "more": more,
        }
    return f"{words}."


def offers_words(summary: Summary) -> str:
    return ngettext("%(count)d offer was made.", "%(count)d offers were made.", summary.offers) % {
        "count": summary.offers
    }


def talk_words(summary: Summary, names: Mapping[str, str], now: datetime) -> str:
    if summary.offers == 0:
        return ngettext("%(count)d message.", "%(count)d messages.", summary.messages) % {
            "count": summary.messages
        }
    minutes = minutes_since(summary.last_at, now)
    when = _("just now") if not minutes else _("%(time)s ago") % {"time": roughly(minutes)}
    if summary.last_by is None:
        return ""
    return _("Last from %(name)s, %(when)s.") % {"name": names.get(summary.last_by, ""), "when": when}


def minutes_since(then: datetime | None, now: datetime) -> int:
    return max(0, int((now - then).total_seconds() // 60)) if then else 0


def heading(group: str, count: int) -> str:
    match group:
        case "needs":
            return ngettext("%(count)d room needs you", "%(count)d rooms need you", count) % {"count": count}
        case "well":
            return ngettext("%(count)d goes well", "%(count)d go well", count) % {"count": count}
    return ngettext("%(count)d is done", "%(count)d are done", count) % {"count": count}


def waffle_of(groups: Mapping[str, list[Tile]]) -> list[Any]:
    """The class in small squares, for lists."""
    squares = ["needs"] * len(groups["needs"]) + ["open"] * len(groups["well"])
    return squares + ["deal" if tile.finding.state == "deal" else "none" for tile in groups["done"]]
