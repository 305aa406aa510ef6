"""./dev analyse: every key against brute force, every format, and bad input that prints nothing but its faults."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bargaining.analyse.__main__ import main
from bargaining.analyse.figures import figures
from bargaining.analysis import analysis
from bargaining.imports import read
from bargaining.steps import step_class
from tests.bargaining.cases import LIBRARY, some_cases
from tests.bargaining.imports.tables import Plain, all_outcomes, as_bytes, barn, plain_tables, slow_value
from tests.bargaining.imports.test_csv import GARDEN
from tests.bargaining.imports.test_genius import orchard
from tests.bargaining.imports.test_geniusweb import as_files, ferry

HOUSE = Path(__file__).parents[2]
KEYS = [
    "parties", "outcomes", "distinct_vectors", "rational_outcomes", "passing_outcomes", "value_min", "value_max",
    "alternatives", "frontier", "frontier_rational", "nash", "kalai_smorodinsky", "egalitarian", "utilitarian",
    "midpoint", "best_joint", "offers", "lint", "limits",
]  # fmt: skip
OFFER_KEYS = ["party", "values", "pareto", "dominated_by", "distance", "distance_scaled", "step"]

Vector = tuple[float, ...]


def analysed(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert main([*map(str, arguments), "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return json.loads(printed.out)


class Slow:
    """The figures of a points table by looking at every outcome, in plain Python."""

    def __init__(self, plain: Plain) -> None:
        self.plain = plain
        self.floor = [party["reservation"] for party in plain["parties"]]
        self.vectors = [self.vector(outcome) for outcome in all_outcomes(plain)]
        self.frontier = sorted({v for v in self.vectors if not any(beats(w, v) for w in self.vectors)})
        self.rational = [v for v in self.frontier if self.accepted_by(v) == len(self.floor)]

    def vector(self, outcome: list[Any]) -> Vector:
        return tuple(slow_value(self.plain, party, outcome) for party in self.plain["parties"])

    def accepts(self, vector: Vector) -> list[bool]:
        return [value >= round(floor, 9) for value, floor in zip(vector, self.floor, strict=True)]

    def accepted_by(self, vector: Vector) -> int:
        return sum(self.accepts(vector))

    def passes(self, vector: Vector) -> bool:
        rule = self.plain.get("agreement_rule", {"min_parties": len(self.floor)})
        yes = self.accepts(vector)
        return sum(yes) >= rule["min_parties"] and all(yes[k] for k in rule.get("veto", []))

    def gains(self, vector: Vector) -> list[float]:
        return [value - floor for value, floor in zip(vector, self.floor, strict=True)]

    def shares(self, vector: Vector) -> list[float]:
        ideal = [max(column) for column in zip(*map(self.gains, self.rational), strict=True)]
        return [gain / most for gain, most in zip(self.gains(vector), ideal, strict=True)]

    def midpoint(self) -> list[float]:
        best = []
        for k in range(len(self.floor)):
            most = max(vector[k] for vector in self.vectors)
            best.append(max((v for v in self.vectors if v[k] == most), key=lambda v: round(sum(v), 9)))
        return [sum(column) / len(best) for column in zip(*best, strict=True)]

    def distance(self, vector: Vector, scaled: bool) -> float:
        spans = [max(column) - min(column) for column in zip(*self.vectors, strict=True)]
        units = [span if scaled and span else 1.0 for span in spans]
        return min(
            math.dist(
                [a / u for a, u in zip(vector, units, strict=True)],
                [b / u for b, u in zip(w, units, strict=True)],
            )
            for w in self.frontier
        )


def beats(one: Vector, other: Vector) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


@some_cases
@given(plain_tables())
def test_counts_ranges_and_frontiers_are_those_of_brute_force(plain: Plain) -> None:
    slow, found = Slow(plain), figures(read({"t.json": as_bytes(plain)}), ())
    assert list(found) == KEYS
    assert found["parties"] == [party["name"] for party in plain["parties"]]
    assert found["outcomes"] == len(slow.vectors)
    assert found["distinct_vectors"] == len(set(slow.vectors))
    assert found["rational_outcomes"] == sum(slow.accepted_by(v) == len(v) for v in slow.vectors)
    assert found["passing_outcomes"] == sum(map(slow.passes, slow.vectors))
    assert found["value_min"] == [min(column) for column in zip(*slow.vectors, strict=True)]
    assert found["value_max"] == [max(column) for column in zip(*slow.vectors, strict=True)]
    assert found["alternatives"] == pytest.approx(slow.floor, abs=1e-9)
    assert found["frontier"] == [list(vector) for vector in slow.frontier]
    assert found["frontier_rational"] == [list(vector) for vector in slow.rational]
    assert found["best_joint"] == pytest.approx(max(map(sum, slow.vectors)))
    assert found["limits"] == []


@some_cases
@given(plain_tables())
def test_solutions_are_all_that_reach_the_largest(plain: Plain) -> None:
    slow, found = Slow(plain), figures(read({"t.json": as_bytes(plain)}), ())
    amounts = {
        "nash": lambda v: math.prod(slow.gains(v)),
        "egalitarian": lambda v: min(slow.gains(v)),
        "utilitarian": sum,
        "kalai_smorodinsky": lambda v: min(slow.shares(v)),
    }
    if (
        slow.rational
        and min(max(column) for column in zip(*map(slow.gains, slow.rational), strict=True)) <= 1e-9
    ):
        del amounts["kalai_smorodinsky"]
        assert found["kalai_smorodinsky"] == []
    for key, amount in amounts.items():
        reached = [amount(vector) for vector in slow.rational]
        near = [list(v) for v, a in zip(slow.rational, reached, strict=True) if a >= max(reached) - 1e-7]
        exact = [list(v) for v, a in zip(slow.rational, reached, strict=True) if a == max(reached)]
        assert all(vector in near for vector in found[key])
        assert found[key] == sorted(found[key])
        assert bool(found[key]) == bool(slow.rational)
        if len(near) == len(exact):
            assert found[key] == exact


def test_ties_in_the_least_gain_are_all_listed() -> None:
    """(3, 5) and (4, 3) share the least gain of 3; leximin would keep the first alone."""
    party = {"weights": {"Way": 1}, "interactions": [], "reservation": 0}
    plain = {
        "schema": "negotiation-domain/1", "id": "ways", "title": "Ways",
        "issues": [{"name": "Way", "type": "discrete", "options": ["one", "two", "three"]}],
        "parties": [
            {**party, "name": "A", "points": {"Way": [3, 4, 0]}},
            {**party, "name": "B", "points": {"Way": [5, 3, 6]}},
        ],
    }  # fmt: skip
    imported = read({"t.json": as_bytes(plain)})
    assert figures(imported, ())["egalitarian"] == [[3, 5], [4, 3]]
    assert analysis(imported.case).egalitarian.vectors == ((3, 5),)


@some_cases
@given(plain_tables())
def test_offers_are_placed_and_classed(plain: Plain) -> None:
    slow, imported = Slow(plain), read({"t.json": as_bytes(plain)})
    found = figures(imported, imported.offers)
    assert found["midpoint"] == pytest.approx(slow.midpoint(), abs=1e-8)
    names, before = found["parties"], {}
    for offer, described in zip(found["offers"], plain["offers"], strict=True):
        assert list(offer) == OFFER_KEYS
        vector, party = slow.vector(described["outcome"]), described["party"]
        assert (offer["party"], offer["values"]) == (party, list(vector))
        assert offer["dominated_by"] == sum(beats(other, vector) for other in slow.vectors)
        assert offer["pareto"] == (offer["dominated_by"] == 0)
        assert offer["distance"] == pytest.approx(slow.distance(vector, scaled=False), abs=1e-8)
        assert offer["distance_scaled"] == pytest.approx(slow.distance(vector, scaled=True), abs=1e-8)
        change = [new - old for new, old in zip(vector, before.get(party, vector), strict=True)]
        classes = {name: step_class(change[party], change[k]) for k, name in enumerate(names) if k != party}
        assert offer["step"] == (classes if party in before else None)
        before[party] = vector


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_file_with_offers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, {"barn.json": as_bytes(barn())}) / "barn.json"
    found = analysed(capsys, path)
    assert [offer["values"] for offer in found["offers"]] == [[7.5, 0], [0, 11], [7, 4]]
    assert [offer["step"] for offer in found["offers"]] == [None, None, {"Bo": "concession"}]


def test_offers_in_a_file_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offers = write(tmp_path, {"o.json": b'{"offers": [{"party": 1, "outcome": [1450]}]}'}) / "o.json"
    found = analysed(capsys, LIBRARY / "second-hand-kiln", "--offers", offers)
    assert [offer["values"] for offer in found["offers"]] == [[1450, 1150]]
    assert [offer["party"] for offer in found["offers"]] == [1]


@pytest.mark.parametrize(
    "files",
    [{"garden.csv": GARDEN.encode()}, orchard(), as_files(ferry()), {"barn.json": as_bytes(barn())}],
    ids=["csv", "genius", "geniusweb", "points table"],
)
def test_every_format_has_the_same_keys(
    files: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = analysed(capsys, write(tmp_path, files))
    assert list(found) == KEYS
    assert found["outcomes"] > 1
    assert found["limits"] == list(read(tmp_path).notes)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml")))
def test_every_simulation_of_the_shelf(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    case = read(LIBRARY / name).case
    found = analysed(capsys, LIBRARY / name)
    assert list(found) == KEYS
    assert found["parties"] == list(case.scored_ids)
    assert (found["outcomes"] is None) == bool(found["limits"]) == (case.mechanism != "agreement")
    assert main([str(LIBRARY / name)]) == 0
    assert case.title in capsys.readouterr().out


@pytest.mark.slow
def test_what_is_too_much_to_count_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """10^14 packages of a hundred different weights: the frontier is there, the counts are not."""
    issues = [{"name": f"I{k}", "type": "discrete", "options": list(range(10))} for k in range(14)]
    parties = [
        {"name": name, "weights": {f"I{k}": (k + 2) ** power for k in range(14)}, "reservation": 0,
         "points": {f"I{k}": points for k in range(14)}}
        for name, power, points in (("A", 0.5, list(range(10))), ("B", 0.3, list(range(9, -1, -1))))
    ]  # fmt: skip
    offers = [{"party": 0, "outcome": [0, 5] * 7}]
    plain = {"schema": "negotiation-domain/1", "id": "i", "title": "Irrational", "issues": issues,
             "parties": parties, "offers": offers}  # fmt: skip
    found = analysed(capsys, write(tmp_path, {"t.json": as_bytes(plain)}) / "t.json")
    assert found["outcomes"] == 10**14
    assert found["frontier"]
    assert found["rational_outcomes"] is None
    assert found["offers"][0]["dominated_by"] is None
    assert len(found["limits"]) == 4


def test_report_keeps_long_lists_short(capsys: pytest.CaptureFixture[str]) -> None:
    """The page in docs/ shows a whole report, and its test holds it to that."""
    assert main([str(LIBRARY / "mountain-view-farm")]) == 0
    printed = capsys.readouterr().out
    title = "Frontier: 86 vectors, 60 that leave nobody below the own alternative; the first 12\n"
    assert title in printed
    assert len(printed.split(title)[1].split("\n\n")[0].splitlines()) == 1 + 12
    assert "  utilitarian, one of 17       123        190\n" in printed
    assert (
        "  Kalai-Smorodinsky            165        146\n                               168        145\n"
        in printed
    )


BAD = [
    ("barn.json", as_bytes({**barn(), "colour": 1, "id": 7}), 2),
    ("garden.csv", GARDEN.replace("10,0", "ten,0").replace("0.5", "half").encode(), 2),
    ("evil.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a/>', 1),
    ("names.json", as_bytes({**barn(), "a\nb\x1b[31m": 1}).replace(b"\\u001b", b"?"), 1),
]


@pytest.mark.parametrize(("name", "data", "lines"), BAD, ids=[name for name, *_ in BAD])
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_bad_input_prints_one_line_a_fault_and_no_result(
    name: str, data: bytes, lines: int, option: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, {name: data}) / name
    assert main([str(path), *option]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == lines
    assert all(line.startswith(f"{name}:") for line in printed.err.splitlines())


def test_offers_that_are_none_print_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    offers = write(tmp_path, {"o.json": b'[{"party": 1, "outcome": [1]}]'}) / "o.json"
    for path in (offers, tmp_path / "missing.json"):
        assert main([str(LIBRARY / "second-hand-kiln"), "--offers", str(path)]) == 2
        printed = capsys.readouterr()
        assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert main([str(LIBRARY / "cold-store"), "--offers", str(offers)]) == 2
    assert capsys.readouterr().err == "o.json:1: This simulation has no packages to offer. Leave it out.\n"


def test_command_line_needs_no_django(tmp_path: Path) -> None:
    """Run from another folder, as a person would, with Django out of reach."""
    write(
        tmp_path, {"barn.json": as_bytes(barn()), "django.py": b"raise ImportError('Django was asked for')"}
    )
    answer = subprocess.run(
        [sys.executable, "-m", "bargaining.analyse", "barn.json", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{HOUSE}"},
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["outcomes"] == 9


def test_reader_that_leaves_early_is_no_fault() -> None:
    command = [sys.executable, "-m", "bargaining.analyse", str(LIBRARY / "second-hand-kiln")]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
