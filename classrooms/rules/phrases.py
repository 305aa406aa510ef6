"""Recovery phrases: six plain words that bring a person's seat back. It knows no person and keeps no phrase."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

LENGTH = 6


@cache
def words() -> tuple[str, ...]:
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split())


def draw_phrase(rng: Random) -> str:
    """More than 60 bits when `rng` is the system's: nobody guesses it, so it needs no slow hash."""
    return " ".join(rng.choice(words()) for _ in range(LENGTH))


def tidy_phrase(text: str) -> str:
    """Capitals, commas, line breaks and numbering do not matter; only the words do."""
    letters = "".join(sign if sign.isalpha() else " " for sign in text.lower())
    return " ".join(letters.split())


def is_phrase(text: str) -> bool:
    known = frozenset(words())
    parts = text.split()
    return len(parts) == LENGTH and all(part in known for part in parts)
