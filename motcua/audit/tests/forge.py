"""A forger with full access to the database, for the tests that must catch one."""

from django.db import connection

from motcua.audit.models import Event
from motcua.audit.queries.verification import FIELDS, link_of
from motcua.audit.rules.chain import genesis
from motcua.audit.testing import triggers_lifted


def forge(sql: str, *values: object) -> None:
    """Run SQL on the log past its triggers."""
    with triggers_lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


def rewrite(chain: str) -> None:
    """Make a whole chain consistent again after tampering: the clever forger."""
    previous = genesis(chain)
    for row in Event.objects.filter(chain=chain).order_by("seq").values(*FIELDS):
        row["previous_hash"] = previous
        previous = link_of(row).hash()
        forge(
            "UPDATE audit_event SET previous_hash = %s, hash = %s WHERE id = %s",
            row["previous_hash"],
            previous,
            row["id"],
        )
