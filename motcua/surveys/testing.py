"""Help for tests: topics installed, finished dossiers, votes that have come out, a survey under way."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.testing import make_system_user, make_user_with
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.intake import PartyData
from motcua.dossiers.testing import World, moment, receive
from motcua.surveys import actions
from motcua.surveys.models import QuestionnaireVersion, Survey
from motcua.surveys.queries import rate_token

SMALL: dict[str, Any] = {
    "sections": [
        {"code": "s1", "title": "Tiếp cận", "factor": 1, "questions": [
            {"code": "q1", "text": "Chỗ ngồi", "kind": "scale"}, {"code": "q2", "text": "Thiết bị", "kind": "scale"},
        ]},
        {"code": "s2", "title": "Công chức", "factor": 3, "questions": [{"code": "q3", "text": "Lịch sự", "kind": "scale"}]},
        {"code": "s3", "title": "Góp ý", "factor": 0, "questions": [{"code": "sent", "text": "Đã góp ý?", "kind": "choice", "options": ["Đã từng", "Chưa"]}]},
        {"code": "s4", "title": "Xử lý góp ý", "factor": 5, "on": "sent", "within": ["1"], "questions": [{"code": "q4", "text": "Kịp thời", "kind": "scale"}]},
    ]
}  # fmt: skip
CONTENT = {"q1": "5", "q2": "4", "q3": "5", "sent": "2"}


def install() -> User:
    """The shipped topics; gives the system's own account."""
    system = make_system_user()
    actions.install_topics(actor=system, at=moment())
    return system


def finished(world: World, number: int = 1, *, at: datetime | None = None, **changes: Any) -> Dossier:
    """A dossier whose result is there, of a person of its own."""
    party = PartyData(
        "citizen", f"Người Dân Số {number}", f"001099{number:06d}", phone=f"09{number:08d}", address="Thôn 1"
    )
    dossier = receive(world, at=at, **({"applicant": party} | changes))
    end = (at or moment()) + timedelta(days=1)
    Dossier.objects.filter(pk=dossier.pk).update(
        status="returned", ready_at=end, ended_at=end, returned_at=end
    )
    dossier.refresh_from_db()
    return dossier


def vote(dossier: Dossier, overall: int = 5, *, at: datetime | None = None, **more: Any) -> bool:
    """One vote, by default two days after reception."""
    marks = {"overall": overall, **more.pop("marks", {})}
    when = at or moment(days=2)
    return actions.rate(rate_token(dossier.pk), marks=marks, actor=None, at=when, **more)


def manager_of(world: World) -> User:
    """Who keeps the surveys of the world's province."""
    return make_user_with("reform_officer", world.province, subtree=True, full_name="Đinh Thị Cải Cách")


def published(actor: User, content: dict[str, Any] | None = None) -> QuestionnaireVersion:
    """A questionnaire that may be asked with."""
    version = actions.create_questionnaire(
        "Bộ câu hỏi thử", content=content or SMALL, actor=actor, at=moment()
    )
    return actions.publish_questionnaire(version.pk, actor=actor, at=moment())


def planned(world: World, actor: User, **changes: Any) -> Survey:
    """A survey of the world's commune about the first week of November 2026."""
    version = QuestionnaireVersion.objects.filter(status="published").first() or published(actor)
    values: dict[str, Any] = {
        "name": "Khảo sát thử", "agency": world.commune.pk, "subject": world.commune.pk, "version": version.pk,
        "since": date(2026, 11, 1), "until": date(2026, 11, 8), "error": Decimal(5), "group_minimum": 3,
    }  # fmt: skip
    return actions.plan_survey(actions.Plan(**(values | changes)), actor=actor, at=moment(days=9))
