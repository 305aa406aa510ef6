"""Linked negotiations: which of them a package belongs to, what its people know, and each as a case of its own.
It knows no rooms; what is settled elsewhere is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bargaining.case import Agreement, Case, Condition, Issue, Package, Strand, Value
from bargaining.conditions import AllOf, AnyOf, Between, Is, Not, QuantityBetween
from bargaining.formulas import Constant, Formula, Operation, Term, amount
from bargaining.scoring import issue_points
from bargaining.sight import EVERYTHING, may_see_issue

ALWAYS: Condition = AllOf(())
NEVER: Condition = AnyOf(())


def strand_of(case: Case, package: Package) -> Strand | None:
    """The negotiation that this package is about: the one that has all its issues. None if there is none."""
    found = [strand for strand in case.strands if package and set(package) <= set(strand.issues)]
    return found[0] if found else None


def strand_named(case: Case, strand_id: str) -> Strand | None:
    return next((strand for strand in case.strands if strand.id == strand_id), None)


def agents_of(case: Case, principal: str) -> tuple[str, ...]:
    """Who negotiates for this party."""
    return tuple(party.id for party in case.parties if party.principal == principal)


def is_awaited(case: Case, strand: Strand) -> bool:
    """Whether another negotiation cannot begin before this one has ended."""
    return any(strand.id in other.after for other in case.strands)


def for_the_rules(public: Case, views: Iterable[Case]) -> Case:
    """The public case with every issue that any of its parties knows, and nobody's points: to judge packages
    of which each party knows only some. It is shown to nobody."""
    known = {issue.id: issue for view in views for issue in view.issues}
    in_strands = {name: None for view in views for strand in view.strands for name in strand.issues}
    order = [name for name in dict.fromkeys((*in_strands, *known)) if name in known]
    strands = tuple(
        replace(strand, issues=tuple(n for n in in_strands if n in _issues_of(strand, views)))
        for strand in public.strands
    )
    return replace(public, issues=tuple(_bare(known[name]) for name in order), strands=strands)


def _issues_of(strand: Strand, views: Iterable[Case]) -> set[str]:
    return {name for view in views for each in view.strands if each.id == strand.id for name in each.issues}


def _bare(issue: Issue) -> Issue:
    options = tuple(replace(option, attrs={}) for option in issue.options)
    return replace(issue, points={}, options=options)


def counts_for(case: Case, party: str, package: Package) -> bool:
    """Whether the package settles all that the party's points hang on: where negotiations are linked, terms of one
    of them alone are worth nothing yet."""
    if not case.strands:
        return True
    return all(
        issue.id in package or not issue.applies(package)
        for issue in case.issues
        if may_see_issue(case, issue, party)
    )


def alone(case: Case, strand: Strand) -> Case:
    """The same case with the issues of this strand only: what a package of it must be."""
    key = ("alone", strand.id)
    if key not in case.memo:
        issues = tuple(issue for issue in case.issues if issue.id in strand.issues)
        case.memo[key] = replace(case, issues=issues)
    found: Case = case.memo[key]
    return found


def within(case: Case, strand: Strand, known: Package) -> Case:
    """One strand as a case of its own for those who negotiate it: what is `known` of other strands is a fact,
    and what it gives stands in everybody's base. Terms of others that are not known count nothing."""
    facts = {name: value for name, value in known.items() if name not in strand.issues}
    key = ("within", strand.id, tuple(sorted(facts.items())))
    if key not in case.memo:
        case.memo[key] = _cut(case, strand, facts)
    found: Case = case.memo[key]
    return found


def _cut(case: Case, strand: Strand, facts: Package) -> Case:
    bound = _Binding(strand, facts)
    return replace(
        case,
        issues=tuple(
            replace(issue, when=None if issue.when is None else bound.condition(issue.when))
            for issue in case.issues
            if issue.id in strand.issues
        ),
        parties=tuple(
            replace(party, base=round(party.base + _given(case, party.id, bound), 9))
            for party in case.parties
        ),
        derived=tuple(replace(each, formula=bound.formula(each.formula)) for each in case.derived),
        adjustments=tuple(replace(each, when=bound.condition(each.when)) for each in case.adjustments),
        agreement=Agreement(signers=strand.parties),
        strands=(),
    )


def _given(case: Case, party: str, bound: _Binding) -> float:
    """The points that the facts give the party by themselves, where this view shows them."""
    if case.seen_as not in (EVERYTHING, f"party:{party}") or not case.party(party).scored:
        return 0.0
    known = (issue for issue in case.listed_issues if issue.id in bound.facts)
    return sum(
        issue_points(case, party, issue.id)[bound.facts[issue.id]]
        for issue in known
        if issue.applies(bound.facts)
    )


class _Binding:
    """Formulas and conditions in which the terms of other strands are numbers and truths."""

    def __init__(self, strand: Strand, facts: Mapping[str, Value]) -> None:
        self.own, self.facts = frozenset(strand.issues), facts

    def formula(self, formula: Formula) -> Formula:
        match formula:
            case Term(issue=name) if name not in self.own:
                return Constant(amount(formula, self.facts))
            case Operation(sign, parts):
                return Operation(sign, tuple(map(self.formula, parts)))
        return formula

    def condition(self, condition: Condition) -> Condition:
        match condition:
            case Is(issue=name) | Between(issue=name) if name not in self.own:
                return ALWAYS if condition.holds(self.facts) else NEVER
            case QuantityBetween(formula=formula):
                return replace(condition, formula=self.formula(formula))
            case AllOf(parts):
                return AllOf(tuple(map(self.condition, parts)))
            case AnyOf(parts):
                return AnyOf(tuple(map(self.condition, parts)))
            case Not(part):
                return Not(self.condition(part))
        return condition
