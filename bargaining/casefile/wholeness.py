"""What can only be seen of a simulation file once every part is readable: that the parts fit together, and
that nobody's points hang on what that party may not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bargaining.agreements import TOLERANCE
from bargaining.case import ASK, SETTLE_UP, Case, ExpectedRule, ShareRule, check_package
from bargaining.casefile.faults import Fields
from bargaining.conditions import quantities_of
from bargaining.formulas import issues_of
from bargaining.sight import EVERYTHING, PUBLIC, may_see_issue, receivers

_Fault = Callable[[str, str], None]

# What a mechanism cannot do without, and how to say that it is missing.
_NEEDS = {
    "agreement": ("issues", "There is nothing to negotiate.", "Add an issue."),
    "freeform": ("issues", "There is nothing to write down.", "Add an issue of kind text."),
    "coalition": ("coalition", "What coalitions can share is missing.", "Add “coalition: {values: ...}”."),
    "rounds": ("rounds", "The choice of each round is missing.", "Add “rounds: ...”."),
}


def check_whole(case: Case, fields: Fields) -> None:
    if case.seen_as not in (EVERYTHING, PUBLIC, *(f"party:{party}" for party in case.party_ids)):
        fields["seen_as"].fault("Nobody sees a case this way.", "Leave this line out.")
    _check_mechanism(case, fields)
    _check_votes(case, fields)
    _check_strands(case, fields)
    _check_phases(case, fields)
    landmarks = fields.entries("landmarks")
    for landmark in case.landmarks:
        for fault in check_package(case, landmark.package):
            landmarks[landmark.id].fault(fault.said(), "A landmark is one whole package.")
    if case.seen_as == EVERYTHING:
        _check_shares(case, fields)
        _check_beliefs(case, fields)
        _check_knowledge(case, fields)
        _check_elements(case, fields)


def _check_mechanism(case: Case, fields: Fields) -> None:
    key, what, mend = _NEEDS[case.mechanism]
    # A party's view may hold no issue of its own.
    if not getattr(case, key) and (case.seen_as == EVERYTHING or key != "issues"):
        fields["mechanism"].fault(what, mend)
    for mechanism, (other, *_) in _NEEDS.items():
        if other in ("coalition", "rounds") and other in fields and mechanism != case.mechanism:
            fields[other].fault(f"“{other}” means nothing here.", f"Write “mechanism: {mechanism}”.")
    if (case.mechanism == "coalition") != (case.agreement.rule == "coalition"):
        fields["mechanism"].fault("Mechanism and agreement rule do not fit.", "Use “coalition” for both.")
    unscored = [party for party in case.signers if not case.party(party).scored]
    if case.mechanism == "agreement" and unscored:
        fields["parties"].fault(f"“{unscored[0]}” signs but has no points.", "Leave it out of the signers.")
    if case.mechanism != "freeform" and "settlement_elements" in fields:
        fields["settlement_elements"].fault("Elements are for agreements without points.", "Remove them.")


def _check_votes(case: Case, fields: Fields) -> None:
    """Those who sign must be able to make a deal, and who can stop one must be among them."""
    rule, signers = case.agreement, case.signers
    node = fields.get("agreement", fields["parties"])
    if not signers:
        fields["parties"].fault("Nobody can sign a deal.", "Give some parties a kind that negotiates.")
    if rule.at_least > len(signers):
        node.at("at_least").fault("So many cannot agree here.", f"Give a number from 1 to {len(signers)}.")
    if rule.quota > sum(rule.weights.get(party, 0.0) for party in signers) + TOLERANCE:
        node.at("quota").fault("The weights of the signers cannot reach this.", "Give at most their sum.")
    if not set(rule.veto) <= set(signers):
        node.at("veto").fault("A veto belongs to somebody who does not sign.", "Name a signer.")
    for adjustment, entry in zip(case.adjustments, fields.items_of("adjustments"), strict=True):
        if adjustment.approved_by > len(signers):
            entry.fault("There are not so many parties that sign.", f"Give at most {len(signers)}.")


def _check_shares(case: Case, fields: Fields) -> None:
    """What is shared must be a quantity, and a party's share must be of what the issue shares."""
    quantities = {quantity.id for quantity in case.derived}
    for issue in case.issues:
        node = fields["issues"].at(issue.id)
        if issue.kind == "allocation" and issue.of not in quantities:
            what = f"“{issue.of}” is no derived quantity."
            node.at("of").fault(what, "Name one that stands under “derived”.")
        for party, rule in issue.points.items():
            if isinstance(rule, ShareRule) and (rule.quantity != issue.of or party not in issue.among):
                what = f"The share of “{party}” does not fit."
                node.at("points", party).fault(what, "Share what “of” names, among “among”.")


def _check_strands(case: Case, fields: Fields) -> None:
    names = {strand.id: strand for strand in case.strands}
    for issue in case.issues:
        held = names[issue.strand].issues if issue.strand in names else ()
        if issue.strand and issue.id not in held and case.seen_as == EVERYTHING:
            node = fields["issues"].at(issue.id, "strand")
            node.fault(f"“{issue.strand}” does not hold this issue.", "Name it in the strand's issues.")
    settled: set[str] = set()
    for strand in case.strands:
        if settled & set(strand.issues):
            node = fields["strands"].at(strand.id, "issues")
            node.fault("An issue stands in two strands.", "Settle each issue in one strand.")
        settled |= set(strand.issues)


def _check_phases(case: Case, fields: Fields) -> None:
    """What closes the bargaining comes after all talks, people are asked at the very end, and all together."""
    after = 0
    for phase, node in zip(case.phases, fields.items_of("phases"), strict=True):
        rank = (SETTLE_UP, ASK).index(phase.id) + 1 if phase.id in (SETTLE_UP, ASK) else 0
        if rank < after or (rank and phase is case.phases[0]):
            node.fault(
                f"“{phase.id}” does not belong here.", "Put settle_up after all talks, and ask at the end."
            )
        if rank and phase.rotate:
            node.at("rotate").fault(f"Nobody takes turns in “{phase.id}”.", "Remove it.")
        if phase.together and (phase.rotate or any(each.phase == phase.id for each in case.channels)):
            node.at("together").fault(
                f"In “{phase.id}” all talk together, and some apart.", "Remove one of the two."
            )
        if phase.id == ASK and phase.straw_polls:
            node.at("straw_polls").fault("Nothing is voted on while people are asked.", "Remove it.")
        if rank and case.mechanism == "rounds":
            node.fault("The seasons take all the time at the table.", "Put this step under “time” alone.")
        after = max(after, rank)


def _check_beliefs(case: Case, fields: Fields) -> None:
    tables = [issue.points for issue in case.issues] + [quantity.points for quantity in case.derived]
    for party, rule in (pair for table in tables for pair in table.items()):
        if isinstance(rule, ExpectedRule) and party not in case.uncertainty(rule.event).beliefs:
            fields["uncertainties"].at(rule.event, "beliefs").fault(
                f"“{party}” has no belief about “{rule.event}”.", "Add the chances as this party sees them."
            )


def _check_knowledge(case: Case, fields: Fields) -> None:
    """Nobody's points may hang on an issue that the party does not know to exist."""
    issues = fields.entries("issues")
    for issue in case.issues:
        readers = {party for party in case.party_ids if may_see_issue(case, issue, party)}
        _check_readers(case, readers, issue.when.issues if issue.when else (), issues[issue.id].fault)
        _check_readers(case, set(issue.points), (issue.id,), issues[issue.id].fault)
    for name, node in fields.entries("derived").items():
        quantity = case.quantity(name)
        readers = set(case.party_ids) if quantity.public else set(receivers(case, quantity))
        _check_readers(case, readers, issues_of(quantity.formula), node.fault)
    for adjustment, node in zip(case.adjustments, fields.items_of("adjustments"), strict=True):
        _check_readers(case, set(adjustment.tell), adjustment.when.issues, node.fault)
    _check_requirement(case, fields)


def _check_requirement(case: Case, fields: Fields) -> None:
    requires = case.agreement.requires
    if requires is None:
        return
    node = fields["agreement"].at("requires")
    _check_readers(case, set(case.party_ids), requires.issues, node.fault)
    for name in quantities_of(requires):
        if not case.quantity(name).public:
            node.fault(f"What a deal must meet reads “{name}”, which is secret.", "Make it public.")


def _check_readers(case: Case, readers: set[str], names: Iterable[str], fault: _Fault) -> None:
    for issue in map(case.issue, names):
        for party in sorted(readers):
            if not may_see_issue(case, issue, party):
                fault(
                    f"This depends on “{issue.title}”, which {party} does not know of.",
                    "Let the party see the issue, or leave the party out here.",
                )


def _check_elements(case: Case, fields: Fields) -> None:
    nodes = fields.entries("settlement_elements")
    for element in case.settlement_elements:
        for other in element.conflicts:
            if other not in nodes:
                node = nodes[element.id].at("conflicts")
                node.fault(f"“{other[:40]}” is no element.", "Name one that stands here.")
