"""Requests about personal data in the demonstration, in several states, and a consent; everything is invented."""

from datetime import datetime, timedelta

from motcua.accounts.models import Profile, User
from motcua.notifications import actions as notifications
from motcua.notifications.queries import contact_of
from motcua.privacy import actions
from motcua.privacy.actions import Asked
from motcua.scenarios.demo.build import World

HOME, OFFICER, CLERK = "suoi_ngoc", "binh", "hoa"


def ask_for_data(world: World, now: datetime) -> None:
    """What citizens asked xã Suối Ngọc for: one answered, one refused, one under way, two just in."""
    agency, officer, clerk = world.agencies[HOME].pk, world.people[OFFICER], world.people[CLERK]
    na, ba, sau = (_citizen(f"+8490000000{number}") for number in (1, 2, 3))
    _agree(na, now - timedelta(days=30))
    done = _own(
        na,
        Asked("correct", agency, field="address", present_value="Thôn 3", right_value="Thôn 4, xã Suối Ngọc"),
        now,
        20,
    )
    actions.accept(done, identity="account", actor=officer, at=now - timedelta(days=19))
    actions.correct(done, value="Thôn 4, xã Suối Ngọc", actor=officer, at=now - timedelta(days=18))
    refused = _own(ba, Asked("delete", agency, "Xóa hồ sơ khai sinh tôi đã nộp năm ngoái."), now, 12)
    law = "Luật Lưu trữ 33/2024/QH15; Luật Hộ tịch 60/2014/QH13"
    why = "Hồ sơ hộ tịch là tài liệu lưu trữ, không được xóa. Bản nháp và lựa chọn nhận tin bạn xóa được bất cứ lúc nào."
    actions.refuse(refused, reason=why, law=law, actor=officer, at=now - timedelta(days=11))
    taken = _own(na, Asked("delete", agency, "Chỉ xóa bản nháp và nội dung tin đã gửi."), now, 2)
    actions.accept(taken, identity="account", actor=officer, at=now - timedelta(days=1))
    _own(
        sau,
        Asked("correct", agency, field="full_name", present_value="Lê Thị Sáu", right_value="Lê Thị Sáu Hoa"),
        now,
        0.2,
    )
    told = Asked(
        "see",
        agency,
        channel="counter",
        full_name="Phạm Văn Bảy",
        identity_number="001099000007",
        words="Xin bản sao dữ liệu.",
    )
    actions.ask(told, actor=clerk, at=now - timedelta(hours=3))


def _citizen(phone: str) -> User:
    return Profile.objects.select_related("user").get(phone=phone).user


def _own(user: User, asked: Asked, now: datetime, days: float) -> int:
    return actions.ask(asked, actor=user, at=now - timedelta(days=days)).pk


def _agree(user: User, at: datetime) -> None:
    """Na wants to be asked after a dossier."""
    contact = contact_of("phone", user.profile.phone)
    notifications.choose(contact, agreed={"survey": True}, source="account", actor=user, at=at)
