"""Copying a version under the next number, and saving one with what is worked out from it."""

from typing import Any

from django.db.models import Max

from motcua.procedures.actions._building import copy_of
from motcua.procedures.models import ChannelRule, LegalBasis, Paper, ProcedureVersion, ResultType
from motcua.procedures.queries.facts import facts_of, with_parts
from motcua.procedures.queries.versions import search_text_of
from motcua.procedures.rules.facts import content_hash

Status = ProcedureVersion.Status
PARTS: dict[str, Any] = {
    "channels": ChannelRule,
    "papers": Paper,
    "results": ResultType,
    "legal_bases": LegalBasis,
}


def next_version(before: ProcedureVersion, **changes: Any) -> ProcedureVersion:
    """A copy of a version with the next number, its parts and its levels; a draft unless `changes` say otherwise."""
    number = before.procedure.versions.aggregate(last=Max("number"))["last"] + 1
    fixed = {"number": number, "status": Status.DRAFT, "valid_from": None, "valid_to": None, **changes}
    version: ProcedureVersion = copy_of(before, None)
    for name, value in fixed.items():
        setattr(version, name, value)
    version.save()
    for name, model in PARTS.items():
        rows = [copy_of(row, None) for row in getattr(before, name).all()]
        for row in rows:
            row.version = version
        model.objects.bulk_create(rows)
    version.levels.set(before.levels.all())
    version.related.set(before.related.all())
    return version


def save_version(version: ProcedureVersion) -> None:
    """Save a version with its search text and its hash."""
    version.search_text = search_text_of(
        version.procedure.code, version.name, version.field.name, version.keywords
    )
    version.save()
    version.content_hash = hash_of(version)
    version.save(update_fields=["content_hash"])


def hash_of(version: ProcedureVersion) -> str:
    """The hash of what files know of a version."""
    return content_hash(facts_of(with_parts([version])[0]))
