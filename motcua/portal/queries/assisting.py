"""What somebody who helps a citizen may choose from."""

from datetime import date

from motcua.filing.queries import online_offered
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import finding

MOST = 12


def offered(text: str, day: date) -> list[tuple[ProcedureVersion, bool]]:
    """Procedures that answer the words, best first, and whether they are filed online here; the others go to the counter."""
    hits = finding.find(finding.Sought(text=text), day)
    found = finding.fetched(hits.ids[:MOST])
    return [(version, online_offered(version, day)) for version in found]
