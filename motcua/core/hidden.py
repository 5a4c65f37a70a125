"""Records that a person must not be shown on any page, whatever rights the person holds: told by the apps that own them.

A record is named as its chain in the log, e.g. "feedback/17", "file/5".
"""

from collections.abc import Callable

Source = Callable[[int], list[str]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source: from the id of a user to names of records. Call it from the app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def hidden_from(user_id: int | None) -> list[str]:
    """The names of everything that must not be shown to this person; one small statement for each source."""
    return [name for source in _sources for name in source(user_id)] if user_id else []
