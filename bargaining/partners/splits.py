"""A partner's turn where coalitions form and share what they are worth. It knows the worths that its party may
know, and what was proposed and agreed to; never below what it has alone or its best credible offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil, floor

from bargaining.case import CoalitionTable
from bargaining.partners import speech
from bargaining.partners.views import (
    COOPERATIVE,
    OVER,
    TOUGH,
    AcceptSplit,
    Chance,
    Decline,
    Move,
    ProposeSplit,
    Say,
    SeenSplit,
    SplitView,
    Walk,
)
from bargaining.saying import Translate
from bargaining.scoring import alternative_value

#: What part of a coalition's gain a partner claims at first and at last, in equal shares of it.
CLAIMS = {"": (1.6, 0.9), COOPERATIVE: (1.15, 0.9), TOUGH: (2.1, 1.0)}
MOST_CLAIMED = 0.95
#: How much of a mere possibility it takes into account.
CREDENCE = 0.5
#: By how much, at most, a coalition may look better than it is.
WHIM = 0.3
#: So much of the time is for talk before a partner leaves somebody out.
TALK_FIRST = 0.25
#: Whoever is in a coalition that only waits for changes of mind leaves it for so many times its share.
LOYALTY = 1.1
#: Sums of shares are compared so.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Prospect:
    """A split of a coalition that the partner could propose, and its own share of it."""

    shares: Mapping[str, float]
    own: float


def move_in_split(view: SplitView, rng: Chance, translate: Translate) -> Move:
    """The next move: says yes to what gives it as much as its own next proposal would, near the end to the
    best offer that only waits for its yes; proposes the coalition that promises it most otherwise."""
    table = _table(view)
    if view.carried is not None:
        return _in_the_last_call(view, table, rng, translate)
    alone = alternative_value(view.case, view.party)
    offers = [split for split in _offers(view, table) if split.shares[view.party] > alone]
    credible = [split for split in offers if is_credible(view, split)]
    waiting = [split for split in offers if view.party not in split.accepted]
    if view.is_late and waiting:
        last = max(
            waiting, key=lambda split: (is_credible(view, split), split.shares[view.party], split.number)
        )
        return AcceptSplit(last.number)
    if view.progress >= OVER:
        return Say(translate(speech.HAVE_SAID)) if _hopes(view) else Walk()
    least = max([alone, *(split.shares[view.party] for split in credible)])
    best = _best(view, table, least, rng)
    good = [
        split
        for split in waiting
        if split.shares[view.party] >= (max(best.own, least) if best else least) and _is_time_for(view, split)
    ]
    if good:
        return AcceptSplit(max(good, key=lambda split: (split.shares[view.party], split.number)).number)
    if best is None:
        return Say(translate(speech.WAITS))
    if any(
        dict(split.shares) == best.shares
        for split in view.splits
        if split.party == view.party and split.standing
    ):
        return Say(speech.standing(rng, translate))
    return ProposeSplit(best.shares, _words(view, best, translate))


def words_apart(view: SplitView, group: Collection[str], rng: Chance, translate: Translate) -> Say:
    """To those whom one meets before all meet: with whom one would share, true by the own prospects, and no number."""
    best = _best(view, _table(view), alternative_value(view.case, view.party), rng)
    if best is None:
        return Say(translate(speech.WAITS))
    others = best.shares.keys() - {*group, view.party}
    names = ", ".join(party.name for party in view.case.parties if party.id in others)
    if not others:
        return Say(translate(speech.WITH_YOU))
    with_them = set(group) <= best.shares.keys()
    return Say(translate(speech.WITH_MORE if with_them else speech.NOT_WITH_YOU).format(names=names))


def _is_time_for(view: SplitView, split: SeenSplit) -> bool:
    """Nobody is left out before there was time to talk."""
    return view.progress >= TALK_FIRST or split.shares.keys() >= set(view.case.party_ids)


def _hopes(view: SplitView) -> bool:
    """Whether something that the partner wants is still on the table."""
    return any(split.standing and view.party in {split.party, *split.accepted} for split in view.splits)


def _in_the_last_call(view: SplitView, table: CoalitionTable, rng: Chance, translate: Translate) -> Move:
    """A coalition is as good as made. Its members answer what they are offered instead; who would be left out
    outbids it if it can, never twice with the same split, and else lets it be."""
    assert view.carried is not None
    carried = view.splits[view.carried - 1]
    if view.party in carried.shares:
        return _stay_or_leave(view, table, carried, translate)
    best = _best(view, table, alternative_value(view.case, view.party), rng)
    if best is None or any(
        dict(split.shares) == best.shares for split in view.splits if split.party == view.party
    ):
        return Decline(carried.number)
    return ProposeSplit(best.shares, _words(view, best, translate))


def _stay_or_leave(view: SplitView, table: CoalitionTable, carried: SeenSplit, translate: Translate) -> Move:
    asked = [
        split
        for split in _offers(view, table)
        if view.party not in split.accepted | split.declined and split != carried
    ]
    best = max(asked, key=lambda split: split.shares[view.party], default=None)
    if best is None:
        return Say(translate(speech.HAVE_SAID))
    if best.shares[view.party] >= LOYALTY * carried.shares[view.party]:
        return AcceptSplit(best.number)
    return Decline(best.number)


def is_credible(view: SplitView, split: SeenSplit) -> bool:
    """Whether a proposal only waits for the partner: every other member made it or said yes to it."""
    return split.standing and split.shares.keys() - {split.party} - split.accepted <= {view.party}


def _table(view: SplitView) -> CoalitionTable:
    if view.case.coalition is None:
        raise ValueError("This simulation has no coalitions.")
    return view.case.coalition


def _offers(view: SplitView, table: CoalitionTable) -> list[SeenSplit]:
    """Standing proposals of others that give the partner a share and no more in all than there is."""
    return [
        split
        for split in view.splits
        if split.standing
        and split.party in split.shares.keys() - {view.party}
        and view.party in split.shares
        and sum(split.shares.values()) <= table.values.get(frozenset(split.shares), 0.0) + TOLERANCE
    ]


def _best(view: SplitView, table: CoalitionTable, least: float, rng: Chance) -> Prospect | None:
    """The coalition and split that promise the partner most, with some whim, so that not always the same one
    is left out; a cooperative one looks for the largest first."""
    large = view.character.label == COOPERATIVE
    found: dict[tuple[int, float], Prospect] = {}
    for members in sorted(table.values, key=sorted):
        prospect = _prospect(view, table, members, least) if view.party in members else None
        if prospect is not None:
            rank = len(members) if large else 0
            found[rank, prospect.own * (1 + WHIM * rng.random())] = prospect
    return found[max(found)] if found else None


def _prospect(
    view: SplitView, table: CoalitionTable, members: frozenset[str], least: float
) -> Prospect | None:
    """How this coalition could share: the others get what they may count on without the partner, it claims
    its part of the gain, and what is left is shared alike. None if it gains nothing."""
    others = [party for party in view.case.party_ids if party in members and party != view.party]
    total = floor(table.values[members] / table.step + TOLERANCE)
    needs = {party: _needs(view, table, party) for party in others}
    alone = alternative_value(view.case, view.party) / table.step
    gain = total - alone - sum(needs.values())
    wish = round(alone + gain * min(_claim(view) / len(members), MOST_CLAIMED))
    own = max(wish, ceil(least / table.step - TOLERANCE))
    rest = total - own - sum(needs.values())
    if gain <= 0 or rest < 0:
        return None
    each, odd = divmod(rest, len(others))
    steps = {party: needs[party] + each + (k < odd) for k, party in enumerate(others)}
    steps[view.party] = own
    shares = {party: round(n * table.step, 9) for party, n in steps.items()}
    return Prospect(shares, shares[view.party])


def _needs(view: SplitView, table: CoalitionTable, party: str) -> int:
    """What a party will want at least, in steps: one more than it has been offered without the partner, and
    some of an equal share of the best coalition that it could have without it."""
    offered = elsewhere(view, party)
    if view.carried is not None and party in view.splits[view.carried - 1].shares:
        offered = max(offered, LOYALTY * view.splits[view.carried - 1].shares[party])
    outbid = floor(offered / table.step + TOLERANCE) + 1 if offered > 0 else 0
    without = [worth / len(s) for s, worth in table.values.items() if party in s and view.party not in s]
    return max(outbid, floor(CREDENCE * max(without, default=0.0) / table.step))


def elsewhere(view: SplitView, party: str) -> float:
    """What others would give a party in the best standing proposal without the partner; 0 without one. What
    it only asks for itself is no offer until somebody says yes."""
    shares = [
        split.shares[party]
        for split in view.splits
        if split.standing
        and party in split.shares
        and view.party not in split.shares
        and {split.party, *split.accepted} - {party}
    ]
    return max(shares, default=0.0)


def _claim(view: SplitView) -> float:
    first, last = CLAIMS[view.character.label]
    gone = float(min(max(view.progress, 0.0), 1.0) ** (1 / (0.5 + 0.4 * view.character.temper)))
    return first - (first - last) * gone


def _words(view: SplitView, best: Prospect, translate: Translate) -> str:
    others = [view.case.party(party) for party in best.shares if party != view.party]
    outbid = [o.name for o in others if 0 < elsewhere(view, o.id) < best.shares[o.id]]
    if outbid:
        return translate(speech.OUTBIDS).format(party=outbid[0])
    return translate(speech.TOGETHER).format(names=", ".join(other.name for other in others))
