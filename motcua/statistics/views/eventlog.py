"""The event log behind the page that says where the time goes, handed out piece by piece."""

from django.contrib.auth.decorators import login_required
from django.http import StreamingHttpResponse
from django.views.decorators.http import require_POST

from motcua.agencies.web import StaffRequest
from motcua.core.errors import NotFound
from motcua.statistics.actions.lake import announce_eventlog
from motcua.statistics.output.eventlog import TYPES, write
from motcua.statistics.queries.eventlog import log_name, traces
from motcua.statistics.views.asking import question


@login_required
@require_POST
def eventlog(request: StaffRequest, kind: str) -> StreamingHttpResponse:
    """The histories of the dossiers resolved in a period, without personal data; who took them is logged."""
    asked = question(request)
    if asked.scope is None:
        raise NotFound("Không có nhật ký này.")
    scope, window = asked.scope, asked.choice.window
    pieces = write(traces(scope, window, at=asked.at), kind, name=log_name(scope.agency, window))
    announce_eventlog(scope, window=window.name, kind=kind, actor=request.user, at=asked.at)
    name = f"nhat-ky-{scope.agency.code.replace('.', '')}-{window.start:%Y%m%d}-{window.end:%Y%m%d}.{kind}".lower()
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(pieces, content_type=TYPES[kind], headers=headers)
