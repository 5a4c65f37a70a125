"""The page of reception as one thing: the procedure chosen, the forms on it, and the intake that they make together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.http import QueryDict

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.core.identity import phone_text
from motcua.counter import queries
from motcua.counter.forms import IntakeForm, PaperForm, PaperFormSet, PartyForm
from motcua.counter.queries import Asked, Option, Preview
from motcua.dossiers.models import Dossier, Party
from motcua.dossiers.queries.reference import Desk as Reference
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData
from motcua.procedures.models import Paper

PARTY_FIELDS = (
    "kind",
    "name",
    "identity_number",
    "identity_country",
    "tax_code",
    "birth_date",
    "gender",
    "phone",
    "email",
    "address",
)
COUNTS = ("originals", "copies", "electronic")


@dataclass(frozen=True)
class Fault:
    """An error with the id of the field that it leads to."""

    label: str
    text: str
    target: str = ""


@dataclass(frozen=True)
class PaperRow:
    """A line of the checklist: the form and the catalogue's paper, None for one that the catalogue does not list."""

    form: PaperForm
    paper: Paper | None

    @property
    def name(self) -> str:
        return str(self.form["name"].value() or "")

    @property
    def required(self) -> bool:
        """Whether the law asks for it here: not what a state database already holds (once only)."""
        return self.paper is not None and self.paper.required and not self.paper.available_in_database

    @property
    def is_missing(self) -> bool:
        """Neither there nor waived; only of a valid form."""
        typed = self.form.cleaned_data
        return not typed.get("present") and not typed.get("waiver")

    @property
    def counts(self) -> list[BoundField]:
        return [self.form[name] for name in COUNTS]


class Desk:
    """What lies on the counter: forms bound to what was typed, or filled with the usual case of the procedure."""

    def __init__(
        self,
        office: OneStopOffice,
        ref: Reference,
        data: QueryDict | None = None,
        **start: Any,
    ) -> None:
        self.office, self.ref, self.data = office, ref, data
        self.option: Option | None = self._chosen(start.get("offering"))
        self.case = self._case(start.get("case"))
        self.limit_case = self._limit_case(start.get("limit_case", ""))
        chosen = {"offering": self._offering_id, "case": self.case, "limit_case": self.limit_case}
        self.form = IntakeForm(data, initial=chosen)
        keep: Dossier | None = start.get("keep")
        self.applicant = PartyForm(
            data, prefix="applicant", initial=party_initial(keep.applicant if keep else None)
        )
        self.submitter = self._submitter_form(data, keep)
        self.papers = PaperFormSet(data, prefix="papers", initial=[] if data else self._usual_papers())

    def _submitter_form(self, data: QueryDict | None, keep: Dossier | None) -> PartyForm:
        wanted = bool(data and data.get("has_submitter"))
        bound = data if wanted or not data else None
        if keep and keep.submitter:
            self.form.initial.update(has_submitter=True, authorisation=keep.authorisation)
        return PartyForm(bound, prefix="submitter", initial=party_initial(keep.submitter if keep else None))

    def _chosen(self, offering: int | None) -> Option | None:
        typed = self.data.get("offering", "") if self.data else ""
        pk = int(typed) if typed.isdecimal() and len(typed) < 18 else offering
        return queries.access_offering(self.office, self.ref, pk) if pk else None

    @property
    def _offering_id(self) -> int | None:
        return self.option.offering.pk if self.option else None

    @cached_property
    def cases(self) -> list[str]:
        return queries.cases_of(self.option.version, self.ref) if self.option else []

    def _case(self, number: int | None) -> str:
        """The case typed, else the one with this place in the list, else the first."""
        if self.data:
            return self.data.get("case", "")
        return self.cases[min(number or 0, len(self.cases) - 1)] if self.cases else ""

    @cached_property
    def limit_cases(self) -> list[str]:
        return queries.limit_cases_of(self.option.version, self.ref) if self.option else []

    def _limit_case(self, start: str) -> str:
        """The case of the limit that was chosen; a leftover of another procedure counts as none."""
        chosen = self.data.get("limit_case", "") if self.data else start
        return chosen if chosen in self.limit_cases else ""

    @cached_property
    def listed(self) -> list[Paper]:
        return queries.papers_of(self.option.version, self.case, self.ref) if self.option else []

    def _usual_papers(self) -> list[dict[str, Any]]:
        """The complete dossier, and one empty line for something else."""
        rows = [paper_initial(paper) for paper in self.listed]
        return [*rows, {"present": False, "originals": 1}] if self.option else []

    @property
    def paper_rows(self) -> Iterator[PaperRow]:
        by_id = {str(paper.pk): paper for paper in self.listed}
        return (PaperRow(form, by_id.get(str(form["paper_id"].value() or ""))) for form in self.papers)

    @property
    def has_submitter(self) -> bool:
        return bool(self.data and self.data.get("has_submitter"))

    def is_valid(self) -> bool:
        parts: list[Any] = [
            self.form,
            self.applicant,
            self.papers,
            *([self.submitter] if self.has_submitter else []),
        ]
        return all([part.is_valid() for part in parts])  # noqa: C419 - every part shows its errors

    @property
    def errors(self) -> list[Fault]:
        """Every error of every part, in the order of the page."""
        if not self.data:
            return []
        forms = [
            self.form,
            *self.papers.forms,
            self.applicant,
            *([self.submitter] if self.has_submitter else []),
        ]
        return [fault for form in forms for fault in _faults(form)]

    def intake(self) -> Intake:
        """What the act of reception takes. Only after `is_valid()`."""
        typed = self.form.cleaned_data
        assert self.option
        return Intake(
            office_id=self.office.pk,
            procedure_id=self.option.offering.procedure_id,
            resolving_agency_id=self.option.offering.agency_id,
            channel=typed["channel"],
            case=typed["case"],
            limit_case=self.limit_case,
            applicant=party_data(self.applicant),
            submitter=party_data(self.submitter) if self.has_submitter else None,
            authorisation=typed["authorisation"] if self.has_submitter else "",
            content=typed["content"],
            copies_of_dossier=typed["copies_of_dossier"],
            delivery=typed["delivery"],
            fee_quantities=self.quantities(),
            exemption_reason=typed["exemption_reason"],
            papers=tuple(
                paper_data(form)
                for form in self.papers
                if form.cleaned_data.get("present") or form.cleaned_data.get("waiver")
            ),
        )

    def quantities(self) -> dict[str, int]:
        """Copies and pages as typed; what is not typed is not told."""
        typed = getattr(self.form, "cleaned_data", {})
        return {
            name: typed[f"fee_{name}"] for name in ("copies", "pages") if typed.get(f"fee_{name}") is not None
        }

    def preview(self, actor: User, at: datetime) -> Preview:
        """What would follow from the form as it stands, complete or not."""
        typed = self._typed()
        asked = Asked(
            option=self.option,
            office=self.office,
            channel=typed.get("channel") or "counter",
            case=self.case,
            limit_case=self.limit_case,
            quantities=self.quantities(),
            exemption_reason=typed.get("exemption_reason") or "",
            applicant=self.applicant.known() if self.data else {},
            submitter=self.submitter.known() if self.has_submitter else {},
        )
        return queries.preview(asked, self.ref.authority, actor=actor, at=at)

    def _typed(self) -> dict[str, Any]:
        if self.data:
            self.form.is_valid()
        return getattr(self.form, "cleaned_data", {})

    def missing(self) -> list[dict[str, Any]]:
        """Papers asked for and not there, as a supplement request lists them."""
        rows = [row for row in self.paper_rows if row.required and row.is_missing]
        return [
            {"name": row.name, "originals": row.paper.originals, "copies": row.paper.copies}
            for row in rows
            if row.paper
        ]


def _faults(form: Any) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        if name == "__all__" or name not in form.fields:
            yield from (Fault("", str(error)) for error in errors)
            continue
        field = form[name]
        target = "procedure-search" if name == "offering" else field.id_for_label or f"{field.auto_id}_0"
        yield from (Fault(str(field.label), str(error), target) for error in errors)


def party_initial(party: Party | None) -> dict[str, Any]:
    """An earlier statement as the start of a new one."""
    if party is None:
        return {}
    return {name: getattr(party, name) for name in PARTY_FIELDS} | {"phone": phone_text(party.phone)}


def paper_initial(paper: Paper) -> dict[str, Any]:
    """A paper of the catalogue as handed in completely."""
    return {
        "paper_id": paper.pk,
        "name": paper.name,
        "present": paper.required and not paper.available_in_database,
        "originals": 0 if paper.presented_only else paper.originals,
        "copies": paper.copies,
        "presented_only": paper.presented_only,
    }


def party_data(form: PartyForm) -> PartyData:
    """A valid form of a person as the act takes it."""
    return PartyData(**{name: form.cleaned_data[name] for name in PARTY_FIELDS})


def paper_data(form: PaperForm) -> PaperData:
    """A valid line of the checklist as the act takes it."""
    typed = form.cleaned_data
    if not typed["present"]:
        return PaperData(name=typed["name"], paper_id=typed["paper_id"], waiver=typed["waiver"])
    counts: dict[str, Any] = {name: typed.get(name) or 0 for name in COUNTS}
    return PaperData(
        name=typed["name"], paper_id=typed["paper_id"], presented_only=typed["presented_only"], **counts
    )
