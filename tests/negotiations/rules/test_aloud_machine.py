"""Random outcomes written down at tables that talk face to face: whatever happens, these stay true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bargaining.case import Case, Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import Policy
from tests.negotiations.rules.given import LEASE, SALE, WHOLE, with_a_third_party
from tests.negotiations.rules.machines import ODD, WHO, PlayMachine, tried
from tests.negotiations.rules.playing import Play

#: Two outcomes, none, and two that are not whole.
WRITTEN = st.sampled_from([LEASE, LEASE, SALE, None, None, {}, {"form": "sale"}])
OTHERWISE = st.sampled_from(
    [c.MakeOffer((LEASE,)), c.WalkAway(), c.AcceptOffer(1, 0, ""), c.Say("And?"), c.PinTerm("rent", 8000)]
)
BANK = replace(with_a_third_party(WHOLE), id="farm-with-a-bank")


class AloudMachine(PlayMachine):
    """Two farmers and a neighbour talk, sometimes with a bank; each side writes down what it thinks was settled."""

    @initialize(
        case=st.sampled_from([WHOLE, WHOLE, BANK]),
        taps=st.booleans(),
        ending=st.sampled_from(["hard", "finish"]),
    )
    def sit_face_to_face(self, case: Case, taps: bool, ending: str) -> None:
        policy = Policy(mode="aloud", taps=taps, ending=ending)  # type: ignore[arg-type]
        self.begin(Play(case, policy), *case.party_ids, "farmer", minutes=12)

    @rule(who=WHO, package=WRITTEN, odd=ODD)
    def write_down(self, who: int, package: Package | None, odd: str) -> None:
        self.act(self.someone(who), c.RecordOutcome(package), odd)

    @rule(package=WRITTEN)
    def agree(self, package: Package | None) -> None:
        for actor in self.people:
            self.act(actor, c.RecordOutcome(package))

    @rule(who=WHO, command=OTHERWISE)
    def do_otherwise(self, who: int, command: c.Command) -> None:
        self.act(self.someone(who), command)

    @invariant()
    def nothing_binds_but_what_all_wrote_down_alike(self) -> None:
        state, last = self.play.state, dict[str, Package | None]()
        for event in self.play.happened(e.OutcomeRecorded):
            assert isinstance(event, e.OutcomeRecorded)
            assert event.package in (None, LEASE, SALE)
            assert last.get(event.party, "nothing") != event.package
            last[event.party] = event.package
        assert state.bargain.records == last
        signers = state.case.signers
        alike = len(last) == len(signers) and all(last[each] == last[signers[0]] for each in signers)
        assert alike == (state.outcome in ("deal", "no_deal"))
        assert state.deal == (last[signers[0]] if alike else None)
        assert not self.play.happened(e.OfferMade)
        assert not self.play.happened(e.WalkedAway)


class TestAloud(AloudMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(30)


@pytest.mark.slow
class TestAloudForLong(AloudMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(400, 60)
