"""A split: what each member of a coalition gets of what they can share. As a package it is {party: share}, and who
is not in it goes on alone. It knows no rooms: who accepts is an argument."""

from __future__ import annotations

from bargaining.case import Case, CoalitionTable, Package, PackageFault
from bargaining.saying import gettext_noop
from bargaining.scoring import alternative_value

#: Sums of shares are floats: 0.1 + 0.2 is 0.3.
TOLERANCE = 1e-9


def check_split(case: Case, split: Package) -> tuple[PackageFault, ...]:
    """Everything that keeps this from being a split of the case; empty if it is one. A coalition of whose worth this
    view of the case does not tell is none."""
    table = coalition_of(case)
    if any(party not in case.party_ids for party in split):
        return (PackageFault("unknown_party", "", SENTENCES["unknown_party"]),)
    if frozenset(split) not in table.values:
        return (PackageFault("no_coalition", "", SENTENCES["no_coalition"]),)
    faults = [
        PackageFault(code, party, SENTENCES[code], case.party(party).name)
        for party, share in split.items()
        if (code := _fault_of(share, table.step))
    ]
    if not faults and abs(_total(split) - table.values[frozenset(split)]) > TOLERANCE:
        faults.append(PackageFault("not_whole", "", SENTENCES["not_whole"]))
    return tuple(faults)


def share_of(case: Case, party: str, split: Package) -> float:
    """What the split brings the party: its share, or its alternative if it is left out."""
    if party in split:
        share = split[party]
        assert isinstance(share, int | float)
        return float(share)
    return alternative_value(case, party)


def largest_share(case: Case, party: str) -> float:
    """All that a coalition with this party can share, of the one that can share most."""
    return max(worth for members, worth in coalition_of(case).values.items() if party in members)


def left_out(case: Case, split: Package) -> tuple[str, ...]:
    """The negotiating parties that are not in it."""
    return tuple(party.id for party in case.parties if party.negotiates and party.id not in split)


def coalition_of(case: Case) -> CoalitionTable:
    """What each set of parties can share; ValueError if the case is not about that."""
    if case.coalition is None:
        raise ValueError("This simulation has no coalitions.")
    return case.coalition


def _fault_of(share: object, step: float) -> str:
    if type(share) is not int and type(share) is not float:
        return "bad_share"
    assert isinstance(share, int | float)
    if not 0 <= share < float("inf"):
        return "bad_share"
    return "" if abs(share / step - round(share / step)) <= TOLERANCE else "off_step"


def _total(split: Package) -> float:
    return sum(share for share in split.values() if isinstance(share, int | float))


SENTENCES = {
    "unknown_party": gettext_noop("The split names somebody who is not at this table."),
    "no_coalition": gettext_noop("These parties have nothing to share. Choose others."),
    "bad_share": gettext_noop("The share of {name} must be a number from 0 up."),
    "off_step": gettext_noop("The share of {name} is between two steps."),
    "not_whole": gettext_noop("The shares must add up to what these parties can share."),
}
