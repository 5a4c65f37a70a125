"""One of many numbers, in one parameter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.procedures.models import Field
from motcua.statistics.queries.among import Among

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_finds_what_a_list_of_parameters_finds(count):
    known = [Field.objects.create(name=f"Lĩnh vực {n}").pk for n in range(4)]
    numbers = [*known[:count], 2**40]
    assert set(Field.objects.filter(Among("pk", numbers))) == set(Field.objects.filter(pk__in=numbers))
    assert Field.objects.filter(Among("pk", numbers)).count() == count
    assert not Field.objects.filter(Among("pk", [])).exists()


def test_thousands_of_numbers_are_one_parameter():
    _, params = Field.objects.filter(Among("pk", range(5000))).query.sql_with_params()
    assert len(params) == 1
    with CaptureQueriesContext(connection) as seen:
        assert not list(Field.objects.filter(Among("pk", range(10**6, 10**6 + 5000))))
    assert len(seen) == 1
