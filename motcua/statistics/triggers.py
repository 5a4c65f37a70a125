"""What the database refuses: a frozen report's figures never change, and no report is deleted. Put back after every migrate."""

from typing import Any

TABLE = "statistics_keptreport"
FROZEN = "Số liệu đã chốt không được sửa; hãy điều chỉnh bằng một lần chốt mới"
KEEP = "Báo cáo đã chốt không được xóa"
_FIXED = (
    "agency_id", "kind", "form_code", "start", "\"end\"", "period", "basis", "below", "number", "reason", "content", "content_hash", "frozen_at",
    "frozen_by_id",
)  # fmt: skip
_SET_ONCE = ("signed_at", "signed_by_id", "sent_at", "sent_by_id")


def _changed(differs: str, cast: str = "") -> str:
    fixed = " OR ".join(
        f"NEW.{c}{cast if c == 'content' else ''} {differs} OLD.{c}{cast if c == 'content' else ''}"
        for c in _FIXED
    )
    once = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} {differs} OLD.{c})" for c in _SET_ONCE)
    return f"{fixed} OR {once}"


def statements(vendor: str) -> list[str]:
    """The triggers of an engine; each replaces the one that is there."""
    if vendor == "postgresql":
        refuse = "CREATE OR REPLACE FUNCTION statistics_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"
        made = (
            "CREATE OR REPLACE TRIGGER {} BEFORE {} ON "
            + TABLE
            + " FOR EACH {} {} EXECUTE FUNCTION statistics_refuse('{}')"
        )
        changed = f"WHEN ({_changed('IS DISTINCT FROM', '::text')})"
        return [
            refuse,
            made.format(f"{TABLE}_fixed", "UPDATE", "ROW", changed, FROZEN),
            made.format(f"{TABLE}_no_delete", "DELETE", "ROW", "", KEEP),
            made.format(f"{TABLE}_no_truncate", "TRUNCATE", "STATEMENT", "", KEEP),
        ]
    return [
        f"DROP TRIGGER IF EXISTS {TABLE}_fixed",
        f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE ON {TABLE} WHEN {_changed('IS NOT')} BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_delete",
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{KEEP}'); END",
    ]


def install(connection: Any) -> None:
    """Make the triggers of this engine, once the table is there."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
