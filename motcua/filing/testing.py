"""Help for tests of every app above: a world with a procedure that is filed online, and applications in it."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.accounts.models import User
from motcua.accounts.testing import make_citizen
from motcua.agencies.models import DatedSetting
from motcua.dossiers.models import Dossier
from motcua.dossiers.testing import World, make_world, moment
from motcua.filing import actions
from motcua.filing.models import Application
from motcua.filing.queries import Journey, access_application
from motcua.filing.rules import steps
from motcua.payments.actions import open_book
from motcua.procedures.models import Fee, FeeExemption, ProcedureVersion


@dataclass
class Online:
    """The world with a citizen; its procedure is filed online wholly."""

    world: World
    citizen: User
    version: ProcedureVersion

    def begin(self, *, at: datetime | None = None) -> Application:
        """A draft just begun."""
        return actions.start(self.version, actor=self.citizen, at=at or moment())

    def journey(self, application: Application, *, at: datetime | None = None) -> Journey:
        """A draft as it stands."""
        return Journey(access_application(self.citizen, application.pk), self.citizen, at or moment())

    def save(
        self, application: Application, step: str, *, at: datetime | None = None, **given: object
    ) -> actions.Saved:
        """One page saved from the newest state."""
        now = access_application(self.citizen, application.pk)
        return actions.save_step(
            now.pk, step, given, revision=now.revision, actor=self.citizen, at=at or moment()
        )

    def complete(self, *, at: datetime | None = None) -> Application:
        """A draft that may be sent."""
        made = self.begin(at=at)
        self.save(made, steps.OFFICE, place=f"{self.world.office.pk}-{self.world.commune.pk}", at=at)
        self.save(made, steps.FOR, acting="self", at=at)
        self.save(made, steps.PARTY, phone="0900000001", address="Thôn Đông", at=at)
        for line in self.journey(made, at=at).papers:
            if line.must_be_filed:
                file = SimpleUploadedFile("to-khai.pdf", PDF)
                actions.attach(
                    made.pk, f"paper/{line.requirement.id}", file, actor=self.citizen, at=at or moment()
                )
        self.save(made, steps.PAPERS, at=at)
        self.save(made, steps.DELIVERY, way="online", at=at)
        return access_application(self.citizen, made.pk)

    def sent(self, *, at: datetime | None = None) -> tuple[Application, Dossier]:
        """An application that was sent."""
        made = self.complete(at=at)
        dossier = actions.submit(made.pk, key=uuid4(), actor=self.citizen, at=at or moment())
        return access_application(self.citizen, made.pk), dossier


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def photo(width: int = 60, height: int = 40, colour: str = "white") -> bytes:
    """A picture as a camera writes it."""
    target = BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "JPEG")
    return target.getvalue()


def make_online(world: World | None = None) -> Online:
    """The world, filed online from now on."""
    world = world or make_world()
    ProcedureVersion.objects.filter(procedure=world.procedure).update(online_level="full")
    version = ProcedureVersion.objects.select_related("procedure", "field").get(procedure=world.procedure)
    return Online(world, make_citizen(), version)


POOR, NEAR = "Người thuộc hộ nghèo", "Người thuộc hộ cận nghèo"


def charge_copies(online: Online, *, dong: int = 8_000) -> Online:
    """From now on each copy costs something; the poor pay nothing, the nearly poor half if a paper proves it."""
    fee = Fee.objects.create(
        procedure=online.world.procedure,
        kind="phi",
        name="Phí cấp bản sao trích lục",
        per="copy",
        amount_dong=dong,
        legal_basis="Thông tư 281/2016/TT-BTC",
        valid_from=date(2020, 1, 1),
    )
    FeeExemption.objects.create(fee=fee, reason=POOR, legal_basis="Luật Hộ tịch, Điều 11")
    FeeExemption.objects.create(fee=fee, reason=NEAR, percent_off=50, proof="Giấy chứng nhận hộ cận nghèo")
    return online


def charge_when_filed(online: Online, *, since: date = date(2026, 11, 1)) -> Online:
    """The commune charges online filings when they are submitted, from a day on; a book of receipts is open."""
    commune = online.world.commune
    DatedSetting.objects.create(
        key="fees_charged_at", value="submission", agency=commune, valid_from=since, source="QĐ thử"
    )
    open_book(commune, symbol="AP-26", year=2026, source="TB thử", actor=online.world.head, at=moment())
    return online
