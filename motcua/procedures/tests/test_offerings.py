"""Offerings with reduced times, and fees."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.core.errors import NotFound, RuleViolation
from motcua.procedures import actions, queries
from motcua.procedures.actions import FeeData, Reduction
from motcua.procedures.models import (
    Fee,
    Offering,
)
from motcua.procedures.rules.fees import Exemption
from motcua.procedures.testing import make_version
from motcua.procedures.tests.acts import act
from motcua.procedures.tests.conftest import AT, TODAY


def test_an_offering_with_a_reduced_time(world, version):
    row = act(
        world,
        "offer",
        "1.900001",
        world.commune.pk,
        TODAY,
        reduction=Reduction(Decimal(3), "working_day", "QĐ 5"),
        desk="2",
    )
    limits = queries.limit_for(version, "counter", world.commune, TODAY)
    assert (limits.statutory.amount, limits.reduced.amount, limits.effective.amount) == (5, 3, 3)
    assert row.desk == "2"


@pytest.mark.parametrize(
    ("reduction", "words"),
    [
        (Reduction(Decimal(3), "working_day", " "), "văn bản"),
        (Reduction(Decimal(0), "working_day", "QĐ"), "lớn hơn 0"),
        (Reduction(Decimal(3), "", "QĐ"), "đơn vị"),
        (Reduction(Decimal(5), "working_day", "QĐ"), "ngắn hơn"),
        (Reduction(Decimal(1), "month", "QĐ"), "ngắn hơn"),
        (Reduction(Decimal("1.5"), "calendar_day", "QĐ"), "số nguyên"),
    ],
)
def test_a_reduced_time_is_shorter_and_documented(world, version, reduction, words):
    with pytest.raises(RuleViolation, match=words):
        act(world, "offer", "1.900001", world.commune.pk, TODAY, reduction=reduction)


def test_a_reduction_of_what_is_not_yet_in_force_is_only_documented(world):
    make_version("1.900001", valid_from=TODAY + timedelta(days=90))
    act(world, "offer", "1.900001", world.commune.pk, TODAY, reduction=Reduction(Decimal(99), "month", "QĐ"))


def test_a_new_offering_takes_over_from_its_day(world, version):
    first = act(world, "offer", "1.900001", world.commune.pk, TODAY)
    act(
        world,
        "offer",
        "1.900001",
        world.commune.pk,
        TODAY + timedelta(days=5),
        reduction=Reduction(Decimal(2), "working_day", "QĐ"),
    )
    first.refresh_from_db()
    assert first.valid_to == TODAY + timedelta(days=4)
    with pytest.raises(RuleViolation, match="đã có khai báo"):
        act(world, "offer", "1.900001", world.commune.pk, TODAY)


def test_an_offering_ends(world, version):
    row = act(world, "offer", "1.900001", world.commune.pk, TODAY)
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_offering", row.pk, TODAY - timedelta(days=1))
    act(world, "end_offering", row.pk, TODAY)
    assert queries.offering_of(version.procedure, world.commune, TODAY) == row
    assert queries.offering_of(version.procedure, world.commune, TODAY + timedelta(days=1)) is None
    with pytest.raises(NotFound):
        act(world, "end_offering", 999_999, TODAY)


FEE = FeeData("phi", "Phí thử", 5000, "Nghị quyết 1", TODAY)


def test_a_fee_is_added_with_its_exemptions_and_ended(world, version):
    fee = act(
        world,
        "add_fee",
        "1.900001",
        replace(FEE, area_id=world.commune.pk, exemptions=(Exemption("Hộ nghèo"),)),
    )
    assert queries.fee_lines(version.procedure, "counter", world.commune, TODAY)[0].exemptions == (
        Exemption("Hộ nghèo"),
    )
    assert queries.fee_lines(version.procedure, "counter", world.police, TODAY) == ()
    act(world, "end_fee", fee.pk, TODAY)
    assert queries.fee_lines(version.procedure, "counter", world.commune, TODAY + timedelta(days=1)) == ()
    with pytest.raises(RuleViolation, match="trước ngày bắt đầu"):
        act(world, "end_fee", fee.pk, TODAY - timedelta(days=1))
    with pytest.raises(NotFound):
        act(world, "end_fee", 999_999, TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"legal_basis": " "},
        {"name": ""},
        {"amount_dong": -1},
        {"cap_dong": 0},
        {"valid_to": TODAY - timedelta(days=1)},
        {"channel": "bồ câu"},
        {"tiers": [[2, 1], [None, 1]]},
        {"exemptions": (Exemption("x", 0),)},
        {"exemptions": (Exemption(" "),)},
        {"per": "page", "tiers": [[2, 1]]},
    ],
)
def test_a_fee_that_cannot_be_charged_is_refused(world, version, change):
    with pytest.raises(RuleViolation):
        act(world, "add_fee", "1.900001", replace(FEE, **change))
    assert not Fee.objects.exists()


def test_a_commune_sets_fees_for_its_own_area_only(world, version):
    act(world, "add_fee", "1.900001", replace(FEE, area_id=world.commune.pk), actor=world.local)
    with pytest.raises(RuleViolation, match="cấp cao nhất"):
        act(world, "add_fee", "1.900001", FEE, actor=world.local)


def test_offering_rows_of_a_sector_are_found_by_its_fields(catalogue):
    by_agency = {
        agency: set(Offering.objects.filter(agency=agency).values_list("procedure__code", flat=True))
        for agency in (catalogue.commune, catalogue.police, catalogue.insurance)
    }
    assert "1.004222" in by_agency[catalogue.police]
    assert "1.001613" in by_agency[catalogue.insurance]
    assert "1.001193" in by_agency[catalogue.commune]
    assert by_agency[catalogue.commune].isdisjoint(
        by_agency[catalogue.police] | by_agency[catalogue.insurance]
    )
    again = actions.offer_all(catalogue.commune, "commune", date(2025, 7, 1), actor=catalogue.system, at=AT)
    assert again == 0
    assert actions.offer_all(catalogue.tax, "commune", TODAY, actor=catalogue.system, at=AT) == 0
    assert (
        actions.offer_all(
            catalogue.province, "province", TODAY, actor=catalogue.system, at=AT, fields=("Đất đai",)
        )
        == 1
    )


def test_offerings_of_a_level_end_with_it_or_when_asked(world):
    district = make_version("1.900021", valid_to=TODAY - timedelta(days=30))
    now = make_version("1.900022", valid_from=TODAY - timedelta(days=30))
    never = make_version("1.900023", valid_from=TODAY, valid_to=TODAY - timedelta(days=1))
    for version in (district, now, never):
        version.levels.set([world.commune.level])
    start, until = TODAY - timedelta(days=90), TODAY + timedelta(days=5)
    assert act(world, "offer_all", world.commune, "commune", start, until=until) == 2
    spans = {
        o.procedure.code: (o.valid_from, o.valid_to) for o in Offering.objects.select_related("procedure")
    }
    assert spans == {
        "1.900021": (start, TODAY - timedelta(days=30)),
        "1.900022": (TODAY - timedelta(days=30), until),
    }
