"""What the site of Tân Lam shows: everyday words, a guide, offices on the map, news, a planned interruption, boards."""

from datetime import date, datetime, timedelta

from motcua.accounts.models import User
from motcua.agencies.actions import update_office
from motcua.agencies.models import Agency, OneStopOffice
from motcua.core.moments import legal_date
from motcua.news import actions as news
from motcua.news.actions import ArticleData, DocumentData
from motcua.news.models import Board
from motcua.procedures import actions as catalogue
from motcua.procedures.actions import AnswerData, QuestionData
from motcua.procedures.models import Procedure

BIRTH = "1.001193"
WORDS = (
    (BIRTH, "Để trẻ mới sinh có giấy khai sinh và số định danh cá nhân.", "giấy khai sinh, làm khai sinh cho con",
     "Birth registration", "Gives a newborn child a birth certificate and a personal identification number."),
    ("1.004873", "Chứng nhận bạn đang độc thân hoặc đã kết hôn, thường dùng để đăng ký kết hôn hoặc mua bán nhà đất.",
     "giấy độc thân, xác nhận độc thân", "Certificate of marital status", "States whether you are single; often asked for before a marriage or a sale of land."),
    ("2.000815", "Chứng nhận bản sao đúng với bản chính.", "sao y, công chứng bản sao", "Certified copies", "Certifies that a copy is true to the original."),
    ("1.000894", "Đăng ký kết hôn giữa hai công dân Việt Nam.", "giấy kết hôn, đăng ký cưới", "Marriage registration", "Registers a marriage between two Vietnamese citizens."),
    ("1.004222", "Đăng ký nơi ở lâu dài.", "nhập khẩu, hộ khẩu", "Permanent residence registration", "Registers the place where you live permanently."),
    ("1.004194", "Đăng ký nơi ở tạm.", "đăng ký tạm trú, khai báo tạm trú", "Temporary residence registration", "Registers a stay of thirty days or more."),
    ("1.001612", "Để mở cửa hàng, quán, cơ sở nhỏ theo hộ gia đình.", "giấy phép kinh doanh, mở quán", "Household business registration", "For a small shop or workshop run by a household."),
    ("1.012796", "Ghi thay đổi vào sổ đỏ.", "sang tên, sổ đỏ, sổ hồng", "Land registration change", "Records a change in a land use certificate."),
)  # fmt: skip


def furnish_site(
    system: User, agency: Agency, offices: list[OneStopOffice], now: datetime, started: datetime
) -> None:
    """Fill the site through the ordinary acts, as of `now`."""
    for number, office in enumerate(offices):
        place = f"{15.68 + number * 0.037:.4f}, {108.22 + number * 0.041:.4f}"
        update_office(office, coordinates=place, actor=system, at=now)
    known = set(Procedure.objects.filter(code__in=[row[0] for row in WORDS]).values_list("code", flat=True))
    for code, summary, spoken, name, english in WORDS:
        if code in known:
            catalogue.write_words(
                code,
                summary=summary,
                spoken=spoken,
                name_en=name,
                summary_en=english,
                actor=system,
                at=started,
            )
    if BIRTH in known:
        _birth_guide(system, started)
    _news(system, agency, now)
    _boards(system, agency, now)


def _birth_guide(system: User, at: datetime) -> None:
    """Who may register here, what else is asked for, when there is nothing to pay."""
    guide = catalogue.draft_guide(BIRTH, actor=system, at=at)
    texts = (
        ("Trẻ sinh ở đâu?", "", "Where was the child born?"),
        ("Trẻ có giấy chứng sinh của cơ sở y tế không?", "Giấy do bệnh viện, trạm y tế cấp khi sinh.", "Do you have the birth notification from the hospital?"),
        ("Cha mẹ đã đăng ký kết hôn chưa?", "", "Are the parents married?"),
    )  # fmt: skip
    where, paper, married = (
        catalogue.add_question(guide.pk, QuestionData(text, hint, english), actor=system, at=at)
        for text, hint, english in texts
    )
    answers = (
        (where, AnswerData("Ở Việt Nam", "question", next_id=paper.pk, label_en="In Viet Nam")),
        (where, AnswerData(
            "Ở nước ngoài", "stop", label_en="Abroad",
            reason="Trẻ sinh ở nước ngoài chưa khai sinh thì làm thủ tục khai sinh có yếu tố nước ngoài. Gọi bộ phận một cửa để được chỉ nơi làm.",
            reason_en="A child born abroad is registered by another procedure. Call the one-stop office to be told where.",
        )),
        (paper, AnswerData("Có", "question", next_id=married.pk, case="Trẻ sinh ra tại cơ sở y tế", label_en="Yes")),
        (paper, AnswerData("Không", "question", next_id=married.pk, case="Trẻ sinh ra ngoài cơ sở y tế", label_en="No")),
        (married, AnswerData("Đã đăng ký", label_en="Yes")),
        (married, AnswerData("Chưa đăng ký", adds=["Văn bản thỏa thuận nhận cha, con (nếu ghi tên cha)"], label_en="No")),
    )  # fmt: skip
    for question, data in answers:
        catalogue.add_answer(question.pk, data, actor=system, at=at)
    catalogue.publish_guide(guide.pk, actor=system, at=at)


def _news(system: User, agency: Agency, now: datetime) -> None:
    told = now - timedelta(days=3)
    begins = now + timedelta(days=14)
    rows = (
        (20, ArticleData("Nộp hồ sơ trực tuyến được hướng dẫn tận nơi vào sáng thứ Bảy", is_reform=True, summary="Tổ công nghệ số cộng đồng có mặt tại nhà văn hóa thôn.",
            body="Mỗi **sáng thứ Bảy**, tổ công nghệ số cộng đồng có mặt tại nhà văn hóa thôn để giúp bà con nộp hồ sơ trực tuyến.\n\n## Cần mang theo\n\n- Căn cước\n- Điện thoại (nếu có)\n- Giấy tờ của thủ tục cần làm\n\n[Xem thủ tục cần giấy tờ gì](/thu-tuc/)",
            title_en="Help with filing online on Saturday mornings", body_en="Every **Saturday morning** helpers are at the village hall.")),
        (11, ArticleData("Kết quả giải quyết hồ sơ tháng trước", is_reform=True, body="Số liệu từng tháng có ở trang [dữ liệu mở](/bao-cao/du-lieu-mo/).")),
        (6, ArticleData("Lịch tiếp công dân của Chủ tịch Ủy ban nhân dân", kind="notice", body="Ngày 5 và ngày 20 hằng tháng, từ 08:00, tại phòng tiếp công dân.")),
        (3, ArticleData("Tạm ngừng trang để nâng cấp", kind="interruption", begins_at=begins, ends_at=begins + timedelta(hours=4), body="Trong thời gian này vẫn nộp hồ sơ trực tiếp bình thường.")),
    )  # fmt: skip
    for days, data in rows:
        at = now - timedelta(days=days)
        article = news.write_article(agency.pk, data, actor=system, at=at)
        news.publish_article(article.pk, actor=system, at=at)
        for ago in range(days):
            news.count_read(article.pk, actor=None, at=told - timedelta(days=ago), number=7 + (ago * 5) % 11)


def _boards(system: User, agency: Agency, now: datetime) -> None:
    board = Board.objects.filter(slug="ngan-sach").prefetch_related("kinds").first()
    if board is None:
        return
    year = legal_date(now).year - 1
    kinds = {kind.name: kind.pk for kind in board.kinds.all()}
    rows = (
        (f"Quyết toán ngân sách năm {year}", "Quyết toán ngân sách", date(year + 1, 7, 10), 100),
        ("Tình hình thực hiện ngân sách 6 tháng", "Tình hình thực hiện ngân sách quý, 6 tháng", date(year + 1, 6, 30), 130),
    )  # fmt: skip
    for title, kind, event, days in rows:
        at = now - timedelta(days=days)
        data = DocumentData(title, kinds.get(kind), summary="Số liệu minh họa: thu 12.000.000.000 đồng, chi 11.400.000.000 đồng.", event_on=event)  # fmt: skip
        document = news.draft_document(board.pk, agency.pk, data, actor=system, at=at)
        news.publish_document(document.pk, actor=system, at=at)
