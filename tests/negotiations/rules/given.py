"""The words of these tests: given these events, when this command, then these events or this refusal.

Bo is the farmer, Cy the neighbour, Ada teaches, Dee is a stranger; the clock is a number of seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bargaining.case import Case, Value
from bargaining.casefile import load_folder
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, digest_of, replay

LIBRARY = Path(__file__).resolve().parents[3] / "simulations" / "library"
WHOLE = load_folder(LIBRARY / "mountain-view-farm").case
CASE = WHOLE.seen_by(None)
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
END = BEGIN + timedelta(minutes=45)
NOW = BEGIN + timedelta(minutes=5)
LATE = END + timedelta(seconds=1)

BO_SEAT, CY_SEAT, DEE_SEAT, EVE_SEAT = (UUID(int=n) for n in (1, 2, 3, 4))
BO = c.Actor(BO_SEAT, "seat", "farmer")
CY = c.Actor(CY_SEAT, "seat", "neighbour")
DEE = c.Actor(DEE_SEAT, "seat", "farmer")
ADA = c.Actor(UUID(int=9), "instructor")
CLOCK = c.Actor(c.HOUSE, "house")

Package = Mapping[str, Value]
LEASE: Package = {
    "form": "lease15",
    "rent": 8000,
    "acres": "a40",
    "sugarbush": "shared",
    "cabins": "two",
    "handover": "august",
    "trail_bonus": 0,
}
SALE: Package = {name: value for name, value in LEASE.items() if name != "rent"} | {
    "form": "sale",
    "sale_price": 200000,
}

SEATED = (e.SeatTaken(BO_SEAT, "farmer", "person"), e.SeatTaken(CY_SEAT, "neighbour", "person"))
OPENED = (*SEATED, e.TableOpened(END))
PAUSED = (*OPENED, e.TablePaused("Fire drill", NOW))
CLOSED = (*OPENED, e.TableClosed("closed"))


def offered(number: int = 1, party: str = "farmer", package: Package = LEASE) -> e.OfferMade:
    return e.OfferMade(number, party, (package,), digest_of((package,)))


#: Bo's lease stands on the table, and Cy's acceptance of it.
ON_THE_TABLE = (*OPENED, offered())
ACCEPT = c.AcceptOffer(1, 0, digest_of((LEASE,)))
AGREED = (
    *ON_THE_TABLE,
    e.OfferAccepted(1, 0, "neighbour"),
    e.DealMade("main", 1, LEASE),
    e.TableClosed("deal"),
)


def logged(events: tuple[e.Event, ...], audiences: Mapping[int, e.Audience] | None = None) -> list[e.Logged]:
    """The events as a log, a second apart; `audiences` by seq."""
    who = audiences or {}
    return [
        e.Logged(seq, event, c.HOUSE, who.get(seq), BEGIN + timedelta(seconds=seq - 1))
        for seq, event in enumerate(events, start=1)
    ]


def several(*packages: Package, number: int = 1, party: str = "farmer") -> e.OfferMade:
    return e.OfferMade(number, party, packages, digest_of(packages))


def table(*events: e.Event, case: Case = CASE, policy: Policy | None = None) -> RoomState:
    return replay(case, logged(events), policy)


def decided(
    given: tuple[e.Event, ...],
    actor: c.Actor,
    command: c.Command,
    now: datetime = NOW,
    case: Case = CASE,
    policy: Policy | None = None,
) -> tuple[e.Event, ...]:
    state = table(*given, case=case, policy=policy)
    return tuple(draft.event for draft in decide(state, actor, command, now).drafts)


def refused(
    given: tuple[e.Event, ...],
    actor: c.Actor,
    command: c.Command,
    now: datetime = NOW,
    case: Case = CASE,
    policy: Policy | None = None,
) -> str:
    """The code of the refusal; the test fails if the command is allowed."""
    with pytest.raises(RuleBroken) as broken:
        decide(table(*given, case=case, policy=policy), actor, command, now)
    return broken.value.code


def with_a_third_party(case: Case = CASE) -> Case:
    """The farm with a third party at the table, whose consent counts too."""
    return replace(case, parties=(*case.parties, replace(case.parties[0], id="creditor", name="The bank")))


def case_named(name: str) -> Case:
    """The public part of a shipped case."""
    return load_folder(LIBRARY / name).case.seen_by(None)


def actor(number: int, party: str) -> c.Actor:
    return c.Actor(UUID(int=number), "seat", party)


def seated(case: Case) -> tuple[e.Event, ...]:
    """Everybody of the case in the order of its parties, on seats 101, 102 ..., at an open table."""
    seats = (e.SeatTaken(UUID(int=n), party, "person") for n, party in enumerate(case.party_ids, 101))
    return (*seats, e.TableOpened(END))
