"""The shape of format 1: which keys a simulation file may have, which it must, and what stands in them.
The reader takes its keys from here and editors take their schema from here, so the two cannot part."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from bargaining.casefile.keys import KEYS

Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Meta(min_length=1)]
Number = float  # a whole number is one too
Whole = Annotated[int, Meta(ge=0)]
Single = str | float | bool
LANGUAGE = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
Chances = dict[Name, Annotated[float, Meta(ge=0, le=1)]]
Test = dict[str, Any]
Maybe = UnsetType


class Shape(Struct, forbid_unknown_fields=True, kw_only=True):
    """A mapping with fixed keys; a key without a default is needed."""


class OptionShape(Shape):
    id: Name
    label: Text
    attrs: dict[Name, Number] | Maybe = UNSET


class ExpectedShape(Shape):
    """A contingent term: the outcome of an event chooses the rule."""

    event: Name
    by: dict[Name, RuleShape | list[Number]]


class RuleShape(Shape):
    """Points for a number: one of a line, straight pieces, steps, a share, or what an event decides."""

    offset: Number | Maybe = UNSET
    per_unit: Number | Maybe = UNSET
    piecewise: list[tuple[Number, Number]] | Maybe = UNSET
    steps: list[tuple[Number, Number]] | Maybe = UNSET
    expected: ExpectedShape | Maybe = UNSET
    share_of: Name | Maybe = UNSET


Points = dict[Name, RuleShape | list[Number]]


class IssueShape(Shape):
    title: Text
    kind: Literal["choice", "boolean", "integer", "decimal", "allocation", "text"]
    options: list[OptionShape] | Maybe = UNSET
    min: Number | Maybe = UNSET
    max: Number | Maybe = UNSET
    step: Number | Maybe = UNSET
    unit: Text | Maybe = UNSET
    group: Text | Maybe = UNSET
    when: Test | Maybe = UNSET
    midpoint: Single | list[Single | list[int]] | Maybe = UNSET
    among: list[Name] | Maybe = UNSET
    of: Name | Maybe = UNSET
    strand: Name | Maybe = UNSET
    visible_to: list[Name] | Maybe = UNSET
    contingent_on: Name | Maybe = UNSET
    allow_added_terms: bool | Maybe = UNSET
    points: Points | Maybe = UNSET


class DerivedShape(Shape):
    """A quantity computed from the package: + - * / min max, comparisons, issue and issue.attribute."""

    title: Text
    formula: Text
    unit: Text | Maybe = UNSET
    public: bool | Maybe = UNSET
    points: Points | Maybe = UNSET


class LotteryShape(Shape):
    p: Annotated[float, Meta(ge=0, le=1)]
    value: Number
    text: Text | Maybe = UNSET


class AlternativeShape(Shape):
    """What a party has without a deal (BATNA): one value, or a lottery."""

    text: Text
    value: Number | Maybe = UNSET
    lottery: list[LotteryShape] | Maybe = UNSET


class PartyShape(Shape):
    name: Text
    kind: Literal["negotiator", "principal", "agent", "mediator", "observer"] | Maybe = UNSET
    principal: Name | Maybe = UNSET
    scored: bool | Maybe = UNSET
    optional: bool | Maybe = UNSET
    team: Annotated[list[int], Meta(min_length=2, max_length=2)] | Maybe = UNSET
    base: Number | Maybe = UNSET
    alternative: AlternativeShape | Maybe = UNSET
    target: Number | Maybe = UNSET
    interests: list[Text] | Maybe = UNSET
    interests_rated: list[Name] | Maybe = UNSET
    interest_texts: dict[Name, Text] | Maybe = UNSET
    red_line: Text | Maybe = UNSET


class UncertaintyShape(Shape):
    question: Text
    outcomes: list[Name]
    beliefs: dict[Name, Chances] | Maybe = UNSET
    resolve: Literal["instructor", "draw", "fixed"] | Maybe = UNSET
    draw: Chances | Maybe = UNSET


class AdjustmentShape(Shape):
    """Points that come from several terms together, or from a deal that many approve."""

    when: Test
    add: dict[Name, Number]
    tell: list[Name] | Maybe = UNSET
    text: Text | Maybe = UNSET


class AgreementShape(Shape):
    rule: Literal["unanimous", "threshold", "weighted", "coalition"] | Maybe = UNSET
    allow_no_deal: bool | Maybe = UNSET
    signers: list[Name] | Maybe = UNSET
    at_least: Whole | Maybe = UNSET
    veto: list[Name] | Maybe = UNSET
    weights: dict[Name, Number] | Maybe = UNSET
    quota: Number | Maybe = UNSET
    requires: Test | Maybe = UNSET
    confirm: Text | Maybe = UNSET


class CoalitionShape(Shape):
    """What each set of parties can share; a set is its members joined by +."""

    values: dict[str, Number]
    step: Number | Maybe = UNSET
    public: bool | Maybe = UNSET
    one_agreement_only: bool | Maybe = UNSET


class RoundsShape(Shape):
    moves: list[Name]
    multipliers: list[Number]
    counted_move: Name | Maybe = UNSET
    payoff: dict[Name, list[Number]] | Maybe = UNSET
    matrix: dict[Name, dict[Name, tuple[Number, Number]]] | Maybe = UNSET
    talk_before: dict[Name, list[int]] | Maybe = UNSET
    reveal: Literal["choices_by_crew", "counts_only"] | Maybe = UNSET
    seconds_per_round: Whole | Maybe = UNSET
    simultaneous: bool | Maybe = UNSET
    continues: Annotated[float, Meta(ge=0, le=1)] | Maybe = UNSET
    absent_move: Name | Maybe = UNSET


class ElementShape(Shape):
    """What could stand in an agreement without points, and whose interests it covers."""

    text: Text
    covers: dict[Name, list[Name]] | Maybe = UNSET
    conflicts: list[Name] | Maybe = UNSET
    red_line: list[Name] | Maybe = UNSET
    naive: bool | Maybe = UNSET


class StrandShape(Shape):
    parties: list[Name]
    issues: list[Name]
    signers: list[Name] | Maybe = UNSET
    after: list[Name] | Maybe = UNSET


class PhaseShape(Shape):
    id: Name
    minutes: Whole
    note: Text | Maybe = UNSET
    straw_polls: list[int] | Maybe = UNSET
    rotate: list[list[Name]] | Maybe = UNSET
    minutes_each: Whole | Maybe = UNSET
    together: bool | Maybe = UNSET


class ChannelShape(Shape):
    members: list[Name]
    phase: Name | Maybe = UNSET
    strand: Name | Maybe = UNSET


class DelayShape(Shape):
    unit: Literal["minute", "round", "day"]
    cost: dict[Name, Number] | Maybe = UNSET
    discount: Annotated[float, Meta(gt=0, le=1)] | Maybe = UNSET
    free: Whole | Maybe = UNSET
    optional: bool | Maybe = UNSET


class MomentShape(Shape):
    minute: Whole | Maybe = UNSET
    phase: Name | Maybe = UNSET
    round: Whole | Maybe = UNSET
    manual: bool | Maybe = UNSET


class ReleaseShape(Shape):
    """News during the negotiation; `set` changes fields by their dotted path."""

    id: Name
    at: MomentShape
    to: list[Name]
    text: Text
    set: dict[str, Any] | Maybe = UNSET
    optional: bool | Maybe = UNSET


class ConditionShape(Shape):
    """A variant for some tables; `set` changes fields by their dotted path."""

    about: Text
    set: dict[str, Any] | Maybe = UNSET
    text: dict[Name, Text] | Maybe = UNSET


class ScoringShape(Shape):
    unit: Text | Maybe = UNSET
    comparable: bool | Maybe = UNSET
    note: Text | Maybe = UNSET


class QuestionnairesShape(Shape):
    before: list[Name] | Maybe = UNSET
    after: list[Name] | Maybe = UNSET
    course_start: list[Name] | Maybe = UNSET
    course_end: list[Name] | Maybe = UNSET


class SimulationShape(Shape):
    """A simulation of Parley's format 1: all structure and all numbers, secret to instructors."""

    format: Literal[1]
    id: Name
    version: Annotated[str, Meta(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")]
    title: Text
    mechanism: Literal["agreement", "coalition", "rounds", "freeform"]
    parties: dict[Name, PartyShape]
    licence: Text | Maybe = UNSET
    authors: list[Text] | Maybe = UNSET
    language: Annotated[str, Meta(pattern=LANGUAGE)] | Maybe = UNSET
    level: Literal["introductory", "intermediate", "advanced"] | Maybe = UNSET
    summary: Text | Maybe = UNSET
    tags: list[Text] | Maybe = UNSET
    teaches: list[Text] | Maybe = UNSET
    public_facts: list[Text] | Maybe = UNSET
    time: dict[Name, Whole] | Maybe = UNSET
    scoring: ScoringShape | Maybe = UNSET
    uncertainties: dict[Name, UncertaintyShape] | Maybe = UNSET
    issues: dict[Name, IssueShape] | Maybe = UNSET
    derived: dict[Name, DerivedShape] | Maybe = UNSET
    adjustments: list[AdjustmentShape] | Maybe = UNSET
    agreement: AgreementShape | Maybe = UNSET
    coalition: CoalitionShape | Maybe = UNSET
    rounds: RoundsShape | Maybe = UNSET
    settlement_elements: dict[Name, ElementShape] | Maybe = UNSET
    max_elements: Whole | Maybe = UNSET
    strands: dict[Name, StrandShape] | Maybe = UNSET
    phases: list[PhaseShape] | Maybe = UNSET
    channels: list[ChannelShape] | Maybe = UNSET
    delay: DelayShape | Maybe = UNSET
    releases: list[ReleaseShape] | Maybe = UNSET
    conditions: dict[Name, ConditionShape] | Maybe = UNSET
    landmarks: dict[Name, dict[Name, Single | list[int]]] | Maybe = UNSET
    questionnaires: QuestionnairesShape | Maybe = UNSET


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of simulation.yaml, for editors that check and explain while one writes."""
    (whole,), parts = msgspec.json.schema_components([SimulationShape], ref_template="#/$defs/{name}")
    for name, part in parts.items():
        for key, words in KEYS[name.removesuffix("Shape")].items():
            part["properties"][key] = {"description": words} | part["properties"][key]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Parley simulation, format 1",
        **whole,
        "$defs": parts,
    }
