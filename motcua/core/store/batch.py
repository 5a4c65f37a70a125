"""A batch: acts run in memory, their rows are written in bulk. See `core.store.batch` and docs/decisions/0044-write-path.md."""

import gc
import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model

from motcua.core.store import kinds, plain
from motcua.core.store.bulk import Writer
from motcua.core.store.keys import Keys
from motcua.core.store.memory import Journal, Table, Unanswerable

R = TypeVar("R")
_current: ContextVar["Batch | None"] = ContextVar("batch", default=None)
GARBAGE_SOUGHT_AFTER = 200_000  # objects more than there were; Python's own figure is 700
_WORD = re.compile(r'"?([a-z_0-9]+)"?')


def current() -> "Batch | None":
    """The batch under way, if any."""
    return _current.get()


class Batch:
    """One batch. `flushes` tells which statements from elsewhere made it write early: each costs what it saves."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.turns = 0
        self.rows_written = 0
        self.flushes: dict[str, int] = {}
        self._tables: dict[type[Model], Table] = {}
        self._late: dict[type[Model], list[Any]] = {}
        self._pending = 0
        self._keys = Keys()
        self._writer = Writer()
        self._notes: dict[Hashable, Any] = {}
        self._remembered: dict[Hashable, Any] = {}
        self._journal = Journal()
        self._frames: list[Journal] = []
        self._depth = 0
        self._own = False
        self._whole: transaction.Atomic | None = None

    # The batch as a whole -------------------------------------------------------------------------------------------------

    @contextmanager
    def running(self) -> Iterator["Batch"]:
        """Let acts run in this batch."""
        if _current.get() is not None or (connection.in_atomic_block and not _inside_a_test()):
            raise Unanswerable("a batch is not opened inside another one, nor inside a transaction")
        token = _current.set(self)
        try:
            with connection.execute_wrapper(self._statement), _sparing_rows():
                self._open()
                try:
                    yield self
                    self.flush()
                except BaseException as error:
                    self._close(error)
                    raise
                self._close(None)
        finally:
            _current.reset(token)

    def turn(self) -> None:
        """Write everything, end the transaction, forget what is finished, and go on. Between acts only."""
        if self._frames or self._depth:
            raise Unanswerable("a batch takes its turn between acts, outside of every transaction")
        self.flush()
        self._close(None)
        self._forget_finished()
        self.turns += 1
        self._open()

    def turn_when_full(self) -> bool:
        """Take the turn when so many rows wait that it pays."""
        full = self._pending >= self.size
        if full:
            self.turn()
        return full

    def _open(self) -> None:
        self._whole = transaction.atomic()
        with self.owning():
            self._whole.__enter__()
        self._journal = Journal()
        self._keys.begin()

    def _close(self, error: BaseException | None) -> None:
        whole, self._whole = self._whole, None
        if whole is not None:
            with self.owning():
                whole.__exit__(type(error) if error else None, error, None)

    def _forget_finished(self) -> None:
        """What is finished leaves memory, with all that hangs on it; the rest is as the database has it."""
        for table in sorted(self._tables.values(), key=lambda t: kinds.depth(t.kind.model)):
            root = table.kind.root
            table.drop(self._held_by(*root) if root else table.kind.lasts)
        held: set[Hashable] = set()
        for table in self._tables.values():
            for row in table.rows.values():
                held.update(table.kind.notes(row))
        self._notes = {key: value for key, value in self._notes.items() if key in held}
        self._remembered = {}

    def _held_by(self, name: str, model: type[Model]) -> Callable[[Any], bool]:
        roots = self._table(model).rows
        return lambda row: row.__dict__[name] in roots

    # Acts -----------------------------------------------------------------------------------------------------------------

    def attempt(self, function: Callable[[], R]) -> R:
        """Run an act; when it raises, memory is as it was before."""
        outer, self._journal = self._journal, Journal()
        self._depth += 1
        try:
            result = function()
        except BaseException:
            self._journal.undo()
            self._journal = outer
            raise
        else:
            inner, self._journal = self._journal, outer
            if self._depth > 1 or self._frames:
                outer.join(inner)
            return result
        finally:
            self._depth -= 1

    # Rows -----------------------------------------------------------------------------------------------------------------

    def _table(self, model: type[Model]) -> Table:
        found = self._tables.get(model)
        if found is None:
            found = self._tables[model] = Table(kinds.kind_of(model))
        return found

    def insert(self, rows: Sequence[Any]) -> list[Any]:
        """New rows: they get their keys now and are written later."""
        rows = list(rows)
        if not rows:
            return rows
        model = type(rows[0])
        table = self._tables.get(model) or self._table(model)
        if table.kind.late_key:
            return self._insert_late(model, rows)
        self._keys.give(rows, table.key)
        for row in rows:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
            table.place(row)
            table.new[row.__dict__[table.key]] = row
        for known in self._known_of_children(model):
            known.update([row.__dict__[table.key] for row in rows])
        self._pending += len(rows)
        self._journal.changes.append(lambda: self._take_back(table, rows))
        return rows

    def _insert_late(self, model: type[Model], rows: list[Any]) -> list[Any]:
        waiting = self._late.setdefault(model, [])
        waiting += rows
        before = len(waiting) - len(rows)
        self._pending += len(rows)

        def take_back() -> None:
            del waiting[before:]
            self._pending -= len(rows)

        self._journal.changes.append(take_back)
        return rows

    def _take_back(self, table: Table, rows: list[Any]) -> None:
        self._pending -= len(rows)
        for row in rows:
            table.remove(row.pk)
        for known in self._known_of_children(table.kind.model):
            known.difference_update([row.pk for row in rows])
        self._keys.take_back(rows)

    def _known_of_children(self, model: type[Model]) -> list[set[Any]]:
        """For each column that points to a model: the values of which all rows are here."""
        return [self._table(child).known[name] for child, name in kinds.children(model)]

    def update(self, rows: Sequence[Any], fields: Collection[str]) -> None:
        """Rows whose named fields are to be written."""
        table = self._table(type(rows[0]))
        for row in rows:
            key = row.__dict__[table.key]
            held = table.rows.get(key)
            if held is None:
                table.place(row)
            elif held is not row:
                raise Unanswerable(f"{row!r} was read beside the batch; acts ask for rows by `store.find`")
            back = table.move(row) if table.kind.by else None
            if back is not None:
                self._journal.changes.append(back)
            if key not in table.new:
                self._mark(table, key, fields)

    def _mark(self, table: Table, key: Any, fields: Collection[str]) -> None:
        before = table.dirty.get(key)
        table.dirty[key] = {*(before or ()), *fields}
        self._pending += before is None

        def take_back() -> None:
            self._pending -= before is None
            if before is None:
                table.dirty.pop(key, None)
            else:
                table.dirty[key] = before

        self._journal.changes.append(take_back)

    def complete(self, model: type[Model], name: str, value: Any) -> None:
        """All rows with this value are, or will be, here."""
        known = self._table(model).known[name]
        if value not in known:
            known.add(value)
            self._journal.changes.append(lambda: known.discard(value))

    def find(
        self, model: type[Any], name: str, wanted: Any, lock: bool, rest: Sequence[tuple[str, Any]] = ()
    ) -> list[Any]:
        """The rows in which a column has a value, or one of several, and others are equal to what `rest` says."""
        values = (wanted,) if isinstance(wanted, int | str) else tuple(dict.fromkeys(wanted))
        table = self._tables.get(model) or self._table(model)
        if table.kind.late_key or (name not in table.known and name != table.key):
            raise Unanswerable(f"{model.__name__} is not held by {name}: announce it by `store.hold`")
        if name == table.key:
            if unknown := [v for v in values if v not in table.rows]:
                self._learn(table, name, unknown, lock)
            found = [table.rows[v] for v in values if v in table.rows]
        else:
            if unknown := [v for v in values if v not in table.known[name]]:
                self._learn(table, name, unknown, lock)
                table.known[name].update(unknown)
            found = table.under(name, values)
        for other, value in rest:
            found = [row for row in found if row.__dict__[other] == value]
        return self._handed_out(sorted(found, key=lambda row: row.pk) if lock and len(found) > 1 else found)

    def _handed_out(self, rows: list[Any]) -> list[Any]:
        """Rows that an act may now change."""
        if self._depth or self._frames:
            self._journal.watch(rows)
        return rows

    def _learn(self, table: Table, name: str, values: list[Any], lock: bool) -> None:
        """Take in what the database has for these values."""
        with self.owning():
            table.take_in(plain.find(table.kind.model, name, values, lock))

    # Notes and answers ----------------------------------------------------------------------------------------------------

    def kept(self, key: Hashable) -> Any:
        """What was noted under a key, or None."""
        return self._notes.get(key)

    def keep(self, key: Hashable, value: Any) -> None:
        """Note something; it goes back with the act."""
        notes, before = self._notes, self._notes.get(key)
        notes[key] = value
        self._journal.changes.append(
            lambda: notes.pop(key, None) if before is None else notes.update({key: before})
        )

    def remember(self, key: Hashable, compute: Callable[[], R]) -> R:
        """The answer, asked once until the turn or until somebody else writes."""
        if key not in self._remembered:
            self._remembered[key] = compute()
        answer: R = self._remembered[key]
        return answer

    # Writing --------------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write everything that waits. Not in the midst of an act that has changed something."""
        if self._depth and self._journal.has_changes:
            raise Unanswerable(
                "an act asks the database for what is still in memory, after it has changed something"
            )
        if not self._pending:
            return
        with self.owning():
            self.rows_written += self._writer.write(self._tables, self._late)
        for table in self._tables.values():
            table.new, table.dirty = {}, {}
        for rows in self._late.values():
            rows.clear()
        self._pending = 0
        for frame in (self._journal, *self._frames):
            frame.flushed = True

    def forget(self) -> None:
        """Write everything and forget all rows: somebody works on the database itself."""
        if self._depth and self._journal.pictures:
            raise Unanswerable("rows that an act holds were written to beside the batch")
        self.flush()
        self._tables, self._notes, self._remembered = {}, {}, {}

    # Statements from elsewhere --------------------------------------------------------------------------------------------

    @contextmanager
    def owning(self) -> Iterator[None]:
        """Statements inside are the batch's own."""
        before, self._own = self._own, True
        try:
            yield
        finally:
            self._own = before

    def _statement(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not self._own:
            self._beside(str(sql))
        return execute(sql, params, many, context)

    def _beside(self, sql: str) -> None:
        """Before a statement that is not the batch's own: it must find in the database what acts have done."""
        head = sql[:12].lstrip().upper()
        if head.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self._savepoint(head)
            return
        named = set(_WORD.findall(sql))
        if not head.startswith(("SELECT", "SET", "SHOW", "LOCK")):
            self._written_beside(sql, named)
        elif self._pending and named & self._waiting():
            self.flushes[sql] = self.flushes.get(sql, 0) + 1
            self.flush()

    def _waiting(self) -> set[str]:
        late = {model._meta.db_table for model, rows in self._late.items() if rows}
        return {table.kind.table for table in self._tables.values() if table.is_pending} | late

    def _written_beside(self, sql: str, named: set[str]) -> None:
        self._remembered = {}
        held = {table.kind.table for table in self._tables.values() if table.rows}
        if named & (held | self._waiting()):
            self.flushes[sql] = self.flushes.get(sql, 0) + 1
            self.forget()

    def _savepoint(self, head: str) -> None:
        """Somebody else's transaction inside the batch: what acts did in it goes back with it."""
        if head.startswith("SAVEPOINT"):
            self._frames.append(self._journal)
            self._journal = Journal()
            return
        if not self._frames:
            return
        inner, self._journal = self._journal, self._frames.pop()
        if head.startswith("RELEASE"):
            if self._frames or self._depth:
                self._journal.join(inner)
        elif inner.flushed:
            raise Unanswerable("a transaction inside the batch went back after its rows were written")
        else:
            inner.undo()


@contextmanager
def _sparing_rows() -> Iterator[None]:
    """Let the search for cyclic garbage come seldom: a batch makes rows by the ten thousand that stay until they are written, and
    each search goes through those there are (a tenth of the time of a replay). What nothing points to goes at once, as ever.
    """
    before = gc.get_threshold()
    gc.set_threshold(GARBAGE_SOUGHT_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _inside_a_test() -> bool:
    """Whether the only transaction is that which the tests wrap around everything."""
    return all(block._from_testcase for block in connection.atomic_blocks)  # type: ignore[attr-defined]  # Django's own, not in its types
