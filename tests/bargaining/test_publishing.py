"""What is published for authors: the schema fits the reader, and every example of the page is a case."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings

from bargaining.casefile import CaseFaults, from_mapping, load_case, to_mapping
from bargaining.casefile import shapes as all_shapes
from bargaining.casefile.keys import KEYS
from bargaining.casefile.publishing import PLACES, key_tables, schema_text
from bargaining.casefile.shapes import Shape, json_schema
from bargaining.lint import lint
from tests.bargaining.canaries import BASES
from tests.bargaining.cases import LIBRARY, Plain
from tests.bargaining.rich_cases import rich_cases

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs/teachers/write-a-simulation.md").read_text(encoding="utf-8")
SHIPPED = sorted(LIBRARY.glob("*/simulation.yaml"))
CHECK = jsonschema.Draft202012Validator(json_schema())


def plain_of(path: Path) -> Plain:
    found: Plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_schema_is_published_as_it_is() -> None:
    assert (HOUSE / "docs/simulation-1.schema.json").read_text(encoding="utf-8") == schema_text()


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_every_key_is_explained() -> None:
    shapes = {
        name.removesuffix("Shape"): shape
        for name, shape in vars(all_shapes).items()
        if name.endswith("Shape")
    }
    shapes = {name: shape for name, shape in shapes.items() if name and issubclass(shape, Shape)}
    assert set(KEYS) == set(PLACES) == set(shapes)
    assert {name: set(words) for name, words in KEYS.items()} == {
        name: set(shape.__struct_encode_fields__) for name, shape in shapes.items()
    }
    for part in json_schema()["$defs"].values():
        assert all(key["description"] for key in part["properties"].values())


def test_page_lists_every_key() -> None:
    block = re.search(r"<!-- keys: .*? -->\n(.*)<!-- end of keys -->", PAGE, re.DOTALL)
    assert block is not None
    assert block[1] == key_tables()


def test_command_prints_both() -> None:
    def printed(*arguments: str) -> str:
        command = [sys.executable, "-W", "error", "-m", "bargaining.casefile", *arguments]
        return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True).stdout

    assert printed() == schema_text()
    assert printed("keys") == key_tables()


@pytest.mark.parametrize("path", SHIPPED, ids=[path.parent.name for path in SHIPPED])
def test_shipped_file_is_valid(path: Path) -> None:
    assert [error.message for error in CHECK.iter_errors(plain_of(path))] == []


@settings(max_examples=25, deadline=None)
@given(rich_cases())
def test_whatever_the_reader_takes_and_writes_is_valid(plain: Plain) -> None:
    for each in (json.loads(json.dumps(plain)), json.loads(json.dumps(to_mapping(from_mapping(plain))))):
        assert [error.message for error in CHECK.iter_errors(each)] == []


@pytest.mark.parametrize("base", BASES)
def test_small_cases_are_valid(base: str) -> None:
    plain = json.loads(json.dumps(to_mapping(from_mapping(BASES[base]))))
    assert [error.message for error in CHECK.iter_errors(plain)] == []


MISTAKES: list[tuple[str, Any]] = [
    ("format", 2), ("format", "1"), ("format", True), ("id", "Second Hand"), ("id", ""), ("version", "1.0"),
    ("title", None), ("title", 5), ("mechanism", "auction"), ("level", "easy"), ("lvel", "advanced"),
    ("parties", []), ("parties/seller", "Oona"), ("parties/Seller", {"name": "Oona"}), ("parties/seller/kind", "boss"),
    ("parties/seller/name", None), ("parties/seller/team", [1]), ("parties/seller/team", ["one", "two"]),
    ("parties/seller/target", "much"), ("parties/seller/alternative", 5), ("parties/seller/alternative/text", None),
    ("parties/seller/alternative/lottery", [{"p": 2, "value": 1}]), ("parties/seller/interests", "cash"),
    ("issues/price/title", None), ("issues/price/kind", "number"), ("issues/price/max", "much"),
    ("issues/price/points/seller", 5), ("issues/price/points/seller", {"per_unti": 1}),
    ("issues/price/points/seller", {"steps": [[1, 2, 3]]}),
    ("issues/price/points/seller", {"expected": {"event": "x"}}),
    ("issues/price/options", [{"id": "a"}]), ("issues/price/options", [{"id": "a", "label": "A", "cost": 3}]),
    ("issues/price/when", "always"), ("issues/price/allow_added_terms", "yes"),
    ("derived", {"fee": {"title": "Fee"}}), ("derived", {"fee": {"title": "Fee", "formula": 5}}),
    ("adjustments", [{"when": {"price": 1000}}]), ("adjustments", {"when": {"price": 1000}, "add": {"seller": 1}}),
    ("agreement/rule", "majority"), ("agreement/at_least", -1), ("agreement/majority", 2),
    ("coalition", {"values": {"seller+buyer": "all"}}), ("rounds", {"moves": ["a", "b"]}),
    ("delay", {"unit": "week"}), ("delay", {"unit": "day", "discount": 0}),
    ("phases", [{"id": "first"}]), ("channels", [{"phase": "first"}]),
    ("releases", [{"id": "news", "at": {"hour": 3}, "to": ["seller"], "text": "x"}]),
    ("conditions/high_goal/about", None), ("landmarks", {"middle": {"price": None}}), ("questionnaires/during", ["x"]),
    ("settlement_elements", {"one": {"covers": {}}}), ("strands", {"sale": {"parties": ["seller"]}}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), MISTAKES, ids=[f"{path}={value}" for path, value in MISTAKES])
def test_schema_refuses_what_the_reader_refuses(path: str, value: Any) -> None:
    plain = plain_of(LIBRARY / "second-hand-kiln" / "simulation.yaml")
    assert CHECK.is_valid(plain)
    *way, last = path.split("/")
    place = plain
    for step in way:
        place = place.setdefault(step, {})
    if value is None:
        del place[last]
    else:
        place[last] = value
    assert not CHECK.is_valid(plain)
    with pytest.raises(CaseFaults):
        load_case(yaml.safe_dump(plain, sort_keys=False))


EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
WHOLE = [text for text in EXAMPLES if text.startswith("format: 1")]


@pytest.mark.parametrize("text", WHOLE, ids=[str(yaml.safe_load(text)["id"]) for text in WHOLE])
def test_whole_example_is_a_case_without_warnings(text: str) -> None:
    assert CHECK.is_valid(yaml.safe_load(text))
    assert [str(remark) for remark in lint(load_case(text)) if remark.kind == "warning"] == []


@pytest.mark.parametrize("text", [text for text in EXAMPLES if text not in WHOLE])
def test_part_of_the_page_fits_the_first_example(text: str) -> None:
    part = yaml.safe_load(text)
    plain = merged(yaml.safe_load(WHOLE[0]), part)
    assert CHECK.is_valid(plain)
    assert set(part) <= set(to_mapping(load_case(yaml.safe_dump(plain, sort_keys=False))))


def merged(plain: Plain, part: Plain) -> Plain:
    whole = deepcopy(plain)
    for key, value in part.items():
        whole[key] = {**whole.get(key, {}), **value} if isinstance(value, dict) else value
    return whole
