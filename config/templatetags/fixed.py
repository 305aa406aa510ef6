"""`{% fixed %}...{% endfixed %}`: a part of a page that is the same for everybody.

It is written once a language and then only repeated. Because it is written without knowing who asks, nothing of a
person can stand in it.
"""

from __future__ import annotations

from typing import Any

from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()


class Nobody(Context):
    """Knows what the block itself has set. Asking it for anything else is a mistake, and is told loudly."""

    def __getitem__(self, key: Any) -> Any:
        for known in reversed(self.dicts):
            if key in known:
                return known[key]
        raise TemplateSyntaxError(f"'{key}' stands in a fixed block, which is the same for everybody.")

    def get(self, key: Any, otherwise: Any = None) -> Any:
        return self[key]


class Fixed(Node):
    """The words of each language, once somebody has read them."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.words: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.words:
            nobody = Nobody()
            assert context.template is not None
            with nobody.bind_template(context.template):
                self.words[language] = self.nodelist.render(nobody)
        return self.words[language]


@register.tag
def fixed(parser: Parser, token: Token) -> Fixed:
    nodelist = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(nodelist)
