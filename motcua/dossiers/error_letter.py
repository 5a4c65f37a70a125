"""What the apology for an error found after the hand-over says (NĐ 61/2018, Điều 21), beside the slips of the life cycle."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier, ResultPaper
from motcua.dossiers.slips import iso_day, matter, person


def content(
    dossier: Dossier, wrong: Iterable[ResultPaper], reason: str, cause: Agency, due: date, handed_out: datetime, *,
    revoked: bool, signer: User,
) -> dict[str, Any]:  # fmt: skip
    """Whose dossier, which results were wrong and how, who erred, by which legal date the right one is there; signed by the head."""
    return {
        **person(dossier),
        **matter(dossier),
        "received_on": iso_day(dossier.received_at),
        "returned_on": iso_day(handed_out),
        "results": [_result(paper) for paper in wrong],
        "reason": reason,
        "caused_by": cause.name,
        "new_due": due.isoformat(),
        "revoked": revoked,
        "signer": {"titles": ["Thủ trưởng cơ quan"], "name": signer.full_name},
    }


def _result(paper: ResultPaper) -> dict[str, Any]:
    return {"name": paper.name, "number": paper.number, "signed_on": paper.signed_on.isoformat()}
