"""Electronic forms of the demonstration: administrative units, three real forms, each bound to its procedure."""

from datetime import datetime

from motcua.accounts.models import User
from motcua.core.moments import legal_date
from motcua.eforms import starting
from motcua.eforms.actions import bind, import_form, publish
from motcua.eforms.queries import procedure_version_to_bind
from motcua.places.actions import load_units


def give_forms(system: User, at: datetime) -> int:
    """Load, publish and bind the forms that ship; those whose procedure is not in the catalogue stay unbound.

    Returns how many were bound.
    """
    load_units(actor=system, at=at)
    bound = 0
    for name, code in starting.FILES:
        made = import_form(starting.text_of(name), actor=system, at=at)
        version = publish(made.form.code, actor=system, at=at)
        procedure = procedure_version_to_bind(code, legal_date(at))
        if procedure is not None:
            first = procedure.papers.filter(note_only=False, name__icontains="khai").first()
            paper = first or procedure.papers.filter(note_only=False, name__icontains="đơn").first()
            bind(procedure.pk, version.pk, paper_id=paper.pk if paper else None, actor=system, at=at)
            bound += 1
    return bound
