"""What tests of the board and of the page of times share."""

from datetime import timedelta

import time_machine

from motcua.dossiers import actions
from motcua.dossiers.testing import in_review, moment


def page(client, user, url, *, days: float = 8, status: int = 200, **query) -> str:
    client.force_login(user)
    with time_machine.travel(moment(days=days), tick=False):
        answer = client.get(url, query)
    assert answer.status_code == status
    return answer.content.decode()


def refused(world, **at):
    dossier = in_review(world, at=moment())
    actions.refuse(
        dossier.pk,
        reason="Không",
        legal_basis="Điều 1",
        late_cause="partner",
        actor=world.boss,
        at=moment(**at),
    )
    return dossier


def finish(world, hours: float, at):
    """A dossier whose review takes so long."""
    dossier = in_review(world, at=at)
    task = dossier.tasks.get(stage=1)
    actions.complete_task(task.pk, actor=world.officer, at=at + timedelta(hours=hours))
    actions.sign_result(dossier.pk, number="1/GCN", actor=world.boss, at=at + timedelta(hours=hours + 0.5))
    actions.mark_ready(dossier.pk, actor=world.clerk, at=at + timedelta(hours=hours + 1))
