"""How do practice partners fare against each other, and how long do they think?

Every style and label plays every other on the library's agreement cases, in both seats, with tempers and care drawn
anew for each play. What a room of a class would see may differ: there a person sits opposite, and time is real.

    ./dev bench partners --plays 40
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

from bargaining.case import Case
from bargaining.casefile import load_case
from bargaining.claims import value_claimed, value_created
from bargaining.partners import (
    BY_ANSWER,
    BY_SEARCH,
    BY_TIME,
    COOPERATIVE,
    TOUGH,
    Character,
    PartnerView,
    can_play,
    next_move,
)
from bargaining.partners.table import Played, play_agreement

LIBRARY = Path(__file__).parents[1] / "simulations" / "library"
KINDS = {
    "time": (BY_TIME, ""),
    "answer": (BY_ANSWER, ""),
    "search": (BY_SEARCH, ""),
    "cooperative": (BY_TIME, COOPERATIVE),
    "tough": (BY_TIME, TOUGH),
}


@dataclass(frozen=True)
class Result:
    """One play: whether it ended in a deal, what that created, the first party's share, and the time."""

    deal: bool
    created: float | None
    claimed: float | None
    moves: int
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plays", type=int, default=40, help="plays of each pairing and case")
    parser.add_argument("--rounds", type=int, default=20, help="turns of each party")
    options = parser.parse_args()
    cases = list(agreement_cases())
    pairs = [case for case in cases if len(players(case)) == 2 and len(case.issues) > 1]
    print("\n" + "\n".join(pairings(pairs, options.plays, options.rounds)))
    print("\n" + "\n".join(by_case(cases, options.plays, options.rounds)))


def agreement_cases() -> Iterator[Case]:
    """Those that one table of partners can play: packages, points, and everybody sees the same terms."""
    for path in sorted(LIBRARY.glob("*/simulation.yaml")):
        case = load_case(path.read_text(encoding="utf-8"))
        if case.mechanism == "agreement" and not case.strands:
            yield case


def players(case: Case) -> list[str]:
    return [party for party in case.party_ids if can_play(case, party)]


def pairings(cases: list[Case], plays: int, rounds: int) -> Iterator[str]:
    """The table of one kind in the first seat against another in the second, over all cases of two."""
    yield f"| first \\ second | {' | '.join(KINDS)} |"
    yield "| --- " * (len(KINDS) + 1) + "|"
    for one in KINDS:
        cells = [
            _cell([r for case in cases for r in results(case, [one, two], plays, rounds)]) for two in KINDS
        ]
        yield f"| **{one}** | {' | '.join(cells)} |"


def by_case(cases: list[Case], plays: int, rounds: int) -> Iterator[str]:
    """The table of cases, in each of which everybody is of one kind."""
    heads = [
        "case",
        "parties",
        *(f"{kind}: deals, created" for kind in KINDS),
        "moves a play",
        "first move ms",
        "ms a move",
    ]
    yield f"| {' | '.join(heads)} |"
    yield "| --- " * len(heads) + "|"
    for case in cases:
        parties = players(case)
        first = first_move(case)
        found = {kind: list(results(case, [kind] * len(parties), plays, rounds)) for kind in KINDS}
        every = [result for some in found.values() for result in some]
        cells = [f"{_deals(some)}, {_created(some)}" for some in found.values()]
        moves = mean(result.moves for result in every)
        each = median(1000 * result.seconds / result.moves for result in every)
        row = [case.id, str(len(parties)), *cells, f"{moves:.0f}", f"{first:.1f}", f"{each:.2f}"]
        yield f"| {' | '.join(row)} |"


def results(case: Case, kinds: list[str], plays: int, rounds: int) -> Iterator[Result]:
    """Plays of the case with these kinds in its seats."""
    for seed in range(plays):
        nature = random.Random(f"{case.id}:{seed}")
        characters = {
            party: Character(*KINDS[kind], nature.random(), nature.random())
            for party, kind in zip(players(case), kinds, strict=True)
        }
        before = time.process_time()
        played = play_agreement(case, characters, chances(seed), rounds)
        yield result_of(case, played, time.process_time() - before)


def chances(seed: int) -> Callable[[int], random.Random]:
    return lambda turn: random.Random(f"{seed}:{turn}")


def result_of(case: Case, played: Played, seconds: float) -> Result:
    shares = value_claimed(case, played.deal) if played.deal is not None else None
    return Result(
        played.deal is not None,
        value_created(case, played.deal),
        shares[case.scored_ids[0]] if shares else None,
        len(played.moves),
        seconds,
    )


def first_move(case: Case) -> float:
    """Milliseconds until a partner that has not seen the case before has moved."""
    party = players(case)[0]
    seen = replace(case).seen_by(party)
    before = time.process_time()
    next_move(PartnerView(seen, party, 0.0), random.Random(1))
    return 1000 * (time.process_time() - before)


def _cell(some: list[Result]) -> str:
    claimed = [result.claimed for result in some if result.claimed is not None]
    return f"{_deals(some)} / {_created(some)} / {100 * mean(claimed):.0f}"


def _deals(some: list[Result]) -> str:
    return f"{100 * mean(result.deal for result in some):.0f}"


def _created(some: list[Result]) -> str:
    """The mean over all plays, those without a deal counting 0; nothing where no deal creates value."""
    created = [result.created for result in some if result.created is not None]
    return f"{100 * mean(created):.0f}" if created else "-"


if __name__ == "__main__":
    main()
