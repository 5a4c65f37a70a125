"""Administrative units of both sets: by day, by typed name, and what became of them."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from motcua.audit.models import Event
from motcua.core.errors import NotFound, RuleViolation
from motcua.places import queries
from motcua.places.actions import load_units
from motcua.places.data import shipped
from motcua.places.models import Succession, Unit
from motcua.places.rules.names import joined, short
from motcua.places.testing import make_units

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BEFORE, SINCE = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def units(db):
    make_units(AT)
    return queries.units()


def address(province, commune, district="", era="", line=""):
    return {"era": era, "province": province, "district": district, "commune": commune, "line": line}


def test_each_day_knows_its_own_set(units):
    assert [one.name for one in queries.provinces(BEFORE)] == ["Thành phố Đà Nẵng", "Tỉnh Quảng Nam"]
    assert [one.name for one in queries.provinces(SINCE)] == ["Thành phố Đà Nẵng"]
    assert [one.name for one in queries.districts("49", BEFORE)] == ["Huyện Quế Sơn"]
    assert queries.districts("48", SINCE) == []
    assert [one.name for one in queries.communes("512", BEFORE)] == ["Xã Quế Xuân 1", "Xã Quế Xuân 2"]
    assert [one.name for one in queries.communes("48", SINCE)][:2] == ["Phường Hải Vân", "Đặc khu Hoàng Sa"]
    assert queries.communes("99", SINCE) == []


def test_a_former_unit_leads_to_its_successors_the_main_one_first(units):
    old = queries.access_unit("20680", BEFORE)
    assert old.name == "Xã Quế Xuân 1"
    assert [unit.name for unit in queries.successors(old)] == ["Xã Xuân Phú", "Xã Quế Sơn"]
    island = queries.access_unit("498", BEFORE)
    assert [unit.name for unit in queries.successors(island)] == ["Đặc khu Hoàng Sa"]
    with pytest.raises(NotFound):
        queries.access_unit("49", SINCE)


@pytest.mark.parametrize("said", ["20194", "Phường Hải Vân", "hai van", "P. Hải Vân", "phường hải vân"])
def test_a_commune_is_found_by_code_or_by_name_however_it_is_typed(units, said):
    found = units.settle(address("48", said, line="12 Lê Lợi"), None)
    assert (found["commune"], found["era"]) == ("20194", "since")
    assert found["text"] == "12 Lê Lợi, Phường Hải Vân, Thành phố Đà Nẵng"
    assert units.settle(found, None) == found


def test_an_address_of_an_earlier_day_has_its_district(units):
    found = units.settle(address("Quảng Nam", "Quế Xuân 1", "Quế Sơn"), date(2001, 5, 1))
    assert found["text"] == "Xã Quế Xuân 1, Huyện Quế Sơn, Tỉnh Quảng Nam"
    assert units.settle(address("49", "20680", "512", era="before"), None) == found
    assert units.settle(address("48", "", "498"), BEFORE)["text"] == "Huyện Hoàng Sa, Thành phố Đà Nẵng"


@pytest.mark.parametrize(
    ("given", "day", "words"),
    [
        (address("", "x"), SINCE, "Chọn tỉnh"),
        (address("49", "x"), SINCE, "Không có tỉnh, thành phố “49”"),
        (address("48", ""), SINCE, "Chọn phường, xã"),
        (address("48", "Khong Co"), SINCE, "Kiểm tra lại tên"),
        (address("48", "Hải"), SINCE, "Gần nhất: Phường Hải Vân"),
        (address("48", "Quế Sơn"), SINCE, "Có nhiều phường, xã tên như vậy: "),
        (address("49", "20680"), BEFORE, "Chọn quận, huyện"),
        (address("49", "", "512"), BEFORE, "Chọn phường, xã"),
        (address("48", "20194", era="since"), BEFORE, "còn quận, huyện"),
        (address("48", "20194", era="before"), SINCE, "không còn quận, huyện"),
    ],
)
def test_what_does_not_fit_says_which_part_and_what_there_is(units, given, day, words):
    with pytest.raises(RuleViolation, match=words):
        units.settle(given, day)


@pytest.mark.django_db
def test_without_units_it_is_said_who_must_load_them():
    with pytest.raises(RuleViolation, match="motcua places"):
        queries.units().settle(address("48", "x"), None)


def test_loading_again_changes_nothing(units, capsys):
    before = Unit.objects.count()
    call_command("places")
    assert "đã có" in capsys.readouterr().out
    assert (Unit.objects.count(), Event.objects.filter(kind="places.loaded").count()) == (before, 1)


def test_what_ships_is_both_sets_whole():
    data = shipped()
    districts = [district for province in data["before"] for district in province[2]]
    old = {code for district in districts for code, _ in district[2]}
    new = {code for province in data["since"] for code, _ in province[2]}
    assert (len(data["before"]), len(districts), len(old)) == (63, 696, 10_035)
    assert (len(data["since"]), len(new)) == (34, 3_321)
    assert {code for code, _ in data["communes"]} == old
    assert {heir for _, heirs in data["communes"] for heir, _ in heirs} <= new
    assert all(sum(main for _, main in heirs) == 1 for _, heirs in data["communes"])
    assert {code for code, *_ in data["before"]} == {code for code, _ in data["provinces"]}


@pytest.mark.django_db
def test_what_ships_loads_whole():
    assert load_units(actor=None, at=AT) == 63 + 696 + 10_035 + 34 + 3_321
    assert Succession.objects.filter(before__level="commune").values("before").distinct().count() == 10_035
    assert not Unit.objects.exclude(level="province").filter(parent=None).exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Phường Phúc Xá", "phuc xa"), ("Quận 1", "1"), ("TP. Huế", "hue"), ("tx Sơn Tây", "son tay"), ("Xã", "xa"), ("Đà Nẵng", "da nang"), ("p.Hải Vân", "hai van")],
)  # fmt: skip
def test_a_name_is_known_without_its_kind(name, expected):
    assert short(name) == expected
    assert joined("a", "", "b") == "a, b"
