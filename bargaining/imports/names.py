"""Short names made of whatever a source calls its parties, issues and options. The same source always gives
the same names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 48  # leaves room for a number behind it


def short_names(labels: Iterable[str], kind: str, taken: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """One name a label, all different: "Price (USD)" becomes price_usd. `kind` stands in for letters where a
    label has none ("10" of kind option: option_10); `taken` are names that must not be given."""
    used = set(taken)
    tried: dict[str, int] = {}
    names = []
    for position, label in enumerate(labels, start=1):
        base = name = _plain(label, kind, position)
        while name in used:
            tried[base] = tried.get(base, 1) + 1
            name = f"{base}_{tried[base]}"
        used.add(name)
        names.append(name)
    return tuple(names)


def _plain(label: str, kind: str, position: int) -> str:
    folded = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "_", folded)[:_LONGEST].strip("_")
    if not slug:
        return f"{kind}_{position}"
    return slug if slug[0].isalpha() else f"{kind}_{slug}"
