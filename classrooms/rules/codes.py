"""Join codes: six signs that nobody confuses on a wall or a phone. It knows no sitting."""

from __future__ import annotations

from random import Random

# No vowels, so that no code is a word; none of 0 1 2 5 8, which look like O I Z S B.
ALPHABET = "BCDFGHJKMNPQRSTVWXYZ34679"
LENGTH = 6


def draw_code(rng: Random) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(LENGTH))


def tidy_code(text: str) -> str:
    """What was meant: capitals, spaces and dashes do not matter."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def is_code(text: str) -> bool:
    return len(text) == LENGTH and all(sign in ALPHABET for sign in text)


def in_groups(code: str) -> str:
    """As it is shown and read aloud: two groups of three."""
    return f"{code[:3]} {code[3:]}"
