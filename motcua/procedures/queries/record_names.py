"""What the log calls procedures."""

from motcua.procedures.models import ProcedureVersion


def names_in_log(rests: list[str]) -> dict[str, str]:
    """From the numbers of procedures to code and newest name."""
    pks = [int(rest) for rest in rests if rest.isdecimal() and len(rest) < 18]
    rows = ProcedureVersion.objects.filter(procedure__in=pks).order_by("procedure_id", "number")
    named = rows.values_list("procedure_id", "procedure__code", "name")
    return {str(pk): f"{code} {name}" for pk, code, name in named}
