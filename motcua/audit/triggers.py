"""Triggers on both engines that refuse UPDATE, DELETE and TRUNCATE on the log.

On SQLite a later migration that alters one of these tables makes it anew and loses its triggers: it
must end with `install`. `missing` says whether they are all there, and `motcua audit verify` asks it.
"""

from typing import Any

TABLES = ("audit_event", "audit_seal", "audit_sealstamp")
REFUSAL = "Nhật ký chỉ được ghi thêm, không được sửa hoặc xóa"
_SAME_ROW = {
    "audit_event": "id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq)",
    "audit_seal": "id = NEW.id OR number = NEW.number",
    "audit_sealstamp": "id = NEW.id OR seal_id = NEW.seal_id",
}


def _taken(table: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {_SAME_ROW[table]})"  # noqa: S608 - constants only


def sqlite_statements() -> dict[str, str]:
    """Trigger name -> CREATE statement. INSERT OR REPLACE deletes without asking triggers: refused too."""
    made = {}
    for table in TABLES:
        for act in ("UPDATE", "DELETE"):
            made[f"{table}_no_{act.lower()}"] = (
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL} ({table})'); END"
            )
        made[f"{table}_no_replace"] = (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} WHEN {_taken(table)} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL} ({table}, trùng khóa)'); END"
        )
    return made


def postgresql_statements() -> list[str]:
    """The refusing function and the triggers of each table."""
    made = [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL} (%)', TG_TABLE_NAME USING ERRCODE = 'raise_exception'; END $$"
    ]
    for table in TABLES:
        made += [
            f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        ]
    return made


def install(connection: Any) -> None:
    """Make the triggers of this engine; nothing happens to those already there."""
    statements = (
        postgresql_statements() if connection.vendor == "postgresql" else sqlite_statements().values()
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Drop the triggers: for undoing the migration and for `audit.testing` only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION IF EXISTS audit_refuse() CASCADE")
            return
        for name in sqlite_statements():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: Any) -> list[str]:
    """Names of triggers that are not there or are switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
            wanted = [f"{table}_no_{act}" for table in TABLES for act in ("change", "truncate")]
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = list(sqlite_statements())
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in present]
