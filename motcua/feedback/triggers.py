"""What the database itself refuses, on both engines: steps and minutes only grow; a feedback is never deleted and never
changes its code, its key, its secret or when it was received.
"""

from typing import Any

STEPS = "Các bước xử lý phản ánh chỉ được ghi thêm"
KEEP = "Phản ánh không được xóa; mã, lúc nhận không được thay đổi"
_FIXED = ("code", "key", "secret_hash", "received_at")
_GROWING = ("feedback_feedbackstep", "feedback_verification")


def _sqlite() -> list[str]:
    made = []
    for table in _GROWING:
        for verb in ("UPDATE", "DELETE"):
            made.append(_of_sqlite(f"{table}_no_{verb.lower()}", f"BEFORE {verb} ON {table}", "", STEPS))
    changed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in _FIXED)
    made.append(_of_sqlite("feedback_keep", "BEFORE DELETE ON feedback_feedback", "", KEEP))
    made.append(_of_sqlite("feedback_fixed", "BEFORE UPDATE ON feedback_feedback", f"WHEN {changed}", KEEP))
    return made


def _of_sqlite(name: str, when: str, condition: str, words: str) -> str:
    return f"CREATE TRIGGER IF NOT EXISTS {name} {when} {condition} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _postgresql() -> list[str]:
    changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in _FIXED)
    made = [
        f"CREATE OR REPLACE FUNCTION feedback_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{STEPS}; {KEEP}'; END $$"
    ]
    for table in _GROWING:
        made.append(_of_postgresql(f"{table}_no_change", table, "BEFORE UPDATE OR DELETE", ""))
    made.append(_of_postgresql("feedback_keep", "feedback_feedback", "BEFORE DELETE", ""))
    made.append(_of_postgresql("feedback_fixed", "feedback_feedback", "BEFORE UPDATE", f"WHEN ({changed})"))
    return made


def _of_postgresql(name: str, table: str, when: str, condition: str) -> str:
    return f"CREATE OR REPLACE TRIGGER {name} {when} ON {table} FOR EACH ROW {condition} EXECUTE FUNCTION feedback_refuse()"


def install(connection: Any) -> None:
    """Make the triggers, again if need be."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
