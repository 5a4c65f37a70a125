"""Help for tests of personal data: a commune with who decides requests, and a citizen with something of most classes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.testing import make_system_user, make_user_with
from motcua.dossiers.testing import moment, returned
from motcua.filing import actions as filing
from motcua.filing.testing import Online, make_online
from motcua.notifications import actions as notifications
from motcua.notifications import queries as outbox
from motcua.privacy import actions
from motcua.privacy.models import DataRequest

# Where what was made on 2-11-2026 is looked at.
AT = moment(datetime(2026, 11, 10, 9))


@dataclass
class Desk:
    """Who asks, who decides, and the commune of both."""

    online: Online
    officer: User
    clerk: User
    citizen: User
    system: User

    @property
    def agency_id(self) -> int:
        """Whom one asks."""
        return self.online.world.commune.pk


def make_desk() -> Desk:
    """The people; nothing is held but the citizen's account."""
    online = make_online()
    world = online.world
    officer = make_user_with("privacy_officer", world.commune, full_name="Vũ Thị Dữ Liệu")
    return Desk(online, officer, world.clerk, online.citizen, make_system_user())


def fill(desk: Desk) -> None:
    """A draft, a returned dossier with the citizen's proven number, a consent, messages."""
    world, profile, at = desk.online.world, desk.citizen.profile, moment()
    filing.start(desk.online.version, actor=desk.citizen, at=at)
    dossier = returned(world)
    dossier.applicant.identity_number = profile.identity_number
    dossier.applicant.save(update_fields=["identity_number"])
    contact = outbox.contact_of("phone", profile.phone)
    notifications.choose(
        contact, agreed={"survey": True, "zalo": True}, source="account", actor=desk.citizen, at=at
    )
    context = {"code": "H40.12-261102-0001", "link": "https://x.test", "due": "", "office": "Một cửa"}
    notifications.queue("ready", reference=f"dossier/{dossier.pk}", context=context, phone=profile.phone, user=desk.citizen, actor=None, at=at)  # fmt: skip
    outbox.messages_to([profile.phone]).update(state="sent")


def asked(
    desk: Desk, kind: str = "delete", *, at: datetime = AT, proof: Any = None, **changes: Any
) -> DataRequest:
    """A request of the citizen's own."""
    if kind == "correct":
        changes = {
            "field": "full_name",
            "present_value": "Nguyễn Thị Na",
            "right_value": "Nguyễn Thị Nga",
            **changes,
        }
    return actions.ask(actions.Asked(kind, desk.agency_id, **changes), proof=proof, actor=desk.citizen, at=at)


def accepted(desk: Desk, kind: str = "delete", **changes: Any) -> DataRequest:
    """The same, taken on an hour later."""
    found = asked(desk, kind, **changes)
    return actions.accept(
        found.pk, identity="account", actor=desk.officer, at=found.received_at + timedelta(hours=1)
    )
