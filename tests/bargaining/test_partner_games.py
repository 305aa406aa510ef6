"""Partners in coalition games and in repeated rounds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.case import Case
from bargaining.partners import (
    COOPERATIVE,
    LABELS,
    TOUGH,
    AcceptSplit,
    Character,
    Choose,
    Move,
    ProposeSplit,
    RoundsView,
    Say,
    SeenRound,
    SeenSplit,
    SplitView,
    Walk,
    next_move,
)
from bargaining.partners.splits import is_credible
from tests.bargaining.cases import shipped, some_cases

GROWERS = ("orchard", "dairy", "fishery")
ALONE = {"orchard": 8.0, "dairy": 6.0, "fishery": 4.0}


def store() -> Case:
    return shipped("cold-store")


def growers_move(
    party: str, progress: float, *splits: SeenSplit, label: str = "", temper: float = 0.5, seed: int = 1
) -> Move:
    seen = SplitView(store().seen_by(party), party, progress, splits, Character(label=label, temper=temper))
    return next_move(seen, random.Random(seed))


@st.composite
def proposals(draw: st.DrawFn) -> tuple[SeenSplit, ...]:
    """Splits that somebody could have proposed, some of them of more than there is."""
    found = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        members = draw(st.lists(st.sampled_from(GROWERS), min_size=2, unique=True))
        shares = {member: float(draw(st.integers(0, 60))) for member in members}
        said_yes = draw(st.sets(st.sampled_from(members)))
        found.append(SeenSplit(number, members[0], shares, draw(st.booleans()), frozenset(said_yes)))
    return tuple(found)


@some_cases
@given(proposals(), st.sampled_from(GROWERS), st.floats(0, 1), st.sampled_from(LABELS), st.floats(0, 1))
def test_no_split_below_what_is_alone_or_offered(
    splits: tuple[SeenSplit, ...], party: str, progress: float, label: str, temper: float
) -> None:
    move = growers_move(party, progress, *splits, label=label, temper=temper)
    table = store().coalition
    assert table is not None
    seen = SplitView(store().seen_by(party), party, progress, splits)
    real = [
        split
        for split in splits
        if party in split.shares
        and split.party != party
        and sum(split.shares.values()) <= table.values[frozenset(split.shares)]
    ]
    sure = [split.shares[party] for split in real if is_credible(seen, split)]
    if isinstance(move, ProposeSplit):
        assert move.shares[party] >= max([ALONE[party], *sure])
        assert sum(move.shares.values()) <= table.values[frozenset(move.shares)]
        assert all(share >= 0 and share == int(share) for share in move.shares.values())
    if isinstance(move, AcceptSplit):
        taken = next(split for split in real if split.number == move.number)
        assert taken.standing
        assert party not in taken.accepted
        assert taken.shares[party] > ALONE[party]
        assert taken.shares[party] >= max([0.0, *(s for s in sure if not _taken(splits, party, s))])


def _taken(splits: Sequence[SeenSplit], party: str, share: float) -> bool:
    """Whether the party said yes to this one already."""
    return any(split.shares.get(party) == share and party in split.accepted for split in splits)


def test_partner_outbids_what_the_other_has_elsewhere() -> None:
    rival = SeenSplit(1, "dairy", {"orchard": 30, "dairy": 62})
    moves = [growers_move("fishery", 0.5, rival, seed=seed) for seed in range(10)]
    towards = [move for move in moves if isinstance(move, ProposeSplit) and "orchard" in move.shares]
    assert towards
    for move in towards:
        assert move.shares["orchard"] > 30
        assert move.say is not None
        assert move.say.startswith("That gives Aster Hill Orchards more")


def test_what_somebody_only_asks_for_need_not_be_outbid() -> None:
    wish = SeenSplit(1, "orchard", {"orchard": 86, "dairy": 6})
    for seed in range(10):
        move = growers_move("fishery", 0.5, wish, seed=seed)
        assert isinstance(move, ProposeSplit)
        assert move.shares.get("orchard", 0) < 86


def test_partner_takes_a_good_split_and_waits_for_a_better_one() -> None:
    assert growers_move("dairy", 0.3, SeenSplit(1, "orchard", {"orchard": 34, "dairy": 58})) == AcceptSplit(1)
    assert isinstance(
        growers_move("dairy", 0.3, SeenSplit(1, "orchard", {"orchard": 82, "dairy": 10})), ProposeSplit
    )
    assert growers_move("dairy", 0.95, SeenSplit(1, "orchard", {"orchard": 82, "dairy": 10})) == AcceptSplit(
        1
    )
    assert growers_move("dairy", 1.0, SeenSplit(1, "orchard", {"orchard": 87, "dairy": 5})) == Walk()


def test_late_partner_prefers_what_only_waits_for_its_yes() -> None:
    pair = SeenSplit(1, "orchard", {"orchard": 60, "dairy": 32})
    hope = SeenSplit(2, "fishery", {"orchard": 40, "dairy": 40, "fishery": 26})
    assert growers_move("dairy", 0.95, pair, hope) == AcceptSplit(1)


def test_offer_of_more_than_there_is_is_no_offer() -> None:
    dream = SeenSplit(1, "orchard", {"orchard": 80, "dairy": 80})
    assert not isinstance(growers_move("dairy", 0.95, dream), AcceptSplit)


def test_cooperative_partner_begins_with_all_and_a_tough_one_asks_for_more() -> None:
    fair, hard = (growers_move("orchard", 0.0, label=label) for label in (COOPERATIVE, TOUGH))
    assert isinstance(fair, ProposeSplit)
    assert isinstance(hard, ProposeSplit)
    assert set(fair.shares) == set(GROWERS)
    assert hard.shares["orchard"] > fair.shares["orchard"]


def test_growers_among_themselves_come_to_a_coalition() -> None:
    formed = [play_splits(seed) for seed in range(10)]
    assert all(formed)
    assert len({frozenset(split) for split in formed}) > 1  # who is left out is not always the same


def play_splits(seed: int, turns: int = 45) -> dict[str, float]:
    """The shares of the coalition that forms first, empty if none does."""
    nature = random.Random(seed)
    characters = {party: Character(temper=nature.random()) for party in GROWERS}
    splits: list[SeenSplit] = []
    for turn in range(turns):
        party = GROWERS[(turn + seed) % 3]
        seen = SplitView(store().seen_by(party), party, turn / turns, tuple(splits), characters[party])
        move = next_move(seen, random.Random(f"{seed}:{turn}"))
        if isinstance(move, ProposeSplit):
            splits = [replace(split, standing=split.standing and split.party != party) for split in splits]
            splits.append(SeenSplit(len(splits) + 1, party, move.shares))
        elif isinstance(move, AcceptSplit):
            chosen = splits[move.number - 1]
            splits[move.number - 1] = replace(chosen, accepted=chosen.accepted | {party})
            if chosen.shares.keys() <= splits[move.number - 1].accepted | {chosen.party}:
                return dict(chosen.shares)
    return {}


CREWS = ("north", "east", "south", "west")
PEACE, HURT = {"narrow": 4}, {"narrow": 3, "wide": 1}
FORGIVING, GRIM = Character(temper=0.9), Character(temper=0.4)
FAITHLESS = Character(temper=0.1)


def crews_move(
    *history: SeenRound, talking: bool = False, character: Character = FORGIVING, seed: int = 1
) -> Move:
    seen = RoundsView(shipped("four-crews").seen_by("north"), "north", history, talking, character)
    return next_move(seen, random.Random(seed))


def peaceful(rounds: int) -> list[SeenRound]:
    return [SeenRound("narrow", PEACE)] * rounds


@pytest.mark.parametrize("character", [FORGIVING, GRIM, FAITHLESS, Character(label=TOUGH)])
def test_partner_begins_with_trust_and_keeps_it(character: Character) -> None:
    for rounds in range(7):
        assert crews_move(*peaceful(rounds), character=character) == Choose("narrow")


def test_grim_partner_never_forgives_and_another_does() -> None:
    after = [*peaceful(2), SeenRound("narrow", HURT), *peaceful(2)]
    assert crews_move(*after, character=GRIM) == Choose("wide")
    assert crews_move(*after, character=FORGIVING) == Choose("narrow")
    assert crews_move(*after, character=Character(label=COOPERATIVE, temper=0.0)) == Choose("narrow")


def test_forgiving_partner_answers_many_betrayers_more_surely_than_one() -> None:
    def answers(counts: dict[str, int]) -> int:
        moves = [crews_move(SeenRound("narrow", counts), seed=seed) for seed in range(200)]
        return moves.count(Choose("wide"))

    assert 0 < answers(HURT) < answers({"narrow": 1, "wide": 3}) < 200


def test_own_betrayal_is_no_reason_to_be_hurt() -> None:
    mine = SeenRound("wide", HURT)
    assert all(crews_move(mine, seed=seed) == Choose("narrow") for seed in range(20))


def test_last_round_tempts_who_has_little_temper() -> None:
    assert crews_move(*peaceful(7), character=FAITHLESS) == Choose("wide")
    assert crews_move(*peaceful(7), character=Character(label=TOUGH)) == Choose("wide")
    assert crews_move(*peaceful(7), character=Character(label=COOPERATIVE, temper=0.1)) == Choose("narrow")
    assert crews_move(*peaceful(7), character=GRIM) == Choose("narrow")


def test_end_that_nobody_knows_tempts_nobody() -> None:
    case = shipped("four-crews")
    assert case.rounds is not None
    open_ended = replace(case, rounds=replace(case.rounds, continues=0.8))
    seen = RoundsView(open_ended.seen_by("north"), "north", tuple(peaceful(7)), False, FAITHLESS)
    assert next_move(seen, random.Random(1)) == Choose("narrow")


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=7),
    st.floats(0, 1),
    st.sampled_from(LABELS),
    st.integers(0, 99),
)
def test_who_promises_does_it(rounds: list[tuple[bool, int]], temper: float, label: str, seed: int) -> None:
    history = [
        SeenRound("wide" if mine else "narrow", {"wide": others + mine, "narrow": 4 - others - mine})
        for mine, others in rounds
    ]
    character = Character(label=label, temper=temper)
    words = crews_move(*history, talking=True, character=character)
    assert isinstance(words, Say)
    if words.text.startswith("I will choose"):
        assert words.text.startswith("I will choose “narrow”")
        assert crews_move(*history, character=character, seed=seed) == Choose("narrow")
    if words.text.startswith("Somebody has chosen"):
        assert crews_move(*history, character=character, seed=seed) == Choose("wide")
