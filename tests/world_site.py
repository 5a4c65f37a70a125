"""What stands on the locality's site in the story: guides, events of life, news, a board with a document."""

from datetime import date, datetime

from motcua.agencies.models import Agency
from motcua.files.actions import release
from motcua.news import actions as news
from motcua.news.actions import ArticleData, DocumentData
from motcua.news.models import Board
from motcua.procedures import actions as catalogue
from motcua.procedures.actions import AnswerData, QuestionData

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Site 1 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def add_site(
    things: dict[str, object], agency: Agency, code: str, *, keeper: object, releaser: object, at: datetime
) -> None:
    """Fill the site through the acts; `keeper` keeps the catalogue and may publish."""
    common = {"actor": keeper, "at": at}
    catalogue.write_words(
        code, summary="Để làm thử", name_en="A trial procedure", summary_en="For a trial", **common
    )
    catalogue.save_life_event("sinh-con", name="Sinh con", name_en="Having a child", codes=[code], **common)
    published = catalogue.draft_guide(code, **common)
    question = catalogue.add_question(
        published.pk, QuestionData("Bạn đến lần đầu?", "Chưa từng nộp hồ sơ này"), **common
    )
    catalogue.add_answer(question.pk, AnswerData("Đúng"), **common)
    catalogue.add_answer(question.pk, AnswerData("Không", "stop", reason="Hồ sơ cũ vẫn dùng được"), **common)
    catalogue.publish_guide(published.pk, **common)
    draft = catalogue.draft_guide(code, **common)
    things["guide"], things["guide_question"] = draft, draft.questions.get()
    things["guide_answer"] = things["guide_question"].answers.first()  # type: ignore[attr-defined]
    body = "Xã tiếp nhận hồ sơ cả **sáng thứ bảy**.\n\n- Mang căn cước\n- Lấy số\n\n[Xem thủ tục](/thu-tuc/)"
    for name, data in (
        ("article", ArticleData("Tiếp nhận hồ sơ sáng thứ bảy", body=body, is_reform=True)),
        ("news_notice", ArticleData("Lịch trực tháng 12", kind="notice", body="Như thường lệ.")),
        ("draft_article", ArticleData("Bản nháp chưa ai được đọc", body="Đang soạn.")),
    ):
        things[name] = news.write_article(agency.pk, data, **common)
    for name in ("article", "news_notice"):
        news.publish_article(things[name].pk, **common)  # type: ignore[attr-defined]
    news.load_starting_boards(actor=keeper, at=at)
    board = Board.objects.get(slug="ngan-sach")
    kind = board.kinds.get(name="Quyết toán ngân sách")
    document = news.draft_document(
        board.pk,
        agency.pk,
        DocumentData("Quyết toán ngân sách năm 2025", kind.pk, event_on=date(2026, 10, 20)),
        **common,
    )
    news.attach_file(document.pk, PDF, name="quyet-toan.pdf", **common)
    document.refresh_from_db()
    release(document.file_id, reason="Đã quét ngoài", actor=releaser, at=at)
    things["document"] = news.publish_document(document.pk, **common)
    things["draft_document"] = news.draft_document(
        board.pk, agency.pk, DocumentData("Dự toán năm 2027"), **common
    )
