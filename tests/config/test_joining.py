"""Joining modules: what each gives and needs, who comes first, and what is refused."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from config.assets import SCRIPTS, made_small
from config.joining import CannotJoin, in_order_of_need, join_modules

HOUSE = Path(__file__).resolve().parents[2]


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "main.js"


def test_modules_come_after_what_they_need_each_in_its_own_scope(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { word } from "./word.js";\nimport { Box, put } from "./box.js";\n\nput(new Box(word));\n',
        box='import { word } from "./word.js";\n\nexport class Box {\n}\n\nexport function put(box) {\n}\n',
        word="const own = 1;\nexport const word = own;\nexport async function later() {\n}\n",
    )
    assert join_modules(entry) == (
        "// word.js\nconst module0 = (() => {\nconst own = 1;\nconst word = own;\nasync function later() {\n}\n"
        "return { word, later };\n})();\n"
        "// box.js\nconst module1 = (() => {\nconst { word } = module0;\nclass Box {\n}\nfunction put(box) {\n}\n"
        "return { Box, put };\n})();\n"
        "// main.js\nconst module2 = (() => {\nconst { word } = module0;\nconst { Box, put } = module1;\n"
        "put(new Box(word));\nreturn {  };\n})();\n"
    )


def test_joined_script_holds_nothing_that_only_people_read(tmp_path: Path) -> None:
    text = """// What this is.

/** What it does. */
export const one = 1;
/**
 * More words.
 */
export const half = `
  // as written
    \\` 2
`;
export const path = "//here"; // said
"""
    entry = write(tmp_path, main=text)
    assert join_modules(entry) == (
        "// main.js\nconst module0 = (() => {\nconst one = 1;\nconst half = `\n  // as written\n    \\` 2\n`;\n"
        'const path = "//here"; // said\nreturn { one, half, path };\n})();\n'
    )


@pytest.mark.parametrize(
    "form",
    [
        'import "./word.js";',
        'import word from "./word.js";',
        'import * as words from "./word.js";',
        'import { word as name } from "./word.js";',
        'import {\n  word,\n} from "./word.js";',
        'import { word } from "word";',
        'const word = await import("./word.js");',
        "const here = import.meta.url;",
        "const answer = await ask();",
        "export default 1;",
        "export let count = 0;",
        "export const { one, two } = both;",
        "export { word };",
        'export * from "./word.js";',
    ],
)
def test_other_forms_are_refused(tmp_path: Path, form: str) -> None:
    entry = write(tmp_path, main=form + "\n", word="export const word = 1;\n")
    with pytest.raises(CannotJoin, match=r"main\.js:1: "):
        join_modules(entry)


def test_words_about_imports_are_no_imports(tmp_path: Path) -> None:
    entry = write(tmp_path, main="// import comes first, import() never\nconst important = 1;\n")
    assert "const important = 1;" in join_modules(entry)


def test_circles_are_refused(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { one } from "./one.js";\n',
        one='import { two } from "./two.js";\nexport const one = 1;\n',
        two='import { one } from "./one.js";\nexport const two = 2;\n',
    )
    with pytest.raises(CannotJoin, match=r"one\.js > two\.js > one\.js"):
        join_modules(entry)


def test_names_and_modules_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotJoin, match=r"imports two, not exported by one\.js"):
        join_modules(write(tmp_path, main='import { two } from "./one.js";\n', one="export const one = 1;\n"))
    with pytest.raises(CannotJoin, match="There is no module"):
        join_modules(write(tmp_path, main='import { far } from "./away.js";\n'))


def test_left_out_module_leaves_its_names_and_nothing_it_needed(tmp_path: Path) -> None:
    entry = write(
        tmp_path,
        main='import { Box } from "./box.js";\n\nif (Box) new Box();\n',
        box='import { word } from "./word.js";\n\nexport class Box {\n}\n',
        word="export const word = 1;\n",
    )
    joined = join_modules(entry, ("box.js",))
    assert "const Box = undefined;" in joined
    assert "word" not in joined
    assert join_modules(entry) != joined


@pytest.mark.parametrize(("name", "made"), SCRIPTS.items())
def test_every_page_finds_its_script_whole(
    name: str, made: tuple[str, frozenset[str]], settings: Any, tmp_path: Path
) -> None:
    settings.DEBUG, settings.BUILT_ASSETS = True, tmp_path
    joined = Path(str(finders.find(name))).read_text(encoding="utf-8")
    modules = in_order_of_need(HOUSE / "static/js" / made[0], made[1])
    assert re.findall(r"^// ([\w-]+\.js)$", joined, re.MULTILINE) == [module.path.name for module in modules]
    assert not re.search(r"^(?:import|export)\b", joined, re.MULTILINE)


@pytest.mark.skipif(sys.platform != "linux", reason="the program that makes scripts small is for Linux")
def test_what_phones_fetch_is_made_small() -> None:
    joined = join_modules(HOUSE / "static/js/room/main.js")
    small = made_small(joined)
    assert len(small) < 0.75 * len(joined)
    assert "// main.js" not in small
    assert "parley-outbox-" in small  # what the program says stays as it is


def test_script_is_made_anew_when_any_of_its_modules_changes(tmp_path: Path, settings: object) -> None:
    settings.BASE_DIR, settings.BUILT_ASSETS = tmp_path, tmp_path / "built"  # type: ignore[attr-defined]
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    (folder / "role.js").write_text('import { word } from "./word.js";\n')
    for word in ("first", "second"):
        write(folder, word=f'export const word = "{word}";\n')
        assert word in Path(str(finders.find("role.js"))).read_text()
