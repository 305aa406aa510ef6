"""Texts for a case that came without any: what its table says, in sentences. `translate` lets the web pass gettext."""

from __future__ import annotations

from bargaining.case import Case, Issue, Party
from bargaining.casefile import Texts
from bargaining.saying import Translate, gettext_noop, identity
from bargaining.words import value_in_words

OPTIONS_NAMED = 12


def plain_texts(case: Case, translate: Translate = identity) -> Texts:
    """A general sheet, a sheet for every party and an empty note and debrief; marked as made, not written."""
    return {
        "general": _general(case, translate),
        "teaching_note": "",
        "debrief": "",
        "roles": {party.id: _role(case, party, translate) for party in case.parties},
    }


def _general(case: Case, translate: Translate) -> str:
    sides = [f"- **{_safe(party.name)}**" for party in case.parties]
    issues = [f"{place}. {_issue(issue, translate)}" for place, issue in enumerate(case.issues, start=1)]
    blocks = [
        f"# {_safe(case.title)}",
        translate("Everybody reads this page."),
        _safe(case.summary),
        "## " + translate("Who is at the table"),
        "\n".join(sides),
        "## " + translate("What an agreement settles"),
        "\n".join(issues),
        "## " + translate("Rules"),
        "\n".join(f"- {translate(line)}" for line in RULES),
        f"*{translate(MARK)}*",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _role(case: Case, party: Party, translate: Translate) -> str:
    others = ", ".join(_safe(other.name) for other in case.parties if other.id != party.id)
    blocks = [
        f"# {_safe(party.name)}",
        translate("Only your side reads this page."),
        translate("You are {name}. You meet {others}.").format(name=_safe(party.name), others=others),
        _interests(party, translate),
        *(_alternative(translate) if party.alternative else ()),
        translate("Your points say how much each term is worth to you. More is better.")
        if party.scored
        else "",
        f"*{translate(MARK)}*",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n\n{{ my_points }}\n"


def _interests(party: Party, translate: Translate) -> str:
    if not party.interests:
        return ""
    lines = [translate("What matters to you:"), "", *(f"- {_safe(interest)}" for interest in party.interests)]
    return "\n".join(lines)


def _alternative(translate: Translate) -> tuple[str, ...]:
    return ("## " + translate("If you do not agree"), "{{ my_alternative }}")


def _issue(issue: Issue, translate: Translate) -> str:
    return f"**{_safe(issue.title)}**: {_safe(_choices(issue, translate))}"


def _choices(issue: Issue, translate: Translate) -> str:
    if issue.kind == "text":
        return translate("in words of your own")
    if issue.kind == "allocation":
        return translate("shares of 100 percent in steps of {step}").format(step=f"{issue.step:g}")
    values = issue.values()
    said = [value_in_words(issue, value, translate) for value in (values[0], *values[1:][-1:])]
    if issue.kind in ("integer", "decimal") and len(values) > 1:
        return translate("from {low} to {high}").format(low=said[0], high=said[-1])
    named = [value_in_words(issue, value, translate) for value in values[:OPTIONS_NAMED]]
    rest = len(values) - len(named)
    if rest:
        named.append(translate("and {n} more").format(n=rest))
    return ", ".join(named)


def _safe(words: str) -> str:
    """An imported name on one line, without signs that Markdown or our places would read as their own."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|!" else sign for sign in " ".join(words.split()))


RULES = (
    gettext_noop("An agreement names all of these terms, and everybody has to accept it."),
    gettext_noop("You do not have to agree. Then each side has what its own page says."),
    gettext_noop("You may say whatever you judge wise. You may not show your own page."),
)
MARK = gettext_noop("This text was made from the table of points. Nobody has written one yet.")
