"""When a package is a deal among more than two: who is for it, when it is carried, and when it counts.

Whatever a command does to the votes, `followed` says what follows from them, so no command decides it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bargaining.agreements import enough, meets
from bargaining.case import Case, Package, PackageFault, check_package
from bargaining.splits import check_split
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, follow, party_of, require_open
from negotiations.rules.decide.dues import Due, watch
from negotiations.rules.decide.slots import SLOT
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState, evolve
from negotiations.rules.room.ballots import Carried

POLL_SECONDS = 90


def is_voted(case: Case) -> bool:
    """Whether packages are voted on. Where two have to agree and nothing more, an accepted offer is the deal."""
    rule = case.agreement
    if case.mechanism == "coalition":
        return True
    if case.mechanism != "agreement" or case.strands:
        return False
    return len(case.signers) > 2 or rule.rule != "unanimous" or rule.requires is not None


def faults_of(case: Case, package: Package) -> tuple[PackageFault, ...]:
    """What keeps this from being offered here, be it terms or a split."""
    return check_split(case, package) if case.mechanism == "coalition" else check_package(case, package)


@follow
def followed(state: RoomState, drafts: tuple[e.Draft, ...], now: datetime) -> tuple[e.Draft, ...]:
    """The drafts, and what follows from them for the votes."""
    if not is_voted(state.case):
        return drafts
    after = _after(state, drafts, now)
    if after.phase != "open":
        return drafts
    carried = after.votes.carried
    if carried and not passes(after, carried.offer, carried.package):
        drafts = (*drafts, e.Draft(e.VoteBroken(carried.offer, carried.package)))
        carried = None
    carried = carried or _newly_carried(after, now)
    if carried is None:
        return drafts
    if _has_answered(after, carried):
        return (*drafts, *deal_of(after, carried))
    if carried == after.votes.carried:
        return drafts
    return (*drafts, e.Draft(e.VoteCarried(carried.offer, carried.package, carried.counts_at)))


def _after(state: RoomState, drafts: tuple[e.Draft, ...], now: datetime) -> RoomState:
    for draft in drafts:
        state = evolve(state, e.Logged(state.seq + 1, draft.event, c.HOUSE, draft.audience, now))
    return state


def _newly_carried(state: RoomState, now: datetime) -> Carried | None:
    """The package that passes with the most votes, the later one of equals; it waits for the last call."""
    found = [(len(supporters(state, *each)), *each) for each in _choices(state) if passes(state, *each)]
    if not found or state.closes_at is None:
        return None
    _, offer, place = max(found)
    return Carried(offer, place, min(now + timedelta(seconds=state.policy.last_call), state.closes_at))


def _choices(state: RoomState) -> Iterator[tuple[int, int]]:
    for offer in state.offers:
        if state.standing_offer(offer.number):
            yield from ((offer.number, place) for place in range(len(offer.packages)))


def supporters(state: RoomState, offer: int, place: int) -> frozenset[str]:
    """The parties with a vote that are for this package and still here."""
    return state.backers(offer, place) & set(state.case.signers) - state.votes.left


def passes(state: RoomState, number: int, place: int) -> bool:
    """Whether the package stands, counts at all, and has enough votes."""
    offer = state.standing_offer(number)
    if offer is None or not offer.is_whole(place):
        return False
    yes, package = supporters(state, number, place), offer.packages[place]
    if state.case.mechanism == "coalition":
        return yes >= set(package)
    return not check_package(state.case, package) and meets(state.case, package) and enough(state.case, yes)


def _has_answered(state: RoomState, carried: Carried) -> bool:
    """Whether everybody with a vote who is still here has said yes or no to what is carried."""
    said = supporters(state, carried.offer, carried.package) | state.bargain.declined.get(
        carried.offer, frozenset()
    )
    return said >= set(state.case.signers) - state.votes.left


def deal_of(state: RoomState, carried: Carried) -> tuple[e.Draft, ...]:
    """The votes as they are counted, the deal, and the end."""
    offer = state.offers[carried.offer - 1]
    package = offer.packages[carried.package]
    yes = supporters(state, carried.offer, carried.package)
    no = state.bargain.declined.get(carried.offer, frozenset()) - yes
    signers = state.case.signers
    counted = e.VoteCounted(
        carried.offer,
        carried.package,
        tuple(party for party in signers if party in yes),
        tuple(party for party in signers if party in no),
        tuple(party for party in signers if party not in yes | no),
    )
    deal = e.DealMade(SLOT, carried.offer, package, offer.added, len(counted.yes))
    return (e.Draft(counted), e.Draft(deal), e.Draft(e.TableClosed("deal")))


def ending(state: RoomState, outcome: e.Outcome) -> tuple[e.Draft, ...]:
    """How the table ends if it ends now: with what is carried, else like this."""
    carried = state.votes.carried
    if carried and passes(state, carried.offer, carried.package):
        return deal_of(state, carried)
    return (e.Draft(e.TableClosed(outcome)),)


def can_agree_without(state: RoomState, party: str) -> bool:
    """Whether those who stay could still make a deal among themselves."""
    stay = set(state.case.signers) - state.votes.left - {party}
    table = state.case.coalition
    if state.case.mechanism == "coalition" and table is not None:
        return any(len(members) > 1 and members <= stay for members in table.values)
    return is_voted(state.case) and enough(state.case, stay)


def require_vote(state: RoomState, offer: Offer, place: int, party: str) -> None:
    """The party has a vote on this package, and has not said yes to it yet."""
    if party not in state.case.signers:
        raise RuleBroken("forbidden")
    if party in state.accepted.get(offer.number, {}).get(place, frozenset()):
        raise RuleBroken("voted_already")
    require_in_split(state, offer.packages[place], party)


def require_in_split(state: RoomState, package: Package, party: str) -> None:
    """Nobody who has a vote proposes or joins a split of others."""
    is_split = state.case.mechanism == "coalition"
    if is_split and party in state.case.signers and party not in package:
        raise RuleBroken("not_in_split")


def leaving_others(state: RoomState, offer: int, party: str) -> tuple[e.Draft, ...]:
    """One can be in one coalition only: who makes or joins this offer takes back each yes to other splits, and the
    own one that is carried."""
    if state.case.mechanism != "coalition":
        return ()
    carried = state.offers[state.votes.carried.offer - 1] if state.votes.carried else None
    own = (e.Draft(e.OfferWithdrawn(carried.number, party)),) if carried and carried.party == party else ()
    said = [
        number
        for number, places in sorted(state.accepted.items())
        if number != offer and state.standing_offer(number) and any(party in by for by in places.values())
    ]
    return (*own, *(e.Draft(e.VoteTakenBack(number, party)) for number in said))


@decision_on.register
def _(command: c.TakeBack, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    _require_votes(state)
    offer = _standing(state, command.offer)
    places = state.accepted.get(offer.number, {})
    said = {name for by in places.values() for name in by} | state.bargain.declined.get(
        offer.number, frozenset()
    )
    if party not in said | set(state.votes.sponsors.get(offer.number, ())):
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.VoteTakenBack(offer.number, party)),), closes_at)


@decision_on.register
def _(command: c.Sponsor, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    _require_votes(state, party)
    offer = _standing(state, command.offer)
    if party == offer.party or party in state.votes.sponsors.get(offer.number, ()):
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.OfferSponsored(offer.number, party)),), closes_at)


@decision_on.register
def _(command: c.TakeStance, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    _require_votes(state, party)
    offer = _standing(state, command.offer)
    if party == offer.party:
        raise RuleBroken("own_offer")
    if not 0 <= command.package < len(offer.packages):
        raise RuleBroken("stale_offer")
    asked = poll_is_on(state, now) and party not in state.votes.answered
    if not asked and state.votes.stances.get(offer.number, {}).get(party) == (
        command.package,
        command.stance,
    ):
        raise RuleBroken("no_change")
    taken = e.StanceTaken(offer.number, command.package, party, command.stance)
    return Decision((e.Draft(taken),), closes_at)


@decision_on.register
def _(command: c.CallPoll, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    _require_votes(state)
    if actor.kind == "seat" and state.case.party(party_of(actor)).kind != "mediator":
        raise RuleBroken("forbidden")
    if poll_is_on(state, now):
        raise RuleBroken("no_change")
    return Decision((e.Draft(poll_at(state, now)),), closes_at)


def poll_is_on(state: RoomState, now: datetime) -> bool:
    return state.votes.poll is not None and now < state.votes.poll.ends_at


def poll_at(state: RoomState, now: datetime, planned: int = 0) -> e.PollCalled:
    number = state.votes.poll.number + 1 if state.votes.poll else 1
    ends_at = now + timedelta(seconds=POLL_SECONDS)
    return e.PollCalled(number, min(ends_at, state.closes_at) if state.closes_at else ends_at, planned)


def next_planned(state: RoomState) -> tuple[int, datetime] | None:
    """The case's own straw poll that comes next in the phase that runs, and its moment, in the time of this table."""
    whole, number = state.case.table_minutes, 0
    for phase in state.case.table_phases if whole else ():
        is_running = state.course.phase == phase.id
        # A table whose time has no parts is in its only phase from the beginning.
        since = state.course.since if is_running else state.opened_at if not state.course.phase else None
        for minute in sorted(phase.straw_polls):
            number += 1
            if since is not None and number > state.votes.planned:
                return number, since + timedelta(seconds=minute * state.course.length / whole)
    return None


@watch
def the_count(state: RoomState) -> Due | None:
    """What is carried counts once the last call is over."""
    carried = state.votes.carried
    return Due(carried.counts_at, deal_of(state, carried)) if carried else None


@watch
def next_poll(state: RoomState) -> Due | None:
    """The case's own straw polls."""
    found = next_planned(state) if is_voted(state.case) else None
    if found is None:
        return None
    number, at = found
    return Due(at, happens=lambda now: (e.Draft(poll_at(state, now, number)),))


def _standing(state: RoomState, number: int) -> Offer:
    offer = state.standing_offer(number)
    if offer is None:
        raise RuleBroken("stale_offer")
    return offer


def _require_votes(state: RoomState, party: str | None = None) -> None:
    """This table votes, and so does this party."""
    if not is_voted(state.case):
        raise RuleBroken("wrong_table")
    if party is not None and party not in state.case.signers:
        raise RuleBroken("forbidden")
