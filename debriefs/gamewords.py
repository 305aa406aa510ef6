"""What the class debrief says of tables of more than two, of splits, of seasons and of texts: lessons, sentences and
tables made of the rooms' figures. It decides nothing that the figures do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bargaining.case import Case
from bargaining.coalitions import pair_quotas, shapley
from bargaining.mechanisms import coalition_game, rounds_game
from bargaining.rounds import History
from bargaining.trust import cooperation
from bargaining.words import number_in_words
from debriefs.queries import Debrief
from debriefs.rules.classfigures import Row
from debriefs.rules.figures import Figures
from debriefs.wording import Passage, in_unit, listed, number_word, percent, points_word, worth
from negotiations.queries import Ratings, interests_rated
from simulations.questionnaires import interests_check, scale_words


class Section(NamedTuple):
    """A part of the page that is a table of words: its head, and one row a room that is over, or one an interest."""

    name: str
    passage: Passage
    head: list[str]
    rows: Sequence[tuple[int | str, list[str]]]


class Text(NamedTuple):
    """What a room signed: its headings with their words."""

    number: int
    parts: list[tuple[str, str]]


def sections(debrief: Debrief) -> list[Section]:
    make = SECTIONS.get(kind_of(debrief))
    return [make(debrief)] if make and finished(debrief) else []


def kind_of(debrief: Debrief) -> str:
    """The mechanism, and of packages whether more than two sit at the table."""
    case = debrief.case
    return "many" if case.mechanism == "agreement" and len(case.scored_ids) > 2 else case.mechanism


def headline(debrief: Debrief) -> str:
    """How many rooms came to an end of their own, in the words of their kind; empty for packages."""
    if debrief.case.mechanism in ("agreement", "coalition"):
        return ""
    done = [figures for _row, figures in finished(debrief)]
    if not done:
        return _("No room has finished yet.")
    said = {"rooms": number_word(len(done)), "signed": number_word(sum(figures.has_deal for figures in done))}
    if debrief.case.mechanism == "freeform":
        words = ngettext(
            "%(signed)s of %(rooms)s finished room signed a text.",
            "%(signed)s of %(rooms)s finished rooms signed a text.",
            len(done),
        )
        return capfirst(words % said)
    created = debrief.figures.created_mean
    said["share"] = percent(created)
    return _("Together the parties of a room reached %(share)s of what was possible, on average.") % said


def texts(debrief: Debrief) -> list[Text]:
    """What was signed, room by room."""
    case = debrief.case
    return [Text(row.number, parts_of(case, f.text)) for row, f in finished(debrief) if f.text]


def parts_of(case: Case, text: Mapping[str, str]) -> list[tuple[str, str]]:
    """Under the titles of its headings; a text of one piece has none."""
    titles = {issue.id: issue.title for issue in case.issues}
    return [(titles.get(name, ""), words) for name, words in text.items() if words]


def finished(debrief: Debrief) -> list[tuple[Row, Figures]]:
    return [(row, row.figures) for row in debrief.rows if row.figures is not None]


def votes(debrief: Debrief) -> Section:
    """Points of every party in every deal, and who had said no to it."""
    case, done = debrief.case, finished(debrief)
    deals = [(row, figures) for row, figures in done if figures.has_deal]
    rows = [
        (row.number, [_vote(figures, party) for party in case.scored_ids])
        if figures.has_deal
        else (row.number, ["–"] * len(case.scored_ids))
        for row, figures in done
    ]
    against = Counter(party for _row, figures in deals for party in figures.said_no)
    lesson = _("Who carries a deal, and who is carried along.")
    head = [_("Room"), *[in_unit(case, party) for party in case.scored_ids]]
    return Section(
        "votes", Passage(lesson, (_against(debrief, against), _worst_off(debrief, deals))), head, rows
    )


def _vote(figures: Figures, party: str) -> str:
    words = points_word(figures.points[party])
    return _("%(points)s, said no") % {"points": words} if party in figures.said_no else words


def _against(debrief: Debrief, against: Counter[str]) -> str:
    if not against:
        return _("Nobody had said no to a deal that was made.")
    party, count = against.most_common(1)[0]
    words = ngettext(
        "The %(party)s said no most often: to %(count)s deal that was made without its consent.",
        "The %(party)s said no most often: to %(count)s deals that were made without its consent.",
        count,
    )
    return words % {"party": debrief.case.party(party).role, "count": number_word(count)}


def _worst_off(debrief: Debrief, deals: list[tuple[Row, Figures]]) -> str:
    """The deal in which the one who gained least gained most."""
    if not deals:
        return _("There is no deal to compare yet.")
    row, figures = max(deals, key=lambda deal: min(deal[1].surplus.values()))
    least = min(figures.surplus, key=lambda party: figures.surplus[party])
    said = {"room": row.number, "party": debrief.case.party(least).role}
    said["points"] = worth(debrief.case, figures.surplus[least])
    return (
        _(
            "Room %(room)s was kindest to the one who gained least: the %(party)s was %(points)s above its alternative."
        )
        % said
    )


def split(debrief: Debrief) -> Section:
    """Who shared what, and what some hold to be fair."""
    case, done = debrief.case, finished(debrief)
    rows = [
        (row.number, [_share(figures, party) for party in case.scored_ids] + [percent(figures.created)])
        for row, figures in done
    ]
    without = [row.number for row, figures in done if figures.left_out]
    words = ngettext(
        "%(count)s of %(rooms)s finished room left somebody out.",
        "%(count)s of %(rooms)s finished rooms left somebody out.",
        len(done),
    )
    lesson = capfirst(words % {"count": number_word(len(without)), "rooms": number_word(len(done))})
    head = [_("Room"), *[in_unit(case, party) for party in case.scored_ids], _("Of the possible")]
    return Section("split", Passage(lesson, (_fair(debrief), _quotas(debrief))), head, rows)


def _share(figures: Figures, party: str) -> str:
    if figures.package is None:
        return "–"
    words = points_word(figures.points[party])
    return _("left out, %(points)s alone") % {"points": words} if party in figures.left_out else words


def _amounts(debrief: Debrief, amounts: dict[str, float]) -> str:
    case = debrief.case
    return ", ".join(f"{case.party(party).role} {worth(case, amount)}" for party, amount in amounts.items())


def _fair(debrief: Debrief) -> str:
    """Worked out of the case as written, also where a room played another condition."""
    game = coalition_game(debrief.case)
    fair = {party: float(amount) for party, amount in shapley(game).items()}
    words = _("By what each adds on average when it joins (the Shapley value), fair would be: %s.")
    return words % _amounts(debrief, fair)


def _quotas(debrief: Debrief) -> str:
    quotas = pair_quotas(coalition_game(debrief.case))
    if quotas is None:
        return _("No amounts make every pair content at once.")
    found = {party: float(amount) for party, amount in quotas.items()}
    return _("Every pair is just content with: %s.") % _amounts(debrief, found)


def seasons(debrief: Debrief) -> Section:
    """How many cooperated in each season of each room."""
    case = debrief.case
    game = rounds_game(case)
    done = [(row, figures) for row, figures in finished(debrief) if figures.seasons]
    length = len(game.multipliers)
    rows = []
    for row, figures in done:
        counts = [str(sum(move in game.cooperative for move in moves.values())) for moves in figures.seasons]
        rows.append((row.number, counts + ["–"] * (length - len(counts)) + [percent(figures.created)]))
    head = [
        _("Room"),
        *[_times(n, times) for n, times in enumerate(game.multipliers, 1)],
        _("Of the possible"),
    ]
    lesson = _("What each gains alone, all lose together.")
    histories = [tuple(figures.seasons) for _row, figures in done]
    return Section("seasons", Passage(lesson, (_talk(debrief, histories), _steadiest(done))), head, rows)


def _times(number: int, multiplier: float) -> str:
    return str(number) if multiplier == 1 else f"{number} (×{number_in_words(multiplier)})"


def _talk(debrief: Debrief, histories: Sequence[History]) -> str:
    """Cooperation where a talk came before, against where none did; over all rooms together."""
    told = [cooperation(rounds_game(debrief.case), history) for history in histories]
    after = [one.after_talk for one in told if one.after_talk is not None]
    without = [one.without_talk for one in told if one.without_talk is not None]
    if not after or not without:
        return _("The cells say how many held back in each season.")
    said = {"after": percent(sum(after) / len(after)), "without": percent(sum(without) / len(without))}
    return _("After a talk %(after)s of all choices held back, without one %(without)s.") % said


def _steadiest(done: list[tuple[Row, Figures]]) -> str:
    best = max((figures.created or 0.0 for _row, figures in done), default=0.0)
    rooms = tuple(row.number for row, figures in done if figures.created == best)
    if not rooms:
        return _("No room has played a season to its end yet.")
    return ngettext(
        "Room %(rooms)s reached most together: %(share)s of what was possible.",
        "Rooms %(rooms)s reached most together: %(share)s of what was possible.",
        len(rooms),
    ) % {"rooms": listed(rooms), "share": percent(best)}


def interests(debrief: Debrief) -> Section:
    """How far people found their own side's interests met: how many chose each step, side by side, never added up."""
    found = interests_rated(debrief.session)
    questions = interests_check(debrief.case)
    steps = [step for step, _words in scale_words(questions.scale)] if questions else []
    rows: list[tuple[int | str, list[str]]] = [
        (
            f"{capfirst(party.role)}: {text}",
            [str(found.get((party.id, interest), {}).get(int(step), 0)) for step in steps],
        )
        for party in debrief.case.parties
        for interest, text in party.interest_texts.items()
    ]
    head = [_("Interest"), *([words for _step, words in scale_words(questions.scale)] if questions else [])]
    lesson = _("How far each side found its interests met.")
    apart = _("Two sides are not added up: what is full for one may be little for the other.")
    return Section("interests", Passage(lesson, (_open_interest(debrief, found), apart)), head, rows)


def _open_interest(debrief: Debrief, found: Ratings) -> str:
    """The interest that most people found not met at all."""
    unmet = {place: counts.get(0, 0) for place, counts in found.items() if counts.get(0, 0)}
    if not found:
        return _("Nobody has said so yet. It is asked when a table has ended.")
    if not unmet:
        return _("Nobody found an interest not met at all.")
    party, interest = max(unmet, key=lambda place: unmet[place])
    text = debrief.case.party(party).interest_texts[interest]
    words = _("Found not met most often: %(interest)s (%(party)s). Did it come up?")
    return words % {"interest": text, "party": debrief.case.party(party).role}


SECTIONS: dict[str, Callable[[Debrief], Section]] = {
    "many": votes,
    "coalition": split,
    "rounds": seasons,
    "freeform": interests,
}
