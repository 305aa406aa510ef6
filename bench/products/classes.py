"""What the benchmark asks of Parley's own code, beside the measured server: make a class, pair it, check its log.

python -m bench.products.classes make SIMULATION | pair SESSION | fill PEOPLE | check SESSION ACKS | talk SESSION EVENTS
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench.load.drivers.parley import package  # noqa: E402 - Django has to be set up first
from bench.load.player import line  # noqa: E402
from bench.products import earlier  # noqa: E402
from classrooms import actions as classes  # noqa: E402
from classrooms.models import Sitting, User  # noqa: E402
from negotiations import actions  # noqa: E402
from negotiations.models import Event, Room  # noqa: E402
from negotiations.rules import commands as c  # noqa: E402
from simulations.queries import latest_edition  # noqa: E402

MINUTES = 600
MESSAGES = ("message.said", "offer.made")


def make(simulation: str) -> dict[str, Any]:
    """An instructor, a classroom, a session of this simulation that people can join."""
    teacher = User.objects.create_user("bench@example.org", name="Ada")
    classroom = classes.make_classroom("Measured class", teacher)
    edition = latest_edition(simulation)
    assert edition is not None, f"no simulation {simulation}"
    sitting = classes.make_session(classroom, edition, MINUTES)
    return {"session": str(sitting.session_id), "code": sitting.code}


def pair(session_id: UUID) -> dict[str, Any]:
    """What the board's buttons do: pair, let prepare, open the tables."""
    sitting = Sitting.objects.select_related("session").get(session=session_id)
    by = User.objects.get(teachings__classroom=sitting.classroom_id).pk
    drawn = classes.pair(sitting, by)
    actions.open_preparation(sitting.session, by)
    actions.open_tables(sitting.session, by)
    return {"tables": len(drawn.tables)}


def talk(session_id: UUID, events: int) -> dict[str, Any]:
    """So many events more in the session's first room: its seats in turn, every fourth a package, else a line."""
    room = Room.objects.filter(session=session_id).order_by("number")[0]
    seats = [c.Actor(seat.pk, "seat", seat.party) for seat in room.seats.order_by("party")]
    for n in range(events):
        command = c.MakeOffer((package(n),)) if n % 4 == 3 else c.Say(line(120))
        actions.perform_now(room.pk, seats[n % len(seats)], command, uuid4())
    return {"events": events}


def fill(participants: int) -> dict[str, Any]:
    return {"rows": earlier.fill(participants)}


def check(session_id: UUID, acks: Path) -> dict[str, Any]:
    """Is every acknowledged command in the log, once, and is every room numbered without a hole?"""
    acked = set(acks.read_text().split())
    rows = Event.objects.filter(room__session=session_id, type__in=MESSAGES).values_list(
        "command_id", flat=True
    )
    stored = Counter(str(command) for command in rows)
    return {
        "stored": stored.total(),
        "acked_but_missing": len(acked - stored.keys()),
        "stored_twice": sum(1 for times in stored.values() if times > 1),
        "rooms_with_holes": len(rooms_with_holes(session_id)),
    }


def rooms_with_holes(session_id: UUID) -> list[Room]:
    found = []
    for room in Room.objects.filter(session=session_id):
        numbers = list(room.events.order_by("seq").values_list("seq", flat=True))
        if numbers != list(range(1, room.last_seq + 1)):
            found.append(room)
    return found


def main(verb: str, *words: str) -> None:
    match verb, words:
        case "make", (simulation,):
            answer = make(simulation)
        case "fill", (participants,):
            answer = fill(int(participants))
        case "pair", (session,):
            answer = pair(UUID(session))
        case "talk", (session, events):
            answer = talk(UUID(session), int(events))
        case "check", (session, acks):
            answer = check(UUID(session), Path(acks))
        case _:
            sys.exit(__doc__)
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
