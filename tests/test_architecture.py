"""The walls of the house: import directions, lengths, pure rules, named migrations, pages without inline code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

HOUSE = Path(__file__).resolve().parents[1]
PACKAGES = ("bargaining", "simulations", "negotiations", "classrooms", "debriefs", "config")
LONGEST_FILE, LONGEST_FUNCTION, MEDIAN_FUNCTION = 400, 50, 10
LENGTH_MATTERS = {".py", ".js", ".css", ".html"}
IMPURE = {
    "django",
    "channels",
    "celery",
    "psycopg",
    "redis",
    "asyncio",
    "time",
    "threading",
    "socket",
    "secrets",
}
INLINE = {
    "script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


def ours(
    *suffixes: str, folders: tuple[str, ...] = (*PACKAGES, "tests", "bench", "templates", "static")
) -> list[Path]:
    found = (path for folder in folders for path in sorted((HOUSE / folder).rglob("*")))
    return [path for path in found if path.suffix in suffixes and "__pycache__" not in path.parts]


def pure_files() -> list[Path]:
    code = ours(".py", folders=PACKAGES)
    return [path for path in code if "bargaining" in path.parts or "rules" in path.relative_to(HOUSE).parts]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(HOUSE)}:{node.lineno} {node.name}", _length(node)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body; a docstring is not held against its function."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def relative(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(HOUSE)) for path in paths]


def test_imports_point_one_way() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run([lint_imports, "--no-cache"], cwd=HOUSE, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_files_are_short() -> None:
    files = ours(*LENGTH_MATTERS)
    assert (
        relative([path for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE]) == []
    )


def test_functions_are_short() -> None:
    lengths = [found for path in ours(".py") for found in functions(path)]
    assert [name for name, length in lengths if length > LONGEST_FUNCTION] == []


def test_functions_of_the_house_are_short_in_the_middle() -> None:
    assert (
        median(length for path in ours(".py", folders=PACKAGES) for _, length in functions(path))
        < MEDIAN_FUNCTION
    )


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_science_and_rules_know_no_framework_clock_or_chance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {name.split(".")[0] for node in ast.walk(tree) for name in _imports(node)}
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert imported & IMPURE == set()
    assert called & {"utcnow", "today", "now"} - _own_names(tree) == set()


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def _own_names(tree: ast.Module) -> set[str]:
    """A field called `now` is an argument by another way; only a clock's `now` is meant."""
    return {
        n.target.id for n in ast.walk(tree) if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)
    }


def test_chance_is_an_argument() -> None:
    """`random.Random` may be named as a type; the module's own functions share one hidden state."""
    for path in pure_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "random"
            ):
                assert node.attr == "Random", path


def test_every_module_says_what_it_holds() -> None:
    code = [path for path in ours(".py") if path.name != "__init__.py" and "migrations" not in path.parts]
    assert (
        relative([path for path in code if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]) == []
    )


def test_migrations_have_names() -> None:
    files = [path for package in PACKAGES for path in (HOUSE / package).glob("migrations/[0-9]*.py")]
    assert files
    assert relative([path for path in files if "_auto_" in path.name]) == []


def test_templates_have_no_inline_code() -> None:
    faults = [
        f"{path.relative_to(HOUSE)}: {what}"
        for path in ours(".html", folders=("templates",))
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def drawn_with(name: str) -> set[str]:
    """A template with all that it includes or extends."""
    text = (HOUSE / "templates" / name).read_text(encoding="utf-8")
    parts = re.findall(r'{% (?:include|extends) "([^"]+)"', text)
    return {name}.union(*(drawn_with(part) for part in parts))


def test_pages_that_use_htmx_load_it() -> None:
    """Without it `hx-` attributes do nothing, and nobody is told."""
    texts = {
        str(path.relative_to(HOUSE / "templates")): path.read_text(encoding="utf-8")
        for path in ours(".html", folders=("templates",))
    }
    using = {name for name, text in texts.items() if re.search(r"\shx-[a-z]", text)}
    pages = {name: drawn_with(name) for name, text in texts.items() if "{% extends" in text}
    assert using
    assert [
        name for name, parts in pages.items() if parts & using and "components/_htmx.html" not in parts
    ] == []


def test_scripts_work_on_plain_http() -> None:
    forbidden = re.compile(
        r"randomUUID|crypto\.subtle|navigator\.clipboard|serviceWorker|\beval\(|new Function"
    )
    assert relative([path for path in ours(".js") if forbidden.search(path.read_text("utf-8"))]) == []


def test_requirements_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        assert "://" not in (HOUSE / name).read_text()


def test_runtime_leaves_the_test_tools_out() -> None:
    assert not re.search(
        r"^(playwright|pytest|mypy|ruff|daphne)\b", (HOUSE / "requirements.txt").read_text(), re.M
    )
