"""Files of the catalogue: forms and samples of papers, scans of decisions, photographs of boards; who may open them.

Officers may open all of them, drafts included: the catalogue holds nothing personal. Everybody may open the forms and
samples of published versions of public procedures once the file is clean or has been let out of quarantine.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from motcua.core.errors import NotFound
from motcua.core.moments import today
from motcua.files.models import StoredFile
from motcua.procedures.models import (
    Paper,
    Posting,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
    ResultTemplate,
)
from motcua.procedures.rules.attachments import CLEAN, DEAD, FileKind

COLUMNS = {FileKind.FORM: "form_file_id", FileKind.SAMPLE: "sample_file_id"}


@dataclass(frozen=True)
class PaperFile:
    """A file of a paper."""

    paper: Paper
    kind: FileKind
    file: StoredFile

    @property
    def is_public(self) -> bool:
        """Whether its content may be handed to the public."""
        return self.file.state in CLEAN

    @property
    def is_dead(self) -> bool:
        """Whether it never will be, so that another may take its place."""
        return self.file.state in DEAD


@dataclass(frozen=True)
class FiledPaper:
    """A paper with its files."""

    paper: Paper
    files: tuple[PaperFile, ...] = ()

    @property
    def missing(self) -> tuple[FileKind, ...]:
        """Kinds of file that the paper lacks."""
        return tuple(kind for kind in FileKind if kind not in {one.kind for one in self.files})


def with_files(papers: Iterable[Paper]) -> list[FiledPaper]:
    """Papers with their files; one statement, none when no paper has any."""
    rows = list(papers)
    ids = {pk for paper in rows for column in COLUMNS.values() if (pk := getattr(paper, column))}
    files = StoredFile.objects.in_bulk(ids) if ids else {}
    return [FiledPaper(paper, tuple(_files(paper, files))) for paper in rows]


def _files(paper: Paper, files: dict[int, StoredFile]) -> Iterable[PaperFile]:
    for kind, column in COLUMNS.items():
        if found := files.get(getattr(paper, column) or 0):
            yield PaperFile(paper, kind, found)


def public_files(version: ProcedureVersion, day: date) -> list[PaperFile]:
    """Forms and samples that everybody may take home, of a version that everybody may read."""
    if not _published(day).filter(pk=version.pk).exists():
        return []
    return [one for row in with_files(version.papers.all()) for one in row.files if one.is_public]


def _published(day: date) -> QuerySet[ProcedureVersion]:
    """Versions on the public catalogue: in force or ended, of public procedures."""
    rows = ProcedureVersion.objects.exclude(status=ProcedureVersion.Status.DRAFT)
    return rows.filter(valid_from__lte=day, procedure__kind=Procedure.Kind.PUBLIC)


def access_paper(pk: int) -> Paper:
    """One paper with its version and procedure. Raises NotFound."""
    found = Paper.objects.select_related("version__procedure").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy giấy tờ này. Dự thảo có thể đã được sửa, mở lại trang.")
    return found


def kind_of(slug: str) -> FileKind:
    """The kind of file that an address names. Raises NotFound."""
    if slug not in set(FileKind):
        raise NotFound()
    return FileKind(slug)


def access_paper_file(pk: int, slug: str) -> PaperFile:
    """One file of a paper. Raises NotFound."""
    kind, paper = kind_of(slug), access_paper(pk)
    found = next((one for one in with_files([paper])[0].files if one.kind == kind), None)
    if found is None:
        raise NotFound("Giấy tờ này chưa có tệp mẫu.")
    return found


def access_public_file(pk: int, slug: str, day: date) -> PaperFile:
    """One file of a paper that everybody may take home. Raises NotFound."""
    found = access_paper_file(pk, slug)
    if not found.is_public or not _published(day).filter(pk=found.paper.version_id).exists():
        raise NotFound("Chưa có biểu mẫu này trên trang công khai.")
    return found


def file_of(decision: PublicationDecision) -> StoredFile | None:
    """The scan of a decision."""
    return StoredFile.objects.filter(pk=decision.file_id or 0).first()


def may_open(file: StoredFile, user: Any, authority: Any) -> bool:
    """Whether a file belongs to the catalogue and this person, perhaps nobody in particular, may open it."""
    papers = Paper.objects.filter(Q(form_file_id=file.pk) | Q(sample_file_id=file.pk))
    if file.state in CLEAN and papers.filter(version__in=_published(today())).exists():
        return True
    if not getattr(user, "is_staff_member", False):
        return False
    owners = (
        papers,
        PublicationDecision.objects.filter(file_id=file.pk),
        Posting.objects.filter(photo_file_id=file.pk),
        ResultTemplate.objects.filter(file=file),
    )
    return any(rows.exists() for rows in owners)
