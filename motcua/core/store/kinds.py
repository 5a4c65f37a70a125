"""What a batch must know of a model: by which columns its rows are asked for, and how long they stay in memory."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model


def _never(row: Any) -> bool:
    return False


def _nothing(row: Any) -> tuple[Hashable, ...]:
    return ()


@dataclass(frozen=True)
class Kind:
    """How a batch treats the rows of a model; see `hold`."""

    model: type[Model]
    by: tuple[str, ...] = ()
    lasts: Callable[[Any], bool] = _never
    root: tuple[str, type[Model]] | None = None
    notes: Callable[[Any], Iterable[Hashable]] = _nothing
    by_database: dict[str, Any] = field(default_factory=dict)
    late_key: bool = False
    shared: bool = False
    waves: tuple[type[Model], Callable[..., Sequence[tuple[type[Model], list[Any]]]]] | None = None

    @property
    def table(self) -> str:
        return self.model._meta.db_table


_kinds: dict[type[Model], Kind] = {}


def hold(model: type[Model], *by: str, **more: Any) -> None:
    """Announce the rows of a model to batches; called by `AppConfig.ready`.

    `by`: attribute names by which rows are asked for besides their key. `lasts(row)`: whether the row is kept in memory
    after it was written at a turn; `root=(attribute, model)`: it is kept as long as that row. `notes(row)`: keys of
    `keep` that last as long as the row. `by_database`: columns that triggers write, with what a new row is born with.
    `shared`: the key says the whole row, so that it does not matter which of several batches writes it.
    `late_key`: nobody asks for the key before the row is written. `waves=(other, sort)`: the rows of this model and of the other
    are written in the groups that `sort(rows of this, rows of the other)` gives, because triggers look from one to the other.
    """
    _kinds[model] = Kind(model, by, **more)
    children.cache_clear()


def kind_of(model: type[Model]) -> Kind:
    """What was announced of a model, else that it is only written."""
    found = _kinds.get(model)
    if found is None:
        found = _kinds[model] = Kind(model)
    return found


@cache
def children(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """Announced columns that point to a model: when a row of it is new, no row elsewhere can point to it."""
    return tuple(
        (kind.model, name)
        for kind in _kinds.values()
        for name in kind.by
        for field_ in kind.model._meta.concrete_fields
        if field_.attname == name and isinstance(field_, ForeignKey) and field_.related_model is model
    )


@cache
def depth(model: type[Model]) -> int:
    """How far a table stands below those that it points to: parents are written before their children."""
    pointed = {
        f.related_model
        for f in model._meta.concrete_fields
        if isinstance(f, ForeignKey) and f.related_model is not model
    }
    return 1 + max((depth(parent) for parent in pointed), default=0)


def all_tables() -> frozenset[str]:
    """Names of the tables of announced models."""
    return frozenset(kind.table for kind in _kinds.values())


def model_named(label: str) -> type[Model]:
    """A model by "app.Name"."""
    return apps.get_model(label)
