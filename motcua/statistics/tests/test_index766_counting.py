"""What the components of the index count that are no dossiers: procedures at agencies, postings, decisions."""

from datetime import date

import pytest

from motcua.agencies.models import Agency, DatedSetting
from motcua.dossiers.testing import SINCE, World, make_procedure, moment
from motcua.payments.models import Gateway, GatewayUse
from motcua.procedures.models import (
    LegalBasis,
    Procedure,
    ProcedureVersion,
    ResultType,
)
from motcua.statistics.queries import Scope
from motcua.statistics.queries.index766_behind import Part, items_behind
from motcua.statistics.rules.index766 import Ratio
from motcua.statistics.rules.index766_measures import MEASURES
from motcua.statistics.rules.periods import Window
from motcua.statistics.tests.index766 import (
    DECEMBER,
    LATER,
    NOVEMBER,
    OCTOBER,
    decide,
    open_account,
    pay_online,
    post,
    put_up,
    ratio,
    with_fee,
)

# Procedures ------------------------------------------------------------------------------------------------------------------


def test_a_procedure_is_complete_when_the_check_before_publication_finds_nothing(world: World) -> None:
    assert ratio(world, "contents_complete") == Ratio(0, 2)
    version = world.procedure.versions.get()
    ProcedureVersion.objects.filter(pk=version.pk).update(
        agency_text="UBND cấp xã", steps_text="Nộp hồ sơ", audiences=["Công dân Việt Nam"]
    )
    ResultType.objects.create(version=version, name="Giấy")
    LegalBasis.objects.create(version=version, number="60/2014/QH13")
    assert ratio(world, "contents_complete") == Ratio(1, 2)
    rest = items_behind(MEASURES["contents_complete"], Part.REST, Scope(world.commune), NOVEMBER, LATER)
    assert "Chưa có căn cứ pháp lý." in rest[0].why


def test_internal_procedures_and_those_no_longer_offered_do_not_count(world: World) -> None:
    Procedure.objects.filter(pk=world.procedure.pk).update(kind="internal")
    assert ratio(world, "online_offered") == Ratio(1, 1)
    world.others["land"].offerings.update(valid_to=date(2026, 11, 29))
    assert ratio(world, "online_offered") == Ratio()
    assert ratio(world, "online_offered", window=OCTOBER) == Ratio(1, 1)
    world.others["land"].offerings.update(valid_to=None)
    world.others["land"].versions.update(valid_to=date(2026, 11, 29))
    assert ratio(world, "online_offered") == Ratio()


def test_an_agencys_own_level_and_its_divisions_count_for_the_house(world: World) -> None:
    world.procedure.offerings.filter(agency=world.commune).update(online_level="partial")
    assert ratio(world, "online_offered") == Ratio(2, 2)
    world.others["land"].offerings.create(agency=world.division, valid_from=SINCE)
    make_procedure("1.000050", world.division)
    assert ratio(world, "online_offered") == Ratio(2, 3)


def test_a_procedure_with_a_fee_is_payable_online_where_the_agency_has_an_account(world: World) -> None:
    assert ratio(world, "payment_offered") == Ratio()
    paid = with_fee(world)
    assert (ratio(world, "payment_offered"), ratio(world, "payment_used")) == (Ratio(0, 1), Ratio())
    open_account(world)
    assert (ratio(world, "payment_offered"), ratio(world, "payment_used")) == (Ratio(1, 1), Ratio(0, 1))
    assert ratio(world, "payment_offered", window=OCTOBER) == Ratio(0, 1)
    pay_online(world, paid)
    assert (ratio(world, "payment_used"), ratio(world, "fee_online")) == (Ratio(1, 1), Ratio(1, 1))


def test_a_gateway_makes_it_payable_online_as_an_account_does_while_it_lasts(world: World) -> None:
    with_fee(world)
    fields = {"code": "c", "name": "C", "address": "https://a.test", "merchant": "M", "source": "HĐ 1"}
    gateway = Gateway.objects.create(agency=world.commune, valid_from=SINCE, **fields)
    GatewayUse.objects.create(gateway=gateway, agency=world.commune, valid_from=SINCE)
    assert ratio(world, "payment_offered") == Ratio(1, 1)
    Gateway.objects.update(valid_to=SINCE)
    assert ratio(world, "payment_offered") == Ratio(0, 1)


@pytest.mark.parametrize("where", ["neighbour", "province"])
def test_a_fee_of_another_area_is_none_here(world: World, where: str) -> None:
    area = world.province if where == "province" else world.others["neighbour"]
    with_fee(world, area=area)
    assert ratio(world, "payment_offered").whole == (1 if where == "province" else 0)


# Postings ----------------------------------------------------------------------------------------------------------------------


def test_a_posting_is_in_time_within_five_working_days(world: World) -> None:
    place = put_up(world)  # Monday: due on Monday the 9th
    assert ratio(world, "postings_on_time") == Ratio(0, 2)
    post(world, place, world.procedure, 7)
    assert ratio(world, "postings_on_time") == Ratio(1, 2)
    post(world, place, world.others["land"], 8)
    assert ratio(world, "postings_on_time") == Ratio(1, 2)
    late = items_behind(MEASURES["postings_on_time"], Part.REST, Scope(world.commune), NOVEMBER, LATER)
    assert [(i.why, i.due, i.done) for i in late] == [
        ("Niêm yết muộn.", date(2026, 11, 9), date(2026, 11, 10))
    ]


def test_what_is_not_due_yet_does_not_count_and_a_debt_is_carried_until_it_is_met(world: World) -> None:
    place = put_up(world)
    assert ratio(world, "postings_on_time", at=moment(days=7)) == Ratio()
    assert ratio(world, "postings_on_time", at=moment(days=8)) == Ratio(0, 2)
    post(world, place, world.procedure, 7)
    post(world, place, world.others["land"], 35)
    assert ratio(world, "postings_on_time", at=moment(days=7.5)) == Ratio(1, 1)
    assert ratio(world, "postings_on_time", window=DECEMBER) == Ratio(0, 1)
    january = Window(date(2027, 1, 1), date(2027, 1, 31))
    assert ratio(world, "postings_on_time", window=january, at=moment(days=100)) == Ratio()


def test_what_ends_before_it_is_due_is_no_duty(world: World) -> None:
    put_up(world, until=date(2026, 11, 6))
    assert ratio(world, "postings_on_time") == Ratio()
    put_up(world)
    world.others["land"].versions.update(valid_to=date(2026, 11, 6))
    world.procedure.offerings.update(valid_to=date(2026, 11, 6))
    assert ratio(world, "postings_on_time") == Ratio()


def test_the_days_are_a_dated_setting_of_the_agency_and_run_from_when_it_began_to_offer(world: World) -> None:
    put_up(world, since=SINCE)
    assert ratio(world, "postings_on_time") == Ratio(0, 2)  # owed for years
    world.procedure.offerings.filter(agency=world.commune).update(valid_from=date(2026, 11, 20))
    assert ratio(world, "postings_on_time", at=moment(days=23)) == Ratio(0, 1)
    DatedSetting.objects.create(
        agency=world.commune, key="posting_days", value=1, valid_from=SINCE, source="QĐ"
    )
    assert ratio(world, "postings_on_time", at=moment(days=23)) == Ratio(0, 2)


def test_what_those_seated_at_the_office_resolve_hangs_there_too(world: World) -> None:
    put_up(world)
    world.procedure.offerings.create(agency=world.police, valid_from=SINCE)
    make_procedure("1.000070", world.police)
    make_procedure("1.000071", world.division)
    assert ratio(world, "postings_on_time") == Ratio(0, 4)


# Decisions --------------------------------------------------------------------------------------------------------------------


def test_a_decision_is_in_time_five_days_before_it_takes_effect_and_counts_for_its_issuer(
    world: World,
) -> None:
    Agency.objects.filter(pk=world.province.pk).update(name="UBND tỉnh Lam Sơn")
    decide("1", date(2026, 11, 1), date(2026, 11, 6))
    decide("2", date(2026, 11, 2), date(2026, 11, 6), "Ủy ban nhân dân tỉnh Lam Sơn")
    decide("3", date(2026, 11, 2), date(2026, 12, 6), "Bộ Tư pháp")
    decide("4", date(2026, 10, 2), date(2026, 12, 6))
    assert ratio(world, "decisions_on_time", agency=world.province) == Ratio(1, 2)
    assert ratio(world, "decisions_on_time") == Ratio()
    DatedSetting.objects.create(
        agency=world.province, key="publication_lead_days", value=4, valid_from=SINCE, source="QĐ"
    )
    assert ratio(world, "decisions_on_time", agency=world.province) == Ratio(2, 2)
