"""The pages for scholars and on practice partners do what they show: code runs and prints what stands below it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest

from bargaining.analyse.__main__ import main
from bargaining.imports import read
from tests.bargaining.test_analyse import KEYS, OFFER_KEYS

HOUSE = Path(__file__).parents[2]
PAGES = HOUSE / "docs" / "developers"
ANALYSE = (PAGES / "analyse.md").read_text(encoding="utf-8")
NOTEBOOK = (PAGES / "notebook.md").read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_notebook_runs_and_prints_what_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)
    names: dict[str, Any] = {}
    printed = []
    for block in blocks(NOTEBOOK, "python"):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(block, names)  # noqa: S102 - our own page
        printed.append(out.getvalue())
    assert [text for text in printed if text] == blocks(NOTEBOOK, "text")
    dots = names["chart"].to_dict()["data"]["values"]
    assert [dot["what"] for dot in dots] == ["frontier"] * 86 + ["offer"] * 3 + ["no deal"]


def test_partners_on_their_page_come_to_a_deal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)
    [block] = blocks((PAGES / "partners.md").read_text(encoding="utf-8"), "python")
    names: dict[str, Any] = {}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(block, names)  # noqa: S102 - our own page
    assert len(out.getvalue().splitlines()) == 4
    assert out.getvalue().splitlines()[-1] == str(names["played"].deal) != "None"


def test_example_prints_what_the_page_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [table], [shown] = blocks(ANALYSE, "json"), blocks(ANALYSE, "text")
    (tmp_path / "barn.json").write_text(table, encoding="utf-8")
    assert main([str(tmp_path / "barn.json")]) == 0
    assert capsys.readouterr().out == shown


def test_sheet_on_the_page_is_read() -> None:
    [sheet] = blocks(ANALYSE, "csv")
    case = read({"garden.csv": sheet.encode()}).case
    assert [len(issue.options) for issue in case.issues] == [2, 2]


def test_every_key_is_on_the_page() -> None:
    assert [key for key in (*KEYS, *OFFER_KEYS) if f"`{key}`" not in ANALYSE] == []
