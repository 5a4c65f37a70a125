"""Searching the log, for auditors."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from motcua.audit.models import Event, Seal
from motcua.audit.queries.names import people_called
from motcua.audit.queries.registry import known_chain
from motcua.audit.rules.words import kinds_called
from motcua.core.errors import NotFound
from motcua.core.hidden import hidden_from
from motcua.core.moments import to_utc


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; empty means any. Days are legal dates of Viet Nam, both inclusive.

    `person`: a sign-in name, a part of a name, or an account's number. `kind`: in words, or the beginning of its name.
    """

    chain: str = ""
    person: str = ""
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None


def search_events(search: Search, *, only_looks: bool = False, reader: int | None = None) -> QuerySet[Event]:
    """The events found, newest first. `chain`: a name, a dossier's code, or a kind of chains ending with "/".

    `only_looks`: of who looked at personal data, nothing else. `reader`: who reads; what is about that person and hidden from
    them (`core.hidden`) is not there.
    """
    found = _visible(only_looks, reader).order_by("-id")
    if search.chain.endswith("/"):
        found = found.filter(chain__startswith=search.chain)
    elif search.chain:
        found = found.filter(chain=known_chain(search.chain) or search.chain)
    if search.person:
        found = found.filter(actor_id__in=people_called(search.person))
    if search.kind:
        kinds = kinds_called(search.kind)
        found = found.filter(kind__startswith=search.kind) if kinds is None else found.filter(kind__in=kinds)
    return _between(found, search)


def _between(found: QuerySet[Event], search: Search) -> QuerySet[Event]:
    if search.first_day:
        found = found.filter(at__gte=_start_of(search.first_day))
    if search.last_day:
        found = found.filter(at__lt=_start_of(search.last_day + timedelta(days=1)))
    return found


def _start_of(day: date) -> datetime:
    return to_utc(datetime.combine(day, time.min))


def events_of(chain: str) -> QuerySet[Event]:
    """The history of one record, oldest first."""
    return Event.objects.filter(chain=chain).order_by("seq")


def _visible(only_looks: bool, reader: int | None = None) -> QuerySet[Event]:
    found = Event.objects.filter(chain__startswith="views/") if only_looks else Event.objects.all()
    if names := hidden_from(reader):
        found = found.exclude(chain__in=names)
        looks = Event.objects.filter(kind="view.personal_data", data__record__in=names)
        found = found.exclude(pk__in=looks.values("pk"))
    return found


def access_event(event_id: int, *, only_looks: bool = False, reader: int | None = None) -> Event:
    """One event. The caller has checked that the person may read the log, or only looks. Raises NotFound."""
    if event := _visible(only_looks, reader).filter(pk=event_id).first():
        return event
    raise NotFound()


def unsealed() -> QuerySet[Event]:
    """Events that no seal covers yet."""
    last = Seal.objects.order_by("-number").values_list("last_event_id", flat=True).first()
    return Event.objects.filter(id__gt=last or 0)


def seal_covering(event: Event) -> Seal | None:
    """The seal over an event; None while there is none yet."""
    return Seal.objects.filter(last_event_id__gte=event.pk).order_by("number").first()


def seals() -> QuerySet[Seal]:
    """All seals, newest first, with their time stamps."""
    return Seal.objects.select_related("stamp").order_by("-number")
