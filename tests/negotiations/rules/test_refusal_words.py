"""What a refusal says: a whole sentence for each code, marked for translators, in words that a student knows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bargaining import splits
from bargaining.case import check_package, checking
from negotiations.rules import decide, refusals
from negotiations.rules.refusals import WORDS, RuleBroken
from tests.negotiations.rules.given import CASE

#: What only those who write the program would say.
JARGON = {
    *("actor", "body", "boolean", "command", "deed", "digest", "error", "event", "field", "frame", "id"),
    *("input", "instance", "int", "invalid", "key", "log", "none", "null", "number", "object", "parameter"),
    *("party", "payload", "policy", "request", "seq", "server", "slot", "state", "strand", "token", "type"),
    *("user", "uuid", "value"),
}
SENTENCE = re.compile(r"[A-Z][^.!?]*[.]")


def calls(source: Path, function: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == function:
            yield node


def texts_in(source: Path) -> set[str]:
    tree = ast.walk(ast.parse(source.read_text("utf-8")))
    return {node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("code", WORDS)
def test_refusal_is_said_in_a_few_short_sentences(code: str) -> None:
    sentences = SENTENCE.findall(WORDS[code])
    assert " ".join(sentence.strip() for sentence in sentences) == WORDS[code]
    assert 1 <= len(sentences) <= 2
    assert all(len(sentence.split()) <= 15 for sentence in sentences)


@pytest.mark.parametrize("code", WORDS)
def test_refusal_says_nothing_that_only_programmers_say(code: str) -> None:
    words = set(re.findall(r"[a-z_]+", WORDS[code].lower()))
    assert not words & (JARGON | {code if "_" in code else ""})


def test_every_refusal_is_marked_for_translators() -> None:
    marked = [ast.literal_eval(call.args[0]) for call in calls(Path(refusals.__file__), "gettext_noop")]
    assert marked == list(WORDS.values())
    assert len(set(marked)) == len(marked)


def test_every_refusal_is_given_somewhere_and_no_other() -> None:
    """A code that nothing raises is one whose words nobody will ever read."""
    sources = list(Path(decide.__file__).parent.glob("*.py"))
    raised = {call.args[0] for source in sources for call in calls(source, "RuleBroken")}
    assert {code.value for code in raised if isinstance(code, ast.Constant)} <= WORDS.keys()
    assert set.union(*map(texts_in, sources)) >= WORDS.keys()


def test_refusal_without_words_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        RuleBroken("because")


def test_refusal_is_said_in_the_readers_language_with_the_name_of_the_case_in_it() -> None:
    german = {"“{name}” is still open.": "„{name}“ ist noch offen.", WORDS["late"]: "Die Zeit ist um."}
    (fault, *_) = check_package(CASE, {})
    broken = RuleBroken("invalid_offer", fault.sentence, fault.name)
    assert broken.said() == fault.said() == "“Form of the arrangement” is still open."
    assert broken.said(german.__getitem__) == "„Form of the arrangement“ ist noch offen."
    assert RuleBroken("late").said(german.__getitem__) == "Die Zeit ist um."


@pytest.mark.parametrize("source", [checking, splits], ids=["packages", "splits"])
def test_fault_of_a_package_is_marked_for_translators(source: ModuleType) -> None:
    assert source.__file__ is not None
    marked = [ast.literal_eval(call.args[0]) for call in calls(Path(source.__file__), "gettext_noop")]
    assert marked == list(source.SENTENCES.values())
    assert all(SENTENCE.findall(words.replace("“{name}”", "Rent")) for words in marked)
