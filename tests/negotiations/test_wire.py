"""Frames in: what can be asked, and that everything else is a typed BadFrame. Frames out: plain JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from negotiations import wire
from negotiations.perform import digest_of
from negotiations.rules import commands as c
from negotiations.rules.refusals import WORDS, RuleBroken
from tests.negotiations.tables import LEASE

ID = "0b0e5a3e-8a57-4b9f-9d67-3c1f2a4b5c6d"
SAY: dict[str, Any] = {"t": "say", "id": ID, "text": "Good morning"}
ACCEPT: dict[str, Any] = {"t": "accept", "id": ID, "offer": 5, "package": 0, "digest": "abc"}
OFFER: dict[str, Any] = {"t": "offer", "id": ID, "packages": [LEASE]}

GOOD: list[tuple[dict[str, Any], c.Command | None]] = [
    (SAY, c.Say("Good morning")),
    (OFFER, c.MakeOffer((LEASE,))),
    (ACCEPT, c.AcceptOffer(5, 0, "abc")),
    ({"t": "decline", "id": ID, "offer": 5}, c.DeclineOffer(5)),
    ({"t": "decline", "id": ID, "offer": 5, "words": "Too dear"}, c.DeclineOffer(5, "Too dear")),
    (
        {"t": "offer", "id": ID, "packages": [{"rent": 8000}], "added": ["A gate"], "proposal": True},
        c.MakeOffer(({"rent": 8000},), "", ("A gate",), True),
    ),
    ({"t": "pin", "id": ID, "issue": "rent", "value": 8000}, c.PinTerm("rent", 8000)),
    ({"t": "unpin", "id": ID, "issue": "rent"}, c.UnpinTerm("rent")),
    ({"t": "record", "id": ID, "package": LEASE}, c.RecordOutcome(LEASE)),
    ({"t": "record", "id": ID, "package": None}, c.RecordOutcome(None)),
    ({"t": "closest", "id": ID, "offer": 5, "package": 2}, c.MarkClosest(5, 2)),
    (OFFER | {"words": "Take it"}, c.MakeOffer((LEASE,), "Take it")),
    ({"t": "withdraw", "id": ID, "offer": 5}, c.WithdrawOffer(5)),
    ({"t": "walk", "id": ID}, c.WalkAway("")),
    ({"t": "walk", "id": ID, "reason": "Too cheap"}, c.WalkAway("Too cheap")),
    ({"t": "offer", "id": ID, "packages": [{"split": [40, 60]}]}, c.MakeOffer(({"split": (40, 60)},))),
    ({"t": "back", "id": ID, "offer": 5}, c.TakeBack(5)),
    ({"t": "sponsor", "id": ID, "offer": 5}, c.Sponsor(5)),
    ({"t": "stance", "id": ID, "offer": 5, "package": 1, "stance": "unsure"}, c.TakeStance(5, 1, "unsure")),
    ({"t": "poll", "id": ID}, c.CallPoll()),
    ({"t": "choose", "id": ID, "round": 3, "move": "wide"}, c.Choose(3, "wide")),
    ({"t": "tap", "id": ID, "deed": 1}, c.Tap(1)),
    ({"t": "drop", "id": ID, "deed": 1}, c.DropDeed(1)),
    (SAY | {"to": "team"}, c.Say("Good morning", "team")),
    ({"t": "sign", "id": ID, "strand": "sale", "digest": "abc"}, c.Sign("sale", "abc")),
    ({"t": "sendback", "id": ID, "strand": "sale"}, c.SendBack("sale")),
    (
        {"t": "sendback", "id": ID, "strand": "sale", "issues": ["price"], "words": "Too low"},
        c.SendBack("sale", ("price",), "Too low"),
    ),
    ({"t": "text", "id": ID, "text": {"ringing": "By day."}}, c.ProposeText({"ringing": "By day."})),
    ({"t": "sign_text", "id": ID, "version": 2, "digest": "abc"}, c.SignText(2, "abc")),
    ({"t": "help", "id": ID}, c.AskHelp()),
    ({"t": "lower", "id": ID}, c.CloseHelp(None)),
    ({"t": "score", "id": ID, "package": {"rent": 8000}}, None),
    ({"t": "resume", "after": 3}, None),
    ({"t": "ping"}, None),
    ({"t": "ping", "seen": 3}, None),
]


@pytest.mark.parametrize(("frame", "command"), GOOD, ids=[frame["t"] for frame, _ in GOOD])
def test_frame_when_good_becomes_its_command(frame: dict[str, Any], command: c.Command | None) -> None:
    assert wire.command_of(wire.read(json.dumps(frame))) == command
    assert wire.command_of(wire.read(json.dumps(frame).encode())) == command


def raw(frame: dict[str, Any], name: str, value: str) -> str:
    """The frame as text with one value written by hand, as `json.dumps` never would."""
    return json.dumps(frame | {name: "@"}).replace('"@"', value)


#: what is wrong, the text, the code, and whether the answer may name the frame's id.
BAD: list[tuple[str, str | bytes, str, bool]] = [
    ("nothing", "", "bad_json", False),
    ("half an object", "{bad", "bad_json", False),
    ("two objects", "{}{}", "bad_json", False),
    ("not UTF-8", b'{"t":"ping\xff"}', "bad_json", False),
    ("another encoding", json.dumps(SAY).encode("utf-16"), "bad_json", False),
    ("a byte order mark", "\ufeff" + json.dumps(SAY), "bad_json", False),
    ("deep lists", "[" * wire.MAX_FRAME, "bad_json", False),
    ("deep objects", '{"t":' * 3000, "bad_json", False),
    ("a raw line break in text", raw(SAY, "text", '"a\nb"'), "bad_json", False),
    ("a name twice", '{"t":"withdraw","offer":1,"offer":2,"id":"' + ID + '"}', "bad_json", False),
    ("a name twice, inside", raw(OFFER, "packages", '[{"rent":1,"rent":2}]'), "bad_json", False),
    ("null", "null", "bad_request", False),
    ("a list", "[]", "bad_request", False),
    ("a text", '"x"', "bad_request", False),
    ("a number", "7", "bad_request", False),
    ("an empty object", "{}", "bad_request", False),
    ("too big", json.dumps(SAY | {"text": "x" * wire.MAX_FRAME}), "too_big", False),
    ("NaN", raw(OFFER, "packages", '[{"rent":NaN}]'), "bad_value", False),
    ("Infinity", raw(OFFER, "packages", '[{"rent":Infinity}]'), "bad_value", False),
    ("minus Infinity", raw(OFFER, "packages", '[{"rent":-Infinity}]'), "bad_value", False),
    ("1e400", raw(OFFER, "packages", '[{"rent":1e400}]'), "bad_value", False),
    ("5,000 digits", raw(ACCEPT, "offer", "9" * 5000), "bad_value", False),
    ("2^63", raw(ACCEPT, "offer", str(2**63)), "bad_value", False),
    ("2^63 to resume from", f'{{"t":"resume","after":{2**63}}}', "bad_value", False),
    ("half a character", raw(SAY, "text", r'"a\ud800b"'), "bad_text", True),
    ("half a character in a name", raw(OFFER, "packages", r'[{"\udfff":1}]'), "bad_text", True),
    ("half a character in a value", raw(OFFER, "packages", r'[{"form":"\ud83d"}]'), "bad_text", True),
    ("half a character in a digest", raw(ACCEPT, "digest", r'"\ud800"'), "bad_text", True),
    ("half a character for a type", raw(SAY, "t", r'"\ud800"'), "bad_request", True),
    ("half a character for an id", raw(SAY, "id", r'"\ud800"'), "bad_key", False),
    ("half a character for a field", json.dumps(SAY | {"\ud800": 1}), "bad_request", True),
    ("no type", json.dumps({"id": ID, "text": "x"}), "bad_request", True),
    ("an unknown type", json.dumps(SAY | {"t": "shout"}), "bad_request", True),
    ("a type of ours inside", json.dumps({"t": "websocket.disconnect"}), "bad_request", False),
    ("an instructor's command", json.dumps({"t": "close", "id": ID}), "bad_request", True),
    ("a type that is none", json.dumps(SAY | {"t": ["say"]}), "bad_request", True),
    ("a field is missing", json.dumps({"t": "say", "id": ID}), "bad_request", True),
    ("true for a number", json.dumps(ACCEPT | {"offer": True}), "bad_request", True),
    ("text for a number", json.dumps(ACCEPT | {"offer": "5"}), "bad_request", True),
    ("a fraction for a number", json.dumps(ACCEPT | {"offer": 5.0}), "bad_request", True),
    ("minus nought", raw(ACCEPT, "offer", "-0.0"), "bad_request", True),
    ("null for a number", json.dumps(ACCEPT | {"offer": None}), "bad_request", True),
    ("a number for text", json.dumps(SAY | {"text": 5}), "bad_request", True),
    ("one package, not a list", json.dumps(OFFER | {"packages": LEASE}), "bad_request", True),
    ("a package that is none", json.dumps(OFFER | {"packages": ["lease"]}), "bad_request", True),
    ("a list of words for a value", json.dumps(OFFER | {"packages": [{"rent": ["8000"]}]}), "bad_request", True),
    (
        "a stance that is none",
        json.dumps({"t": "stance", "id": ID, "offer": 5, "package": 0, "stance": "maybe"}),
        "bad_request",
        True,
    ),
    ("null for a value", json.dumps(OFFER | {"packages": [{"rent": None}]}), "bad_request", True),
    ("an object for a value", json.dumps(OFFER | {"packages": [{"rent": {}}]}), "bad_request", True),
    ("SQL to resume from", json.dumps({"t": "resume", "after": "0;DROP"}), "bad_request", False),
    ("a fraction to resume from", json.dumps({"t": "resume", "after": 1.5}), "bad_request", False),
    ("no id", json.dumps({"t": "say", "text": "x"}), "bad_request", False),
    ("an id that is no UUID", json.dumps(SAY | {"id": "first"}), "bad_key", False),
    ("an empty id", json.dumps(SAY | {"id": ""}), "bad_key", False),
    ("an id of 1 KiB", json.dumps(SAY | {"id": "a" * 1024}), "bad_key", False),
    ("an id of the right length", json.dumps(SAY | {"id": "z" * 36}), "bad_key", False),
    ("an id that is a number", json.dumps(SAY | {"id": 5}), "bad_key", False),
    ("an id that is a list", json.dumps(SAY | {"id": [ID]}), "bad_key", False),
]  # fmt: skip
SERVERS_OWN = ("actor", "party", "seq", "n", "at", "role", "score", "worth", "room", "released", "v")
BAD += [
    (f"the field {name}", json.dumps(SAY | {name: "x"}), "bad_request", True) for name in SERVERS_OWN
]  # fmt: skip


@pytest.mark.parametrize(("why", "text", "code", "named"), BAD, ids=[why for why, *_ in BAD])
def test_frame_when_bad_is_refused_with_a_code(why: str, text: str | bytes, code: str, named: bool) -> None:
    with pytest.raises(wire.BadFrame) as refused:
        wire.read(text)
    assert (refused.value.code, refused.value.id) == (code, ID if named else None)
    assert refused.value.words == wire.WORDS[code]


def test_bad_frames_reach_every_code_of_reading() -> None:
    of_performing = {"rate_limited", "unavailable", "key_reuse", "reading_along"}
    assert {code for _, _, code, _ in BAD} == set(wire.WORDS) - of_performing


def test_size_is_what_counts_to_the_last_byte() -> None:
    room = wire.MAX_FRAME - len(json.dumps(SAY | {"text": ""}))
    assert isinstance(wire.read(json.dumps(SAY | {"text": "x" * room})), wire.Say)
    with pytest.raises(wire.BadFrame, match="too_big"):
        wire.read(json.dumps(SAY | {"text": "x" * (room + 1)}))


@pytest.mark.parametrize("text", ["👩‍🌾", "\u202egnirts", "e" + "\u0301" * 500, "a\x00b"])
def test_text_of_whole_characters_is_read_as_it_is(text: str) -> None:
    """Escaped or not. What may be said is the rules' matter."""
    for ascii_only in (True, False):
        frame = wire.read(json.dumps(SAY | {"text": text}, ensure_ascii=ascii_only))
        assert frame == wire.Say(UUID(ID), text)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([ID, "say", "offer", "\ud800", 10**30]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["t", "id", "text", "packages", "package", "offer", "digest", "reason", "after", "seen", "x"]
)
TYPES = st.sampled_from([frame["t"] for frame, _ in GOOD])
FRAMES = st.builds(
    lambda kind, id, rest: rest | {"t": kind} | ({"id": ID} if id else {}),
    TYPES,
    st.booleans(),
    st.dictionaries(NAMES, VALUES, max_size=5),
)
NEARLY_GOOD = st.builds(
    lambda chosen, name, value: chosen[0] | {name: value}, st.sampled_from(GOOD), NAMES, VALUES
)


def read_or_refuse(text: str | bytes) -> None:
    """Nothing but BadFrame comes out, and what was read can be fingerprinted, stored and sent."""
    try:
        frame = wire.read(text)
    except wire.BadFrame as refused:
        wire.encode(wire.error(refused.code, refused.words, refused.id))
        return
    command = wire.command_of(frame)
    if command is not None:
        digest_of(command)


@settings(max_examples=400, deadline=None)
@given(FRAMES | NEARLY_GOOD)
@example(SAY | {"id": "{" + ID.replace("-", "") + "---"})
def test_read_when_given_any_json_raises_nothing_but_bad_frame(frame: dict[str, Any]) -> None:
    read_or_refuse(json.dumps(frame))


@settings(max_examples=400, deadline=None)
@example("[" * 8000 + "]" * 8000)
@given(st.text() | st.binary() | st.text(alphabet='{}[]":,0123456789eE+-.tn\\u', max_size=60))
def test_read_when_given_anything_raises_nothing_but_bad_frame(text: str | bytes) -> None:
    read_or_refuse(text)


def test_answers_are_plain_json() -> None:
    now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    id = UUID(ID)
    answers = {
        "ack": (wire.ack(id, 3, 4), {"t": "ack", "id": ID, "first": 3, "last": 4}),
        "pong": (
            wire.pong(4, now, {"farmer": True}, {1: True}),
            {"t": "pong", "head": 4, "now": "2026-11-02T09:00:00Z", "here": {"farmer": True}},
        ),
        "events": (
            wire.events([], 4, now),
            {"t": "events", "v": 1, "events": [], "head": 4, "now": "2026-11-02T09:00:00Z"},
        ),
        "refusal": (
            wire.refusal(RuleBroken("late"), id),
            {"t": "err", "id": ID, "code": "late", "words": WORDS["late"], "retry": False},
        ),
        "error": (
            wire.error("unavailable", wire.WORDS["unavailable"], id, retry=True),
            {"t": "err", "id": ID, "code": "unavailable", "words": wire.WORDS["unavailable"], "retry": True},
        ),
    }
    for answer, plain in answers.values():
        assert json.loads(wire.encode(answer)) == plain


def test_refusal_is_sent_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    german = {"“{name}” is still open.": "„{name}“ ist noch offen."}
    monkeypatch.setattr(wire, "gettext", lambda words: german.get(words, words))
    frame = wire.refusal(RuleBroken("invalid_offer", "“{name}” is still open.", "Rent"), UUID(int=1))
    assert frame["words"] == "„Rent“ ist noch offen."


def test_reader_knows_every_frame_a_participant_may_send() -> None:
    kinds = {msgspec.inspect.type_info(kind).tag for kind in wire.Frame.__args__}  # type: ignore[union-attr]
    assert kinds == {frame["t"] for frame, _ in GOOD}
