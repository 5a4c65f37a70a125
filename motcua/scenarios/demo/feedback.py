"""What citizens of the demonstration complain of and propose: one feedback in most states. Everything is invented."""

import uuid
from datetime import datetime, timedelta
from random import Random

from motcua.accounts.models import User
from motcua.core.moments import legal_date
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback
from motcua.feedback.rules.sending import FeedbackData, SenderData
from motcua.scenarios.demo.build import World

SEED = 20261122
HOME = "suoi_ngoc"


class _Town:
    """The people of xã Suối Ngọc whom feedback passes, and the days before `now`."""

    def __init__(self, world: World, now: datetime) -> None:
        self.world, self.now = world, now
        self.random = Random(SEED)  # noqa: S311 - draws keys of invented feedback
        self.keeper, self.handler, self.leader = (world.people[name] for name in ("binh", "duc", "son"))

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.now - timedelta(days=days)

    def send(
        self, days: float, topic: str, content: str, name: str = "Nguyễn Văn Dân", *, by: User | None = None
    ) -> Feedback:
        """A feedback that came so many days ago, by the site or (`by`) by telephone."""
        at = self.ago(days)
        sender = SenderData(name, "0900000311" if name else "", "", "Thôn 3, xã Suối Ngọc" if name else "")
        made = FeedbackData(
            uuid.UUID(int=self.random.getrandbits(128)), "phone" if by else "web",
            queries.topic_by_code(topic, legal_date(at)).pk, self.world.agencies[HOME].pk, content, sender,
        )  # fmt: skip
        return actions.send(made, actor=by, at=at).feedback

    def take(self, found: Feedback, days: float, officer: str = "") -> Feedback:
        """Classified, and given to the handler."""
        about = self.world.people[officer] if officer else None
        actions.accept(found.pk, kind=found.kind, officer=about, actor=self.keeper, at=self.ago(days))
        return actions.assign(found.pk, handler=self.handler, actor=self.keeper, at=self.ago(days - 0.1))

    def verify(self, found: Feedback, days: float, verdict: str) -> None:
        """Minutes of what was found."""
        at = self.ago(days)
        actions.verify(
            found.pk, number="02/BB-XM", made_on=legal_date(at), place="Trụ sở UBND xã Suối Ngọc", verdict=verdict,
            people="Người phản ánh, công chức liên quan, Đầu mối kiểm soát thủ tục", actor=self.handler, at=at,
            text="Xem sổ theo dõi hồ sơ, nghe hai bên trình bày.",
        )  # fmt: skip

    def answer(self, found: Feedback, days: float, text: str, number: str) -> None:
        """Drafted by the handler, approved by the leader the same day."""
        actions.propose(found.pk, answer=text, actor=self.handler, at=self.ago(days))
        actions.approve(found.pk, number=number, actor=self.leader, at=self.ago(days - 0.1))


def hear(world: World, now: datetime) -> None:
    """Everything, deterministic for one date."""
    town = _Town(world, now)
    _published(town)
    _reopened(town)
    _under_way(town)
    _elsewhere(town)


def _published(town: _Town) -> None:
    found = town.send(40, "hanh-vi", "Tôi đến nộp hồ sơ chứng thực, bị yêu cầu nộp thêm giấy xác nhận cư trú không có trong danh mục niêm yết.")  # fmt: skip
    town.take(found, 39, "hoa")
    town.verify(found, 36, "founded")
    answer = "Phản ánh đúng. Bộ phận Một cửa đã xin lỗi và nhận hồ sơ ngay; công chức được nhắc nhở, danh mục giấy tờ được dán lại tại quầy."  # fmt: skip
    town.answer(found, 34, answer, "41/UBND-VP")
    actions.publish(
        found.pk, title="Yêu cầu thêm giấy tờ không có trong danh mục", actor=town.keeper, at=town.ago(33), answer=answer,
        content="Người dân nộp hồ sơ chứng thực bị yêu cầu nộp thêm giấy xác nhận cư trú không có trong danh mục niêm yết.",
    )  # fmt: skip
    actions.rate(found.pk, satisfaction="satisfied", actor=None, at=town.ago(32))


def _reopened(town: _Town) -> None:
    found = town.send(30, "vuong-mac", "Giờ nhận hồ sơ ghi trên bảng và trên trang thông tin khác nhau, người ở xa đến không đúng giờ.")  # fmt: skip
    town.take(found, 29)
    town.answer(found, 22, "Cơ quan đã thống nhất giờ nhận hồ sơ.", "45/UBND-VP")
    actions.rate(
        found.pk, satisfaction="unsatisfied", comment="Bảng ở thôn chưa sửa", actor=None, at=town.ago(5)
    )
    actions.reopen(
        found.pk, reason="Bảng niêm yết ở nhà văn hóa thôn 3 vẫn ghi giờ cũ.", actor=None, at=town.ago(5)
    )


def _under_way(town: _Town) -> None:
    late = town.send(45, "khong-phu-hop", "Đề nghị bỏ yêu cầu nộp bản sao căn cước khi cơ quan đã tra được dữ liệu dân cư.")  # fmt: skip
    town.take(late, 44)
    actions.flag(late.pk, review_note="Thành phần “bản sao căn cước” của thủ tục đã có dữ liệu dân cư", actor=town.keeper, at=town.ago(40))  # fmt: skip
    about = town.send(4, "hanh-vi", "Hồ sơ đất đai của tôi bị hẹn lại hai lần mà không có văn bản, thái độ người tiếp không đúng mực.", "Trần Thị Dân")  # fmt: skip
    town.take(about, 3, "khoa")
    town.verify(about, 1, "partly")
    town.send(1, "hanh-vi", "Gọi điện báo: sáng nay quầy số 2 không có người trực từ 8 giờ đến 9 giờ.", "Lê Văn Dân", by=town.world.people["hoa"])  # fmt: skip
    town.send(0.5, "sang-kien", "Nên đặt lịch hẹn qua điện thoại cho người già ở thôn xa.", "")


def _elsewhere(town: _Town) -> None:
    other = town.send(12, "hanh-vi", "Tôi tố cáo có người nhận hối lộ để làm nhanh hồ sơ xây dựng.")
    actions.decline(
        other.pk, refusal="denunciation", said="Nội dung này là tố cáo.", actor=town.keeper, at=town.ago(11)
    )
    tax = town.send(
        8, "vuong-mac", "Thông báo nộp thuế đất phi nông nghiệp gửi về sau hạn nộp ghi trong thông báo."
    )
    actions.transfer(tax.pk, to=town.world.agencies["local_tax"], actor=town.keeper, at=town.ago(6))
