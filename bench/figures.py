"""How long does one worker need for the figures of a whole lecture hall, and how soon is the class's page there?

Rooms of Mountain View Farm with offers drawn at random are played through the real actions in a throw-away database;
then their jobs are worked one after the other, as one worker would.

    ./dev bench figures --rooms 250
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from config.services import throwaway_postgres

OFFERS = 12
LINES = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=250)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder, throwaway_postgres() as url:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": url,
            "PARLEY_DATA": folder,
            "PARLEY_TESTING": "1",
            "REDIS_URL": "",
        }
        prepare()
        session = play(options.rooms, random.Random(options.seed))
        show(options.rooms, measure(session))
        take_down()


def prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def play(rooms: int, rng: random.Random) -> UUID:
    """A session whose rooms all have ended: most with a deal, some without."""
    from negotiations import actions
    from simulations.actions import load_library
    from simulations.queries import latest_edition, whole_case

    editions = list(load_library())
    edition = latest_edition("mountain-view-farm") or editions[0]
    packages = some_packages(whole_case(edition.pk), rng)
    session = actions.create_session(edition, 45)
    for number in range(1, rooms + 1):
        play_room(session, number, packages, rng)
    return session.pk


def some_packages(case: Any, rng: random.Random) -> list[dict[str, Any]]:
    """Packages that both would sign, so that deals are as in a class."""
    from bargaining.outcomes import space

    possible = space(case)
    passing = possible.passing.nonzero()[0].tolist()
    return [possible.package(index) for index in rng.sample(passing, 400)]


def play_room(session: Any, number: int, packages: list[dict[str, Any]], rng: random.Random) -> None:
    from negotiations import actions
    from negotiations.queries import state_of
    from negotiations.rules import commands as c

    room = actions.open_room(session, number)
    seats = [actions.seat_person(room, party, uuid4()) for party in ("farmer", "neighbour")]
    actors = [c.Actor(seat.pk, "seat", seat.party) for seat in seats]
    actions.open_table(room, uuid4(), 2700)
    for turn in range(OFFERS + LINES):
        said = (
            c.Say("What matters most to you here?")
            if turn % 5 in (1, 3)
            else c.MakeOffer((rng.choice(packages),))
        )
        actions.perform_now(room.pk, actors[turn % 2], said, uuid4())
    last = state_of(room.pk).offers[-1]
    taker = next(actor for actor in actors if actor.party != last.party)
    ending = c.AcceptOffer(last.number, 0, last.digest) if rng.random() < 0.85 else c.WalkAway("")
    actions.perform_now(room.pk, taker, ending, uuid4())


def measure(session: UUID) -> dict[str, float]:
    from debriefs import actions, charts, queries
    from debriefs.queries import landscape_of, open_jobs
    from negotiations.models import Session

    jobs = list(open_jobs(session).values_list("pk", flat=True))
    each = [timed(lambda job=job: actions.work_job(job)) for job in jobs]
    row = Session.objects.get(pk=session)
    landscape_of.cache_clear()
    first_page = timed(lambda: queries.debrief(row))
    page = statistics.median(timed(lambda: queries.debrief(row)) for _ in range(9))
    shown = queries.debrief(row)
    scatter = charts.spec(shown, "scatter") or {}
    return {
        "jobs done": float(shown.figures.finished),
        "all figures, s": sum(wall for wall in each),
        "first room, ms": 1000 * each[0],
        "a room, median ms": 1000 * statistics.median(each),
        "a room, longest but first ms": 1000 * max(each[1:], default=each[0]),
        "class page's reads, first, ms": 1000 * first_page,
        "class page's reads, median ms": 1000 * page,
        "scatter as a spec, ms": 1000 * timed(lambda: charts.spec(shown, "scatter")),
        "scatter as a picture, first, ms": 1000 * timed(lambda: charts.svg(scatter, "light")),
        "scatter as a picture, next, ms": 1000 * timed(lambda: charts.svg(scatter, "dark")),
        "all figures again, s": timed(lambda: actions.recompute(session)),
    }


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def show(rooms: int, figures: dict[str, float]) -> None:
    print(f"| {rooms} rooms, {OFFERS + LINES} turns each, one worker | |")
    print("| --- | ---: |")
    for what, value in figures.items():
        print(f"| {what} | {value:.4g} |")


def take_down() -> None:
    """Connections end before their server does."""
    from django.db import connections

    from debriefs import drawing
    from negotiations import live

    live.call(live.shut())
    drawing.close()
    connections.close_all()


if __name__ == "__main__":
    main()
