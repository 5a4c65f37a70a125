"""Tables of ratings and surveys."""

from motcua.surveys.models.ratings import Ballot, RatingCall, SpentRight, Topic
from motcua.surveys.models.surveys import (
    Invitee,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    Sheet,
    Stratum,
    Survey,
)

__all__ = [
    "Ballot", "Invitee", "Questionnaire", "QuestionnaireVersion", "RatingCall", "Response", "Sheet", "SpentRight", "Stratum", "Survey",
    "Topic",
]  # fmt: skip
