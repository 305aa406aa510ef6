"""Role sheets and notes as HTML: Markdown, reduced to a short list of tags without attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "hr", "br", "code"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_first_title = re.compile(r"\A\s*# [^\n]*\n")
_place = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# A heading with nothing under it but a place that the page fills with a table of its own.
_empty_section = re.compile(r"^#+[^\n]*\n\s*\{\{\s*my_points\s*\}\}\s*", re.MULTILINE)


def to_html(text: str, fillings: Mapping[str, str] | None = None) -> SafeString:
    """The text without its first title, which the page shows itself, and with its places filled."""
    body = _empty_section.sub("", _first_title.sub("", text))
    body = _place.sub(lambda found: (fillings or {}).get(found[1], ""), body)
    return mark_safe(nh3.clean(_markdown.render(body), tags=TAGS | TABLE_TAGS, attributes={}))
