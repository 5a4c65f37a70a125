"""What the database itself refuses, on both engines: what somebody agreed to is only added to, never changed, never deleted."""

from typing import Any

WORDS = "Sự đồng ý đã ghi không được sửa, không được xóa"
_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS accounts_consent_no_{verb.lower()} BEFORE {verb} ON accounts_consent "
    f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    for verb in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"CREATE OR REPLACE FUNCTION accounts_consent_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$",
    "CREATE OR REPLACE TRIGGER accounts_consent_no_change BEFORE UPDATE OR DELETE ON accounts_consent "
    "FOR EACH ROW EXECUTE FUNCTION accounts_consent_refuse()",
]


def install(connection: Any) -> None:
    """Make the triggers, again if need be."""
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)
