"""What has changed in the catalogue since a draft began."""

from dataclasses import dataclass

from motcua.core.text import fold
from motcua.dossiers.queries import Desk, catalogue
from motcua.eforms.models import FormVersion
from motcua.eforms.queries import form_for
from motcua.filing.models import Application, Upload
from motcua.procedures.models import ProcedureVersion


@dataclass(frozen=True)
class Current:
    """The version of a procedure in force, with its form."""

    version: ProcedureVersion
    form_version: FormVersion | None

    @property
    def form_version_id(self) -> int | None:
        return self.form_version.pk if self.form_version else None


def current_of(procedure_id: int, desk: Desk) -> Current:
    """What one would file by now. Raises RuleViolation when the procedure is not in force. One statement, the catalogue apart."""
    version = catalogue.version(desk, procedure_id)
    return Current(version, form_for(version))


def is_outdated(application: Application, desk: Desk) -> bool:
    """Whether the draft is of another version of the procedure or of its form than the one in force."""
    now = current_of(application.procedure_id, desk)
    return (now.version.pk, now.form_version_id) != (application.version_id, application.form_version_id)


def remapped(application: Application, version: ProcedureVersion, desk: Desk) -> list[tuple[Upload, int]]:
    """The files of papers, each with the paper of the same name in another version; the others stay where they are."""
    names = {fold(one.name): one.id for one in catalogue.requirements(desk, version.pk)}
    rows = application.uploads.exclude(paper=None).select_related("paper")
    pairs = [(one, names.get(fold(one.paper.name)) if one.paper else None) for one in rows]
    return [(one, paper_id) for one, paper_id in pairs if paper_id is not None]
