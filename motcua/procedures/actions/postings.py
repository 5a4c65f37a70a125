"""Posting (niêm yết công khai): places, what is hung, what is taken down, by whom and when."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.queries import access_agency
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.core.errors import RuleViolation
from motcua.core.moments import legal_date
from motcua.core.text import nfc
from motcua.files.actions import store
from motcua.procedures.actions._guard import chain, require_in
from motcua.procedures.models import Posting, PostingPlace, ProcedureVersion
from motcua.procedures.queries.postings import access_place, access_posting


@transaction.atomic
def add_place(
    agency_id: int, kind: str, name: str, *, actor: User, at: datetime, valid_from: date | None = None
) -> PostingPlace:
    """A board, screen or page of an agency where procedures are posted."""
    agency = access_agency(agency_id)
    require_in(actor, Permission.POSTING_RECORD, agency, at)
    if not nfc(name) or kind not in PostingPlace.Kind.values:
        raise RuleViolation("Nhập tên nơi niêm yết và chọn loại.", field="name")
    day = valid_from or legal_date(at)
    place = PostingPlace.objects.create(agency=agency, kind=kind, name=nfc(name), valid_from=day)
    data = {"place": place.pk, "kind": kind, "name": place.name}
    append(f"agency/{agency.pk}", "posting.place_added", actor=actor, at=at, data=data)
    return place


@transaction.atomic
def end_place(place_id: int, last_day: date, *, actor: User, at: datetime) -> PostingPlace:
    """A place is no longer used after a day. What still hangs there must be taken down first."""
    place = access_place(place_id)
    require_in(actor, Permission.POSTING_RECORD, place.agency, at)
    if place.postings.filter(removed_at=None).exists():
        raise RuleViolation("Nơi này còn thủ tục đang niêm yết. Gỡ hết rồi mới ngừng sử dụng.")
    if last_day < place.valid_from:
        raise RuleViolation("Ngày ngừng trước ngày bắt đầu.", field="valid_to")
    place.valid_to = last_day
    place.save(update_fields=["valid_to"])
    data = {"place": place.pk, "until": last_day.isoformat()}
    append(f"agency/{place.agency_id}", "posting.place_ended", actor=actor, at=at, data=data)
    return place


@transaction.atomic
def post_versions(
    place_id: int,
    version_ids: Sequence[int],
    *,
    actor: User,
    at: datetime,
    photo: "UploadedFile[bytes] | None" = None,
) -> list[Posting]:
    """Record that versions hang at a place from now on, with a photograph when there is one.

    Those that hang already are left; an older version of the same procedure that still hangs there counts as taken down
    by the same act. Raises RuleViolation for a draft or an ended one, or for a file that cannot be taken.
    """
    place = access_place(place_id)
    require_in(actor, Permission.POSTING_RECORD, place.agency, at)
    versions = _to_post(place, version_ids, legal_date(at))
    older = Posting.objects.filter(
        place=place, removed_at=None, version__procedure__in=[version.procedure_id for version in versions]
    )
    older.exclude(version__in=versions).update(removed_at=at, removed_by=actor)
    photo_id = store(photo, actor=actor, at=at, personal=False).pk if photo else None
    rows = Posting.objects.bulk_create(
        Posting(place=place, version=version, posted_at=at, posted_by=actor, photo_file_id=photo_id)
        for version in versions
    )
    for version in versions:
        data = {"place": place.pk, "version": version.number, "photo": photo_id}
        append(chain(version.procedure_id), "procedure.posted", actor=actor, at=at, data=data)
    return rows


def _to_post(place: PostingPlace, version_ids: Sequence[int], day: date) -> list[ProcedureVersion]:
    """Those of the versions that do not hang at the place yet. Raises RuleViolation for one that may not hang."""
    hanging = Posting.objects.filter(place=place, removed_at=None, version_id__in=version_ids)
    rows = ProcedureVersion.objects.filter(pk__in=version_ids).exclude(pk__in=hanging.values("version_id"))
    versions = list(rows.select_related("procedure"))
    for version in versions:
        if version.status == ProcedureVersion.Status.DRAFT or (version.valid_to and version.valid_to < day):
            raise RuleViolation(
                f"Phiên bản {version.number} của {version.procedure.code} không có hiệu lực, không niêm yết."
            )
    return versions


@transaction.atomic
def remove_posting(posting_id: int, *, actor: User, at: datetime) -> Posting:
    """Record that a posting has been taken down. Raises RuleViolation when it was already."""
    posting = access_posting(posting_id)
    require_in(actor, Permission.POSTING_RECORD, posting.place.agency, at)
    if posting.removed_at is not None:
        raise RuleViolation("Thủ tục này đã được gỡ trước đó.")
    posting.removed_at, posting.removed_by = at, actor
    posting.save(update_fields=["removed_at", "removed_by"])
    data = {"place": posting.place_id, "version": posting.version.number}
    append(chain(posting.version.procedure_id), "procedure.taken_down", actor=actor, at=at, data=data)
    return posting
