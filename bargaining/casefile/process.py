"""Reads how the time at a table goes: strands, phases, channels, news, the cost of waiting, variants."""

from __future__ import annotations

from typing import Any

from bargaining.case import Channel, ConditionVariant, Delay, Phase, Release, Strand
from bargaining.casefile.faults import Fields, Node
from bargaining.casefile.known import EVERYBODY, Known
from bargaining.casefile.shapes import (
    ChannelShape,
    ConditionShape,
    DelayShape,
    MomentShape,
    PhaseShape,
    ReleaseShape,
    StrandShape,
)

MOST_CHANGES = 20


def read_process(fields: Fields, known: Known) -> dict[str, Any]:
    strands = tuple(_read_strand(name, node, known) for name, node in fields.entries("strands").items())
    phases = tuple(_read_phase(node, known) for node in fields.items_of("phases"))
    names = {strand.id for strand in strands}, _phase_names(fields, phases)
    variants = fields.entries("conditions").items()
    releases = tuple(_read_release(node, known, names[1]) for node in fields.items_of("releases"))
    _check_few(fields)
    _check_once(fields, "phases", phases)
    _check_once(fields, "releases", releases)
    return {
        "strands": _in_order(strands, fields),
        "phases": phases,
        "channels": tuple(_read_channel(node, known, *names) for node in fields.items_of("channels")),
        "delay": _read_delay(fields["delay"], known) if "delay" in fields else None,
        "releases": releases,
        "conditions": tuple(_read_variant(name, node, known) for name, node in variants),
    }


def _check_few(fields: Fields) -> None:
    """Each of these makes a case of its own, which is read and looked over whole."""
    counts = {"conditions": len(fields.entries("conditions")), "releases": len(fields.items_of("releases"))}
    for name, number in counts.items():
        if number > MOST_CHANGES:
            fields[name].fault(f"There are more than {MOST_CHANGES} of these.", "Keep those that matter.")


def _check_once(fields: Fields, name: str, things: tuple[Phase | Release, ...]) -> None:
    ids = [thing.id for thing in things]
    for place, node in enumerate(fields.items_of(name)):
        if ids[place] and ids[place] in ids[:place]:
            node.fault(f"“{ids[place]}” stands here twice.", "Give each its own id.")


def _phase_names(fields: Fields, phases: tuple[Phase, ...]) -> set[str]:
    """Without phases of their own, tables follow the steps of “time”, as they stand there."""
    return {phase.id for phase in phases} or set(fields.entries("time"))


def _read_strand(name: str, node: Node, known: Known) -> Strand:
    fields = node.shaped(StrandShape)
    return Strand(
        id=name,
        parties=known.parties_of(fields, "parties"),
        issues=tuple(item.one_of(known.issues) for item in fields.items_of("issues")),
        signers=known.parties_of(fields, "signers"),
        after=tuple(item.identifier() for item in fields.items_of("after")),
    )


def _in_order(strands: tuple[Strand, ...], fields: Fields) -> tuple[Strand, ...]:
    """A strand may only wait for one that stands above it, so none waits for ever."""
    before: set[str] = set()
    for strand in strands:
        for name in strand.after:
            if name not in before:
                fields["strands"].at(strand.id, "after").fault(
                    f"“{strand.id}” waits for “{name}”, which does not stand above it.",
                    "Put the strands in their order.",
                )
        before.add(strand.id)
    return strands


def _read_phase(node: Node, known: Known) -> Phase:
    fields = node.shaped(PhaseShape)
    groups = tuple(
        tuple(member.one_of(known.parties) for member in group.items()) for group in fields.items_of("rotate")
    )
    return Phase(
        id=fields.name("id"),
        minutes=fields.integer("minutes"),
        note=fields.text("note"),
        straw_polls=fields["straw_polls"].integers() if "straw_polls" in fields else (),
        rotate=groups,
        minutes_each=fields.integer("minutes_each"),
        together=fields.flag("together", False),
    )


def _read_channel(node: Node, known: Known, strands: set[str], phases: set[str]) -> Channel:
    fields = node.shaped(ChannelShape)
    return Channel(
        members=known.parties_of(fields, "members"),
        phase=fields["phase"].one_of(sorted(phases)) if "phase" in fields else "",
        strand=fields["strand"].one_of(sorted(strands)) if "strand" in fields else "",
    )


def _read_delay(node: Node, known: Known) -> Delay:
    fields = node.shaped(DelayShape)
    if isinstance(node.value, dict) and ("cost" in fields) == ("discount" in fields):
        node.fault("Waiting needs one price.", "Give either cost or discount.")
    return Delay(
        unit=fields.word("unit", ("minute", "round", "day"), "day"),
        free=fields.integer("free"),
        cost=known.numbers_of(fields, "cost"),
        discount=_read_discount(fields["discount"]) if "discount" in fields else None,
        optional=fields.flag("optional", False),
    )


def _read_discount(node: Node) -> float:
    discount = node.share()
    if discount == 0:
        node.fault("With this nothing is left after the first wait.", "Write a share such as 0.95.")
    return discount


def _read_release(node: Node, known: Known, phases: set[str]) -> Release:
    fields = node.shaped(ReleaseShape)
    at = fields["at"].shaped(MomentShape) if "at" in fields else Fields()
    if "at" in fields and len(at) != 1:
        fields["at"].fault("The moment is not clear.", "Give one of minute, phase, round, manual.")
    return Release(
        id=fields.name("id"),
        at={name: _read_moment(name, entry, phases) for name, entry in at.items()},
        to=known.parties_of(fields, "to"),
        text=fields.text("text"),
        changes=_read_changes(fields),
        optional=fields.flag("optional", False),
    )


def _read_moment(name: str, node: Node, phases: set[str]) -> str | int:
    if name == "phase":
        return node.one_of(sorted(phases))
    return node.flag() if name == "manual" else node.integer()


def _read_variant(name: str, node: Node, known: Known) -> ConditionVariant:
    fields = node.shaped(ConditionShape)
    words = {}
    for party, entry in fields.entries("text").items():
        words[party if party == EVERYBODY else known.party(entry, party)] = entry.text()
    return ConditionVariant(name, fields.text("about"), _read_changes(fields), words)


def _read_changes(fields: Fields) -> dict[str, Any]:
    return {path: node.value for path, node in fields["set"].mapping().items()} if "set" in fields else {}
