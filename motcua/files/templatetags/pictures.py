"""Stored pictures on a page."""

from typing import Any

from django import template

from motcua.files.models import StoredFile
from motcua.files.queries import url_for
from motcua.files.rules.kinds import JPEG, PNG

register = template.Library()


@register.simple_tag
def picture_of(file: StoredFile | None, user: Any) -> str:
    """A short-lived address of a file that a browser can draw, for this person; empty for other files and those that wait."""
    return url_for(file, user) if file and file.can_open and file.media_type in (JPEG, PNG) else ""
