"""Help for tests of feedback: a commune with everybody that a feedback passes, and feedback in its states, by the acts themselves."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.testing import make_agency, make_user_with
from motcua.dossiers.testing import World, make_world, moment
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback
from motcua.feedback.rules.sending import FeedbackData, SenderData

CONTENT = "Tôi đến bộ phận một cửa ba lần vẫn bị yêu cầu bổ sung giấy tờ không có trong quy định. Số của tôi 0912345678."
ANSWER = "Cơ quan đã kiểm tra. Ông Lê Văn Thụ Lý đã xin lỗi người dân và được nhắc nhở trước cơ quan."


@dataclass
class Hall:
    """The world of dossiers with a controller who keeps the register, a handler, and the officer complained of."""

    world: World
    keeper: User
    handler: User
    neighbour: Agency

    @property
    def commune(self) -> Agency:
        """Where feedback goes."""
        return self.world.commune

    @property
    def officer(self) -> User:
        """The officer complained of."""
        return self.world.officer


def make_hall(world: World | None = None) -> Hall:
    """The people that a feedback passes."""
    world = world or make_world(process=False)
    return Hall(
        world,
        make_user_with("procedure_controller", world.commune, full_name="Đỗ Thị Đầu Mối"),
        make_user_with("officer", world.commune, full_name="Hồ Văn Xác Minh"),
        make_agency("UBND xã Bình Minh", world.province, code="H40.13"),
    )


def data(hall: Hall, **changes: Any) -> FeedbackData:
    """What a citizen sends about an officer's conduct, with a name and a telephone."""
    topic = queries.topic_by_code(changes.pop("topic", "hanh-vi"), date(2026, 11, 2))
    values: dict[str, Any] = {
        "key": uuid.uuid4(),
        "channel": "web",
        "topic_id": topic.pk,
        "agency_id": hall.commune.pk,
        "content": CONTENT,
        "sender": SenderData("Nguyễn Thị Người Gửi", "0912345678", "", "Thôn 1, xã An Phú"),
        "officer_words": "Anh Thụ Lý ở quầy số 2",
    }
    return FeedbackData(**(values | changes))


def sent(hall: Hall, *, at: datetime | None = None, **changes: Any) -> Feedback:
    """Just sent."""
    return actions.send(data(hall, **changes), actor=None, at=at or moment()).feedback


def accepted(
    hall: Hall, *, at: datetime | None = None, officer: User | None = None, **changes: Any
) -> Feedback:
    """Classified and received; about conduct it names the officer."""
    at = at or moment()
    found = sent(hall, at=at, **changes)
    about = officer or (hall.officer if found.kind == "conduct" else None)
    return actions.accept(
        found.pk, kind=found.kind, officer=about, actor=hall.keeper, at=at + timedelta(hours=1)
    )


def assigned(hall: Hall, *, at: datetime | None = None, **changes: Any) -> Feedback:
    """In the hands of the handler."""
    at = at or moment()
    found = accepted(hall, at=at, **changes)
    return actions.assign(found.pk, handler=hall.handler, actor=hall.keeper, at=at + timedelta(hours=2))


def verified(hall: Hall, *, at: datetime | None = None, verdict: str = "founded", **changes: Any) -> Feedback:
    """Verified with minutes."""
    at = at or moment()
    found = assigned(hall, at=at, **changes)
    actions.verify(
        found.pk, number="05/BB-XM", made_on=date(2026, 11, 2), place="Trụ sở UBND xã", people="Người phản ánh, công chức liên quan",
        text="Đã xem sổ tiếp nhận và hỏi hai bên.", verdict=verdict, actor=hall.handler, at=at + timedelta(hours=3),
    )  # fmt: skip
    return Feedback.objects.get(pk=found.pk)


def answered(
    hall: Hall, *, at: datetime | None = None, later: timedelta = timedelta(days=1), **changes: Any
) -> Feedback:
    """Answered: drafted by the handler, approved by the leader."""
    at = at or moment()
    about_conduct = changes.get("topic", "hanh-vi") == "hanh-vi"
    found = verified(hall, at=at, **changes) if about_conduct else assigned(hall, at=at, **changes)
    actions.propose(found.pk, answer=ANSWER, actor=hall.handler, at=at + later)
    return actions.approve(
        found.pk, number="31/UBND-VP", actor=hall.world.boss, at=at + later + timedelta(hours=1)
    )


def published(hall: Hall, *, at: datetime | None = None, **changes: Any) -> Feedback:
    """Made public, without a name."""
    at = at or moment()
    title = changes.pop("title", "Yêu cầu giấy tờ ngoài quy định")
    content = changes.pop(
        "public_content", "Người dân đến ba lần vẫn bị yêu cầu bổ sung giấy tờ không có trong quy định."
    )
    found = answered(hall, at=at, **changes)
    return actions.publish(
        found.pk, title=title, content=content, answer="Cơ quan đã xin lỗi người dân và nhắc nhở công chức.", actor=hall.keeper,
        at=at + timedelta(days=2),
    )  # fmt: skip
