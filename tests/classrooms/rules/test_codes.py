"""Codes are easy to read and type; phrases are long enough and plain."""

from __future__ import annotations

from random import Random

import pytest

from classrooms.rules.codes import ALPHABET, draw_code, in_groups, is_code, tidy_code
from classrooms.rules.phrases import draw_phrase, is_phrase, tidy_phrase, words


def test_code_is_six_signs_that_nobody_confuses() -> None:
    code = draw_code(Random(1))
    assert is_code(code)
    assert not set("AEIOU01258") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@pytest.mark.parametrize("typed", ["k7m4qx", " K7M 4QX ", "k7m-4qx", "K7M4QX"])
def test_code_as_people_type_it(typed: str) -> None:
    assert tidy_code(typed) == "K7M4QX"
    assert is_code(tidy_code(typed))


@pytest.mark.parametrize("typed", ["", "K7M4Q", "K7M4QXX", "K7M4Q0", "K7M4QÄ"])
def test_other_things_are_no_codes(typed: str) -> None:
    assert not is_code(tidy_code(typed))


def test_code_is_shown_in_groups() -> None:
    assert in_groups("K7M4QX") == "K7M 4QX"


def test_words_are_many_short_plain_and_different() -> None:
    assert len(words()) >= 1024
    assert len(set(words())) == len(words())
    assert all(
        word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in words()
    )


def test_phrase_is_found_again_as_people_type_it() -> None:
    phrase = draw_phrase(Random(7))
    assert is_phrase(phrase)
    typed = "1. " + phrase.upper().replace(" ", ",\n ") + " "
    assert tidy_phrase(typed) == phrase


@pytest.mark.parametrize("typed", ["", "amber otter", "amber otter seven lake cloud xyzzy"])
def test_other_words_are_no_phrase(typed: str) -> None:
    assert not is_phrase(tidy_phrase(typed))
