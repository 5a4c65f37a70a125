"""What a person may do on a day, and what the question costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of, people_with
from motcua.agencies.testing import make_agency, make_user_with
from motcua.core.errors import NotFound

DAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Agency:
    return make_agency("Tỉnh Thử Nghiệm", level="province")


def test_a_role_holds_in_its_agency_only_unless_the_subtree_is_given(province: Agency) -> None:
    commune = make_agency("Xã A", province)
    clerk = make_user_with("receptionist", province)
    head = make_user_with("administrator", province, subtree=True)
    assert authority_of(clerk, DAY).can("dossier.receive", province)
    assert not authority_of(clerk, DAY).can("dossier.receive", commune)
    assert authority_of(head, DAY).can("people.edit", commune)
    assert authority_of(head, DAY).can("people.edit", commune.pk)
    assert authority_of(head, DAY).agency_ids("people.edit") == {province.pk, commune.pk}
    with pytest.raises(NotFound):
        authority_of(clerk, DAY).require("dossier.receive", commune)


def test_authority_costs_one_statement_and_one_more_for_subtrees(province: Agency) -> None:
    head = make_user_with("administrator", province, subtree=True)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        authority = authority_of(head, DAY)
        assert authority.can("people.edit", province)
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        authority.agency_ids("people.edit")
        authority.can("agency.edit", province.pk)
        authority.can("agency.edit", 999_999)
    assert len(asked) == 1
    assert list(people_with("people.edit", province, DAY)) == [head]
