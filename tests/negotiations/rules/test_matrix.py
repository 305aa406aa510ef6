"""Whatever is asked, at whatever moment, by whomever: the answer that stands in the tables of `matrix`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import structs

from bargaining.case import Case
from bargaining.casefile import CaseFaults, from_mapping, to_mapping
from negotiations.rules import commands as c
from negotiations.rules.decide import decide
from negotiations.rules.decide.parts import legs
from negotiations.rules.decide.phases import overtime
from negotiations.rules.refusals import WORDS, RuleBroken
from negotiations.rules.room import Policy
from tests.negotiations.rules import store
from tests.negotiations.rules import test_decide_refusals as refusals
from tests.negotiations.rules.bell import FIRST
from tests.negotiations.rules.given import ADA, CLOCK, LEASE, SALE
from tests.negotiations.rules.matrix.grids import grid
from tests.negotiations.rules.matrix.moments import ONLY, Found, moments_of
from tests.negotiations.rules.matrix.scenes import NOBODY, SCENES, TERMS, Scene

COMMANDS = {kind.__name__: kind for kind in c.Asked.__subclasses__()}
#: Who has no seat, or not of the party that it claims.
STRANGERS = ("retired", "from another room", "on a borrowed seat", "without a party")
AT = grid("moments")
BY = {name: grid(name) for name in SCENES}
#: Who may not do something at all is told so at any moment.
AT_ANY_MOMENT = {"not_seated", "observing", "no_vote"}
#: What a table never does is told before what it does not do in this part of its time.
AT_ANY_PART = {"wrong_table", "face_to_face"}
PARTS = {"pairs", "silent", "between", "settling", "overtime"}


def hands(table: str, scene: Scene) -> Iterator[tuple[str, c.Actor]]:
    """Everybody who may try: those who have a column, for staff also the house, and strangers."""
    someone = next(iter(scene.people.values()))
    other = next(party for party in scene.play.case.party_ids if party != someone.party)
    borrowed = (
        c.Actor(NOBODY, "seat", other),
        c.Actor(someone.id, "seat", other),
        c.Actor(someone.id, "seat"),
    )
    actors = {"staff": ADA, **scene.people, **dict(zip(STRANGERS[1:], borrowed, strict=True))}
    yield "staff", CLOCK
    yield from ((name, actors[name]) for name in (*BY[table]["Say", ""], *STRANGERS))


def told_at_any_time(table: str, act: str, hand: str, moment: str) -> str:
    """What the table's own file says. It has no rows for what staff may do anywhere, and no columns for strangers."""
    if hand in STRANGERS:
        return "not_seated" if may_ask(act, hand) else "forbidden"
    row = BY[table].get((act, moment)) or BY[table].get((act, ""))
    return row[hand] if row else "ok" if hand == "staff" else "forbidden"


def expected(table: str, act: str, hand: str, moment: str) -> str:
    """The first of: may this person do it at all, is it the moment, may it be done to what is there."""
    always, column = told_at_any_time(table, act, hand, moment), moment.split()[0]
    now = AT[act, ""][column]
    if not may_ask(act, hand) or always in AT_ANY_MOMENT:
        return always
    if always == "you_left" and column not in ("agreed", "ended"):
        return always
    if (
        now == "."
        or (always in AT_ANY_PART and column in PARTS)
        or (now == "limit_reached" and hand == "staff")
    ):
        return always
    return now


def may_ask(act: str, hand: str) -> bool:
    return ("instructor" if hand == "staff" else "seat") in COMMANDS[act].by


def answer(found: Found, actor: c.Actor, command: c.Command) -> str:
    state, now = found
    try:
        return "ok" if decide(state, actor, command, now).drafts else "nothing"
    except RuleBroken as broken:
        return broken.code


def cells(table: str) -> Iterator[tuple[str, str, str, str]]:
    """Act, hand, moment and answer of every cell there is."""
    scene = SCENES[table]()
    for moment, make in moments_of(table).items():
        found = make(scene)
        for hand, actor in hands(table, scene):
            if (hand, moment) != ("gone", "before"):  # nobody has left yet
                for act, kind in COMMANDS.items():
                    yield act, hand, moment, answer(found, actor, scene.asks[kind])


@pytest.mark.parametrize("table", SCENES)
def test_every_act_at_every_moment_by_everybody_is_answered_as_the_tables_say(table: str) -> None:
    wrong = [
        f"{act} by {hand} at {moment}: {got}, not {want}"
        for act, hand, moment, got in cells(table)
        if got != (want := expected(table, act, hand, moment))
    ]
    assert not wrong, "\n".join(wrong)


#: Refusals that hang on what is asked, where others of the same act are allowed: the table, who asks, and what.
BY_WHAT_IT_SAYS: dict[str, tuple[str, str, c.Command]] = {
    "empty_message": ("farm", "bo", c.Say(" ")),
    "message_too_long": ("farm", "bo", c.Say("x" * 2001)),
    "bad_text": ("farm", "bo", c.Say("\x00")),
    "too_many_packages": ("farm", "bo", c.MakeOffer((LEASE, SALE) * 3)),
    "same_package": ("farm", "bo", c.MakeOffer((LEASE, LEASE))),
    "one_proposal": ("farm", "helper", c.MakeOffer((LEASE, SALE))),
    "no_added_terms": ("farm", "bo", c.MakeOffer((LEASE,), "", ("A gate",))),
    "too_many_terms": ("farm", "bo", c.MakeOffer((LEASE,), "", ("A gate",) * 11)),
    "too_early": ("linked", "gwen", c.MakeOffer((TERMS,))),
    "settled": ("signing", "seller", c.MakeOffer(({"seller_fee": "flat"},))),
    "unknown_move": ("crews", "north", c.Choose(7, "huge")),
    "wrong_round": ("crews", "north", c.Choose(6, "wide")),
    "stale_text": ("bell", "residents", c.SignText(1, "old")),
    "same_text": ("bell", "residents", c.ProposeText(FIRST)),
    "empty_text": ("bell", "residents", c.ProposeText({"ringing": " \n"})),
    "invalid_text": ("bell", "residents", c.ProposeText({"price": "Nothing"})),
    "text_too_long": ("bell", "residents", c.ProposeText({"ringing": "x" * 4000, "governance": "y" * 1001})),
    "seat_taken": ("farm", "staff", c.TakeSeat(SCENES["farm"]().people["bo"].id, "farmer", "person")),
}


@pytest.mark.parametrize("code", BY_WHAT_IT_SAYS)
def test_refusal_that_hangs_on_what_is_asked_is_reached(code: str) -> None:
    table, hand, command = BY_WHAT_IT_SAYS[code]
    scene = SCENES[table]()
    assert scene.play.refused(scene.people.get(hand, ADA), command) == code


def test_every_act_has_its_rows_and_is_allowed_somewhere() -> None:
    assert {act for act, _ in AT} == COMMANDS.keys()
    for_seats = {act for act in COMMANDS if may_ask(act, "seat")}
    for rows in BY.values():
        assert for_seats <= {act for act, _ in rows} <= COMMANDS.keys()
    allowed = {act for table in SCENES for act, _, _, got in cells(table) if got == "ok"}
    assert allowed == COMMANDS.keys()


def test_every_refusal_is_reached_by_some_test() -> None:
    met = {got for table in SCENES for _, _, _, got in cells(table)} - {"ok"}
    assert met.union(BY_WHAT_IT_SAYS, refusals.REACHED, store.REACHED) == WORDS.keys()


def may_close(case: Case) -> bool:
    """Whether such a simulation can have the parts that close the bargaining."""
    parts = [{"id": name, "minutes": 5} for name in ("talks", "settle_up", "ask")]
    try:
        from_mapping(to_mapping(case) | {"phases": parts})
    except CaseFaults as found:
        return all("seasons" not in fault.what for fault in found.faults)
    return True


@pytest.mark.parametrize("table", SCENES)
def test_moment_that_a_table_does_not_know_cannot_come_there(table: str) -> None:
    play = SCENES[table]().play
    case, late = play.case, structs.replace(play.state, policy=Policy(ending="grace"))
    possible = {
        "pairs": any(leg.group for leg in legs(case)),
        "silent": case.rounds is not None,
        "between": case.rounds is not None,
        "settling": may_close(case),
        "asking": may_close(case),
        "overtime": bool(overtime(late)),
        "agreed": case.mechanism != "rounds",
    }
    assert possible == {moment: table in tables for moment, (tables, _) in ONLY.items()}
