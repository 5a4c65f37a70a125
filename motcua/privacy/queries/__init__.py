"""Reads of personal data: requests, what is held about one, what would be deleted, what is kept too long."""

from motcua.privacy.queries.access import (
    access_own,
    access_request,
    acts_of,
    agencies_to_choose,
    agency_for,
    derivation_of,
    may_open_proof,
    own_requests,
    proven_profile,
    queue,
    tabs,
    visible_to,
)
from motcua.privacy.queries.erasure import plan_of
from motcua.privacy.queries.mydata import Section, looks_at, sections_of
from motcua.privacy.queries.retention import (
    class_lines,
    due_count,
    history_of,
    lone_files,
    old_before,
    require_retention,
    rules_on,
)
from motcua.privacy.queries.subject import Subject, dossiers_about, subject_of, subject_of_request

__all__ = [
    "Section",
    "Subject",
    "access_own",
    "access_request",
    "acts_of",
    "agencies_to_choose",
    "agency_for",
    "class_lines",
    "derivation_of",
    "dossiers_about",
    "due_count",
    "history_of",
    "lone_files",
    "looks_at",
    "may_open_proof",
    "old_before",
    "own_requests",
    "plan_of",
    "proven_profile",
    "queue",
    "require_retention",
    "rules_on",
    "sections_of",
    "subject_of",
    "subject_of_request",
    "tabs",
    "visible_to",
]
