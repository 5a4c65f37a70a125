"""What an apology for an error may name: the results that stand, the agencies that worked, who may sign for the agency."""

from collections.abc import Iterable
from datetime import date

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core import store
from motcua.dossiers.models import Dossier, DossierTask, ResultPaper


def standing_results(dossier: Dossier) -> list[ResultPaper]:
    """Results that are not revoked, as they were signed."""
    return sorted(store.find(ResultPaper, dossier_id=dossier.pk, revoked_at=None), key=lambda one: one.pk)


def possible_causes(dossier: Dossier, tasks: Iterable[DossierTask]) -> list[Agency]:
    """Agencies that may have erred: who resolves first, then who worked on it, then whose counter received it; `tasks` with
    their agencies.
    """
    found = (dossier.resolving_agency, *(task.agency for task in tasks), dossier.office.agency)
    return list({agency.pk: agency for agency in found}.values())


def heads_of(agency: Agency, day: date) -> list[User]:
    """Who may sign for an agency on a legal date; nobody who only receives or works on dossiers."""
    return list(people_with(Permission.DOSSIER_SIGN, agency, day))
