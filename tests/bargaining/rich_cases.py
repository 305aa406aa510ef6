"""Random cases that use the whole of format 1 for agreements: attributes, formulas, shares, secret issues, votes,
requirements and points for approvals; and the slow evaluator for them, which reads formulas as text."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.bargaining.cases import (
    Plain,
    conditions_on,
    halves,
    holds,
    plain_cases,
    rules_for,
    slow_rule,
)
from tests.bargaining.slow_formulas import formula_texts, slow_amount

SPLIT, POT, FEE, SECRET = "split", "pot", "fee", "secret"
_NUMBER: Plain = {"kind": "decimal", "min": 0.5, "max": 1.5, "step": 0.5}


@st.composite
def rich_cases(draw: st.DrawFn) -> Plain:
    """A small random case with every part that an agreement can have."""
    plain = draw(plain_cases().filter(lambda plain: len(plain["issues"]) <= 3))
    parties = list(plain["parties"])
    for issue in plain["issues"].values():
        for option in issue.get("options", []):
            option["attrs"] = draw(st.fixed_dictionaries({}, optional={"n": halves, "m": halves}))
    if draw(st.booleans()):
        plain["issues"][SPLIT] = draw(_splits(parties))
    plain["derived"] = draw(_quantities(plain))
    plain["adjustments"] += draw(st.lists(_interactions(plain), max_size=2))
    plain["agreement"] = draw(_agreements(plain))
    if draw(st.booleans()):
        plain["issues"][SECRET] = _secret(parties[0], draw(st.lists(halves, min_size=2, max_size=2)))
    return plain


def _secret(owner: str, points: list[float]) -> Plain:
    return {"title": "Between us", "kind": "boolean", "visible_to": [owner], "points": {owner: points}}


@st.composite
def _splits(draw: st.DrawFn, parties: list[str]) -> Plain:
    among = draw(st.permutations(parties))[: draw(st.integers(2, len(parties)))]
    sharing = draw(st.lists(st.sampled_from(among), unique=True))
    points = {party: {"share_of": POT} | draw(_factors()) for party in sharing}
    return {"title": "Shares", "kind": "allocation", "among": among, "of": POT, "step": 50, "points": points}


def _factors() -> st.SearchStrategy[Plain]:
    return st.one_of(st.just({}), st.builds(lambda factor: {"per_unit": factor}, halves))


@st.composite
def _quantities(draw: st.DrawFn, plain: Plain) -> Plain:
    names = [name for name in names_of(plain["issues"]) if not name.startswith(SPLIT)]
    pot = {"title": "The pot", "unit": "USD", "formula": draw(formula_texts(names))}
    fee = {"title": "A fee", "formula": draw(formula_texts(names_of(plain["issues"])))}
    for quantity in (pot, fee):
        quantity["public"] = draw(st.booleans())
        quantity["points"] = {
            party: draw(rules_for(_NUMBER)) for party in plain["parties"] if draw(st.booleans())
        }
    return {POT: pot, FEE: fee}


def names_of(issues: Plain) -> list[str]:
    """What a formula may name: numbers, and attributes of options or shares that are numbers."""
    names = [name for name, issue in issues.items() if issue["kind"] in ("integer", "decimal", "boolean")]
    for name, issue in issues.items():
        attrs = {attr for option in issue.get("options", []) for attr in option.get("attrs", {})}
        names += [f"{name}.{attr}" for attr in sorted(attrs | set(issue.get("among", [])))]
    return names


@st.composite
def _interactions(draw: st.DrawFn, plain: Plain) -> Plain:
    told = draw(st.lists(st.sampled_from(list(plain["parties"])), min_size=1, unique=True))
    when = draw(_quantity_tests()) if draw(st.booleans()) else {}
    if not when or draw(st.booleans()):
        when["approved_by"] = {"count": draw(st.integers(1, len(plain["parties"])))}
    add = {party: draw(halves) for party in told if draw(st.booleans())}
    return {"when": when, "add": add, "tell": told}


def _quantity_tests() -> st.SearchStrategy[Plain]:
    bounds = st.sampled_from([{"min": 1}, {"max": 4}, {"min": -3, "max": 9}])
    return st.builds(lambda name, bound: {name: dict(bound)}, st.sampled_from([POT, FEE]), bounds)


@st.composite
def _agreements(draw: st.DrawFn, plain: Plain) -> Plain:
    parties = list(plain["parties"])
    rule = draw(st.sampled_from(["unanimous", "threshold", "weighted"]))
    agreement: Plain = {"rule": rule, "allow_no_deal": draw(st.booleans())}
    signers = draw(st.lists(st.sampled_from(parties), min_size=1, unique=True))
    if draw(st.booleans()):
        agreement["signers"] = signers
        _lower_counts(plain, len(signers))
    else:
        signers = parties
    if rule == "threshold":
        agreement |= {"at_least": draw(st.integers(1, len(signers))), "veto": draw(_some_of(signers))}
    if rule == "weighted":
        weights = {party: draw(st.sampled_from([0, 0.1, 0.2, 1, 2])) for party in parties}
        weights[signers[0]] = 0.3
        agreement |= {"weights": weights, "quota": round(sum(weights[party] for party in signers) / 2, 3)}
    if draw(st.booleans()):
        for quantity in plain["derived"].values():
            quantity["public"] = True
        agreement["requires"] = draw(st.one_of(_quantity_tests(), conditions_on(_plain_issues(plain))))
    return agreement


def _lower_counts(plain: Plain, most: int) -> None:
    for adjustment in plain["adjustments"]:
        if votes := adjustment["when"].get("approved_by"):
            votes["count"] = min(votes["count"], most)


def _plain_issues(plain: Plain) -> Plain:
    return {name: issue for name, issue in plain["issues"].items() if issue["kind"] != "allocation"}


def _some_of(names: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=1)


# The slow evaluator.


def quantity(plain: Plain, name: str, package: Plain) -> float:
    def look(term: str) -> float:
        issue, _, attr = term.partition(".")
        return _number(plain["issues"][issue], attr, package[issue]) if issue in package else 0.0

    return slow_amount(plain["derived"][name]["formula"], look)


def _number(issue: Plain, attr: str, value: Any) -> float:
    if issue["kind"] == "choice":
        option = next(option for option in issue["options"] if option["id"] == value)
        return float(option["attrs"].get(attr, 0))
    return float(value[issue["among"].index(attr)] if issue["kind"] == "allocation" else value)


def meets(plain: Plain, condition: Plain, package: Plain) -> bool:
    """As `holds`, but it may also name quantities; approvals are left to the caller."""
    terms = {key: test for key, test in condition.items() if key not in (POT, FEE, "approved_by")}
    bounds = [(quantity(plain, key, package), condition[key]) for key in (POT, FEE) if key in condition]
    inside = all(test.get("min", -1e99) - 1e-9 <= n <= test.get("max", 1e99) + 1e-9 for n, test in bounds)
    return inside and holds(terms, package)


def points_before_votes(plain: Plain, party: str, package: Plain) -> float:
    total = plain["parties"][party]["base"]
    for name, value in package.items():
        issue = plain["issues"][name]
        rule = issue["points"].get(party)
        if rule is not None and "share_of" in rule:
            share = value[issue["among"].index(party)] / 100
            total += share * quantity(plain, POT, package) * rule.get("per_unit", 1)
        elif rule is not None:
            total += slow_rule(plain, rule, issue, value, party)
    for name, derived in plain["derived"].items():
        if party in derived["points"]:
            total += slow_rule(
                plain, derived["points"][party], _NUMBER, quantity(plain, name, package), party
            )
    for adjustment in plain["adjustments"]:
        if "approved_by" not in adjustment["when"] and meets(plain, adjustment["when"], package):
            total += adjustment["add"].get(party, 0)
    return round(float(total), 9)


def slow_values(plain: Plain, package: Plain) -> dict[str, float]:
    """The points of every party, with those that come to deals of which so many would approve."""
    values = {party: points_before_votes(plain, party, package) for party in plain["parties"]}
    approvals = sum(values[party] >= worth(plain, party) for party in signers_of(plain))
    after = dict(values)
    for adjustment in plain["adjustments"]:
        votes = adjustment["when"].get("approved_by")
        if votes and approvals >= votes["count"] and meets(plain, adjustment["when"], package):
            for party, add in adjustment["add"].items():
                after[party] += add
    return {party: round(value, 9) for party, value in after.items()}


def worth(plain: Plain, party: str) -> float:
    alternative = plain["parties"][party]["alternative"]
    chances = alternative.get("lottery", [{"p": 1, "value": alternative.get("value")}])
    return float(sum(outcome["p"] * outcome["value"] for outcome in chances))


def signers_of(plain: Plain) -> list[str]:
    return plain["agreement"].get("signers") or list(plain["parties"])


def counts(plain: Plain, package: Plain) -> bool:
    return meets(plain, plain["agreement"].get("requires", {}), package)


def agreed(plain: Plain, accepting: set[str]) -> bool:
    rule = plain["agreement"]
    signers = [party for party in signers_of(plain) if party in accepting]
    if any(party not in signers for party in rule.get("veto", [])):
        return False
    if rule["rule"] == "threshold":
        return len(signers) >= int(rule["at_least"])
    if rule["rule"] == "weighted":
        return sum(rule["weights"][party] for party in signers) >= float(rule["quota"]) - 1e-9
    return len(signers) == len(signers_of(plain))
