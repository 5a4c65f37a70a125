"""What a person reads for the record behind a chain: "dossier/565" -> "hồ sơ H40.12-261123-0007"."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.contrib.auth import get_user_model
from django.db.models import Q

from motcua.audit.models import Event
from motcua.audit.queries.registry import known_chain, registered
from motcua.audit.rules.words import record
from motcua.core.text import nfc

Namer = Callable[[list[str]], dict[str, str]]
PEOPLE = 200

_namers: dict[str, Namer] = {}


def register_names(prefix: str, namer: Namer) -> None:
    """Say how to name the records whose chains are "<prefix>/<rest>": from the rests to what a person knows them by.

    Call it from the app's `ready()`. Records told by `register_records` need none: they are named by their text.
    """
    _namers[prefix] = namer


def named(events: Iterable[Event]) -> list[Event]:
    """The events, each with `record`: the kind and the name of what it is about. One statement per kind of record."""
    rows = list(events)
    said = names_of({event.chain for event in rows})
    for event in rows:
        event.record = said[event.chain]  # type: ignore[attr-defined]  # for the template alone, no field
    return rows


def names_of(chains: Iterable[str]) -> dict[str, str]:
    """Chain -> the record in words; a record that is gone, or that nobody names, keeps its number."""
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        prefix, _sep, rest = chain.partition("/")
        by_prefix[prefix].append(rest)
    return dict(pair for prefix, rests in by_prefix.items() for pair in _names(prefix, rests))


def _names(prefix: str, rests: list[str]) -> Iterator[tuple[str, str]]:
    found = _namer(prefix)(rests)
    for rest in rests:
        yield f"{prefix}/{rest}", record(prefix, rest, found.get(rest, ""))


def _namer(prefix: str) -> Namer:
    if prefix in _namers:
        return _namers[prefix]
    rows = dict(registered()).get(prefix)
    return by_text(rows) if rows else lambda rests: {}


def by_text(rows: Callable[[], Iterable[object]]) -> Namer:
    """A namer that takes the rows' own text; `rows` gives a queryset."""

    def namer(rests: list[str]) -> dict[str, str]:
        pks = [rest for rest in rests if rest.isascii() and rest.isdigit()]
        return {str(row.pk): str(row) for row in rows().filter(pk__in=pks)}  # type: ignore[attr-defined]  # a queryset

    return namer


def people_called(words: str) -> list[int]:
    """Accounts meant by a number, a sign-in name or a part of a person's name; the first 200."""
    words = nfc(words).strip()
    if words.isascii() and words.isdigit():
        return [int(words)] if len(words) <= 18 else []
    if (chain := known_chain(words)) and chain.startswith("user/"):
        return [int(chain.removeprefix("user/"))]
    people = get_user_model()._default_manager.filter(
        Q(username=words.lower()) | Q(full_name__icontains=words)
    )
    return list(people.values_list("pk", flat=True)[:PEOPLE])
