"""A form filled in, as the PDF of the official form."""

from collections.abc import Mapping
from typing import Any

from motcua.core.moments import legal_date, to_utc
from motcua.eforms import queries
from motcua.eforms.models import FormVersion
from motcua.eforms.rules.printed import application
from motcua.printing.actions import render


def print_application(
    form_version: FormVersion, answers: Mapping[str, Any], heading: Mapping[str, Any]
) -> bytes:
    """The official form filled in, as a PDF. `heading` may say agency, parent_agency, code, verify_url, place, office (to
    whom it is addressed), date (a legal date), and `at` or `submitted_at`: the moment for which addresses and calculated values
    hold, aware or naive local; its date is that of the form when there is no other.
    """
    schema = queries.schema_for(form_version)
    at = heading.get("at") or heading.get("submitted_at")
    at = to_utc(at) if at and at.tzinfo is None else at
    given = {**heading, "date": heading.get("date") or (legal_date(at) if at else None)}
    return render(*application(schema, answers, given, queries.context(at)))
