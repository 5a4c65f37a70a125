"""Results sent by post: on their way, or come back and waiting at the counter."""

from django.db.models import Q, QuerySet

from motcua.core import store
from motcua.dossiers.models import Dossier, PostalItem
from motcua.dossiers.rules.states import DeliveryState, Status

# A dossier whose result the post brought back and nobody has fetched since.
WAITS_AGAIN = Q(status=Status.RETURNED.value, delivery_state=DeliveryState.CAME_BACK.value)
ON_THE_WAY = Q(status=Status.RETURNED.value, delivery_state=DeliveryState.IN_TRANSIT.value)


def is_on_the_way(dossier: Dossier) -> bool:
    """Whether the post has the result and nobody has said what became of it."""
    return dossier.status == Status.RETURNED and dossier.delivery_state == DeliveryState.IN_TRANSIT


def waits_again(dossier: Dossier) -> bool:
    """Whether the result came back by post and waits at the counter."""
    return dossier.status == Status.RETURNED and dossier.delivery_state == DeliveryState.CAME_BACK


def is_settled(dossier: Dossier) -> bool:
    """Whether nothing sent by post is still to be followed: neither on its way nor back at the counter."""
    return not (is_on_the_way(dossier) or waits_again(dossier))


def items_of(dossier: Dossier) -> list[PostalItem]:
    """All that was sent, the oldest first."""
    return sorted(store.find(PostalItem, dossier_id=dossier.pk), key=lambda one: one.pk)


def items_on_the_way(dossiers: QuerySet[Dossier]) -> QuerySet[PostalItem]:
    """What the post has of these dossiers, the oldest first."""
    rows = PostalItem.objects.filter(
        delivered_on=None, came_back_at=None, dossier__in=dossiers.filter(ON_THE_WAY)
    )
    return rows.select_related("dossier__version", "dossier__applicant").order_by("posted_at", "pk")
