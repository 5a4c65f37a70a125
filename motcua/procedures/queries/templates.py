"""Documents from which agencies make results, by procedure, agency and day."""

from datetime import date

from motcua.agencies.models import Agency
from motcua.core.errors import NotFound
from motcua.procedures.models import Procedure, ResultTemplate
from motcua.procedures.rules.attachments import CLEAN


def templates_of(procedure: Procedure, day: date) -> dict[int, ResultTemplate]:
    """What each agency uses on a legal date or will use, by the agency's number; of several the one in force first."""
    rows = ResultTemplate.objects.filter(procedure=procedure).exclude(valid_to__lt=day)
    return {row.agency_id: row for row in rows.select_related("file").order_by("-valid_from")}


def template_for(procedure_id: int, agency: Agency, day: date) -> ResultTemplate | None:
    """What the agency makes the result from on a legal date, once its file may be handed out; None without one."""
    rows = ResultTemplate.objects.filter(
        ResultTemplate.in_force(day), procedure_id=procedure_id, agency=agency
    )
    return rows.filter(file__state__in=CLEAN).select_related("file").first()


def access_template(pk: int) -> ResultTemplate:
    """One template with its file. Raises NotFound."""
    found = ResultTemplate.objects.select_related("file", "procedure", "agency").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found
