"""The official form of a dossier as a PDF, from what was filled in online: nobody types it again."""

from typing import Any

from motcua.core.moments import legal_date
from motcua.dossiers.models import Dossier, DossierForm
from motcua.dossiers.queries.forms import require_form
from motcua.eforms.actions import print_application


def print_form(dossier: Dossier) -> bytes:
    """The last revision of the dossier's form, printed. Raises RuleViolation when it was filed without one."""
    form = require_form(dossier)
    return print_application(form.form_version, form.answers, heading_of(dossier, form))


def heading_of(dossier: Dossier, form: DossierForm) -> dict[str, Any]:
    """What stands over the printed form: to whom it was handed in, of which dossier, of whom, on which legal date."""
    agency = dossier.receiving_agency
    return {
        "agency": agency.name,
        "code": dossier.code or dossier.temporary_number,
        "place": agency.place_name,
        "date": legal_date(form.saved_at),
        "applicant": dossier.applicant.name,
        "at": form.saved_at,
    }
