"""Reads of feedback: who may see what, the register, what the public reads, what the sender reads."""

from motcua.feedback.queries.access import (
    access_attachment,
    access_feedback,
    choosable,
    hidden_from,
    may_open_file,
    sender_of,
    speaks_against,
    visible_to,
)
from motcua.feedback.queries.clock import Sheet, calendar_for, days_for, derivation_of, pauses_of, sheet
from motcua.feedback.queries.public import published, published_one, similar
from motcua.feedback.queries.register import Filter, acts_for, register, tabs
from motcua.feedback.queries.retention import feedback_of, old_senders
from motcua.feedback.queries.topics import agencies_to_choose, topic_by_code, topics_on
from motcua.feedback.queries.tracking import by_code, by_rate_token, rate_token, steps_said

__all__ = [
    "Filter",
    "Sheet",
    "access_attachment",
    "access_feedback",
    "acts_for",
    "agencies_to_choose",
    "by_code",
    "by_rate_token",
    "calendar_for",
    "choosable",
    "days_for",
    "derivation_of",
    "feedback_of",
    "hidden_from",
    "may_open_file",
    "old_senders",
    "pauses_of",
    "published",
    "published_one",
    "rate_token",
    "register",
    "sender_of",
    "sheet",
    "similar",
    "speaks_against",
    "steps_said",
    "tabs",
    "topic_by_code",
    "topics_on",
    "visible_to",
]
