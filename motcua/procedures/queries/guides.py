"""Guides: the one in use, the draft, as a tree for the rules, checked against the procedure that they are for."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from motcua.core.errors import NotFound
from motcua.procedures.models import (
    Fee,
    Guide,
    GuideAnswer,
    GuideQuestion,
    Procedure,
    ProcedureVersion,
)
from motcua.procedures.queries.versions import latest_version, version_in_force
from motcua.procedures.rules.guides import Answer, Fault, GuideTree, Known, Question, check


def _whole(rows: QuerySet[Guide]) -> QuerySet[Guide]:
    answers = GuideAnswer.objects.select_related("next", "instead").order_by("position")
    questions = GuideQuestion.objects.order_by("position").prefetch_related(Prefetch("answers", answers))
    return rows.select_related("procedure", "changed_by").prefetch_related(Prefetch("questions", questions))


def guide_in_use(procedure: Procedure) -> Guide | None:
    """The published guide with its questions; three statements, one when there is none."""
    rows = Guide.objects.filter(procedure=procedure, status=Guide.Status.PUBLISHED)
    return _whole(rows).first()


def has_guide(procedure: Procedure) -> bool:
    """Whether people can be guided through this procedure."""
    return Guide.objects.filter(procedure=procedure, status=Guide.Status.PUBLISHED).exists()


def access_guide(pk: int) -> Guide:
    """One guide with its questions, for its editor. Raises NotFound."""
    found = _whole(Guide.objects.filter(pk=pk)).first()
    if found is None:
        raise NotFound("Không tìm thấy hướng dẫn này.")
    return found


def guides_of(procedure: Procedure) -> QuerySet[Guide]:
    """All guides of a procedure, newest first."""
    return Guide.objects.filter(procedure=procedure).select_related("changed_by").order_by("-number")


def access_question(pk: int) -> GuideQuestion:
    """One question. Raises NotFound."""
    found = GuideQuestion.objects.select_related("guide__procedure").filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy câu hỏi này.")
    return found


def access_answer(pk: int) -> GuideAnswer:
    """One answer. Raises NotFound."""
    rows = GuideAnswer.objects.select_related("question__guide__procedure", "instead")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy câu trả lời này.")
    return found


def tree_of(guide: Guide, *, english: bool = False) -> GuideTree:
    """The guide as the rules want it; in English where somebody has written it."""
    return GuideTree(tuple(_question(row, english) for row in guide.questions.all()))


def _question(row: GuideQuestion, english: bool) -> Question:
    answers = tuple(_answer(answer, english) for answer in row.answers.all())
    text, more = (row.text_en, row.help_en) if english and row.text_en else (row.text, row.help)
    return Question(row.position, text, more, answers)


def _answer(row: GuideAnswer, english: bool) -> Answer:
    return Answer(
        label=row.label_en if english and row.label_en else row.label,
        leads_to=row.leads_to,
        next=row.next.position if row.next else None,
        case=row.case,
        adds=tuple(row.adds),
        drops=tuple(row.drops),
        exemption=row.exemption,
        reason=row.reason_en if english and row.reason_en else row.reason,
        instead=row.instead.code if row.instead else "",
    )


def known_of(procedure: Procedure, day: date) -> Known:
    """What the procedure's version in force (else its last) and fee schedule know."""
    version = version_in_force(procedure, day) or latest_version(procedure)
    cases, papers = _cases_and_papers(version) if version else (frozenset(), frozenset())
    fees = Fee.objects.filter(Fee.in_force(day), procedure=procedure)
    reasons = fees.filter(exemptions__isnull=False).values_list("exemptions__reason", flat=True)
    return Known(cases, papers, frozenset(reasons))


def _cases_and_papers(version: ProcedureVersion) -> tuple[frozenset[str], frozenset[str]]:
    rows = list(version.papers.values_list("case", "name", "note_only"))
    variants = [v for rule in version.channels.all() for v in rule.variants]
    cases = {case for case, *_ in rows} | {str(v.get("case", "")) for v in variants}
    return frozenset(cases - {""}), frozenset(name for _, name, note in rows if not note)


def faults_of(guide: Guide, day: date) -> list[Fault]:
    """What must be mended before people may meet the guide."""
    return check(tree_of(guide), known_of(guide.procedure, day))
