"""The rows of one model as a batch holds them: by key, by the columns by which they are asked for, and what is yet to be written."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from motcua.core.store.kinds import Kind

Undo = Callable[[], object]
Picture = tuple[Model, dict[str, Any], dict[str, Any]]


class Unanswerable(Exception):
    """Memory cannot answer this, and the database must not be asked now. A fault of the program, never of a person."""


class Journal:
    """What has changed since an act began, so that it can go back: rows as they were when they were handed out, and what
    was done to the tables of the batch.
    """

    def __init__(self) -> None:
        self.changes: list[Undo] = []
        self.pictures: dict[int, Picture] = {}
        self.flushed = False

    def watch(self, rows: Iterable[Model]) -> None:
        """Remember rows as they are now, the first time that they are handed out."""
        pictures = self.pictures
        for row in rows:
            if id(row) not in pictures:
                pictures[id(row)] = (row, row.__dict__.copy(), row._state.fields_cache.copy())

    def undo(self) -> None:
        """Take everything back."""
        for change in reversed(self.changes):
            change()
        for row, values, joined in self.pictures.values():
            row.__dict__.clear()
            row.__dict__.update(values)
            row._state.fields_cache = joined

    def join(self, inner: "Journal") -> None:
        """What an act inside this one has done is part of it."""
        self.changes += inner.changes
        for key, picture in inner.pictures.items():
            self.pictures.setdefault(key, picture)

    @property
    def has_changes(self) -> bool:
        """Whether anything is not as it was."""
        return bool(self.changes) or any(row.__dict__ != values for row, values, _ in self.pictures.values())


class Table:
    """The rows of one model. `new` and `dirty` are yet to be written; `known` says for which values of a column all rows are
    here, so that the database need not be asked.
    """

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.key: str = kind.model._meta.pk.attname
        self.rows: dict[Any, Any] = {}
        self.new: dict[Any, Any] = {}
        self.dirty: dict[Any, set[str]] = {}
        self.known: dict[str, set[Any]] = {name: set() for name in kind.by}
        self.index: dict[str, dict[Any, dict[Any, Any]]] = {name: {} for name in kind.by}
        self.places: dict[Any, tuple[Any, ...]] = {}

    @property
    def is_pending(self) -> bool:
        return bool(self.new or self.dirty)

    def place(self, row: Any) -> None:
        """Put a row where it can be found."""
        key, by = row.__dict__[self.key], self.kind.by
        self.rows[key] = row
        if by:
            values = tuple([row.__dict__[name] for name in by])
            self.places[key] = values
            for name, value in zip(by, values, strict=True):
                self.index[name].setdefault(value, {})[key] = row

    def remove(self, key: Any) -> None:
        """Take a row out; what pointed to it is no longer known to be complete."""
        self.rows.pop(key, None)
        self.new.pop(key, None)
        self.dirty.pop(key, None)
        for name, value in zip(self.kind.by, self.places.pop(key, ()), strict=False):
            self._leave(name, value, key)
            self.known[name].discard(value)

    def _leave(self, name: str, value: Any, key: Any) -> None:
        beside = self.index[name].get(value)
        if beside is not None:
            beside.pop(key, None)
            if not beside:
                del self.index[name][value]

    def move(self, row: Any) -> Undo | None:
        """Find the row under its new values from now on; how to take that back, None when nothing has moved."""
        before = self.places[row.__dict__[self.key]]
        after = tuple([row.__dict__[name] for name in self.kind.by])
        if before == after:
            return None
        self._put(row, before, after)
        return lambda: self._put(row, after, before)

    def _put(self, row: Any, before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
        self.places[row.pk] = after
        for name, old, new in zip(self.kind.by, before, after, strict=True):
            if old != new:
                self._leave(name, old, row.pk)
                self.index[name].setdefault(new, {})[row.pk] = row

    def under(self, name: str, values: Iterable[Any]) -> list[Any]:
        """The rows in which a column has one of some values."""
        index = self.index[name]
        return [row for value in values if value in index for row in index[value].values()]

    def take_in(self, rows: Iterable[Any]) -> list[Any]:
        """Rows as the database gave them; the ones held already stay as they are, they are newer."""
        found = []
        for row in rows:
            held = self.rows.get(row.pk)
            if held is None:
                self.place(row)
            found.append(row if held is None else held)
        return found

    def drop(self, keep: Callable[[Any], bool]) -> None:
        """Forget the written rows that are not to be kept."""
        for key in [key for key, row in self.rows.items() if not keep(row)]:
            self.remove(key)
