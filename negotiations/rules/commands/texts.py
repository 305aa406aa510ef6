"""An agreement in words: written together, signed by each side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from negotiations.rules.commands.actors import SEATS, Asked


class ProposeText(Asked, frozen=True):
    """A new version of the whole text, by its headings. Who helps without a stake may write one too."""

    by: ClassVar = SEATS
    needs: ClassVar = "propose"
    text: Mapping[str, str]


class SignText(Asked, frozen=True):
    """Names the version and the digest that the actor read, so that a stale screen cannot bind."""

    by: ClassVar = SEATS
    tapped: ClassVar = True
    version: int
    digest: str
