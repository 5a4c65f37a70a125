"""`motcua install`: once for an empty place; with `--upgrade` only what a new version brings to one that is used."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.accounts.models import User
from motcua.agencies.models import Agency, Role
from motcua.agencies.testing import make_agency
from motcua.procedures.models import Procedure
from motcua.statistics.models import IndexSet

pytestmark = pytest.mark.django_db


def install(*args: str) -> str:
    out = StringIO()
    call_command("install", *args, stdout=out)
    return out.getvalue()


def test_an_upgrade_adds_the_data_that_is_missing_and_touches_no_other():
    make_agency("UBND xã Đang Dùng", code="H40.12")
    assert "giữ nguyên" in install("--upgrade")
    assert IndexSet.objects.count() == 1
    assert (Agency.objects.count(), Procedure.objects.count()) == (1, 0)
    IndexSet.objects.update(name="Tên đã sửa")
    Role.objects.filter(code="community_helper").delete()
    Role.objects.filter(code="administrator").update(name="Người quản trị")
    install("--upgrade")
    assert Role.objects.filter(code="community_helper").exists()
    assert Role.objects.get(code="administrator").name == "Người quản trị"
    assert [row.name for row in IndexSet.objects.all()] == ["Tên đã sửa"]


def test_an_upgrade_makes_no_administrator_and_the_two_are_not_asked_for_together():
    install("--upgrade")
    assert not User.objects.filter(kind=User.Kind.STAFF).exists()
    with pytest.raises(CommandError):
        install("--upgrade", "--admin", "quan.tri")
