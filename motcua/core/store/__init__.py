"""The way in which acts write rows, and ask for the rows that they work on (docs/decisions/0044-write-path.md).

Ordinarily: statements that are built once per model and engine and then only filled, giving and writing what the ORM would.
Inside `batch()`: the same acts, answered from memory and written in bulk, for replaying whole histories.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Model

from motcua.core.store import plain
from motcua.core.store.batch import Batch, current
from motcua.core.store.kinds import hold
from motcua.core.store.memory import Unanswerable

__all__ = [
    "Batch", "Unanswerable", "act", "batch", "batching", "complete", "exists", "find", "forget", "hold", "insert", "keep", "kept", "new", "past", "remember", "step", "update",
    "update_many",
]  # fmt: skip

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)
Value = int | str


@contextmanager
def batch(*, size: int = 30_000) -> Iterator[Batch]:
    """Let the acts inside run in memory; what they did is written in bulk, by one transaction for each `Batch.turn` and one at
    the end. An exception that leaves the block undoes everything since the last turn. Not inside another batch or transaction.
    """
    made = Batch(size)
    with made.running():
        yield made


def batching() -> bool:
    """Whether a batch is under way."""
    return current() is not None


def act(function: Callable[P, R]) -> Callable[P, R]:
    """An act: wholly done or not at all. Ordinarily a transaction (a savepoint inside one); in a batch memory goes back."""
    whole = transaction.atomic(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        found = current()
        return whole(*args, **kwargs) if found is None else found.attempt(lambda: function(*args, **kwargs))

    return run


def step(function: Callable[P, R]) -> Callable[P, R]:
    """A part of an act, with a transaction of its own only where it is called outside of one; no savepoint."""
    whole = transaction.atomic(savepoint=False)(function)

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        return whole(*args, **kwargs) if current() is None else function(*args, **kwargs)

    return run


def new(model: type[M], **values: Any) -> M:
    """A row that is not written yet, as the model's own constructor makes it, in a tenth of the time."""
    return plain.new(model, values)


def insert(rows: Sequence[M]) -> list[M]:
    """Write new rows of one model by one statement; they learn their keys. No signals are sent."""
    found = current()
    if found is None:
        return plain.insert(rows)
    return found.insert(rows)


def update(row: Model, *fields: str) -> None:
    """Write named fields of a row. Raises DatabaseError when it is not there."""
    update_many([row], fields)


def update_many(rows: Sequence[Model], fields: Collection[str]) -> None:
    """Write the same named fields of some rows of one model by one statement."""
    found = current()
    if not rows or not fields:
        return
    if found is None:
        plain.update(rows, fields)
    else:
        found.update(rows, fields)


def find(model: type[M], *, lock: bool = False, **equal: Any) -> list[M]:
    """The rows of a model in which a column (by its attribute's name, "id" or "dossier_id") has a value, or one of several; in
    no order unless `lock`, then in the order of keys. Further columns must be equal to what is given: few constants, or None.

    Raises TransactionManagementError for a lock outside a transaction, and in a batch Unanswerable for a model or first
    column that was not announced by `hold`.
    """
    (name, wanted), *rest = equal.items()
    found = current()
    if found is None:
        return plain.find(model, name, wanted, lock, tuple(rest))
    return found.find(model, name, wanted, lock, rest)


def exists(model: type[Model], **equal: Any) -> bool:
    """Whether `find` would find anything."""
    (name, wanted), *rest = equal.items()
    found = current()
    if found is None:
        return plain.exists(model, name, wanted, tuple(rest))
    return bool(found.find(model, name, wanted, False, rest))


def complete(model: type[Model], **equal: Value) -> None:
    """Say that no row with this value of a column was there before: it belongs to a record that is new."""
    ((name, value),) = equal.items()
    found = current()
    if found is not None:
        found.complete(model, name, value)


def remember(key: Hashable, compute: Callable[[], R]) -> R:
    """The answer to a question about data that acts do not change. In a batch it is asked once; ordinarily each time."""
    found = current()
    return compute() if found is None else found.remember(key, compute)


def kept(key: Hashable) -> Any:
    """In a batch, what an act has noted under a key (the head of a chain); None ordinarily, and when nothing is noted."""
    found = current()
    return None if found is None else found.kept(key)


def keep(key: Hashable, value: Any) -> None:
    """Note something for later acts of the batch; it goes back with the act, and is forgotten at the turn unless a held row
    names it (`hold`). Nothing happens ordinarily.
    """
    found = current()
    if found is not None:
        found.keep(key, value)


@contextmanager
def past() -> Iterator[None]:
    """In a batch: statements inside ask only for what was there before it; nothing that acts have done since bears on it."""
    found = current()
    if found is None:
        yield
    else:
        with found.owning():
            yield


def forget() -> None:
    """In a batch: write what is in memory and forget the rows, for an act that works on the database itself."""
    found = current()
    if found is not None:
        found.forget()
