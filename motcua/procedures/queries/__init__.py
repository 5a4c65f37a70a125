"""Reads of the catalogue."""

from motcua.procedures.queries.fees import fee_lines, schedule
from motcua.procedures.queries.limits import Limits, limit_for
from motcua.procedures.queries.processes import (
    Where,
    access_process,
    access_stage,
    access_task,
    process_for,
    processes_of,
    resolve_agency,
    resolve_places,
    stages_of,
    with_stages,
)
from motcua.procedures.queries.versions import (
    access_procedure,
    access_version,
    catalogue_list,
    in_force_at,
    is_code,
    latest_version,
    offered_at,
    offered_by,
    offering_of,
    offerings_at,
    resolving_agencies,
    search,
    unsettled_limits,
    version_in_force,
    versions_of,
    whole,
)
from motcua.procedures.rules.limits import describe

__all__ = [
    "Limits", "Where", "access_procedure", "access_process", "access_stage", "access_task", "access_version", "catalogue_list", "describe", "fee_lines",
    "in_force_at", "is_code", "latest_version", "limit_for", "offered_at", "offered_by", "offering_of", "offerings_at", "process_for",
    "processes_of", "resolve_agency", "resolve_places", "resolving_agencies", "schedule", "search", "stages_of",
    "unsettled_limits", "version_in_force", "versions_of", "whole", "with_stages",
]  # fmt: skip
