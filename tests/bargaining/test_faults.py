"""Faults in the parts that only some simulations have, each with its line: formulas, shares, strands, votes,
coalitions, rounds, elements, phases, news."""

from __future__ import annotations

import pytest

from bargaining.case import AllOf, Between
from bargaining.casefile import from_mapping, load_case, to_mapping, write_condition
from tests.bargaining.cases import LIBRARY
from tests.bargaining.test_casefile import faults, line_of

SOLAR, HOUSE, MILL, COAST, STORE, CREWS, BELL, LOAF = (
    "cassel-valley-solar", "eleven-quarry-lane", "dunmore-mill", "quillhaven", "cold-store", "four-crews",
    "memorial-bell", "rye-and-rivet",
)  # fmt: skip


def shipped_text(name: str) -> str:
    return (LIBRARY / name / "simulation.yaml").read_text(encoding="utf-8")


ROWS: list[tuple[str, ...]] = [
    # formulas and derived quantities
    (SOLAR, "size.net + storage", "size.nett + storage", "“size.nett” is not a number"),
    (SOLAR, "size.net + storage", "size + storage", "“size” is not a number"),
    (SOLAR, "size.net + storage", "sizes.net + storage", "“sizes”, which is no issue"),
    (SOLAR, "size.net + storage", "size.net ** storage", "A formula may hold"),
    (SOLAR, "size.net + storage", "size.net + + + ( storage", "no readable formula"),
    (SOLAR, "size.net + storage", "size.net / storage", "could divide by 0"),
    (SOLAR, "size.net + storage", "size.net * 1e13 + storage", "too large"),
    (SOLAR, "  net_income:\n", "  split:\n", "“split” is taken already",
     "  split:\n    title: Yearly"),
    (SOLAR, "public: true", "public: maybe", "should be true or false"),
    (HOUSE, "points: {seller: {per_unit: 1}", "points: {seller: [1, 2]", "is a number"),
    (HOUSE, "points: {seller: {per_unit: 1}", "points: {stranger: {per_unit: 1}", "no party “stranger”"),
    (HOUSE, "attrs: {rate: 2.5, over: 0}", "attrs: {rate: much, over: 0}", "should be a number"),
    # allocations
    (SOLAR, "    among: [school, developer, residents]\n", "", "“among” is missing", "  split:"),
    (SOLAR, "among: [school, developer, residents]", "among: [school, school]", "different parties"),
    (SOLAR, "among: [school, developer, residents]", "among: [school, developers]", "one of the known words"),
    (SOLAR, "of: net_income", "of: income", "no derived quantity"),
    (SOLAR, "school: {share_of: net_income}", "school: {share_of: income}", "share of “school” does not fit"),
    (SOLAR, "school: {share_of: net_income}", "school: [1, 2, 3]", "is a number"),
    (SOLAR, "school: {share_of: net_income}", "school: {per_unit: 2}", "has options, not numbers"),
    (SOLAR, "school: [8, 0, -70]", "school: {share_of: net_income}", "Only an allocation has shares"),
    (SOLAR, "    step: 5\n", "    step: 3\n", "do not add up to 100"),
    (SOLAR, "    step: 5\n", "    min: 5\n", "Shares are in percent"),
    (SOLAR, "    title: Battery\n", "    title: Battery\n    among: [all]\n", "Only an allocation has “among”"),
    (SOLAR, "split: [35, 35, 30]", "split: [35, 35, 35]", "do not add up to 100 percent"),
    (SOLAR, "split: [35, 35, 30]", "split: [33, 37, 30]", "between two steps"),
    (SOLAR, "split: [35, 35, 30]", "split: 35", "of the wrong kind"),
    (SOLAR, "split: [35, 35, 30]", "split: [[35, 35, 30]]", "of the wrong kind"),
    # strands, agents and who knows what
    (HOUSE, "    strand: listing\n", "    strand: buying\n", "“buying” does not hold this issue"),
    (HOUSE, "issues: [buyer_fee]", "issues: [buyer_fee, seller_fee]", "stands in two strands"),
    (HOUSE, "issues: [buyer_fee]", "issues: [fees]", "one of the known words"),
    (HOUSE, "after: [listing, buying]", "after: [listing, sale]", "does not stand above it"),
    (HOUSE, "points: {seller: {per_unit: -1}, seller_agent", "points: {buyer: {per_unit: -1}, seller_agent",
     "which buyer does not know of", "  seller_fee_paid:"),
    (HOUSE, "    principal: seller\n", "    principal: buyer_agent\n", "acts for a principal"),
    (HOUSE, "    principal: seller\n", "", "acts for a principal", "  seller_agent:"),
    (HOUSE, "    kind: principal\n", "    kind: principal\n    principal: buyer\n", "Only an agent has a principal"),
    (HOUSE, "{strand: listing, members", "{strand: lists, members", "one of the known words"),
    (BELL, "    scored: false\n", "    scored: true\n", "A mediator has no points", "  mediator:"),
    # votes
    (MILL, "at_least: 5", "at_least: 7", "So many cannot agree"),
    (MILL, "at_least: 5", "at_least: 0", "So few cannot agree"),
    (MILL, "veto: [agency, company]", "veto: [agency, mayor]", "one of the known words"),
    (MILL, "approved_by: {count: 6}", "approved_by: {count: 7}", "not so many parties"),
    (MILL, "approved_by: {count: 6}", "approved_by: {number: 6}", "“number” is not known"),
    (MILL, "rule: threshold", "rule: unanimous", "“at_least” means nothing here", "at_least: 5"),
    (MILL, "rule: threshold\n  at_least: 5", "rule: weighted\n  quota: 9\n  weights: {agency: 5}", "cannot reach this"),
    (MILL, "rule: threshold\n  at_least: 5", "rule: weighted\n  quota: 1\n  weights: {agency: -5}", "below 0"),
    (MILL, "tell: [company, agency]", "tell: [company]", "points of agency, who is not told", "approved_by"),
    (COAST, "at_least: 6", "at_least: 8", "So many cannot agree"),
    (COAST, "  at_least: 6\n", "  at_least: 6\n  veto: [facilitator]\n", "does not sign"),
    (COAST, "cost: {max: 64}}\n  allow", "cost: {most: 64}}\n  allow", "“most” is not known"),
    (COAST, "cost: {max: 64}}\n  allow", "price: {max: 64}}\n  allow", "“price” is no issue"),
    (COAST, "cost: {title: Cost in millions, public: true", "cost: {title: Cost in millions, public: false",
     "“cost”, which is secret", "requires:"),
    # coalitions
    (STORE, "orchard+dairy: 92", "orchard+diary: 92", "no party “diary”"),
    (STORE, "orchard+dairy: 92", "fishery+orchard: 92", "stands here twice", "orchard+fishery: 78"),
    (STORE, "orchard+dairy: 92", "orchard+orchard: 92", "stands here twice"),
    (STORE, "    orchard+dairy+fishery: 106\n", "", "all together is missing", "coalition:"),
    (STORE, "step: 1", "step: 0", "above 0"),
    (STORE, "rule: coalition", "rule: unanimous", "do not fit", "mechanism: coalition"),
    (STORE, "mechanism: coalition", "mechanism: rounds", "“coalition” means nothing here", "coalition:"),
    (STORE, "minutes_each: 4", "minutes_each: four", "whole number"),
    (STORE, "{id: open, minutes: 15}", "{id: private_pairs, minutes: 15}", "stands here twice"),
    # rounds
    (CREWS, "moves: [narrow, wide]", "moves: [wide, wide]", "different moves"),
    (CREWS, "counted_move: wide", "counted_move: wides", "one of the known words"),
    (CREWS, "  counted_move: wide\n", "", "Which move is counted", "payoff:"),
    (CREWS, "narrow: [5, 3, 1, -1, 0]", "narrow: [5, 3, 1, -1]", "do not fit the moves", "payoff:"),
    (CREWS, "narrow: [5, 3, 1, -1, 0]", "small: [5, 3, 1, -1, 0]", "do not fit the moves", "payoff:"),
    (CREWS, "multipliers: [1, 1, 1, 3, 1, 1, 1, 5]", "multipliers: []", "out of bounds"),
    (CREWS, "talk_before: {all: [4, 8]", "talk_before: {all: [4, 9]", "no such round"),
    (CREWS, "seconds_per_round: 120", "seconds_per_round: 120\n  continues: 1.5", "from 0 to 1"),
    (CREWS, "seconds_per_round: 120", "matrix: {narrow: {narrow: [1, 1]}}", "one way to count", "rounds:"),
    # agreements without points
    (BELL, "conflicts: [square_council]", "conflicts: [council]", "“council” is no element"),
    (BELL, "covers: {ringers: [r2]}", "covers: {ringers: [n2]}", "one of the known words"),
    (BELL, "red_line: [ringers]", "red_line: [ringer]", "one of the known words"),
    (BELL, "interests_rated: [r1, r2,", "interests_rated: [r2,", "do not match"),
    (BELL, "at: {phase: closing_session}", "at: {phase: closing}", "one of the known words"),
    (STORE, "  - {id: open, minutes: 15}", "  - {id: ask, minutes: 5}\n  - {id: settle_up, minutes: 15}",
     "“settle_up” does not belong here", "  - {id: settle_up"),
    (STORE, "  - {id: private_pairs,", "  - {id: settle_up, minutes: 5}\n  - {id: private_pairs,",
     "“settle_up” does not belong here", "  - {id: settle_up"),
    (STORE, "  - {id: open, minutes: 15}", "  - {id: ask, minutes: 5, rotate: [[orchard, dairy]]}",
     "Nobody takes turns in “ask”"),
    (STORE, "minutes: 12,", "minutes: 12, together: true,", "all talk together, and some apart"),
    (BELL, "\nchannels:\n",
     "\nphases:\n  - {id: caucuses, minutes: 20, together: true}\n  - {id: closing_session, minutes: 9}\nchannels:\n",
     "all talk together, and some apart", "  - {id: caucuses"),
    (STORE, "  - {id: open, minutes: 15}", "  - {id: ask, minutes: 5, straw_polls: [2]}",
     "Nothing is voted on while people are asked"),
    (CREWS, "rounds:\n", "phases:\n  - {id: play, minutes: 30}\n  - {id: settle_up, minutes: 10}\nrounds:\n",
     "The seasons take all the time", "  - {id: settle_up"),
    (BELL, "at: {phase: closing_session}", "at: {phase: closing_session, minute: 3}", "moment is not clear"),
    (BELL, "phase: caucuses}", "phase: caucus}", "one of the known words"),
    (BELL, "kind: text}", "kind: text, points: {ringers: [1]}}", "A text gives no points"),
    (BELL, "kind: text}", "kind: text}\n  more: {title: More, kind: text, when: {ringing: never}}", "is a text",
     "  more:"),
    (BELL, "mechanism: freeform", "mechanism: agreement", "has no alternative", "  residents:"),
    # heads, waiting and news
    (LOAF, "format: 1", "format: true", "another format"),
    (LOAF, "language: en", "language: english", "no language"),
    (LOAF, "language: en", "seen_as: public", "not a view of one"),
    (LOAF, "agreement:", "delay: {unit: day, discount: 0}\nagreement:", "nothing is left", "discount: 0"),
    (LOAF, "agreement:", "delay: {unit: day}\nagreement:", "one price", "unit: day"),
    (MILL, "landmarks:", "  - {id: second_incident, at: {minute: 5}, to: [all], text: Again.}\nlandmarks:",
     "stands here twice", "text: Again."),
    # contingent terms
    (LOAF, "draw: {high: 0.5, low: 0.5}", "draw: {high: 0.5, low: 0.6}", "do not add up to 1"),
    (LOAF, "outcomes: [high, low]", "outcomes: [high, high]", "different outcomes"),
    (LOAF, "contingent_on: demand", "contingent_on: weather", "one of the known words"),
    (LOAF, "high: {per_unit: 1}, low: {per_unit: 0}", "high: {per_unit: 1}", "do not match the outcomes"),
    (LOAF, "      grocer: {high: 0.3, low: 0.7}\n", "", "no belief about “demand”", "beliefs:"),
    (LOAF, "agreement:", "derived:\n  risk:\n    title: Risk\n    formula: bonus\n    points:\n      grocer: "
     "{expected: {event: rain, by: {wet: {per_unit: 1}, dry: {per_unit: 0}}}}\nagreement:", "one of the known words",
     "{expected: {event: rain"),
]  # fmt: skip
# The fault stands on the line that was changed, unless another piece of the text is named.
MISTAKES = [(*row, "") if len(row) == 4 else row for row in ROWS]


@pytest.mark.parametrize(("name", "right", "wrong", "what", "place"), MISTAKES)
def test_mistake_is_found_on_its_line(name: str, right: str, wrong: str, what: str, place: str) -> None:
    text = shipped_text(name)
    changed = text.replace(right, wrong, 1)
    assert changed != text
    piece = place or wrong.strip("\n")
    line = line_of(changed, piece)
    found = faults(changed)
    assert any(what in words and line <= at <= line + piece.count("\n") for at, words in found), found


def test_belief_is_needed_where_points_of_a_quantity_hang_on_it() -> None:
    text = shipped_text(LOAF).replace("      grocer: {high: 0.3, low: 0.7}\n", "")
    bets = text.index("  bonus:"), text.index("  delivery:")
    text = text[: bets[0]] + text[bets[1] :].partition("landmarks:")[0]
    rule = "{expected: {event: demand, by: {high: {per_unit: 1}, low: {per_unit: 0}}}}"
    quantity = f"derived:\n  risk: {{title: Risk, formula: price, points: {{grocer: {rule}}}}}\n"
    load_case(text)
    assert any("“grocer” has no belief" in words for _, words in faults(text + quantity))


def test_number_with_steps_too_fine_to_tell_apart() -> None:
    text = shipped_text(LOAF).replace("min: 2.10", "min: 2.0", 1)
    text = text.replace("max: 2.90", "max: 2.000001", 1).replace("step: 0.05", "step: 0.0000000001", 1)
    assert any("too fine" in words for _, words in faults(text))


def test_everybody_s_shares_are_counted_before_they_are_listed() -> None:
    """With ten parties and steps of one percent there are more ways to share than memory."""
    parties = "\n".join(f"  p{n}: {{name: P, alternative: {{text: t, value: 1}}}}" for n in range(10))
    text = (
        f"format: 1\nid: many\nversion: 1.0.0\ntitle: Many\nmechanism: agreement\nparties:\n{parties}\n"
        "issues:\n  n: {title: N, kind: integer, min: 0, max: 9, step: 1}\n"
        "  split: {title: S, kind: allocation, among: [all], of: pot, step: 1}\n"
        "derived:\n  pot: {title: Pot, formula: n}\n"
    )
    assert faults(text) == [(19, "There are too many ways to share.")]
    assert (
        len(load_case(text.replace("step: 1}\nderived", "step: 25}\nderived")).issue("split").values()) == 715
    )


def test_condition_with_two_tests_of_one_issue_keeps_both() -> None:
    both = AllOf((Between("price", 10, None), Between("price", None, 90)))
    plain = write_condition(both)
    assert plain == {"all": [{"price": {"min": 10}}, {"price": {"max": 90}}]}


def test_view_without_the_shared_quantity_still_reads() -> None:
    case = load_case(shipped_text(SOLAR).replace("public: true", "public: false"))
    for viewer in (None, *case.party_ids):
        seen = case.seen_by(viewer)
        assert from_mapping(to_mapping(seen)) == seen
    assert case.seen_by(None).derived == ()
    assert [quantity.id for quantity in case.seen_by("school").derived] == ["net_income"]


def test_misspelt_kind_does_not_blame_the_other_keys() -> None:
    for name, kind in ((SOLAR, "choice"), (SOLAR, "allocation"), (HOUSE, "integer"), (BELL, "text")):
        text = shipped_text(name)
        [(line, what)] = faults(text.replace(f"kind: {kind}", "kind: wrong", 1))
        assert line == line_of(text, f"kind: {kind}")
        assert "one of the known words" in what


def test_formula_says_that_a_hyphen_is_a_minus() -> None:
    text = (
        shipped_text(COAST)
        .replace("  shore:", "  shore-line:", 1)
        .replace("shore.risk", "shore-line.risk", 1)
    )
    assert any("reads with _ for -" in what for _, what in faults(text))
