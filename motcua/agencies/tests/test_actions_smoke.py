from datetime import UTC, date, datetime
import pytest
from motcua.agencies import actions
from motcua.agencies.models import *
from motcua.agencies.testing import *
from motcua.agencies.queries import *

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
D = date(2026, 11, 23)


def test_smoke():
    s = make_system_user()
    actions.install_standards(actor=s, at=AT)
    p = actions.create_agency(
        name="Tỉnh",
        kind="committee",
        valid_from=date(2010, 1, 1),
        code="H40",
        actor=s,
        at=AT,
        level=Level.objects.get(code="province"),
    )
    d = actions.create_agency(
        name="Huyện",
        parent=p,
        kind="committee",
        valid_from=date(2010, 1, 1),
        code="000.00.12.H40",
        actor=s,
        at=AT,
        level=Level.objects.get(code="district"),
    )
    c = actions.create_agency(
        name="Xã", parent=d, kind="committee", valid_from=date(2010, 1, 1), code="H40.12.03", actor=s, at=AT
    )
    post = actions.create_post(agency=d, title="Chuyên viên", valid_from=date(2010, 1, 1), actor=s, at=AT)
    actions.grant_role(post, Role.objects.get(code="officer"), actor=s, at=AT)
    u, pw = actions.create_officer(
        username="An", full_name="Nguyễn Văn An", post=post, valid_from=date(2020, 1, 1), actor=s, at=AT
    )
    o = actions.open_office(agency=d, name="BPMC", valid_from=date(2010, 1, 1), actor=s, at=AT)
    actions.move_agency(c, parent=p, from_day=date(2025, 7, 1), document="NQ 202", actor=s, at=AT)
    d = access_agency(d.pk)
    actions.end_agency(
        d, last_day=date(2025, 6, 30), successor=access_agency(c.pk), document="NQ 202", actor=s, at=AT
    )
    assert authority_of(u, D).can("dossier.process", access_agency(c.pk))
    assert authority_of(u, date(2025, 6, 30)).can("dossier.process", d)
    assert [r.agency.name for r in tree_at(D)] == ["Tỉnh", "Xã"]
    assert [(r.agency.name, r.depth) for r in tree_at(date(2024, 1, 1))] == [
        ("Tỉnh", 0),
        ("Huyện", 1),
        ("Xã", 2),
    ]
    actions.reset_password(u, actor=s, at=AT)
    actions.set_setting("due_soon_days", 5, valid_from=D, source="x", actor=s, at=AT)
    assert setting("due_soon_days", access_agency(c.pk), D) == 5
    actions.deactivate(u, actor=s, at=AT)
