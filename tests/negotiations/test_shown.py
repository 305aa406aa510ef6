"""For each event and each viewer: what is sent, exactly. A new event needs its line here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bargaining.scoring import points
from negotiations import wire
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.room import Policy, RoomState, evolve
from negotiations.rules.sight import INSTRUCTOR, Viewer, seen
from negotiations.worth import worth_to, worth_to_all
from tests.negotiations.rules import bay, bell, mill, store
from tests.negotiations.rules.given import (
    ADA,
    BEGIN,
    BO,
    BO_SEAT,
    CASE,
    CLOCK,
    CY,
    CY_SEAT,
    EVE_SEAT,
    LEASE,
    NOW,
    SALE,
    WHOLE,
    digest_of,
)

VIEWERS = {"farmer": Viewer("party", "farmer"), "neighbour": Viewer("party", "neighbour"), "ada": INSTRUCTOR}
WORTH = {
    "farmer": worth_to(WHOLE.seen_by("farmer"), "farmer"),
    "neighbour": worth_to(WHOLE.seen_by("neighbour"), "neighbour"),
    "ada": worth_to_all(WHOLE),
}
DEAL_DIGEST = digest_of((LEASE,))
EVERYBODY: tuple[str, ...] = ("farmer", "neighbour", "ada")
AT = {"at": NOW}
MINUTE = timedelta(minutes=1)


def log_of(*asked: tuple[c.Actor, c.Command], policy: Policy | None = None) -> list[e.Logged]:
    """What these commands write, with the audiences that the rules give their lines."""
    state, log = RoomState(case=CASE, policy=policy or Policy()), []
    for actor, command in asked:
        now = {c.OpenTable: BEGIN, c.Tick: NOW + MINUTE}.get(type(command), NOW)
        for draft in decide(state, actor, command, now).drafts:
            log.append(
                e.Logged(state.seq + 1, draft.event, actor.id, draft.audience, NOW, BO_SEAT, b"digest")
            )
            state = evolve(state, log[-1])
    return log


START = (
    (CLOCK, c.TakeSeat(BO_SEAT, "farmer", "person")),
    (CLOCK, c.TakeSeat(CY_SEAT, "neighbour", "partner")),
    (ADA, c.OpenTable(2700)),
)
AGREED = log_of(*START, (BO, c.MakeOffer((LEASE,))), (CY, c.AcceptOffer(1, 0, DEAL_DIGEST)))
LEFT = log_of(
    *START,
    (ADA, c.PauseTable("Fire drill")),
    (ADA, c.ExtendTable(60)),
    (ADA, c.ResumeTable()),
    (BO, c.Say("Good morning")),
    (CLOCK, c.TakeSeat(EVE_SEAT, "farmer", "person")),
    (BO, c.Say("Psst", "team")),
    (BO, c.MakeOffer((SALE,))),
    (BO, c.WithdrawOffer(1)),
    (CY, c.MakeOffer((LEASE, SALE))),
    (BO, c.MarkClosest(2, 1)),
    (BO, c.DeclineOffer(2, "Not yet")),
    (BO, c.PinTerm("rent", 8000)),
    (BO, c.UnpinTerm("rent")),
    (BO, c.AskHelp()),
    (ADA, c.CloseHelp("farmer")),
    (BO, c.WalkAway("Too cheap")),
    (CLOCK, c.LeaveSeat(BO_SEAT)),
)
LAPSED = log_of(*START, (BO, c.MakeOffer((SALE,))), (CLOCK, c.Tick()), policy=Policy(offer_seconds=60))
ALOUD = log_of(*START, (BO, c.RecordOutcome(LEASE)), policy=Policy(mode="aloud"))
LOGS = (AGREED, LEFT, LAPSED, ALOUD)
CLOSES = "2026-11-02T09:{}:00Z"
#: type -> who sees it, and the fields; `worth` is each viewer's own.
SENT: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "seat.taken": (EVERYBODY, {"party": "farmer", "kind": "person"}),
    "table.opened": (EVERYBODY, {"closes_at": CLOSES.format(45)}),
    "table.paused": (EVERYBODY, {"reason": "Fire drill"}),
    "table.extended": (EVERYBODY, {"seconds": 60, "closes_at": CLOSES.format(46)}),
    "table.resumed": (EVERYBODY, {"closes_at": CLOSES.format(46)}),
    "message.said": (EVERYBODY, {"party": "farmer", "text": "Good morning"}),
    "message.whispered": (
        ("farmer", "ada"),
        {"channel": "team", "party": "farmer", "text": "Psst"},
    ),
    "offer.made": (
        EVERYBODY,
        {"offer": 1, "party": "farmer", "packages": (dict(LEASE),), "digest": DEAL_DIGEST},
    ),
    "offer.withdrawn": (EVERYBODY, {"offer": 1, "party": "farmer"}),
    "offer.accepted": (EVERYBODY, {"offer": 1, "package": 0, "party": "neighbour"}),
    "offer.preferred": (EVERYBODY, {"offer": 2, "package": 1, "party": "farmer"}),
    "offer.declined": (EVERYBODY, {"offer": 2, "party": "farmer", "words": "Not yet"}),
    "offer.lapsed": (EVERYBODY, {"offer": 1, "party": "farmer"}),
    "term.pinned": (EVERYBODY, {"issue": "rent", "value": 8000, "party": "farmer"}),
    "term.unpinned": (EVERYBODY, {"issue": "rent", "party": "farmer"}),
    "outcome.recorded": (EVERYBODY, {"party": "farmer", "package": dict(LEASE)}),
    "deal.made": (EVERYBODY, {"slot": "main", "offer": 1, "package": dict(LEASE)}),
    "party.walked_away": (EVERYBODY, {"party": "farmer"}),
    "table.closed": (EVERYBODY, {"outcome": "deal"}),
    "seat.left": (EVERYBODY, {"party": "farmer"}),
    "help.asked": (("farmer", "ada"), {"party": "farmer"}),
    "help.closed": (("farmer", "ada"), {"party": "farmer"}),
    "reason.given": (("farmer", "ada"), {"party": "farmer", "text": "Too cheap"}),
}
#: What the lease is worth, to each as each may know it.
LEASE_WORTH: dict[str, Any] = {
    "farmer": 115.0,
    "neighbour": 112.0,
    "ada": {"farmer": 115.0, "neighbour": 112.0},
}


def lines(viewer: str, log: list[e.Logged]) -> list[dict[str, Any]]:
    visible = enumerate(seen(VIEWERS[viewer], log), start=1)
    return [wire.line(n, logged, WORTH[viewer]) for n, logged in visible]


@pytest.mark.parametrize("viewer", EVERYBODY)
@pytest.mark.parametrize("kind", SENT)
def test_event_is_sent_to_this_viewer_like_this(kind: str, viewer: str) -> None:
    log = next(log for log in LOGS if kind in {line.event.type for line in log})
    found = next((line for line in lines(viewer, log) if line["type"] == kind), None)
    who, fields = SENT[kind]
    if viewer not in who:
        assert found is None
        return
    assert found is not None
    expected = {"n": found["n"], "type": kind, **AT, **fields}
    if kind == "offer.made":
        expected["worth"] = [LEASE_WORTH[viewer]]
    elif kind in ("deal.made", "outcome.recorded"):
        expected["worth"] = LEASE_WORTH[viewer]
    assert found == expected


#: Those of tables that the farm is not, which are shown where their rules are tried.
ELSEWHERE = {event.type for event, _ in (*bay.SHOWN, *bell.SHOWN, *mill.SHOWN, *store.SHOWN)} | {
    kind.type for kind in e.EVENTS.values() if kind.__module__.endswith((".strands", ".teams"))
}


def test_every_event_has_its_line_here() -> None:
    assert set(SENT) == set(e.EVENTS) - ELSEWHERE
    assert {line.event.type for log in LOGS for line in log} == set(SENT)


@pytest.mark.parametrize("viewer", EVERYBODY)
@pytest.mark.parametrize("log", [AGREED, LEFT], ids=["agreed", "left"])
def test_numbers_of_each_viewer_have_no_hole(viewer: str, log: list[e.Logged]) -> None:
    numbers = [line["n"] for line in lines(viewer, log)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == len(log) - (4 if viewer == "neighbour" and log is LEFT else 0)


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_worth_is_the_scorers_own(viewer: str) -> None:
    parties = ["farmer", "neighbour"] if viewer == "ada" else [viewer]
    exact = {party: points(WHOLE, party, LEASE) for party in parties}
    assert LEASE_WORTH[viewer] == (exact if viewer == "ada" else exact[viewer])
