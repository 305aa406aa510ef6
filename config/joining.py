"""One script out of many ES modules, for a phone that would otherwise ask two dozen times before a page works.

It reads only the forms of import and export that our own modules use, and refuses all others by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

IMPORT = re.compile(r'^import \{ (?P<names>[\w$, ]+) \} from "(?P<where>\.{1,2}/[\w./-]+\.js)";$')
EXPORT = re.compile(r"^export (?P<rest>(?:class|function|async function|const) (?P<name>[\w$]+)\b.*)$")
# Whatever a module may hold but a function may not, or what would mean something else there.
FOREIGN = re.compile(r"^\s*(?:import|export)\b|\bimport\s*\(|\bimport\.meta\b|^(?:\w+ [\w$]+ = )?await\b")
BACKQUOTE = re.compile(r"\\`")
NAME = re.compile(r"^[A-Za-z_$][\w$]*$")


class CannotJoin(ValueError):
    """A module is missing, imports itself in the end, or uses a form the joiner does not know."""


class Module(NamedTuple):
    path: Path
    imports: dict[Path, list[str]]
    exports: list[str]
    body: list[str]


def join_modules(entry: Path, without: Collection[str] = ()) -> str:
    """The entry and all it imports, each module in a scope of its own after those it needs.

    Of modules named in `without` only the names are there, undefined: whoever imports one looks before using it."""
    modules = in_order_of_need(entry.resolve(), without)
    places = {module.path: f"module{place}" for place, module in enumerate(modules)}
    exports = {module.path: module.exports for module in modules}
    for module in modules:
        for path, names in module.imports.items():
            _refuse_unknown_names(module, path, set(names) - set(exports[path]))
    return "".join(_wrapped(module, places) for module in modules)


def in_order_of_need(entry: Path, without: Collection[str] = ()) -> list[Module]:
    """Every module once, no module before one it imports."""
    done: dict[Path, Module] = {}

    def visit(path: Path, asking: tuple[Path, ...]) -> None:
        if path in asking:
            circle = " > ".join(one.name for one in (*asking[asking.index(path) :], path))
            raise CannotJoin(f"Modules import each other in a circle: {circle}")
        if path in done:
            return
        module = read_module(path) if path.name not in without else emptied(read_module(path))
        for needed in module.imports:
            visit(needed, (*asking, path))
        done[path] = module

    visit(entry, ())
    return list(done.values())


def emptied(module: Module) -> Module:
    return Module(module.path, {}, module.exports, [f"const {name} = undefined;" for name in module.exports])


def read_module(path: Path) -> Module:
    if not path.is_file():
        raise CannotJoin(f"There is no module {path}")
    module = Module(path, {}, [], [])
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if found := IMPORT.match(line):
            needed = module.imports.setdefault((path.parent / found["where"]).resolve(), [])
            needed += _names(found["names"], f"{path.name}:{number}: {line}")
        elif found := EXPORT.match(line):
            module.exports.append(found["name"])
            module.body.append(found["rest"])
        elif FOREIGN.search(line) and not line.lstrip().startswith("//"):
            raise CannotJoin(f"{path.name}:{number}: cannot join this form: {line.strip()}")
        else:
            module.body.append(line)
    return module


def _names(listed: str, where: str) -> list[str]:
    names = [name.strip() for name in listed.split(",")]
    if not all(NAME.match(name) for name in names):
        raise CannotJoin(f"{where}: only plain names can be joined")
    return names


def _refuse_unknown_names(module: Module, path: Path, unknown: set[str]) -> None:
    if unknown:
        raise CannotJoin(
            f"{module.path.name} imports {', '.join(sorted(unknown))}, not exported by {path.name}"
        )


def _lean(lines: list[str]) -> list[str]:
    """Without what only people read: lines of comment, empty lines and indentation. Text that runs over several
    lines between backquotes stays as it is."""
    kept, in_text, in_comment = [], False, False
    for line in lines:
        bare = line.strip()
        if in_comment or (not in_text and bare.startswith("/**")):
            in_comment = not bare.endswith("*/")
        elif in_text or (bare and not bare.startswith("//")):
            kept.append(line if in_text else bare)
            in_text ^= BACKQUOTE.sub("", line).count("`") % 2 == 1
    return kept


def _wrapped(module: Module, places: dict[Path, str]) -> str:
    needs = [f"const {{ {', '.join(names)} }} = {places[path]};" for path, names in module.imports.items()]
    gives = f"return {{ {', '.join(module.exports)} }};"
    body = "\n".join([*needs, *_lean(module.body)])
    return f"// {module.path.name}\nconst {places[module.path]} = (() => {{\n{body}\n{gives}\n}})();\n"
