"""Publication decisions: new, amended, replaced, repealed, suspended."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.core.errors import RuleViolation
from motcua.procedures import queries
from motcua.procedures.models import (
    Procedure,
    PublicationChange,
)
from motcua.procedures.testing import LONG_AGO, make_version
from motcua.procedures.tests.acts import DECISION, START, act, kinds, publish
from motcua.procedures.tests.conftest import TODAY


def test_an_amendment_takes_the_draft_and_ends_the_version_before(world, version):
    draft = act(world, "draft_version", "1.900001")
    decision = publish(world, ("amended", "1.900001"))
    version.refresh_from_db()
    draft.refresh_from_db()
    assert (version.valid_to, version.status) == (START - timedelta(days=1), "published")
    assert (draft.status, draft.valid_from, draft.decision_number) == ("published", START, "12/QĐ-UBND")
    assert decision.changes.get().version == draft
    assert queries.version_in_force(version.procedure, START - timedelta(days=1)) == version
    assert queries.version_in_force(version.procedure, START) == draft
    assert kinds(version)[-1] == "procedure.amended"


def test_a_new_procedure_is_published(world):
    draft = act(world, "draft_procedure", "1.900005", "Tên", "Lĩnh vực")
    act(
        world,
        "edit_draft",
        draft.pk,
        parts={"channels": [{"channel": "counter", "amount": Decimal(3), "unit": "working_day"}]},
    )
    publish(world, ("new", "1.900005"))
    assert queries.version_in_force(draft.procedure, START).pk == draft.pk


def test_holes_of_the_draft_forbid_publication(world):
    act(world, "draft_procedure", "1.900005", "Tên", "Lĩnh vực")
    with pytest.raises(RuleViolation, match="Chưa có cách thức"):
        publish(world, ("new", "1.900005"))


def test_a_repeal_ends_the_procedure(world, version):
    publish(world, ("repealed", "1.900001"))
    version.refresh_from_db()
    assert (version.status, version.valid_to) == ("repealed", START - timedelta(days=1))
    assert queries.version_in_force(version.procedure, START) is None
    assert queries.version_in_force(version.procedure, START - timedelta(days=1)) == version
    with pytest.raises(RuleViolation, match="không còn phiên bản"):
        publish(world, ("repealed", "1.900001"), decision=replace(DECISION, number="13/QĐ"))


def test_a_suspension_ends_the_version_without_repealing(world, version):
    publish(world, ("suspended", "1.900001"))
    version.refresh_from_db()
    assert (version.status, version.valid_to) == ("published", START - timedelta(days=1))


def test_a_replacement_ends_the_old_procedure_and_points_at_the_new(world, version):
    draft = act(world, "draft_procedure", "1.900005", "Tên", "Lĩnh vực")
    act(world, "edit_draft", draft.pk, parts={"channels": [{"channel": "counter", "unit": "none"}]})
    publish(world, ("replaced", "1.900005", "1.900001"))
    old = Procedure.objects.get(code="1.900001")
    assert old.replaced_by == draft.procedure
    assert old.versions.get().status == "repealed"
    assert set(PublicationChange.objects.values_list("kind", flat=True)) == {"replaced", "repealed"}


def test_a_procedure_cannot_replace_itself(world, version):
    act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="chính nó"):
        publish(world, ("replaced", "1.900001", "1.900001"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": " "}, "Nhập số quyết định"),
        ({"effective_on": TODAY - timedelta(days=1)}, "hiệu lực không thể trước"),
        ({"received_on": TODAY - timedelta(days=1)}, "nhận không thể trước"),
    ],
)
def test_days_and_numbers_of_a_decision_must_fit(world, version, change, words):
    with pytest.raises(RuleViolation, match=words):
        publish(world, ("repealed", "1.900001"), decision=replace(DECISION, **change))


def test_a_decision_names_procedures_once_and_is_recorded_once(world, version):
    with pytest.raises(RuleViolation, match="ít nhất một"):
        publish(world)
    with pytest.raises(RuleViolation, match="một lần"):
        publish(world, ("repealed", "1.900001"), ("suspended", "1.900001"))
    publish(world, ("suspended", "1.900001"))
    with pytest.raises(RuleViolation, match="đã được ghi nhận"):
        publish(world, ("repealed", "1.900001"))


def test_publishing_needs_a_draft_of_the_last_version(world, version):
    with pytest.raises(RuleViolation, match="chưa có dự thảo"):
        publish(world, ("amended", "1.900001"))
    act(world, "draft_version", "1.900001")
    with pytest.raises(RuleViolation, match="Sửa đổi, bổ sung"):
        publish(world, ("new", "1.900001"))
    make_version("1.900001", number=3, valid_from=LONG_AGO)
    with pytest.raises(RuleViolation, match="mới hơn dự thảo"):
        publish(world, ("amended", "1.900001"))


def test_a_version_cannot_begin_before_the_one_it_amends(world):
    make_version("1.900001", valid_from=START + timedelta(days=1))
    with pytest.raises(RuleViolation, match="sau ngày hiệu lực"):
        publish(world, ("repealed", "1.900001"))


def test_an_amendment_of_an_ended_version_leaves_its_end_alone(world):
    old = make_version("1.900001", valid_to=TODAY - timedelta(days=100))
    act(world, "draft_version", "1.900001")
    publish(world, ("amended", "1.900001"))
    old.refresh_from_db()
    assert old.valid_to == TODAY - timedelta(days=100)
