"""What of earlier sessions counts when people are paired. Read from seats; it knows no database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from classrooms.rules.pairing.people import Comer, Side


@dataclass(frozen=True)
class PastSeat:
    """A seat of an earlier session. `side` is the party as today's case calls it, if it is the same simulation, or the
    one in the same place of it; nobody holds a practice partner's seat, and who reads along plays no side."""

    room: UUID
    holder: UUID | None
    side: str | None


class Past:
    """What everybody did at the tables that were told so far."""

    def __init__(self) -> None:
        self.met: dict[UUID, Counter[UUID]] = defaultdict(Counter)
        self.played: dict[UUID, Counter[str]] = defaultdict(Counter)
        self.odd: Counter[UUID] = Counter()

    def add(self, table: Sequence[PastSeat], singles: Collection[str]) -> None:
        """Who reads along meets nobody and is odd; so is who met practice partners, or shared a side made for one."""
        players = {seat.holder: seat.side for seat in table if seat.holder and seat.side}
        filled = Counter(players.values())
        has_partner = any(seat.holder is None for seat in table)
        self.odd.update(seat.holder for seat in table if seat.holder and not seat.side)
        for person, side in players.items():
            self.odd[person] += has_partner or (filled[side] > 1 and side in singles)
            self.played[person][side] += 1
            self.met[person].update(players.keys() - {person})


def comers(
    people: Iterable[UUID], sides: Sequence[Side], seats: Iterable[PastSeat], sections: Mapping[UUID, str]
) -> list[Comer]:
    """Those who are here now, each with what they did before."""
    tables: dict[UUID, list[PastSeat]] = defaultdict(list)
    for seat in seats:
        tables[seat.room].append(seat)
    past, singles = Past(), {side.party for side in sides if side.least == 1}
    for table in tables.values():
        past.add(table, singles)
    return [
        Comer(each, sections.get(each, ""), past.met[each], past.played[each], past.odd[each])
        for each in people
    ]
