"""Boards: deadlines by kind, what must stay, what is taken down; the search over everything."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_office, make_system_user, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date, now
from motcua.files.actions import release
from motcua.news import actions, queries
from motcua.news.actions import DocumentData
from motcua.news.models import Board, DisclosureKind, PublishedDocument
from motcua.procedures.models import Procedure, PublicationChange, PublicationDecision

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def agency():
    return make_agency("UBND xã An Phú")


@pytest.fixture
def editor(agency):
    return make_user_with("web_editor", agency, username="bien-tap")


@pytest.fixture
def budget(agency):
    actions.load_starting_boards(actor=make_system_user(), at=now())
    return Board.objects.get(slug="ngan-sach")


def enter(board, agency, editor, title="Quyết toán 2025", **more):
    return actions.draft_document(board.pk, agency.pk, DocumentData(title, **more), actor=editor, at=now())


def show(board, agency, editor, title="Quyết toán 2025", **more):
    document = enter(board, agency, editor, title, **({"summary": "Tổng chi 1.000 đồng"} | more))
    return actions.publish_document(document.pk, actor=editor, at=now())


def test_an_installation_starts_with_boards_and_what_the_law_asks_for(budget):
    assert set(Board.objects.values_list("slug", flat=True)) == {
        "ngan-sach",
        "van-ban",
        "ke-hoach",
        "bao-cao",
    }
    kind = budget.kinds.get(name="Quyết toán ngân sách")
    assert (kind.amount, kind.unit, kind.stays_days) == (30, "calendar_day", 30)
    assert actions.load_starting_boards(actor=make_system_user(), at=now()) == 0


def test_the_deadline_follows_from_the_kind_and_the_event(budget, agency, editor):
    kind = budget.kinds.get(name="Quyết toán ngân sách")
    document = enter(budget, agency, editor, kind_id=kind.pk, event_on=date(2026, 10, 20))
    assert document.due_on == date(2026, 11, 19)
    early = budget.kinds.get(name="Dự toán ngân sách trình Hội đồng nhân dân")
    document = actions.edit_document(
        document.pk,
        DocumentData("Dự toán", kind_id=early.pk, event_on=date(2026, 11, 20)),
        actor=editor,
        at=now(),
    )
    assert document.due_on > date(2026, 11, 25)


def test_what_is_late_stands_first_on_the_editors_page(client, budget, agency, editor):
    kind = budget.kinds.get(name="Quyết toán ngân sách")
    enter(budget, agency, editor, "Bản trễ", kind_id=kind.pk, event_on=legal_date(now()) - timedelta(days=40))
    client.force_login(editor)
    page = client.get(reverse("news:boards")).content.decode()
    assert page.index("Quá hạn chưa công khai") < page.index("Bản trễ")


def test_a_document_is_public_with_its_file_once_it_is_clean(client, budget, agency, editor):
    document = enter(budget, agency, editor)
    with pytest.raises(RuleViolation, match="Đính tệp"):
        actions.publish_document(document.pk, actor=editor, at=now())
    actions.attach_file(document.pk, PDF, actor=editor, at=now(), name="qt.pdf")
    assert client.get(reverse("portal:document", args=[document.pk])).status_code == 404
    document = actions.publish_document(document.pk, actor=editor, at=now())
    file = reverse("portal:document_file", args=[document.pk])
    assert client.get(file).status_code == 404  # nobody has scanned it yet
    release(document.file_id, reason="Đã quét", actor=editor, at=now())
    assert b"".join(client.get(client.get(file).url).streaming_content) == PDF
    assert "Quyết toán 2025" in client.get(reverse("portal:board", args=["ngan-sach"])).content.decode()
    for act in (
        lambda: actions.edit_document(document.pk, DocumentData("x"), actor=editor, at=now()),
        lambda: actions.attach_file(document.pk, PDF, actor=editor, at=now(), name="a.pdf"),
        lambda: actions.publish_document(document.pk, actor=editor, at=now()),
    ):
        with pytest.raises(RuleViolation):
            act()


def test_a_file_of_a_draft_is_nobody_s_to_open(client, budget, agency, editor):
    document = actions.attach_file(
        enter(budget, agency, editor).pk, PDF, actor=editor, at=now(), name="qt.pdf"
    )
    release(document.file_id, reason="Đã quét", actor=editor, at=now())
    assert client.get(reverse("portal:document_file", args=[document.pk])).status_code == 404


def test_what_must_hang_for_thirty_days_is_not_taken_down_sooner_unless_corrected(
    client, budget, agency, editor
):
    kind = budget.kinds.get(name="Quyết toán ngân sách")
    document = show(budget, agency, editor, kind_id=kind.pk, event_on=date(2026, 10, 20))
    assert document.stays_until == legal_date(now()) + timedelta(days=29)
    for reason, said in (("", "lý do"), ("Hết chỗ", "phải giữ đến")):
        with pytest.raises(RuleViolation, match=said):
            actions.remove_document(document.pk, reason=reason, actor=editor, at=now())
    actions.remove_document(document.pk, reason="Đính chính số liệu", actor=editor, at=now())
    assert client.get(reverse("portal:document", args=[document.pk])).status_code == 404
    assert PublishedDocument.objects.filter(pk=document.pk).exists()
    with pytest.raises(RuleViolation, match="không đang công khai"):
        actions.remove_document(document.pk, reason="x", actor=editor, at=now())


def test_only_who_may_publish_keeps_boards(budget, agency, editor):
    writer = make_user_with("reform_officer", agency, username="cchc")
    with pytest.raises(NotFound):
        actions.save_board("x", name="X", actor=writer, at=now())
    with pytest.raises(NotFound):
        actions.publish_document(enter(budget, agency, writer, summary="x").pk, actor=writer, at=now())
    board = actions.save_board("quy-hoach", name="Quy hoạch", actor=editor, at=now())
    for name, source in ((" ", "TT"), ("Bản đồ", " ")):
        with pytest.raises(RuleViolation):
            actions.save_kind(board, name=name, source=source, actor=editor, at=now())
    with pytest.raises(RuleViolation, match="tên bảng"):
        actions.save_board("y", name=" ", actor=editor, at=now())


def test_what_does_not_belong_together_is_refused(budget, agency, editor):
    other = DisclosureKind.objects.create(
        board=Board.objects.get(slug="van-ban"), name="Nghị quyết", source="Luật"
    )
    for values, field in (({"kind_id": other.pk}, "kind_id"), ({"title": " "}, "title")):
        with pytest.raises(RuleViolation) as error:
            enter(budget, agency, editor, **values)
        assert error.value.field == field
    for act in (
        lambda: actions.draft_document(0, agency.pk, DocumentData("x"), actor=editor, at=now()),
        lambda: actions.publish_document(0, actor=editor, at=now()),
        lambda: queries.access_board("khong-co"),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_editor_enters_and_publishes_on_the_screens(client, budget, agency, editor):
    client.force_login(editor)
    given = {
        "agency": agency.pk,
        "title": "Dự toán 2027",
        "event_on": "20/11/2026",
        "summary": "Như kèm theo",
    }
    assert (
        client.post(reverse("news:document_new", args=["ngan-sach"]), given | {"title": ""}).status_code
        == 422
    )
    assert client.post(reverse("news:document_new", args=["ngan-sach"]), given).status_code == 302
    document = PublishedDocument.objects.get()
    client.post(reverse("news:document_edit", args=[document.pk]), given | {"title": "Dự toán năm 2027"})
    assert "Dự toán năm 2027" in client.get(reverse("news:document", args=[document.pk])).content.decode()
    assert client.post(reverse("news:document_publish", args=[document.pk])).status_code == 302
    assert (
        client.post(reverse("news:document_remove", args=[document.pk]), {"reason": "Thử"}).status_code == 302
    )


def test_decisions_on_procedures_stand_on_a_board_of_their_own(client):
    decision = PublicationDecision.objects.create(number="9/QĐ-UBND", issued_on=date(2026, 1, 1), effective_on=date(2026, 1, 5), issuer="UBND tỉnh")  # fmt: skip
    PublicationChange.objects.create(
        decision=decision, procedure=Procedure.objects.create(code="9.1"), kind="new"
    )
    page = client.get(reverse("portal:decisions")).content.decode()
    assert "9/QĐ-UBND" in page
    assert "Mới ban hành" in page


def test_the_search_over_everything_finds_documents_news_and_offices(
    client, budget, agency, editor, django_assert_max_num_queries
):
    show(budget, agency, editor, "Quyết toán ngân sách An Phú")
    article = actions.write_article(
        agency.pk, actions.ArticleData("An Phú họp dân", body="x"), actor=editor, at=now()
    )
    actions.publish_article(article.pk, actor=editor, at=now())
    make_office(agency, "Bộ phận Một cửa An Phú")
    client.get(reverse("portal:search"), {"q": "an phu"})
    with django_assert_max_num_queries(12):
        page = client.get(reverse("portal:search"), {"q": "an phu"}).content.decode()
    for said in (
        "Quyết toán ngân sách <mark>An Phú</mark>",
        "<mark>An Phú</mark> họp dân",
        "Bộ phận Một cửa An Phú",
    ):
        assert said in page
    assert "Không tìm thấy gì" in client.get(reverse("portal:search"), {"q": "qqqqq"}).content.decode()
    assert client.get(reverse("portal:search")).status_code == 200
