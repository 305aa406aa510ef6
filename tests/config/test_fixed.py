"""What is the same for everybody is written once, and knows nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Node, TemplateSyntaxError, engines
from django.template.base import NodeList
from django.test import RequestFactory
from django.utils.translation import override

from config.templatetags.fixed import Fixed


def written(body: str, before: str = "", **known: Any) -> str:
    """A page as a request gets it, with all that the context processors add."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    page = engines["django"].from_string(
        f"{{% load fixed i18n %}}{before}{{% fixed %}}{body}{{% endfixed %}}"
    )
    return str(page.render(known, request))


@pytest.mark.parametrize(
    "body",
    [
        "{{ name }}",
        "{{ request.path }}",
        "{{ user.is_authenticated }}",
        "{{ messages }}",
        "{% if name %}x{% endif %}",
        "{% for each in name %}x{% endfor %}",
        "{% include name %}",
        "{% url name %}",
        "{% csrf_token %}",
    ],
)
def test_nobody_is_known_in_a_fixed_part(body: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="the same for everybody"):
        written(body, name="Bo")


def test_what_stands_before_a_fixed_part_stays_outside() -> None:
    with pytest.raises(TemplateSyntaxError, match="the same for everybody"):
        written("{{ word }}", before='{% translate "Sunday" as word %}')


def test_fixed_part_may_use_what_it_sets_itself() -> None:
    assert (
        written('{% translate "Sunday" as word %}{{ word }}{% for x in "ab" %}{{ x }}{% endfor %}')
        == "Sundayab"
    )


def test_fixed_part_includes_others() -> None:
    assert "<symbol" in written('{% include "components/_icons.html" %}')


class Counting(Node):
    def __init__(self) -> None:
        self.times = 0

    def render(self, context: Context) -> str:
        self.times += 1
        return f"written {self.times}"


def test_fixed_part_is_written_once_a_language() -> None:
    counting = Counting()
    part = Fixed(NodeList([counting]))
    page = Context()
    page.template = engines["django"].from_string("").template
    assert [part.render(page), part.render(page)] == ["written 1", "written 1"]
    with override("de"):
        assert part.render(page) == "written 2"
    assert part.render(page) == "written 1"
    assert counting.times == 2


def test_fixed_part_speaks_the_readers_language() -> None:
    page = engines["django"].from_string(
        '{% load fixed i18n %}{% fixed %}{% translate "Sunday" %}{% endfixed %}'
    )
    with override("de"):
        assert page.render() == "Sonntag"
    assert page.render() == "Sunday"
