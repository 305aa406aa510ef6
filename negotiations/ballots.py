"""What the page of a table of several shows beside its terms: the rule by which they agree, its gauges, and what
coalitions can share. All of it is public."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from bargaining.case import Case, Party
from bargaining.gauges import gauges
from bargaining.splits import largest_share
from negotiations.rules.decide import is_voted
from simulations import wording


def votes_data(case: Case) -> dict[str, Any] | None:
    """None where nothing is put to the vote."""
    if not is_voted(case):
        return None
    return {
        "rule": rule_words(case),
        "needed": needed(case),
        "veto": list(case.agreement.veto),
        "gauges": [
            {
                "id": each.quantity.id,
                "title": each.quantity.title,
                "unit": wording.unit_of(each.quantity.unit)._asdict(),
                "min": each.minimum,
                "max": each.maximum,
            }
            for each in gauges(case)
        ],
        "worths": coalition_worths(case),
    }


def needed(case: Case) -> int:
    """How many yes it takes; 0 where votes have weights, or only the members of a coalition are asked."""
    rule = case.agreement
    if case.mechanism == "coalition" or rule.rule == "weighted":
        return 0
    return rule.at_least if rule.rule == "threshold" else len(case.signers)


def rule_words(case: Case) -> str:
    """How the table agrees, in a sentence or two."""
    rule = case.agreement
    if case.mechanism == "coalition":
        return gettext("A split counts when all its members have said yes to it.")
    words = [base_words(case)]
    if rule.veto:
        names = wording.say_list([name_of(case, party) for party in rule.veto], pgettext("list", "and"))
        words.append(gettext("Never without %(names)s.") % {"names": names})
    if rule.requires is not None:
        words.append(
            gettext("It counts only if %(needs)s.") % {"needs": wording.say_condition(case, rule.requires)}
        )
    return " ".join(words)


def base_words(case: Case) -> str:
    rule = case.agreement
    count = len(case.signers)
    if rule.rule == "threshold" and rule.at_least < count:
        words = ngettext(
            "%(least)s of %(count)s must say yes.", "%(least)s of %(count)s must say yes.", rule.at_least
        )
        return words % {"least": rule.at_least, "count": count}
    if rule.rule == "weighted":
        weights = [f"{name_of(case, p)} {wording.say_number(rule.weights.get(p, 0))}" for p in case.signers]
        return gettext("Votes that weigh %(quota)s together must say yes: %(weights)s.") % {
            "quota": wording.say_number(rule.quota),
            "weights": ", ".join(weights),
        }
    return gettext("All %(count)s must say yes.") % {"count": count}


def name_of(case: Case, party_id: str) -> str:
    return wording.short_name(case, case.party(party_id))


def coalition_worths(case: Case) -> list[dict[str, Any]]:
    """What each set of parties can share, as far as everybody knows."""
    if case.coalition is None:
        return []
    found = [
        {"members": [party for party in case.party_ids if party in members], "worth": worth}
        for members, worth in case.coalition.values.items()
    ]
    return sorted(found, key=lambda each: (len(each["members"]), -each["worth"]))


def shares_data(case: Case) -> list[dict[str, Any]]:
    """A share for each party, in the shape of an issue: what is left open has no share and is not in it."""
    if case.coalition is None:
        return []
    return [share_data(case, party) for party in case.parties if party.negotiates]


def share_data(case: Case, party: Party) -> dict[str, Any]:
    assert case.coalition is not None
    name = wording.short_name(case, party)
    return {
        "id": party.id,
        "title": name,
        "name": name,
        "kind": "decimal",
        "options": [],
        "among": [],
        "min": 0,
        "max": largest_share(case, party.id),
        "step": case.coalition.step,
        "unit": wording.unit_of(case.unit.partition(" per ")[0])._asdict(),
        "group": "",
        "event": "",
        "when": None,
        "reason": "",
    }


def among_data(case: Case, among: tuple[str, ...]) -> list[dict[str, str]]:
    """Who gets a share of an allocation, in its order."""
    return [{"party": party, "name": name_of(case, party)} for party in among]
