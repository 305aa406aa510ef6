"""One participant's result where no package was settled: the own share, the own seasons, the signed text. From the
own sheet and the own figures alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bargaining.case import Case
from debriefs.own_result import ENDINGS, TOGETHER, reached
from debriefs.own_result import terms as package_terms
from debriefs.rules.figures import OwnFigures
from debriefs.rules.lessons import how_much
from debriefs.wording import Fact, percent, worth

Terms = list[tuple[str, str]]


def lesson(case: Case, party: str, own: OwnFigures) -> str:
    match case.mechanism:
        case "rounds":
            return _("Over %(seasons)s seasons you landed %(points)s.") % {
                "seasons": len(own.seasons),
                "points": worth(case, own.points),
            }
        case "freeform":
            if own.text and party not in case.signers:
                return _("A text was signed.")
            return _("You signed a text.") if own.text else _("No text was signed.")
        case "agreement":
            return str(
                _("The table agreed.")
                if own.package is not None
                else ENDINGS.get(own.outcome, ENDINGS["closed"])
            )
    return share_lesson(case, party, own)


def share_lesson(case: Case, party: str, own: OwnFigures) -> str:
    words = worth(case, own.points)
    if own.package is None:
        ending = str(ENDINGS.get(own.outcome, ENDINGS["closed"]))
        return ending + " " + _("Going on alone is worth %s to you.") % words
    if party not in own.package:
        return _("You were left out. Going on alone is worth %s to you.") % words
    said = {"points": words, "more": worth(case, own.surplus)}
    return _("Your share is %(points)s, %(more)s more than alone.") % said


def together(own: OwnFigures) -> str:
    if own.created is None or (own.package is None and not own.seasons):
        return ""
    return str(TOGETHER[how_much(own.created)])


def facts(case: Case, party: str, own: OwnFigures) -> list[Fact]:
    if not case.party(party).scored:
        return []
    found = [reached(case, own)]
    if own.package is not None or own.seasons:
        found.append(Fact(percent(own.created), _("of the possible value found together")))
    return found


def terms(case: Case, own: OwnFigures) -> Terms:
    """The package, the split by name, or the own moves season by season."""
    if case.mechanism == "agreement":
        return package_terms(case, own)
    if own.package is not None:
        shares = own.package.items()
        return [(case.party(party).name, worth(case, float(str(share)))) for party, share in shares]
    return [(_("Season %d") % number, move) for number, move in enumerate(own.seasons, 1)]
