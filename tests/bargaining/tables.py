"""Random cases with votes, formulas and requirements too, and a plain table of all their packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import assume, settings
from hypothesis import strategies as st

from bargaining.case import Case
from bargaining.casefile import from_mapping
from tests.bargaining.cases import Plain, all_packages, plain_cases, slow_points

Vector = tuple[float, ...]

# Each of these cases is worked through package by package, so fewer must do.
some_tables = settings(max_examples=25, deadline=None)


@dataclass(frozen=True)
class Row:
    package: Plain
    values: Vector
    valid: bool
    passes: bool


@dataclass(frozen=True)
class Table:
    """A case and all its packages in the case's order, by brute force."""

    plain: Plain
    case: Case
    rows: list[Row]
    alternatives: Vector

    @property
    def valid(self) -> list[Row]:
        return [row for row in self.rows if row.valid]

    @property
    def rational(self) -> list[Row]:
        return [row for row in self.valid if at_least(row.values, self.alternatives)]


def at_least(one: Vector, other: Vector) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))


def beats(one: Vector, other: Vector) -> bool:
    return at_least(one, other) and one != other


def unbeaten(vectors: list[Vector]) -> list[Vector]:
    """The distinct vectors that none beats, in ascending order."""
    distinct = sorted(set(vectors))
    return [one for one in distinct if not any(beats(other, one) for other in distinct)]


@st.composite
def tabled_cases(draw: st.DrawFn) -> Table:
    """Half of them are additive but for conditions and adjustments; the others have a formula that gives points,
    a requirement, a rule short of unanimity, or points for approvals. Points may be thirds."""
    plain = draw(plain_cases())
    if draw(st.booleans()):
        _enrich(draw, plain)
    if draw(st.booleans()):
        _in_thirds(plain)
    table = tabled(plain)
    assume(table.valid)
    return table


def _enrich(draw: st.DrawFn, plain: Plain) -> None:
    parties = list(plain["parties"])
    numbers = [name for name, issue in plain["issues"].items() if issue["kind"] in ("integer", "decimal")]
    total = " + ".join(["1", *(f"{draw(st.integers(-2, 2))} * {name}" for name in numbers)])
    rule = st.sampled_from([{"offset": 1, "per_unit": 2}, {"steps": [[1, 5], [4, -3]]}])
    points = {party: draw(rule) for party in parties if draw(st.booleans())}
    plain["derived"] = {"total": {"title": "A total", "public": True, "formula": total, "points": points}}
    plain["agreement"] = draw(
        st.sampled_from(
            [
                {"rule": "unanimous"},
                {"rule": "threshold", "at_least": 1, "veto": [parties[0]]},
                {"rule": "threshold", "at_least": 2},
                {
                    "rule": "weighted",
                    "weights": {party: k + 1 for k, party in enumerate(parties)},
                    "quota": 2,
                },
            ]
        )
    )
    if draw(st.booleans()):
        plain["agreement"]["requires"] = {"total": {"min": draw(st.integers(-4, 4))}}
    if draw(st.booleans()):
        told = [parties[-1]]
        plain["adjustments"].append(
            {"when": {"approved_by": {"count": 2}}, "add": {parties[-1]: 7}, "tell": told, "text": "a bonus"}
        )


def _in_thirds(plain: Plain) -> None:
    """Divides the points of all lists by three, so that sums meet only when they are rounded."""
    for issue in plain["issues"].values():
        for party, rule in issue["points"].items():
            if isinstance(rule, list):
                issue["points"][party] = [worth / 3 for worth in rule]


def tabled(plain: Plain) -> Table:
    case = from_mapping(plain)
    alternatives = tuple(_worth(plain["parties"][party]["alternative"]) for party in plain["parties"])
    rows = [_row(plain, package, alternatives) for package in all_packages(plain)]
    return Table(plain, case, rows, alternatives)


def _worth(alternative: Plain) -> float:
    if "value" in alternative:
        return float(alternative["value"])
    return round(sum(way["p"] * way["value"] for way in alternative["lottery"]), 9)


def _row(plain: Plain, package: Plain, alternatives: Vector) -> Row:
    parties = list(plain["parties"])
    total = slow_total(plain, package)
    votes = [a for a in plain["adjustments"] if "approved_by" in a["when"]]
    rest = {**plain, "adjustments": [a for a in plain["adjustments"] if a not in votes]}
    values = []
    for party in parties:
        points = plain.get("derived", {}).get("total", {}).get("points", {})
        worth = slow_points(rest, party, package)
        values.append(round(worth + (_of_total(points[party], total) if party in points else 0.0), 9))
    approvals = sum(value >= least for value, least in zip(values, alternatives, strict=True))
    for vote in votes:
        if approvals >= vote["when"]["approved_by"]["count"]:
            values = [
                round(v + vote["add"].get(party, 0), 9) for v, party in zip(values, parties, strict=True)
            ]
    agreement = plain.get("agreement", {"rule": "unanimous"})
    valid = total >= agreement.get("requires", {"total": {"min": -np.inf}})["total"]["min"]
    accepts = {p: value >= least for p, value, least in zip(parties, values, alternatives, strict=True)}
    return Row(package, tuple(values), valid, valid and slow_enough(agreement, accepts))


def slow_total(plain: Plain, package: Plain) -> float:
    """The formula of `_enrich`, read by its form alone: 1 + a * issue + b * issue."""
    _, *terms = plain.get("derived", {}).get("total", {}).get("formula", "1").split(" + ")
    pairs = [term.split(" * ") for term in terms]
    return 1.0 + sum(float(weight) * package.get(name, 0) for weight, name in pairs)


def _of_total(rule: Plain, total: float) -> float:
    if "per_unit" in rule:
        return float(rule["offset"] + rule["per_unit"] * total)
    return float(max([(x, y) for x, y in rule["steps"] if total >= x], default=(0, 0))[1])


def slow_enough(agreement: Any, accepts: dict[str, bool]) -> bool:
    if agreement["rule"] == "unanimous":
        return all(accepts.values())
    if agreement["rule"] == "weighted":
        reached = sum(agreement["weights"][party] for party, good in accepts.items() if good)
        return bool(reached >= agreement["quota"])
    enough = sum(accepts.values()) >= agreement["at_least"]
    return bool(enough and all(accepts[party] for party in agreement.get("veto", [])))


def wide_plain(issues: int, options: int) -> Plain:
    """Two parties, and issues of so many options each: more packages than anybody can list."""
    chance = np.random.default_rng(11)
    points = {}
    for k in range(issues):
        own, other = (np.sort(chance.integers(0, 60, options)).tolist() for _ in range(2))
        points[f"i{k}"] = {"ada": own, "bo": other[::-1] if k % 4 else other}
    return plain_of(points)


def plain_of(points: dict[str, dict[str, list[float]]]) -> Plain:
    """A case of two with these points by issue and party; each alternative is half of the own best."""
    count = {name: len(rows["ada"]) for name, rows in points.items()}
    return {
        "format": 1,
        "id": "wide",
        "version": "1.0.0",
        "title": "Wide",
        "mechanism": "agreement",
        "scoring": {"unit": "points", "comparable": True},
        "parties": {
            p: {
                "name": p,
                "alternative": {"text": "none", "value": sum(max(r[p]) for r in points.values()) / 2},
            }
            for p in ("ada", "bo")
        },
        "issues": {
            name: {
                "title": name,
                "kind": "choice",
                "options": [{"id": f"o{n}", "label": f"Way {n}"} for n in range(count[name])],
                "points": rows,
            }
            for name, rows in points.items()
        },
        "adjustments": [],
    }
