"""Triggers that move `CountState.until` back when anything changes on which counts kept ready rest. Put back after every migrate.

Acts of the day never touch what is kept: a half of a month is kept days after its end. What comes late (a reception entered
afterwards, an import, a correction by hand, a replay of the past) throws away what it makes untrue, in its own transaction.
On PostgreSQL such a late writer also holds off whoever is about to keep counts until it has committed.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

TABLE, DOSSIER = "statistics_countstate", "dossiers_dossier"
LOCK = (
    761_902_118  # of PostgreSQL's advisory locks: late writers share it, whoever keeps counts takes it alone
)
_ENDED_OTHERWISE = "('refused', 'stopped', 'withdrawn', 'not_accepted')"
_BORN = ("submitted_at", "received_at")
_MOMENTS = (*_BORN, "ended_at")


class Watch(NamedTuple):
    """One trigger: its table and event, when it fires (with {0} for the engine's "differs"), and the moments from which on
    what is kept may be untrue; the earliest that is not null counts.
    """

    name: str
    table: str
    event: str
    when: str
    moments: tuple[str, ...]


def _of(row: str, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{row}.{column}" for column in columns)


def _differs(*columns: str) -> str:
    return " OR ".join(f"NEW.{c} {{0}} OLD.{c}" for c in columns)


_FATE = (
    f"NEW.status {{0}} OLD.status AND (NEW.status IN {_ENDED_OTHERWISE} OR OLD.status IN {_ENDED_OTHERWISE})"
)
_KNOWN = "EXISTS (SELECT 1 FROM dossiers_formerresolver WHERE dossier_id = NEW.id AND agency_id = OLD.resolving_agency_id)"
# A transfer to a successor leaves a row of its own, which says from when on it counts.
WATCHES = (
    Watch("statistics_stale_new", DOSSIER, "INSERT", "", _of("NEW", _MOMENTS)),
    *(
        Watch(f"statistics_stale_{c}", DOSSIER, f"UPDATE OF {c}", _differs(c), (f"NEW.{c}", f"OLD.{c}"))
        for c in _MOMENTS
    ),
    Watch("statistics_stale_place", DOSSIER, "UPDATE OF channel, field_id", _differs("channel", "field_id"), _of("OLD", _BORN)),
    Watch("statistics_stale_agency", DOSSIER, "UPDATE OF resolving_agency_id", _differs("resolving_agency_id"), _of("OLD", _BORN)),
    Watch(
        "statistics_stale_end", DOSSIER, "UPDATE OF status, due_at, late_cause",
        f"OLD.ended_at IS NOT NULL AND ({_differs('due_at', 'late_cause')} OR ({_FATE}))", ("OLD.ended_at",),
    ),
    Watch("statistics_stale_clock", "dossiers_clockentry", "INSERT", "NEW.seq > 1", ("NEW.at",)),
    Watch("statistics_stale_moved", "dossiers_formerresolver", "INSERT", "", ("NEW.until",)),
    Watch("statistics_stale_unmoved", "dossiers_formerresolver", "DELETE", "", ("OLD.until",)),
)  # fmt: skip


def _back(earliest: str, watch: Watch) -> str:
    known = f" AND NOT {_KNOWN}" if watch.name == "statistics_stale_agency" else ""
    return f"UPDATE {TABLE} SET until = {earliest} WHERE until > {earliest}{known};"  # noqa: S608


def postgresql(watch: Watch) -> list[str]:
    """The function and the trigger; each replaces the one that is there."""
    clause = f" WHEN ({watch.when.format('IS DISTINCT FROM')})" if watch.when else ""
    body = (
        f"DECLARE earliest timestamptz := LEAST({', '.join(watch.moments)}); BEGIN "
        f"IF earliest < statement_timestamp() - interval '1 day' THEN PERFORM pg_advisory_xact_lock_shared({LOCK}); END IF; "
        f"{_back('earliest', watch)} RETURN NULL; END"
    )
    return [
        f"CREATE OR REPLACE FUNCTION {watch.name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE OR REPLACE TRIGGER {watch.name} AFTER {watch.event} ON {watch.table} FOR EACH ROW{clause} "
        f"EXECUTE FUNCTION {watch.name}()",
    ]


def sqlite(watch: Watch) -> list[str]:
    """The trigger, made anew."""
    clause = f" WHEN {watch.when.format('IS NOT')}" if watch.when else ""
    moments = " UNION ALL ".join(f"SELECT {moment} AS m" for moment in watch.moments)
    body = _back(f"(SELECT MIN(m) FROM ({moments}))", watch)  # noqa: S608
    return [
        f"DROP TRIGGER IF EXISTS {watch.name}",
        f"CREATE TRIGGER {watch.name} AFTER {watch.event} ON {watch.table}{clause} BEGIN {body} END",
    ]


def install(connection: Any) -> None:
    """Make the triggers of this engine, once all tables are there."""
    present = set(connection.introspection.table_names())
    if not present >= {TABLE, *(watch.table for watch in WATCHES)}:
        return
    make = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        for watch in WATCHES:
            for statement in make(watch):
                cursor.execute(statement)
