"""A citizen with an account and something of everything that is theirs: for tests of the pages that only they see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.accounts.actions import Terms, authorise, declare_organisation, invite
from motcua.accounts.models import Organisation, User
from motcua.accounts.rules.codes import Address
from motcua.accounts.testing import make_citizen
from motcua.core.moments import legal_date
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.eforms.testing import make_form
from motcua.files.actions import store
from motcua.filing import actions as filing
from motcua.filing.models import Application
from motcua.filing.rules import steps
from motcua.filing.testing import PDF, Online
from motcua.holdings.actions import keep_paper, share
from motcua.holdings.models import HeldPaper
from motcua.privacy.actions import Asked, ask
from motcua.privacy.models import DataRequest
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.versions import in_force_at
from tests.world import Province

# Pages that need nothing but the citizen.
PLAIN = (
    "account", "account_edit", "account_address", "assisted", "acting", "organisations", "organisation_new", "authorisations",
    "authorise", "held", "mine", "drafts", "my_data", "my_data_correct", "my_data_delete", "my_consents",
)  # fmt: skip
NAME = {"name": "Họ và tên", "text": "Ghi như trong giấy khai sinh."}


@dataclass
class Citizen:
    """What is theirs. `asked` waits for the citizen's answer, `sent` for the office; `draft` is half filled in."""

    online: Online
    draft: Application
    sent: Application
    dossier: Dossier
    asked: Dossier
    paper: HeldPaper
    company: Organisation
    request: DataRequest

    @property
    def user(self) -> User:
        return self.online.citizen

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page that only they see, by name, with its address."""
        yield from ((name, reverse(f"portal:{name}")) for name in PLAIN)
        of: dict[str, list[Any]] = {
            "file_discard": [self.draft.pk],
            "file_done": [self.sent.pk],
            **{f"mine_{name}": [self.dossier.pk] for name in ("dossier", "messages", "withdraw")},
            "mine_reply": [self.asked.pk],
            "held_paper": [self.paper.key],
            "organisation": [self.company.pk],
            "my_request": [self.request.pk],
        }
        yield from ((name, reverse(f"portal:{name}", args=args)) for name, args in of.items())
        for step in self.online.journey(self.draft, at=self.draft.updated_at).steps:
            yield f"step {step}", reverse("portal:file_step", args=[self.draft.pk, step])


def _online(province: Province, at: datetime) -> Online:
    """The world's procedure as it is in force, filed online."""
    procedure = province.base.procedure
    ProcedureVersion.objects.filter(procedure=procedure).update(online_level="full")
    version = in_force_at(legal_date(at)).select_related("procedure", "field").get(procedure=procedure)
    return Online(province.base, make_citizen(), version)


def add_citizen(province: Province, at: datetime) -> Citizen:
    """Everything through the acts."""
    online = _online(province, at)
    user, clerk = online.citizen, province.cast.clerk
    sent, dossier = online.sent(at=at)
    asked = online.sent(at=at)[1]
    dossiers.write_message(dossier.pk, "Mời bà mang bản chính.", to_citizen=True, actor=clerk, at=at)
    dossiers.request_supplement_before(asked.pk, reason="", items=[NAME], actor=clerk, at=at)
    make_form(online.version)
    draft = online.begin(at=at)
    online.save(draft, steps.OFFICE, place=f"{province.base.office.pk}-{province.base.commune.pk}", at=at)
    online.save(draft, steps.FOR, acting="self", at=at)
    online.save(draft, steps.PARTY, phone="0900000001", address="Thôn Đông", at=at)
    online.save(draft, "to-khai-nguoi_khai", ho_ten="Nguyễn Thị Na", so_dinh_danh="001099000001", uy_quyen="no", at=at)  # fmt: skip
    slot = f"paper/{online.journey(draft, at=at).papers[0].requirement.id}"
    filing.attach(draft.pk, slot, SimpleUploadedFile("to-khai.pdf", PDF), actor=user, at=at)
    file = store(PDF, actor=user, at=at, name="giay.pdf", made_here=True)
    paper = keep_paper(file, name="Tờ khai", actor=user, at=at)
    share(paper.key, 7, "cho trường học", actor=user, at=at)
    company = declare_organisation(
        name="Công ty TNHH Mẫu", tax_code="9900000048", kind="enterprise", actor=user, at=at
    )
    invite(company.pk, Address("phone", "+84900000008"), "staff", actor=user, at=at)
    agent = make_citizen("Trần Văn Thay", "001099000009", "0900000009")
    terms = Terms(legal_date(at), None, document="Giấy ủy quyền 01")
    authorise(Address("phone", agent.phone), "001099000009", terms, actor=user, at=at)
    return Citizen(
        online, Application.objects.get(pk=draft.pk), sent, dossier, asked, paper, company,
        ask(Asked("see", province.base.commune.pk), actor=user, at=at),
    )  # fmt: skip
