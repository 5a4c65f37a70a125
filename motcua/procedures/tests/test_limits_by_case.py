"""Limits made for one case beside the general one."""

from decimal import Decimal

import pytest

from motcua.procedures import queries
from motcua.procedures.queries.limits import limit_cases
from motcua.procedures.testing import make_offering, make_version
from motcua.procedures.tests.conftest import TODAY

VARIANTS = [{"case": "Bổ sung", "amount": "1", "unit": "working_day"}, {"amount": "9", "unit": "working_day"}]


@pytest.fixture
def version(world):
    found = make_version(limit=("5", "working_day"))
    found.channels.filter(channel="counter").update(variants=VARIANTS)
    make_offering(
        found.procedure,
        world.commune,
        reduced_amount=Decimal(3),
        reduced_unit="working_day",
        reduced_document="QĐ 5",
    )
    return found


@pytest.mark.parametrize(
    ("channel", "case", "amount"),
    [("counter", "", 3), ("counter", "Bổ sung", 1), ("counter", "khác", 3), ("online", "Bổ sung", 3)],
)
def test_a_cut_of_the_general_limit_does_not_lengthen_that_of_a_case(world, version, channel, case, amount):
    limits = queries.limit_for(version, channel, world.commune, TODAY, case=case)
    assert limits.effective.amount == amount
    assert limits.statutory.amount >= amount


def test_cases_with_a_limit_of_their_own_are_told_by_channel_or_all_together(version):
    rules = list(version.channels.all())
    assert limit_cases(rules) == ("Bổ sung",)
    assert limit_cases(rules, "counter") == ("Bổ sung",)
    assert limit_cases(rules, "online") == ()
