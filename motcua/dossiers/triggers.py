"""What the database itself refuses, on both engines (docs/decisions/0040-dossier-clock-ledger.md).

- The clock ledger can only grow, one number after the other, starting with the start.
- A dossier's due dates follow the ledger: an AFTER INSERT trigger on the ledger carries them over, and every other
  writer of `due_at`, `original_due_at`, `due_provisional` is refused.
- A dossier is never deleted; its code, register number, procedure, version, receipt and limit never change once set.
- An entry of the ledger has a person, a reason and a document, and is not dated before the one before it.
- A task's copy of the due date, by which the inbox sorts, is the dossier's.
- A paper replaces one of its own dossier.
- Counters never go back; notices, forms sent in and calendar snapshots are neither changed nor deleted.
- Reference stamps are renewed by any change of the tables that acts remember (`queries.reference`).

SQLite forgets triggers when a later migration makes a table anew: `install` runs after every `migrate`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

REFERENCE_TABLES = (
    "agencies_agency", "agencies_assignment", "agencies_datedsetting", "agencies_delegation", "agencies_onestopoffice",
    "agencies_post", "agencies_postrole", "agencies_role", "agencies_seat", "dossiers_calendarsnapshot",
    "procedures_channelrule", "procedures_fee", "procedures_feeexemption", "procedures_field", "procedures_offering",
    "procedures_paper", "procedures_procedure", "procedures_procedureversion", "procedures_process",
    "procedures_resulttype", "procedures_stage", "procedures_tasktemplate", "workdays_announcedyear", "workdays_calendarday", "workdays_calendarstamp",
    "workdays_sessionplan",
)  # fmt: skip
LEDGER = "Sổ thời hạn chỉ được ghi thêm"
DUE = "Hạn trả kết quả chỉ thay đổi qua sổ thời hạn"
FROZEN = "Mã, sổ, thủ tục, lúc tiếp nhận và thời hạn của hồ sơ đã tiếp nhận không được thay đổi"
KEEP = "Hồ sơ không được xóa"
COUNTER = "Bộ đếm số không được lùi hoặc xóa"
FORM = "Tờ khai đã gửi không được sửa hoặc xóa"
NOTICE = "Phiếu đã lập không được sửa hoặc xóa"
UNFOUNDED = "Mỗi lần ghi sổ thời hạn phải có người, lý do, văn bản và không lùi ngày"
OTHER_PAPER = "Giấy tờ chỉ thay cho giấy tờ của chính hồ sơ đó"
SNAPSHOT = "Bản chụp lịch làm việc không được sửa hoặc xóa"
_FORMS = "dossiers_dossierform"
_PAPERS = "dossiers_dossierpaper"
_TABLES = ("dossiers_clockentry", "dossiers_dossier", "dossiers_dossiertask", "dossiers_calendarsnapshot")
# Never changed once it holds something; and never changed once the dossier is received.
_SET_ONCE = (
    "code", "register_year", "register_number", "received_at", "received_on", "submitted_at", "limit_amount", "ended_at", "ready_at",
)  # fmt: skip
_SET_BY_RECEPTION = (
    "procedure_id", "version_id", "office_id", "receiving_agency_id", "limit_unit", "statutory_amount", "statutory_unit",
    "acceptance_due_at", "received_by_id",
)  # fmt: skip
_FIXED = (*_SET_ONCE, *_SET_BY_RECEPTION)
_NEXT = (
    "NEW.seq <> COALESCE((SELECT MAX(seq) FROM dossiers_clockentry WHERE dossier_id = NEW.dossier_id), 0) + 1 "
    "OR (NEW.seq = 1) <> (NEW.kind = 'start')"
)
# Every act of the clock has a person, a reason and a document, and none is dated before the one before it.
_UNFOUNDED = (
    "NEW.reason = '' OR NEW.actor_id IS NULL OR (NEW.document = '' AND NEW.kind <> 'end') "
    "OR NEW.at < (SELECT MAX(at) FROM dossiers_clockentry WHERE dossier_id = NEW.dossier_id)"
)

# What a foreign key of the table to itself would say, and more.
_REPLACES_ANOTHERS = (
    f"NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_PAPERS} "
    "WHERE id = NEW.replaces_id AND dossier_id = NEW.dossier_id)"
)


def _last(column: str, order: str = "DESC") -> str:
    return (
        f"(SELECT {column} FROM dossiers_clockentry WHERE dossier_id = NEW.id ORDER BY seq {order} LIMIT 1)"
    )


def _due_wrong(differs: str) -> str:
    """A due date that is not what the ledger says; `differs` is the null-safe operator of the engine."""
    return (
        f"NEW.due_at {differs} {_last('due_at')} OR NEW.original_due_at {differs} {_last('due_at', 'ASC')} "
        f"OR NEW.due_provisional {differs} COALESCE({_last('provisional')}, FALSE)"
    )


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return " OR ".join(f"NEW.{c} {differs} OLD.{c}" for c in columns)


def _fixed(differs: str) -> str:
    once = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in _SET_ONCE)
    return f"{once} OR (OLD.received_at IS NOT NULL AND ({_changed(_SET_BY_RECEPTION, differs)}))"


def _task_due_wrong(differs: str) -> str:
    """A task's copy of the dossier's due date, by which the inbox sorts, that is not the dossier's."""
    return f"NEW.dossier_due_at {differs} (SELECT due_at FROM dossiers_dossier WHERE id = NEW.dossier_id)"


# What an entry of the ledger carries over, where it changes anything: the end of the clock seldom does.
_PROJECT = """
    UPDATE dossiers_dossier SET due_at = NEW.due_at, due_provisional = NEW.provisional,
        original_due_at = CASE WHEN NEW.seq = 1 THEN NEW.due_at ELSE original_due_at END
    WHERE id = NEW.dossier_id AND (NEW.seq = 1 OR due_at {differs} NEW.due_at OR due_provisional {differs} NEW.provisional);"""
_PROJECT_TASKS = """
    UPDATE dossiers_dossiertask SET dossier_due_at = NEW.due_at
    WHERE dossier_id = NEW.dossier_id AND NEW.seq > 1 AND state IN ('planned', 'open', 'accepted')
        AND dossier_due_at {differs} NEW.due_at;"""


_DUE_COLUMNS = ("due_at", "original_due_at", "due_provisional")


def _reference_tables(connection: Any) -> list[str]:
    """Those of the tables that exist by now; the rest get their triggers after the migrate that makes them."""
    present = set(connection.introspection.table_names())
    return [table for table in REFERENCE_TABLES if table in present]


def sqlite_statements(tables: Iterable[str] = REFERENCE_TABLES, *, forms: bool = True) -> dict[str, str]:
    """Trigger name -> CREATE statement. `forms`: whether forms sent in and papers given anew are there by now."""

    def refuse(name: str, when: str, condition: str, message: str) -> None:
        clause = f"WHEN {condition} " if condition else ""
        made[name] = (
            f"CREATE TRIGGER IF NOT EXISTS {name} {when} {clause}BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )

    made: dict[str, str] = {}
    entry, dossier, task, snapshot = _TABLES
    refuse(f"{entry}_no_update", f"BEFORE UPDATE ON {entry}", "", LEDGER)
    refuse(f"{entry}_no_delete", f"BEFORE DELETE ON {entry}", "", LEDGER)
    taken = f"EXISTS (SELECT 1 FROM {entry} WHERE id = NEW.id)"
    refuse(f"{entry}_in_order", f"BEFORE INSERT ON {entry}", f"{_NEXT} OR {taken}", LEDGER)
    refuse(f"{entry}_founded", f"BEFORE INSERT ON {entry}", _UNFOUNDED, UNFOUNDED)
    made[f"{entry}_project"] = (
        f"CREATE TRIGGER IF NOT EXISTS {entry}_project AFTER INSERT ON {entry} BEGIN {(_PROJECT + _PROJECT_TASKS).format(differs='IS NOT')} END"
    )
    born = f"NEW.due_at IS NOT NULL OR NEW.original_due_at IS NOT NULL OR NEW.due_provisional OR EXISTS (SELECT 1 FROM {dossier} WHERE id = NEW.id)"
    refuse(f"{dossier}_born_without_due", f"BEFORE INSERT ON {dossier}", born, DUE)
    moved = f"({_changed(_DUE_COLUMNS, 'IS NOT')}) AND ({_due_wrong('IS NOT')})"
    refuse(f"{dossier}_due_follows", f"BEFORE UPDATE OF {', '.join(_DUE_COLUMNS)} ON {dossier}", moved, DUE)
    refuse(f"{dossier}_fixed", f"BEFORE UPDATE OF {', '.join(_FIXED)} ON {dossier}", _fixed("IS NOT"), FROZEN)
    refuse(f"{dossier}_no_delete", f"BEFORE DELETE ON {dossier}", "", KEEP)
    refuse(
        "dossiers_counter_forward",
        "BEFORE UPDATE ON dossiers_counter",
        "NEW.last < OLD.last OR NEW.key <> OLD.key",
        COUNTER,
    )
    refuse("dossiers_counter_no_delete", "BEFORE DELETE ON dossiers_counter", "", COUNTER)
    refuse(f"{task}_due_born", f"BEFORE INSERT ON {task}", _task_due_wrong("IS NOT"), DUE)
    refuse(
        f"{task}_due_follows", f"BEFORE UPDATE OF dossier_due_at ON {task}", _task_due_wrong("IS NOT"), DUE
    )
    refuse(f"{snapshot}_no_update", f"BEFORE UPDATE ON {snapshot}", "", SNAPSHOT)
    refuse(f"{snapshot}_no_delete", f"BEFORE DELETE ON {snapshot}", "", SNAPSHOT)
    refuse("dossiers_notice_no_update", "BEFORE UPDATE ON dossiers_notice", "", NOTICE)
    refuse("dossiers_notice_no_delete", "BEFORE DELETE ON dossiers_notice", "", NOTICE)
    if forms:
        refuse(f"{_FORMS}_no_update", f"BEFORE UPDATE ON {_FORMS}", "", FORM)
        refuse(f"{_FORMS}_no_delete", f"BEFORE DELETE ON {_FORMS}", "", FORM)
        for name, when in (("own", "INSERT"), ("stays_own", "UPDATE OF replaces_id, dossier_id")):
            refuse(f"{_PAPERS}_{name}", f"BEFORE {when} ON {_PAPERS}", _REPLACES_ANOTHERS, OTHER_PAPER)
    for table in tables:
        for act in ("INSERT", "UPDATE", "DELETE"):
            name = f"{table}_stamp_{act.lower()}"
            made[name] = (
                f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {act} ON {table} BEGIN "
                f"UPDATE dossiers_referencestamp SET value = hex(randomblob(12)) WHERE \"table\" = '{table}'; END"
            )
    return made


_IS = "IS DISTINCT FROM"  # null-safe on PostgreSQL


def _function(name: str, body: str, result: str = "NEW") -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {result}; END $$"


def _refusing(name: str, when: str, table: str, message: str, condition: str = "", each: str = "ROW") -> str:
    clause = f" WHEN ({condition})" if condition else ""
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each}{clause} "
        f"EXECUTE FUNCTION dossiers_refuse('{message}')"
    )


def _raise_if(condition: str, message: str) -> str:
    return f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF;"


def postgresql_statements(tables: Iterable[str] = REFERENCE_TABLES, *, forms: bool = True) -> list[str]:
    """Functions and triggers; every CREATE replaces."""
    stamp = (
        "CREATE OR REPLACE TRIGGER {0}_stamp AFTER INSERT OR UPDATE OR DELETE ON {0} "
        "FOR EACH STATEMENT EXECUTE FUNCTION dossiers_stamp()"
    )
    return [*_functions(), *_ledger_triggers(), *_refusals(forms), *(stamp.format(table) for table in tables)]


def _functions() -> list[str]:
    renew = "UPDATE dossiers_referencestamp SET value = replace(gen_random_uuid()::text, '-', '') WHERE \"table\" = TG_TABLE_NAME;"
    return [
        _function("dossiers_refuse", "RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'raise_exception';", "NULL"),
        _function("dossiers_ledger_order", _raise_if(_NEXT, LEDGER) + _raise_if(_UNFOUNDED, UNFOUNDED)),
        _function("dossiers_task_due", _raise_if(_task_due_wrong(_IS), DUE)),
        _function("dossiers_paper_own", _raise_if(_REPLACES_ANOTHERS, OTHER_PAPER)),
        _function("dossiers_project", f"{_PROJECT} IF NEW.seq > 1 THEN {_PROJECT_TASKS} END IF;".format(differs=_IS), "NULL"),
        _function("dossiers_due_follows", _raise_if(_due_wrong(_IS), DUE)),
        _function("dossiers_stamp", renew, "NULL"),
    ]  # fmt: skip


def _ledger_triggers() -> list[str]:
    entry, dossier, task, _ = _TABLES
    made = "CREATE OR REPLACE TRIGGER {} {} ON {} FOR EACH ROW {} EXECUTE FUNCTION {}()"
    moved, copied = _changed(_DUE_COLUMNS, _IS), f"NEW.dossier_due_at {_IS} OLD.dossier_due_at"
    return [
        made.format(f"{entry}_in_order", "BEFORE INSERT", entry, "", "dossiers_ledger_order"),
        made.format(f"{entry}_project", "AFTER INSERT", entry, "", "dossiers_project"),
        made.format(f"{dossier}_due_follows", "BEFORE UPDATE", dossier, f"WHEN ({moved})", "dossiers_due_follows"),
        made.format(f"{task}_due_born", "BEFORE INSERT", task, "", "dossiers_task_due"),
        made.format(f"{task}_due_follows", "BEFORE UPDATE", task, f"WHEN ({copied})", "dossiers_task_due"),
    ]  # fmt: skip


def _refusals(forms: bool) -> list[str]:
    entry, dossier, _, snapshot = _TABLES
    born = "NEW.due_at IS NOT NULL OR NEW.original_due_at IS NOT NULL OR NEW.due_provisional"
    back = "NEW.last < OLD.last OR NEW.key <> OLD.key"
    kept = {
        entry: LEDGER,
        dossier: KEEP,
        "dossiers_counter": COUNTER,
        "dossiers_notice": NOTICE,
        snapshot: SNAPSHOT,
        **({_FORMS: FORM} if forms else {}),
    }
    paper = (
        f"CREATE OR REPLACE TRIGGER {_PAPERS}_own BEFORE INSERT OR UPDATE ON {_PAPERS} FOR EACH ROW "
        "WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION dossiers_paper_own()"
    )
    own = [_refusing(f"{_FORMS}_no_change", "UPDATE OR DELETE", _FORMS, FORM), paper] if forms else []
    return [
        _refusing(f"{entry}_no_change", "UPDATE OR DELETE", entry, LEDGER),
        _refusing(f"{snapshot}_no_change", "UPDATE OR DELETE", snapshot, SNAPSHOT),
        _refusing(f"{dossier}_fixed", "UPDATE", dossier, FROZEN, _fixed(_IS)),
        _refusing(f"{dossier}_born_without_due", "INSERT", dossier, DUE, born),
        _refusing(f"{dossier}_no_delete", "DELETE", dossier, KEEP),
        _refusing("dossiers_counter_forward", "UPDATE", "dossiers_counter", COUNTER, back),
        _refusing("dossiers_counter_no_delete", "DELETE", "dossiers_counter", COUNTER),
        _refusing("dossiers_notice_no_change", "UPDATE OR DELETE", "dossiers_notice", NOTICE),
        *own,
        *(_refusing(f"{table}_no_truncate", "TRUNCATE", table, said, each="STATEMENT") for table, said in kept.items()),
    ]  # fmt: skip


_FUNCTIONS = (
    "dossiers_refuse",
    "dossiers_ledger_order",
    "dossiers_task_due",
    "dossiers_paper_own",
    "dossiers_project",
    "dossiers_due_follows",
    "dossiers_stamp",
)


def install(connection: Any) -> None:
    """Make the triggers of this engine, or make them anew where they have changed, and the rows of the stamps."""
    tables = _reference_tables(connection)
    forms = _FORMS in connection.introspection.table_names()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statements = postgresql_statements(tables, forms=forms)
        else:
            statements = list(_new_on_sqlite(cursor, sqlite_statements(tables, forms=forms)))
        for statement in statements:
            cursor.execute(statement)
        for table in REFERENCE_TABLES:
            cursor.execute(
                'INSERT INTO dossiers_referencestamp ("table", value) VALUES (%s, %s) ON CONFLICT DO NOTHING',
                [table, "0"],
            )


def _new_on_sqlite(cursor: Any, wanted: dict[str, str]) -> Iterator[str]:
    """The statements whose trigger is not there, or is there as an earlier version wrote it; that one is dropped."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present = dict(cursor.fetchall())
    for name, statement in wanted.items():
        if present.get(name) == statement.replace(" IF NOT EXISTS", "", 1):
            continue
        if name in present:
            yield f"DROP TRIGGER {name}"
        yield statement


def remove(connection: Any) -> None:
    """Drop the triggers: for undoing the migration and for tests that flush the database only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in _FUNCTIONS:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
            return
        for name in sqlite_statements():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: Any) -> list[str]:
    """Names of triggers that are not there or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
            wanted = [
                s.split()[4] for s in postgresql_statements() if s.startswith("CREATE OR REPLACE TRIGGER")
            ]
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = list(sqlite_statements())
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in present]
