"""What several issues give together, and so which issues are coupled: the one place that says which terms give
points, or decide whether a package counts, only together. The rest adds up and need not be tried together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bargaining.case import Case, Condition, Issue, ShareRule, Value
from bargaining.formulas import Formula, Operation, Term, issues_of
from bargaining.pointrules import LinearRule, PointRule
from bargaining.sight import EVERYTHING

Link = frozenset[str]
# Points that a formula over several issues gives: the issue or quantity they are told under, formula, rule.
Amount = tuple[str, Formula, PointRule]


def coupled(case: Case) -> tuple[tuple[Issue, ...], ...]:
    """The listed issues in groups, in the case's order, such that the points of every party in this view of the
    case, and whether a package is valid, are sums over (or for validity: all of) what the groups give by themselves.

    Points that come with a number of approvals hang on everything, so they couple all issues.
    """
    links = [link for party in case.scored_ids for link in links_of_points(case, party)]
    if case.agreement.requires is not None:
        links.append(case.agreement.requires.issues)
    if votes_give_points(case):
        links.append(frozenset(issue.id for issue in case.listed_issues))
    return grouped(case, links)


def links_of_points(case: Case, party_id: str) -> list[Link]:
    """Sets of issues whose points for the party hang together: by dependence, interaction or formula."""
    links = [issue.when.issues | {issue.id} for issue in case.listed_issues if issue.when]
    links += [when.issues for when, _ in additions(case, party_id)]
    links += [issues_of(formula) for _, formula, _ in amounts(case, party_id)]
    return links


def grouped(case: Case, links: Iterable[Link]) -> tuple[tuple[Issue, ...], ...]:
    """The listed issues in the smallest groups that no link reaches across, all in the case's order."""
    leader = {issue.id: issue.id for issue in case.listed_issues}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for first, *others in map(sorted, filter(None, links)):
        for other in others:
            leader[find(other)] = find(first)
    groups: dict[str, list[Issue]] = {}
    for issue in case.listed_issues:
        groups.setdefault(find(issue.id), []).append(issue)
    return tuple(map(tuple, groups.values()))


def parts(case: Case) -> tuple[Case, ...]:
    """The case cut along its groups: cases whose points add up to the case's, and whose packages, one of each,
    make up its packages. What belongs to no issue (bases, unconditional points) is with the first."""
    groups = coupled(case)
    if len(groups) < 2:
        return (case,)
    return tuple(_part(case, issues, first=issues is groups[0]) for issues in groups)


def additions(case: Case, party_id: str) -> tuple[tuple[Condition, float], ...]:
    """When terms together give the party points, and how many; what hangs on votes is `approval_bonus`."""
    return tuple(
        (a.when, a.add[party_id]) for a in case.adjustments if party_id in a.add and not a.approved_by
    )


def amounts(case: Case, party_id: str) -> tuple[Amount, ...]:
    """What formulas over several issues give the party: its shares of quantities, and quantities by
    themselves. Empty for most cases."""
    key = ("amounts", party_id)
    if key not in case.memo:
        shares = [
            (issue.id, _share_of(case, issue, party_id, rule), LinearRule(0.0, rule.per_unit))
            for issue in case.issues
            if isinstance(rule := issue.points.get(party_id), ShareRule)
        ]
        whole = [(q.id, q.formula, q.points[party_id]) for q in case.derived if party_id in q.points]
        case.memo[key] = (*shares, *whole)
    found: tuple[Amount, ...] = case.memo[key]
    return found


def votes_give_points(case: Case) -> bool:
    """Whether this view of the case holds points that come with a number of approvals."""
    return case.seen_as == EVERYTHING and any(a.approved_by for a in case.adjustments)


def _share_of(case: Case, issue: Issue, party_id: str, rule: ShareRule) -> Formula:
    """The party's percentage of the quantity, as a formula; it is 0 where the issue does not apply."""
    place = issue.among.index(party_id)
    shares: dict[Value, float] = {
        value: value[place] / 100 for value in issue.values() if isinstance(value, tuple)
    }
    return Operation("*", (Term(issue.id, party_id, shares), case.quantity(rule.quantity).formula))


def _part(case: Case, issues: tuple[Issue, ...], first: bool) -> Case:
    ids = frozenset(issue.id for issue in issues)

    def inside(link: Link) -> bool:
        return link <= ids if link else first

    requires = case.agreement.requires
    kept = requires if requires is not None and inside(requires.issues) else None
    return replace(
        case,
        issues=issues,
        parties=case.parties if first else tuple(replace(party, base=0.0) for party in case.parties),
        # The points of a quantity stand in one part, but shares of it may be given in another.
        derived=tuple(q if inside(issues_of(q.formula)) else replace(q, points={}) for q in case.derived),
        adjustments=tuple(a for a in case.adjustments if inside(a.when.issues)),
        agreement=replace(case.agreement, requires=kept),
    )
