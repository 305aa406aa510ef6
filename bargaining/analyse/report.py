"""The figures of a case as text to read in a terminal. It knows plain figures, as `figures` gives them."""

from __future__ import annotations

from bargaining.analyse.figures import Plain
from bargaining.analyse.games import game_tables
from bargaining.analyse.tables import Row, count, table, value
from bargaining.case import Case

# Vectors of a frontier, and of a solution with ties, that are printed; the JSON has all.
MOST_VECTORS, MOST_TIES = 12, 3
RANGES = {"no deal": "alternatives", "least": "value_min", "most": "value_max"}
COUNTS = {
    "in all": "outcomes",
    "different in their points": "distinct_vectors",
    "leave nobody below the own alternative": "rational_outcomes",
    "pass the rule of agreement": "passing_outcomes",
}
SOLUTIONS = {
    "Nash": "nash",
    "Kalai-Smorodinsky": "kalai_smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
}
REMARKS = {"To know before class": "lint", "Limits of these figures": "limits"}


def report(case: Case, plain: Plain) -> str:
    """The figures in a few tables; what is not known reads “?”."""
    parts = [f"{case.title}\nparties: {', '.join(plain['parties']) or 'none has points'}"]
    if plain["value_max"]:
        parts += [_ranges(plain), _counts(plain), _frontier(plain), _solutions(plain)]
    parts += game_tables(case)
    if plain["offers"]:
        parts.append(_offers(plain))
    for title, key in REMARKS.items():
        if plain[key]:
            parts.append("\n".join([title, *(f"  - {line}" for line in plain[key])]))
    return "\n\n".join(parts)


def _ranges(plain: Plain) -> str:
    return table("Points", plain["parties"], [(words, plain[key]) for words, key in RANGES.items()])


def _counts(plain: Plain) -> str:
    lines = ["Packages"]
    for words, key in COUNTS.items():
        known = plain[key] is not None and key != "outcomes"
        share = f" ({100 * plain[key] / plain['outcomes']:.1f} %)" if known else ""
        lines.append(f"  {count(plain[key]):>16}  {words}{share}")
    return "\n".join(lines)


def _frontier(plain: Plain) -> str:
    every, rational = plain["frontier"], plain["frontier_rational"]
    sizes = [count(None if vectors is None else len(vectors)) for vectors in (every, rational)]
    shown = rational or every or []
    cut = f"; the first {MOST_VECTORS}" if len(shown) > MOST_VECTORS else ""
    title = f"Frontier: {sizes[0]} vectors, {sizes[1]} that leave nobody below the own alternative{cut}"
    return table(title, plain["parties"], [("", vector) for vector in shown[:MOST_VECTORS]])


def _solutions(plain: Plain) -> str:
    rows = [row for words, key in SOLUTIONS.items() for row in _ties(words, plain[key])]
    rows.append(("compromise", plain["midpoint"]))
    title = f"Solutions; the largest sum of points is {value(plain['best_joint'])}"
    return table(title, plain["parties"], rows)


def _ties(words: str, vectors: list[list[float]]) -> list[Row]:
    if len(vectors) > MOST_TIES:
        return [(f"{words}, one of {len(vectors)}", vectors[0])]
    return [(words if k == 0 else "", vector) for k, vector in enumerate(vectors)]


def _offers(plain: Plain) -> str:
    rows = [
        (f"{number} {plain['parties'][offer['party']]}", offer["values"])
        for number, offer in enumerate(plain["offers"], start=1)
    ]
    title, heads, *lines = table("Offers", plain["parties"], rows).split("\n")
    places = (f"  {_place(offer)}{_step(offer)}" for offer in plain["offers"])
    return "\n".join([title, heads, *map("".join, zip(lines, places, strict=True))])


def _place(offer: Plain) -> str:
    if offer["pareto"]:
        return "on the frontier"
    return f"beaten by {count(offer['dominated_by'])}, {value(offer['distance'])} points from the frontier"


def _step(offer: Plain) -> str:
    return "".join(f"; {kind} towards {other}" for other, kind in (offer["step"] or {}).items())
