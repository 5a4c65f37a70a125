"""Finding a procedure: words with errors forgiven, events of life, audience; the sheet; statement counts."""

import pytest
from django.conf import settings
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_system_user
from motcua.core.moments import now
from motcua.dossiers.testing import make_procedure, make_world
from motcua.procedures.actions import load_life_events, save_life_event, write_words
from motcua.procedures.models import Field, LifeEvent, ProcedureVersion
from motcua.procedures.queries.finding import life_events

pytestmark = pytest.mark.django_db

NAMES = {
    "9.000001": "Đăng ký khai sinh",
    "9.000002": "Giải quyết phản ánh, kiến nghị về quy định hành chính",
    "9.000003": "Cấp giấy chứng nhận ứng dụng công nghệ cao",
    "9.000004": "Xác nhận cư trú tại xã Ea H'đing",
    "9.000005": "Đăng ký biến động quyền sử dụng đất, chuyển nhượng",
    "9.000006": "Đăng ký thành lập hộ kinh doanh",
    "9.000007": "Giấy phép lưu trú của Cư M'gar",
}


@pytest.fixture
def catalogue():
    agency = make_agency("UBND xã An Phú")
    for code, name in NAMES.items():
        make_procedure(code, agency, name=name)
    return agency


@pytest.fixture
def system():
    return make_system_user()


def found(client, words, **more):
    page = client.get(reverse("portal:catalogue"), {"q": words, **more}).content.decode()
    return [code for code in NAMES if f'href="{reverse("portal:procedure", args=[code])}"' in page], page


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("khai sinh", "9.000001"),
        ("kahi sinh", "9.000001"),  # neighbours swapped
        ("khai sih", "9.000001"),  # a letter forgotten
        ("khaisinh", "9.000001"),  # written as one word
        ("giả quyết", "9.000002"),
        ("phản ảnh", "9.000002"),
        ("công ghệ", "9.000003"),
        ("Ea H’đing", "9.000004"),
        ("ea hding", "9.000004"),
        ("Cư Mgar", "9.000007"),
        ("cu m'gar", "9.000007"),
        ("chuyen nhuong dat", "9.000005"),
        ("tôi muốn làm giấy khai sinh cho con", "9.000001"),
        ("ho kin doanh", "9.000006"),
    ],
)
def test_a_procedure_is_found_though_it_was_typed_wrong(client, catalogue, typed, code):
    assert code in found(client, typed)[0]


def test_what_was_typed_right_comes_alone_and_first(client, catalogue):
    codes, page = found(client, "khai sinh")
    assert codes[:1] == ["9.000001"]
    assert "gần nhất" not in page


def test_the_page_says_how_it_understood_a_wrong_word(client, catalogue):
    assert "hiểu là “khai sinh”" in found(client, "kahi sinh")[1]


@pytest.mark.parametrize("typed", ["zzzz qqqq", "12345678", "'\" OR 1=1 --", "%%%", "a" * 200, "．．．", "​"])
def test_nonsense_finds_nothing_and_breaks_nothing(client, catalogue, typed):
    assert found(client, typed)[0] == []


def test_people_s_own_words_and_english_find_it_too(client, catalogue, system):
    write_words("9.000005", spoken="sổ đỏ, sang tên", name_en="Land transfer", actor=system, at=now())
    assert found(client, "sổ đỏ")[0] == ["9.000005"]
    assert found(client, "land transfr")[0] == ["9.000005"]


def test_an_event_of_life_leads_to_its_procedures(client, catalogue, system):
    save_life_event("sinh-con", name="Sinh con", codes=["9.000001"], actor=system, at=now())
    home = client.get(reverse("portal:home")).content.decode()
    assert "?su-kien=sinh-con" in home
    assert found(client, "", **{"su-kien": "sinh-con"})[0] == ["9.000001"]
    assert client.get(reverse("portal:catalogue"), {"su-kien": "khong-co"}).status_code == 404


def test_the_audience_narrows_the_list(client, catalogue):
    ProcedureVersion.objects.filter(procedure__code="9.000006").update(audiences=["Doanh nghiệp"])
    ProcedureVersion.objects.exclude(procedure__code="9.000006").update(audiences=["Công dân Việt Nam"])
    assert found(client, "", **{"doi-tuong": "doanh-nghiep"})[0] == ["9.000006"]
    assert found(client, "dang ky", **{"doi-tuong": "doanh-nghiep"})[0] == ["9.000006"]
    assert "9.000006" not in found(client, "dang ki", **{"doi-tuong": "nguoi-dan"})[0]


def test_field_and_agency_narrow_the_list_by_controls_that_come_when_asked_for(client, catalogue):
    other = make_agency("UBND xã Bình Minh")
    make_procedure("9.000008", other, name="Đăng ký khai sinh lưu động")
    address = reverse("portal:catalogue")
    plain = client.get(address, {"q": "khai sinh"}).content.decode()
    assert "<select" not in plain
    asked = client.get(address, {"q": "khai sinh", "loc": "1"}).content.decode()
    assert 'href="?q=khai+sinh&amp;loc=1#loc"' in plain
    assert asked.count("<option") == 2 + ProcedureVersion.objects.values("field").distinct().count() + 2
    both, here = ("9.000001", "9.000008"), catalogue.pk
    shown = [code for code in both if f'/{code}/"' in asked]
    assert shown == [*both]
    field = ProcedureVersion.objects.get(procedure__code="9.000008").field
    moved = Field.objects.create(code="luu-dong", name="Lưu động")
    ProcedureVersion.objects.filter(procedure__code="9.000008").update(field=moved)
    for given, codes in (
        ({"co-quan": other.pk}, ["9.000008"]),
        ({"co-quan": here}, ["9.000001"]),
        ({"linh-vuc": moved.pk}, ["9.000008"]),
        ({"linh-vuc": field.pk}, ["9.000001"]),
        ({"linh-vuc": moved.pk, "co-quan": here}, []),
    ):
        page = client.get(address, {"q": "khai sinh", **given}).content.decode()
        assert [code for code in both if f'/{code}/"' in page] == codes
        for value in given.values():
            assert f'<option value="{value}" lang="vi" selected>' in page


def test_the_events_that_an_installation_starts_with_are_loaded_once(catalogue, system):
    assert load_life_events(actor=system, at=now()) == LifeEvent.objects.count() == 10
    assert LifeEvent.objects.get(slug="sinh-con").procedures.filter(code="9.000001").exists()
    assert load_life_events(actor=system, at=now()) == 0
    assert [event.slug for event in life_events()][:2] == ["sinh-con", "ket-hon"]


@pytest.mark.parametrize(("typed", "most"), [("khai sinh", 12), ("kahi sinh", 12), ("", 10)])
def test_search_takes_the_same_few_statements_however_many_there_are(
    client, catalogue, django_assert_max_num_queries, typed, most
):
    for number in range(30):
        make_procedure(f"8.{number:06d}", catalogue, name=f"Đăng ký khai sinh kiểu {number}")
    client.get(reverse("portal:catalogue"), {"q": typed})
    with django_assert_max_num_queries(most):
        client.get(reverse("portal:catalogue"), {"q": typed})


def test_the_sheet_speaks_english_where_somebody_has_written_it(client, catalogue, system):
    write_words("9.000001", summary="Cho trẻ mới sinh", name_en="Birth registration", summary_en="For a newborn child", actor=system, at=now())  # fmt: skip
    address = reverse("portal:procedure", args=["9.000001"])
    assert "Cho trẻ mới sinh" in client.get(address).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(address).content.decode()
    assert "<h1>Birth registration</h1>" in page
    assert "For a newborn child" in page
    assert NAMES["9.000001"] in page


def test_the_plain_sheet_stands_before_the_legal_text_and_opens_for_paper(client):
    world = make_world()
    address = reverse("portal:procedure", args=[world.procedure.code])
    page = client.get(address).content.decode()
    assert page.index("Bao lâu") < page.index("Cần mang theo") < page.index("Thông tin pháp lý đầy đủ")
    assert "<details><summary>Thông tin pháp lý" in page
    assert "<details open>" in client.get(address, {"in": "1"}).content.decode()


def test_the_sheet_of_a_procedure_shows_the_note_beside_a_paper_in_both_languages(client):
    world = make_world()
    address = reverse("portal:procedure", args=[world.procedure.code])
    world.procedure.versions.get().papers.update(note="Ghi cả tên đệm")
    assert 'Ghi chú: <span lang="vi">Ghi cả tên đệm</span>' in client.get(address).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(address).content.decode()
    assert 'Note: <span lang="vi">Ghi cả tên đệm</span>' in english


@pytest.mark.parametrize(
    ("name", "most"), [("portal:home", 16), ("portal:procedure", 26), ("portal:offices", 8)]
)
def test_pages_take_few_statements(client, django_assert_max_num_queries, name, most):
    world = make_world()
    args = [world.procedure.code] if name == "portal:procedure" else []
    client.get(reverse(name, args=args))
    with django_assert_max_num_queries(most):
        assert client.get(reverse(name, args=args)).status_code == 200
