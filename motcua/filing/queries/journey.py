"""Everything that the pages of one filing need, read once: the steps, the form, the papers, what is still open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from motcua.accounts.models import Assistance, Profile, User
from motcua.accounts.queries import Party, parties_of, profile_of
from motcua.core.moments import legal_date
from motcua.dossiers.queries import Desk, catalogue
from motcua.dossiers.queries.fees import charged_at_submission
from motcua.dossiers.rules.fees import LABELS
from motcua.dossiers.rules.intake import Requirement, cases_of, cases_of_limit_alone, for_case
from motcua.eforms.rules.answers import Context, Filled, fill
from motcua.eforms.rules.schema import Schema
from motcua.filing.models import Application, Upload
from motcua.filing.queries.forms import context, replaced_papers, schema_for
from motcua.filing.rules import fees as fee_rules
from motcua.filing.rules import party as party_rules
from motcua.filing.rules import steps as rules
from motcua.filing.rules.papers import PaperLine, lines_of
from motcua.holdings.models import HeldPaper
from motcua.holdings.queries import held_for
from motcua.holdings.rules.states import Kept, matching
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.models.catalogue import Channel
from motcua.procedures.queries.limits import limit_cases
from motcua.procedures.rules.fees import Bill, Exemption, FeeLine


@dataclass(frozen=True)
class Problem:
    """What must be put right before sending: where, and what."""

    step: str
    label: str
    text: str


class Journey:
    """One filing as it stands at a moment. Rows are read when they are first needed, each kind by one statement.

    `owner`: who sits at the pages: the citizen, or who helps them.
    """

    def __init__(self, application: Application, owner: User, at: datetime, desk: Desk | None = None) -> None:
        self.application, self.owner, self.at = application, owner, at
        self.day = legal_date(at)
        self.desk = desk or Desk(owner, at)

    @cached_property
    def visit(self) -> Assistance | None:
        """The visit in which somebody fills this in for who is present; None for a citizen at their own pages."""
        return self.application.assistance if self.owner.is_staff_member else None

    @cached_property
    def account(self) -> User | None:
        """Whose profile, papers, earlier dossiers and companies are offered: one's own, or those of who is helped once they
        agreed by the code on their phone.
        """
        if self.visit is None:
            return self.owner
        return self.visit.citizen if self.visit.phone_confirmed_at else None

    @cached_property
    def schema(self) -> Schema | None:
        """The form to fill in; None where the procedure has none."""
        return schema_for(self.application.form_version) if self.application.form_version else None

    @cached_property
    def context(self) -> Context:
        """What checks need beside the form: the moment, the administrative units, the files of this draft."""
        return context(self.at, self._is_own_file)

    def _is_own_file(self, name: str) -> bool:
        return any(str(one.pk) == name and one.file_id for one in self.uploads)

    @cached_property
    def filled(self) -> Filled:
        """The form worked out on the answers so far."""
        return fill(self.schema, self.application.answers, self.context) if self.schema else Filled()

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """The papers that the version asks for, those of other cases too."""
        return catalogue.requirements(self.desk, self.application.version_id)

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """The alternative cases of its papers."""
        return cases_of(self.requirements)

    @cached_property
    def limit_cases(self) -> tuple[str, ...]:
        """The cases that make a difference to the time limit alone."""
        return limit_cases_of(self.application.version, self.cases)

    @cached_property
    def uploads(self) -> list[Upload]:
        """Files of this draft, whole or on their way."""
        return list(self.application.uploads.select_related("file"))

    @cached_property
    def papers(self) -> tuple[PaperLine, ...]:
        """Each paper of the case with what has become of it."""
        proof = (fee_rules.proof_of(self.exemption),) if self.exemption else ()
        wanted = (*for_case(self.requirements, self.application.case), *proof)
        form = replaced_papers(self.application)
        filed: dict[int, list[Upload]] = {}
        for one in self.uploads:
            if one.paper_id or one.slot == fee_rules.PROOF_SLOT:
                filed.setdefault(one.paper_id or fee_rules.PROOF, []).append(one)
        return lines_of(wanted, form, filed)

    @cached_property
    def fee_lines(self) -> tuple[FeeLine, ...]:
        """What is charged online where this is filed; nothing before the place is chosen."""
        application = self.application
        if application.resolving is None:
            return ()
        return catalogue.fees(self.desk, application.procedure_id, Channel.ONLINE, application.resolving)

    @cached_property
    def fee_questions(self) -> fee_rules.Questions:
        """What decides the amount and must be asked."""
        return fee_rules.questions_of(self.fee_lines)

    @property
    def fee_quantities(self) -> dict[str, int]:
        """The numbers that count, as answered."""
        return fee_rules.quantities(self.application.fees, self.fee_questions)

    @property
    def exemption(self) -> Exemption | None:
        """The exemption that the person claims."""
        return fee_rules.claimed(self.application.fees, self.fee_questions)

    @property
    def bill(self) -> Bill:
        """What the filing is expected to cost; the office checks it when it accepts."""
        return fee_rules.bill_of(self.fee_lines, self.application.fees, self.fee_questions)

    @cached_property
    def offers(self) -> dict[int, list[HeldPaper]]:
        """What the person has here already and may be taken for a paper, by the paper's id; what was taken is left out."""
        held = held_for(self.account, self.day) if self.account else []
        kept = [Kept(one.pk, one.name, one.code) for one in held]
        by_pk = {one.pk: one for one in held}
        taken = {one.held for one in self.uploads}
        found = {}
        for line in self.papers if held else ():
            fits = [] if line.is_note else [by_pk[pk] for pk in matching(line.name, "", kept)]
            found[line.requirement.id] = [one for one in fits if str(one.key) not in taken]
        return found

    @cached_property
    def profile(self) -> Profile | None:
        """What the person told of themselves."""
        return profile_of(self.account) if self.account else None

    @cached_property
    def parties(self) -> list[Party]:
        """For whom the person may file. Who is helped is who the visit names."""
        found = parties_of(self.account, self.day, self.application.procedure.code) if self.account else []
        if self.visit is None:
            return found
        helped, country = self.visit, self.visit.document_country
        own = Party("self", helped.full_name, "citizen", helped.identity_number, country=country)
        return [own, *found[1:]]

    @property
    def party(self) -> Party | None:
        """For whom this one is; None for somebody without an account, or when the right has ended."""
        return next((one for one in self.parties if one.key == self.application.acting), None)

    @property
    def charges_when_filed(self) -> bool:
        """Whether the chosen office charges as soon as this is sent."""
        office = self.application.office
        return office is not None and charged_at_submission(self.desk, office.agency, self.day)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The pages, in order."""
        return rules.steps_for(
            has_cases=bool(self.cases or self.limit_cases),
            sections=[section.key for section in self.filled.sections],
            has_papers=any(not line.is_note for line in self.papers),
            asks_fees=self.fee_questions.any,
        )

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything to be put right before sending, in the order of the pages."""
        order = {step: number for number, step in enumerate(self.steps)}
        return sorted(self._problems(), key=lambda one: order.get(one.step, -1))

    def _problems(self) -> list[Problem]:
        application, found = self.application, []
        if application.office_id is None:
            found.append(Problem(rules.OFFICE, "Nơi nộp", "Chọn nơi nộp hồ sơ."))
        if self.cases and application.case not in self.cases:
            found.append(Problem(rules.CASE, "Trường hợp", "Chọn trường hợp của bạn."))
        if application.limit_case not in ("", *self.limit_cases):
            found.append(Problem(rules.CASE, "Trường hợp về thời hạn", "Chọn lại trường hợp của bạn."))
        if application.acting != "other" and self.party is None:
            found.append(
                Problem(rules.PARTY, "Chủ hồ sơ", "Bạn không còn quyền nộp thay người này. Chọn lại.")
            )
        wrong = party_rules.check(application.party, application.acting, self.day)
        found += [Problem(rules.PARTY, PARTY_LABELS[key], said) for key, said in wrong.items()]
        found += [
            Problem(rules.SECTION + path.split(".")[0], self._label(path), said)
            for path, said in self.filled.errors.items()
        ]
        wrong = fee_rules.check(application.fees, self.fee_questions) if self.fee_questions.any else {}
        found += [Problem(rules.FEES, LABELS[key], said) for key, said in wrong.items()]
        found += [Problem(rules.PAPERS, line.name, line.problem) for line in self.papers if line.problem]
        wrong = party_rules.check_delivery(application.delivery)
        found += [Problem(rules.DELIVERY, "Nhận kết quả", said) for said in wrong.values()]
        return found

    def _label(self, path: str) -> str:
        field = self.schema.field_at(path) if self.schema else None
        return field.label if field else path


PARTY_LABELS = {
    "name": "Họ và tên, tên tổ chức",
    "identity_number": "Số định danh",
    "identity_country": "Loại giấy tờ",
    "tax_code": "Mã số thuế",
    "birth_date": "Ngày sinh",
    "gender": "Giới tính",
    "phone": "Số điện thoại",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "authorisation": "Giấy ủy quyền, quan hệ",
}


def limit_cases_of(version: ProcedureVersion, cases: Collection[str]) -> tuple[str, ...]:
    """The cases in which a version answers online within a time of their own; `cases`: those that the papers know."""
    return cases_of_limit_alone(limit_cases(list(version.channels.all()), Channel.ONLINE), cases)


def journey_of(application: Application, owner: User, at: datetime) -> Journey:
    """The filing of an owner at a moment."""
    return Journey(application, owner, at)
