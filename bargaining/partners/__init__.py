"""Practice partners: from what one party may see to its next move. A partner holds no state between moves and
sees neither the other side's points nor the clock, only how far the time is gone."""

from __future__ import annotations

from collections.abc import Collection

from bargaining.case import Case, Package
from bargaining.partners import speech
from bargaining.partners.agreement import Leaning, move_in_agreement
from bargaining.partners.agreement import leaning as leaning_to
from bargaining.partners.linked import move_in_strand
from bargaining.partners.seasons import move_in_round
from bargaining.partners.splits import move_in_split
from bargaining.partners.splits import words_apart as words_in_split
from bargaining.partners.views import (
    BY_ANSWER,
    BY_SEARCH,
    BY_TIME,
    COOPERATIVE,
    LABELS,
    STYLES,
    TOUGH,
    Accept,
    AcceptSplit,
    Chance,
    Character,
    Choose,
    Decline,
    LinkedView,
    Move,
    PartnerView,
    Propose,
    ProposeSplit,
    RoundsView,
    Say,
    SeenOffer,
    SeenRound,
    SeenSplit,
    SendBack,
    SentBack,
    Sign,
    SplitView,
    View,
    Walk,
    late_from,
)
from bargaining.saying import Translate, identity
from bargaining.scoring import alternative_value
from bargaining.splits import share_of

__all__ = [
    "BY_ANSWER", "BY_SEARCH", "BY_TIME", "COOPERATIVE", "LABELS", "STYLES", "TOUGH", "Accept", "AcceptSplit",
    "Chance", "Character", "Choose", "Decline", "LinkedView", "Move", "PartnerView", "Propose", "ProposeSplit",
    "RoundsView", "Say", "SeenOffer", "SeenRound", "SeenSplit", "SendBack", "SentBack", "Sign", "SplitView", "View",
    "Walk", "can_play", "late_from", "leaning", "next_move",
    "words_apart",
]  # fmt: skip


def words_apart(
    view: View, group: Collection[str], said: int, rng: Chance, translate: Translate = identity
) -> Say:
    """What the partner says where groups talk one after the other and nothing is offered: at first with whom of this
    group it would share, where coalitions form, else what it wants to know; after that (`said` before), that it heard.
    """
    if said:
        return Say(translate(speech.HEARD[rng.randrange(len(speech.HEARD))]))
    if isinstance(view, SplitView):
        return words_in_split(view, group, rng, translate)
    return Say(translate(speech.QUESTION))


def next_move(view: View, rng: Chance, translate: Translate = identity) -> Move:
    """The partner's next move. The same view and chance give the same move.

    ValueError for a party that no partner can play.
    """
    if not can_play(view.case, view.party):
        raise ValueError("No practice partner can play this party.")
    match view:
        case PartnerView():
            return move_in_agreement(view, rng, translate)
        case SplitView():
            return move_in_split(view, rng, translate)
        case RoundsView():
            return move_in_round(view, rng, translate)
        case LinkedView():
            return move_in_strand(view, rng, translate)


def leaning(view: PartnerView | SplitView, package: Package, rng: Chance) -> Leaning:
    """What the partner says of a package in a straw poll, which binds nobody."""
    if isinstance(view, PartnerView):
        return leaning_to(view, package, rng)
    return (
        "yes" if share_of(view.case, view.party, package) > alternative_value(view.case, view.party) else "no"
    )


def can_play(case: Case, party_id: str) -> bool:
    """Whether a partner can play the party: not a mediator, not where nothing is scored, and not where a deal
    needs terms in words. Anybody's view of the case tells."""
    party = case.party(party_id)
    settled = all(issue.kind != "text" for issue in case.issues)
    return party.negotiates and party.scored and settled and case.mechanism != "freeform"
