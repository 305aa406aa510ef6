"""Files that are made: one stylesheet in the order of the cascade, the chart bundle, hashed names for all."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from config.assets import SCRIPTS, STYLESHEETS

HOUSE = Path(__file__).resolve().parents[2]
IMPORTS = re.compile(r"""^(?:import|export)\b[^;]*?from\s*["'](\.[^"']+)["']""", re.MULTILINE)


def test_stylesheet_joins_every_part_in_order() -> None:
    joined = Path(str(finders.find("parley.css"))).read_text(encoding="utf-8")
    starts = [
        joined.index((HOUSE / f"static/css/{name}.css").read_text(encoding="utf-8")) for name in STYLESHEETS
    ]
    assert starts == sorted(starts)


@pytest.mark.skipif(sys.platform != "linux", reason="the program that makes scripts small is for Linux")
@pytest.mark.parametrize("name", SCRIPTS)
def test_script_of_every_kind_of_table_is_light(name: str) -> None:
    script = Path(str(finders.find(name))).read_bytes()
    assert len(gzip.compress(script)) < 45_000


@pytest.mark.slow
def test_collected_files_have_hashed_names_also_inside_modules(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PARLEY_DATA": str(tmp_path)}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(command, cwd=HOUSE, env=environment, check=True, capture_output=True)

    collected = tmp_path / "static"
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    assert {"parley.css", "vega.js", "django_htmx/htmx-2.min.js", *SCRIPTS} <= set(names)
    assert all((collected / (names[name] + ".gz")).exists() for name in ("parley.css", *SCRIPTS))
    scripts = [collected / hashed for plain, hashed in names.items() if plain.startswith("js/")]
    imported = {
        (script.parent / name).resolve() for script in scripts for name in IMPORTS.findall(script.read_text())
    }
    assert imported <= {path.resolve() for path in scripts}
