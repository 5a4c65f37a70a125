"""What a citizen of the demonstration has filed online: one dossier that waits, one to correct, one accepted with messages."""

from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.agencies.models import OneStopOffice
from motcua.agencies.queries import people_with
from motcua.agencies.rules.permissions import Permission
from motcua.core.moments import legal_date
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import Intake, PaperData, PartyData
from motcua.files.actions import store
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import offered_at

PHONE, IDENTITY = "+84900000001", "001099000001"
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def file_own(office: OneStopOffice, now: datetime) -> int:
    """File them for the citizen whose number visitors sign in with; how many there are."""
    citizen = citizen_of_the_page()
    clerk = people_with(Permission.DOSSIER_RECEIVE, office.agency, legal_date(now)).first()
    if citizen is None or clerk is None:
        return 0
    chosen = [v for v in offered_at(office, legal_date(now)) if not v.papers.exclude(case="").exists()][:3]
    filed = [
        file_one(office, version, citizen, now - timedelta(hours=5 - n)) for n, version in enumerate(chosen)
    ]
    for dossier, then in zip(filed, (_asked, _accepted), strict=False):
        then(dossier, citizen, clerk, now - timedelta(hours=1))
    return len(filed)


def citizen_of_the_page() -> User | None:
    """The citizen whose telephone number the demonstration's page names first."""
    return User.objects.filter(kind=User.Kind.CITIZEN, phone=PHONE).first()


def file_one(
    office: OneStopOffice, version: ProcedureVersion, citizen: User, at: datetime, *, copies: int = 0, identity: str = IDENTITY
) -> Dossier:  # fmt: skip
    """The citizen files one dossier online, each required paper with a scan; `copies`: how many are asked for, where it counts."""
    papers = []
    for paper in version.papers.filter(note_only=False, required=True):
        file = store(SCAN, actor=citizen, at=at, name=f"giay-to-{paper.position}.pdf", made_here=True)
        papers.append(PaperData(paper.name, paper.pk, electronic=1, file_id=file.pk))
    party = PartyData(
        "citizen", citizen.full_name, identity, phone=f"0{citizen.phone[3:]}", address="Tổ 3, phường Tân Lam"
    )
    intake = Intake(
        office.pk,
        version.procedure_id,
        "online",
        party,
        tuple(papers),
        holder_id=citizen.pk,
        delivery="online",
        fee_quantities={"copies": copies} if copies else {},
    )
    return actions.submit(intake, actor=citizen, at=at)


def _asked(dossier: Dossier, citizen: User, clerk: User, at: datetime) -> None:
    paper = dossier.papers.first()
    if paper is None:
        return
    words = "Chụp lại rõ nét, đủ bốn góc, không lóa, rồi gửi lại."
    item = {"name": paper.name, "field": "", "paper": paper.pk, "reason_code": "khong-ro", "text": words}
    actions.request_supplement_before(dossier.pk, reason="", items=[item], actor=clerk, at=at)


def _accepted(dossier: Dossier, citizen: User, clerk: User, at: datetime) -> None:
    actions.accept(dossier.pk, actor=clerk, at=at)
    actions.write_to_office(dossier.pk, "Tôi có thể nhận kết quả bản giấy không?", actor=citizen, at=at)
    answer = "Được. Khi có kết quả, mời bạn đến bộ phận một cửa."
    actions.write_message(dossier.pk, answer, to_citizen=True, actor=clerk, at=at)
