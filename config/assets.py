"""Static files that are made, not written: the joined stylesheet, the joined scripts and the chart bundle; their names.

It knows nothing of pages. No file made here is ever committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config import joining

STYLESHEETS = ("tokens", "base", "components", "screens")
#: What only some kinds of tables need. A page loads the script of its kind, so that a phone fetches no more.
KINDS = {
    "": ("aloud.js",),
    "shares": ("aloud.js", "shares.js", "dividing.js"),
    "rounds": ("rounds.js", "rounds-words.js"),
    "text": ("text.js", "text-words.js"),
    "linked": ("strands.js",),
    "votes": ("many.js", "shares.js", "dividing.js"),
    "coalition": ("many.js", "splits.js"),
}
PARTS = frozenset(part for parts in KINDS.values() for part in parts)


def script_of(page: str, kind: str) -> str:
    return f"{page}-{kind}.js" if kind else f"{page}.js"


#: Of each script its entry, and which modules it leaves out.
SCRIPTS: dict[str, tuple[str, frozenset[str]]] = {
    **{script_of("room", kind): ("room/main.js", PARTS - set(parts)) for kind, parts in KINDS.items()},
    **{script_of("watch", kind): ("room/watch.js", PARTS - set(parts)) for kind, parts in KINDS.items()},
    "role.js": ("role.js", frozenset()),
}


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names with a hash of the content, also inside ES modules' import statements (off by default in Django)."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 30  # one for each step from a page's script down to what needs nothing


class BuiltFiles(BaseFinder):
    """Finds the stylesheet, the scripts and `vega.js`, making each when what it is made of has changed."""

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        found = [str(_build(path))] if path in BUILDERS else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        storage = FileSystemStorage(location=settings.BUILT_ASSETS)
        for name in BUILDERS:
            _build(name)
            yield name, storage

    def check(self, **_: Any) -> Any:
        return []


def _build(name: str) -> Path:
    target = Path(settings.BUILT_ASSETS) / name
    stamp, content = BUILDERS[name]()
    marker = target.with_name(name + ".stamp")
    if not (target.exists() and marker.exists() and marker.read_text() == stamp):
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(target, content())
        _write_whole(marker, stamp)
    return target


def _write_whole(path: Path, content: str) -> None:
    """Several test workers may build at once: a file appears whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_text(content, encoding="utf-8")
    part.replace(path)


def _stylesheet() -> tuple[str, Callable[[], str]]:
    """One file for the browser, in the order of the cascade; a missing part is simply not there yet."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    parts = [path for path in (folder / f"{name}.css" for name in STYLESHEETS) if path.exists()]
    parts += sorted(set(folder.glob("*.css")) - set(parts))
    return ";".join(map(_seen, parts)), lambda: "\n".join(path.read_text(encoding="utf-8") for path in parts)


def _script(entry: str, without: frozenset[str]) -> tuple[str, Callable[[], str]]:
    """Stamped by all modules and by how they are joined, since any of them may be in it. Looking at them is quick; it
    is done each time an application starts. What people read with their debuggers stays as it was written; what phones
    fetch is made small."""
    folder = Path(settings.BASE_DIR) / "static" / "js"
    makers = [Path(__file__), Path(joining.__file__)]
    seen = ";".join(_seen(path) for path in (*makers, *sorted(folder.rglob("*.js"))))
    stamp = f"{sorted(without)} {settings.DEBUG} {seen}"

    def content() -> str:
        joined = joining.join_modules(folder / entry, without)
        return joined if settings.DEBUG else made_small(joined)

    return stamp, content


def _seen(path: Path) -> str:
    found = path.stat()
    return f"{path.name}:{found.st_mtime_ns}:{found.st_size}"


def made_small(script: str) -> str:
    """The same script in short names, where the machine has a program for it: the wheels are for Linux alone."""
    try:
        import minify
    except ImportError:
        return script
    return str(minify.string("application/javascript", script))


def _vega() -> tuple[str, Callable[[], str]]:
    """Vega, Vega-Lite and the expression interpreter out of the wheel that also renders on the server."""

    def bundle() -> str:
        import vl_convert  # heavy, and needed only when the bundle is made

        return str(vl_convert.javascript_bundle())  # type: ignore[call-arg]

    return version("vl-convert-python"), bundle


BUILDERS: dict[str, Callable[[], tuple[str, Callable[[], str]]]] = {
    "parley.css": _stylesheet,
    "vega.js": _vega,
    **{name: partial(_script, *made) for name, made in SCRIPTS.items()},
}
