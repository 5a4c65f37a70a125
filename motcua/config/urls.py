"""The whole map of addresses: each app owns its own part."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("motcua.accounts.urls")),
    path("quay/", include("motcua.counter.urls")),
    path("ho-so/", include("motcua.dossiers.urls")),
    path("bao-cao/", include("motcua.statistics.urls")),
    path("danh-muc/", include("motcua.procedures.urls")),
    path("lich-lam-viec/", include("motcua.workdays.urls")),
    path("co-quan/", include("motcua.agencies.urls")),
    path("thu-phi/", include("motcua.payments.urls")),
    path("nhat-ky/", include("motcua.audit.urls")),
    path("tep/", include("motcua.files.urls")),
    path("thong-bao/", include("motcua.notifications.urls")),
    path("to-khai/", include("motcua.eforms.urls")),
    path("kho-du-lieu/lap-ho/truc-tuyen/", include("motcua.portal.urls.assisting", namespace="assisting")),
    path("kho-du-lieu/", include("motcua.holdings.urls")),
    path("nop-truc-tuyen/", include("motcua.filing.urls")),
    path("xu-ly-phan-anh/", include("motcua.feedback.urls")),
    path("quan-ly-khao-sat/", include("motcua.surveys.urls")),
    path("hang-cho/", include("motcua.tickets.urls")),
    path("du-lieu-ca-nhan/", include("motcua.privacy.urls")),
    path("tin-bai/", include("motcua.news.urls")),
    path("api/", include("motcua.api.urls")),
    # Last, because every other address would be held against each of their hundred first. None is shared.
    path("", include("motcua.core.urls")),
    path("", include("motcua.portal.urls")),
]
if settings.DEMONSTRATION.exists():
    urlpatterns.append(path("minh-hoa/", include("motcua.scenarios.urls")))
handler404 = "motcua.core.views.not_found"
handler500 = "motcua.core.views.server_error"
handler403 = "motcua.core.views.forbidden"
handler400 = "motcua.core.views.bad_request"
