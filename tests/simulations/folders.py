"""A small case of our own as the files of its folder, packed and spoilt as a test needs it."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile

from simulations.rules.archive import pack

CASE = """\
format: 1
# What we sell changes every year.
id: stall
version: 1.0.0
title: The Market Stall
summary: Two neighbours share a stall.
mechanism: agreement
parties:
  baker:
    name: Bo, who bakes
    alternative: {text: Sell at home, value: 20}
  florist:
    name: Cy, who grows flowers
    alternative: {text: Sell from a cart, value: 10}
issues:
  days:
    title: Days for the baker
    kind: integer
    min: 0
    max: 6
    step: 1
    points:
      baker: {per_unit: 10}
      florist: {offset: 60, per_unit: -10}
"""
FOLDER = {
    "simulation.yaml": CASE,
    "general.md": "# The stall\n\nEverybody reads this.\n",
    "roles/baker.md": "# Bo\n\nYou bake at night.\n",
    "roles/florist.md": "# Cy\n\nYou cut in the morning.\n",
}


def upload(files: Mapping[str, str] = FOLDER, name: str = "stall.zip") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pack("stall", files), "application/zip")


def spoilt(old: str, new: str) -> dict[str, str]:
    assert old in CASE
    return FOLDER | {"simulation.yaml": CASE.replace(old, new)}


def hidden() -> dict[str, str]:
    """The stall with a second issue that the baker alone sees, which no room in the browser plays."""
    own = "  oven:\n    title: Oven\n    kind: boolean\n    visible_to: [baker]\n    points:\n      baker: [0, 5]\n"
    return FOLDER | {"simulation.yaml": CASE.rstrip("\n") + "\n" + own}
