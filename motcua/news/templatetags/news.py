"""Filters for pages that show articles."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from motcua.news.rules.markup import to_html, to_plain

register = template.Library()


@register.filter
def article_html(text: str) -> SafeString:
    """The markup of an article as HTML; everything that is not our own mark is escaped."""
    return mark_safe(to_html(text))  # noqa: S308 - escapes everything first, see rules/markup.py


@register.filter
def article_plain(text: str) -> str:
    """The text without its marks."""
    return to_plain(text)
