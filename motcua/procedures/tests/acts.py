"""What the tests of acts share."""

from datetime import timedelta

from motcua.audit.models import Event
from motcua.procedures import actions
from motcua.procedures.actions import Decision, Item
from motcua.procedures.tests.conftest import AT, TODAY

DECISION = Decision("12/QĐ-UBND", TODAY, TODAY + timedelta(days=10), "UBND tỉnh Lam Sơn", received_on=TODAY)


START = DECISION.effective_on


def kinds(version) -> list[str]:
    rows = Event.objects.filter(chain=f"procedure/{version.procedure_id}").order_by("seq")
    return list(rows.values_list("kind", flat=True))


def act(world, name, *args, actor=None, **more):
    return getattr(actions, name)(*args, actor=actor or world.system, at=AT, **more)


def publish(world, *items, decision=DECISION, **more):
    return act(world, "publish", decision, [Item(*item) for item in items], **more)
