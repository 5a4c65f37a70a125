"""Files of a draft: by a plain form, or in parts by the script of the page. What the script asks is answered in JSON."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core.errors import RuleViolation
from motcua.core.moments import now
from motcua.filing import actions, queries
from motcua.filing.rules.chunks import PART_BYTES, Fate
from motcua.filing.rules.steps import PAPERS
from motcua.portal.throttle import FILES, Turns
from motcua.portal.views.filing.posted import number
from motcua.portal.web import CitizenRequest, answers_in_json, filer_required, goes_to


@filer_required
@require_POST
def attach(request: CitizenRequest, application_id: UUID) -> HttpResponse:
    """Files chosen on the page of papers, whole; works without any script."""
    Turns(request, FILES).take()
    slot = request.POST.get("slot", "")
    queries.access_draft(request.user, application_id, now())
    files = request.FILES.getlist("file")
    if not files:
        raise RuleViolation("Chưa chọn tệp. Quay lại, chọn tệp hoặc chụp ảnh rồi bấm Tải lên.")
    for file in files:
        actions.attach(application_id, slot, file, actor=request.user, at=now())
    return goes_to(request, "file_step", application_id, PAPERS)


@filer_required
@require_POST
def take(request: CitizenRequest, application_id: UUID, key: UUID) -> HttpResponse:
    """Use a paper of one's own store."""
    slot = request.POST.get("slot", "")
    actions.take_held(application_id, slot, key, actor=request.user, at=now())
    return goes_to(request, "file_step", application_id, PAPERS)


@filer_required
@require_POST
def remove(request: CitizenRequest, application_id: UUID, upload_id: UUID) -> HttpResponse:
    """Take a file out."""
    actions.remove_upload(application_id, upload_id, actor=request.user, at=now())
    return goes_to(request, "file_step", application_id, PAPERS)


@filer_required
@answers_in_json
@require_POST
def begin(request: CitizenRequest, application_id: UUID) -> JsonResponse:
    """Announce a file that comes in parts; the same file goes on where it stopped."""
    Turns(request, FILES).take()
    asked = request.POST
    size, mark = number(asked.get("size", "")), asked.get("sha256", "")
    upload = actions.begin_upload(
        application_id,
        asked.get("slot", ""),
        asked.get("name", "")[:300],
        size,
        mark,
        actor=request.user,
        at=now(),
    )
    return JsonResponse(_state(upload) | {"part": PART_BYTES})


@filer_required
@answers_in_json
@require_http_methods(["GET", "PUT"])
def part(request: CitizenRequest, application_id: UUID, upload_id: UUID) -> JsonResponse:
    """GET: where to go on. PUT: one part, with its offset and hash in the headers. 409: it would leave a hole."""
    if request.method == "GET":
        return JsonResponse(_state(queries.access_upload(request.user, application_id, upload_id, now())))
    Turns(request, FILES).take()
    upload, fate = actions.add_part(
        application_id,
        upload_id,
        offset=number(request.headers.get("Upload-Offset", "")),
        content=request.body,
        sha256=request.headers.get("Upload-Sha256", ""),
        actor=request.user,
        at=now(),
    )
    return JsonResponse(_state(upload), status=409 if fate is Fate.GAP else 200)


@filer_required
@answers_in_json
@require_POST
def finish(request: CitizenRequest, application_id: UUID, upload_id: UUID) -> JsonResponse:
    """All parts are here: check, clean and keep the file."""
    found = actions.finish_upload(application_id, upload_id, actor=request.user, at=now())
    if found.upload is None:
        return JsonResponse({"message": found.refusal, "gone": True}, status=422)
    return JsonResponse(_state(found.upload))


def _state(upload: Any) -> dict[str, Any]:
    return {
        "id": str(upload.pk),
        "offset": upload.received,
        "size": upload.size,
        "name": upload.name,
        "state": upload.state,
    }
