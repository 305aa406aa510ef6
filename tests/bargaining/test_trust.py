"""Trust as choices show it: small histories told by hand, and shares against counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.trust import Betrayal, betrayals, cooperation
from tests.bargaining.cases import some_cases
from tests.bargaining.test_rounds import CREWS, crews


def season(*wide: str) -> dict[str, str]:
    return {crew: "wide" if crew in wide else "narrow" for crew in CREWS}


def test_betrayal_needs_somebody_who_trusted() -> None:
    # Talks come before seasons 4, 7 and 8.
    history = [season("east"), season("east"), season(), season("east"), season("north"), season()]
    assert betrayals(crews(), history) == (Betrayal(4, "east", ("trust", "talk")),)
    assert betrayals(crews(), [*history, season("west")])[-1] == Betrayal(7, "west", ("trust", "talk"))


def test_promise_is_broken_only_by_who_gave_it() -> None:
    history = [season(), season("east"), season("north"), season("north", "east")]
    promises = {3: {"north": "narrow"}, 4: {"north": "wide", "east": "narrow"}}
    assert betrayals(crews(), history, promises) == (
        Betrayal(2, "east", ("trust",)),
        Betrayal(3, "north", ("promise",)),
        Betrayal(4, "east", ("promise",)),
    )


def test_cooperation_after_talk_and_after_betrayal() -> None:
    history = [season(), season("east"), season(*CREWS), season("east", "west"), season()]
    found = cooperation(crews(), history)
    assert found.by_round == (1, 0.75, 0, 0.5, 1)
    assert found.by_party == {"north": 0.8, "east": 0.4, "south": 0.8, "west": 0.6}
    assert found.overall == pytest.approx(3.25 / 5)
    assert found.after_talk == 0.5
    assert found.without_talk == pytest.approx(2.75 / 4)
    assert found.after_trust == 0.75
    # East betrayed in season 2, east and west after the talk before season 4.
    assert found.after_betrayal == 0.5


def test_nothing_played_says_nothing() -> None:
    found = cooperation(crews(), [])
    assert found.by_round == ()
    assert found.overall is found.after_talk is found.after_betrayal is None


@some_cases
@given(st.lists(st.sets(st.sampled_from(CREWS)), max_size=8))
def test_shares_and_betrayals_are_what_counting_says(wides: list[set[str]]) -> None:
    history = [season(*wide) for wide in wides]
    found, broken = cooperation(crews(), history), betrayals(crews(), history)
    assert found.by_round == tuple(1 - len(wide) / 4 for wide in wides)
    expected = {
        (number, crew)
        for number, wide in enumerate(wides, 1)
        for crew in wide
        if number in (4, 7, 8) or (number > 1 and not wides[number - 2])
    }
    assert {(one.round, one.party) for one in broken} == expected
    after = [wides[number] for number in {one.round for one in broken} if number < len(wides)]
    shares = [1 - len(wide) / 4 for wide in after]
    assert found.after_betrayal == (pytest.approx(sum(shares) / len(shares)) if shares else None)


def test_missing_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="Every party"):
        cooperation(crews(), [{"north": "wide"}])
