"""What is done to all that people type."""

from __future__ import annotations


def one_line(text: str) -> str:
    """Names are shown to others: no line breaks, no signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
