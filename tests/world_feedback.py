"""Feedback of the cast: about a rule, received, answered, published; one that another programme sent in."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.api.actions import create_key, post_request
from motcua.dossiers.testing import World
from motcua.feedback.testing import Hall, accepted, answered, data, published


def add_feedback(
    things: dict[str, Any],
    world: World,
    neighbour: Agency,
    *,
    keeper: User,
    handler: User,
    admin: User,
    at: datetime,
) -> None:
    """What the pages of feedback open."""
    hall, rule = Hall(world, keeper, handler, neighbour), {"topic": "vuong-mac"}
    soon = timedelta(hours=5)
    things["feedback"] = accepted(hall, at=at, **rule)
    things["feedback_answered"] = answered(hall, at=at, later=soon, **rule)
    things["feedback_published"] = published(hall, at=at, later=soon, **rule)
    key, _ = create_key("Ứng dụng của tỉnh", world.commune, actor=admin, at=at)
    made = data(hall, channel="api", key=uuid.UUID(int=311), **rule)
    things["feedback_posted"] = post_request(key, made, actor=None, at=at).feedback
