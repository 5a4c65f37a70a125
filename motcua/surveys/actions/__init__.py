"""Acts on ratings and surveys."""

from motcua.surveys.actions.answers import (
    answer_by_phone,
    answer_invitation,
    mark_unreached,
    settle_sheet,
    type_sheet,
)
from motcua.surveys.actions.calls import call_for_ratings
from motcua.surveys.actions.questionnaires import (
    change_questionnaire,
    create_questionnaire,
    draft_questionnaire,
    publish_questionnaire,
)
from motcua.surveys.actions.ratings import install_topics, rate, release_ballots
from motcua.surveys.actions.surveys import Plan, close_survey, open_survey, plan_survey, sample_survey

__all__ = [
    "Plan", "answer_by_phone", "answer_invitation", "call_for_ratings", "change_questionnaire", "close_survey", "create_questionnaire",
    "draft_questionnaire", "install_topics", "mark_unreached", "open_survey", "plan_survey", "publish_questionnaire", "rate",
    "release_ballots", "sample_survey", "settle_sheet", "type_sheet",
]  # fmt: skip
