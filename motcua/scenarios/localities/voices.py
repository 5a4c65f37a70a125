"""What people of a locality said, and what its commune told them, replayed through the acts of feedback and of news.

Published: that feedback was taken in and answered (Kim Long: about regulations; Cư M'gar: about officers), and how often Kim Long's
articles of communication were read. Made up: how many there were, what they say, on which days they came and were read.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.core.moments import to_utc
from motcua.feedback import actions, queries
from motcua.feedback.models import Feedback
from motcua.feedback.rules.sending import FeedbackData, SenderData
from motcua.news import actions as news
from motcua.news.actions import ArticleData
from motcua.scenarios.installation import system_account
from motcua.scenarios.localities.founding import agencies_of
from motcua.scenarios.localities.plan import Locality, share

ANSWERED_AFTER = 7  # days from coming to the draft of the answer


@dataclass(frozen=True)
class Voice:
    """One feedback: when it came to which agency, about what (code of a topic), its answer; `verdict` where conduct was verified."""

    day: date
    agency: str
    topic: str
    content: str
    answer: str
    verdict: str = ""


@dataclass(frozen=True)
class Told:
    """An article of communication of an agency, and how often it was read until a day."""

    day: date
    agency: str
    title: str
    body: str
    reads: int
    until: date


_CONDUCT = "Đã xác minh: "
VOICES: dict[str, tuple[Voice, ...]] = {
    "kim-long-2018": (
        Voice(date(2018, 3, 12), "xa01", "vuong-mac", "Giấy xác nhận tình trạng hôn nhân phải xin ở nhiều nơi đã từng ở, người đi làm xa rất khó làm.", "Xã đã hướng dẫn cách gửi văn bản đề nghị xác minh thay cho người dân."),
        Voice(date(2018, 5, 14), "xa01", "khong-phu-hop", "Đề nghị bỏ bản sao sổ hộ khẩu khi người làm thủ tục đã xuất trình bản chính.", "Xã đã tiếp thu, nay chỉ đối chiếu bản chính."),
        Voice(date(2018, 6, 18), "xa01", "khong-dong-bo", "Mẫu tờ khai phát tại xã và mẫu trên trang thông tin của huyện không giống nhau.", "Đã thống nhất dùng mẫu ban hành kèm thông tư mới."),
        Voice(date(2018, 9, 10), "xa01", "sang-kien", "Nên hẹn giờ trả kết quả chứng thực để bà con khỏi ngồi chờ cả buổi.", "Xã bố trí hẹn giờ trả trong ngày từ tháng sau."),
        Voice(date(2018, 11, 5), "xa01", "vuong-mac", "Thủ tục trợ cấp yêu cầu nhiều bản xác nhận của thôn, đi lại nhiều lần.", "Cán bộ thôn nộp thay danh sách, người dân không phải xin từng bản."),
    ),
    "cu-mgar-2019": (
        Voice(date(2018, 4, 9), "xa01", "hanh-vi", "Đến nộp hồ sơ chứng thực buổi chiều phải chờ lâu vì quầy không có người trực.", f"{_CONDUCT}đúng một phần, đã xếp lịch trực thay.", "partly"),
        Voice(date(2018, 8, 13), "xa04", "hanh-vi", "Công chức yêu cầu nộp thêm giấy tờ không có trong danh mục niêm yết.", f"{_CONDUCT}đúng, đã xin lỗi và nhận lại hồ sơ.", "founded"),
        Voice(date(2018, 11, 12), "xa09", "hanh-vi", "Hẹn trả kết quả buổi sáng nhưng đến nơi bảo chiều quay lại.", f"{_CONDUCT}đúng, đã nhắc nhở công chức tiếp nhận.", "founded"),
        Voice(date(2019, 3, 11), "xa15", "hanh-vi", "Người tiếp nhận trả lời không rõ, phải đi lại ba lần mới đủ giấy tờ.", f"{_CONDUCT}không đúng, phiếu hướng dẫn đã ghi đủ từ lần đầu.", "unfounded"),
    ),
}  # fmt: skip
TOLD: dict[str, tuple[Told, ...]] = {
    "kim-long-2018": (
        Told(date(2018, 5, 7), "xa01", "Kế hoạch khắc phục tồn tại trong cải cách hành chính của xã", "Hơn một nửa số hồ sơ được trả **trước hạn**: mục tiêu của xã đến cuối năm.", 431, date(2018, 12, 28)),
        Told(date(2018, 6, 4), "xa01", "Nhân dân giám sát việc thực thi công vụ", "Bà con, trưởng thôn góp ý với xã về thái độ phục vụ, thời gian trả kết quả.", 318, date(2018, 12, 28)),
        Told(date(2018, 9, 3), "xa01", "Kỷ luật, kỷ cương của cán bộ, công chức xã", "Giờ làm việc, cách xưng hô, thời hạn trả kết quả.", 216, date(2018, 12, 28)),
    ),
}  # fmt: skip


def speak(locality: Locality) -> str:
    """Let people say and read what the plan has, after the dossiers; in words what happened, "" where there is nothing."""
    agencies, system = agencies_of(locality), system_account()
    said, told = VOICES.get(locality.name, ()), TOLD.get(locality.name, ())
    keys = Random(f"{locality.seed}/voices")  # noqa: S311 - draws keys of invented feedback
    for number, voice in enumerate(said, 1):
        _hear(voice, agencies[voice.agency], uuid.UUID(int=keys.getrandbits(128)), number, system)
    for article in told:
        _tell(article, agencies[article.agency], system)
    counts = (f"{len(said)} phản ánh, kiến nghị", f"{len(told)} tin bài")
    return ", ".join(text for text, there in zip(counts, (said, told), strict=True) if there)


def _hear(voice: Voice, agency: Agency, key: uuid.UUID, number: int, system: User) -> None:
    """One feedback from its coming to its answer: sorted the next day, verified, drafted by an officer, approved by the chairperson."""
    sender = SenderData(f"Người dân {number}", "", "", f"Thôn {number}, {agency.place_name or agency.name}")
    topic = queries.topic_by_code(voice.topic, voice.day)
    sent = actions.send(
        FeedbackData(key, "web", topic.pk, agency.pk, voice.content, sender),
        actor=None,
        at=_at(voice.day, 20),
    ).feedback
    handler, boss, blamed = (
        User.objects.get(username=f"{voice.agency}.{post}") for post in ("cv1", "ld1", "mc1")
    )
    next_day = voice.day + timedelta(days=1)
    about = blamed if voice.verdict else None
    actions.accept(sent.pk, kind=sent.kind, officer=about, actor=system, at=_at(next_day, 8))
    actions.assign(sent.pk, handler=handler, actor=system, at=_at(next_day, 9))
    if voice.verdict:
        _verify(sent, voice, handler, number)
    day = voice.day + timedelta(days=ANSWERED_AFTER)
    actions.propose(sent.pk, answer=voice.answer, actor=handler, at=_at(day, 9))
    actions.approve(sent.pk, number=f"{number:02d}/UBND-TL", actor=boss, at=_at(day, 15))


def _verify(sent: Feedback, voice: Voice, handler: User, number: int) -> None:
    day = voice.day + timedelta(days=3)
    actions.verify(
        sent.pk, number=f"{number:02d}/BB-XM", made_on=day, place="Trụ sở Ủy ban nhân dân", people="Người phản ánh, công chức liên quan",
        text="Nghe hai bên trình bày, xem sổ theo dõi hồ sơ.", verdict=voice.verdict, actor=handler, at=_at(day, 15),
    )  # fmt: skip


def _tell(told: Told, agency: Agency, system: User) -> None:
    """An article, published and read: more in its first weeks, week by week until the day."""
    at = _at(told.day, 8)
    data = ArticleData(told.title, is_reform=True, body=told.body)
    article = news.write_article(agency.pk, data, actor=system, at=at)
    news.publish_article(article.pk, actor=system, at=at)
    weeks = range((told.until - told.day).days // 7)
    for week, reads in zip(weeks, share(told.reads, [1 / (week + 1) for week in weeks]), strict=True):
        if reads:
            news.count_read(
                article.pk, actor=None, at=_at(told.day + timedelta(days=7 * week), 19), number=reads
            )


def _at(day: date, hour: int) -> datetime:
    return to_utc(datetime.combine(day, time(hour)))
