"""Addresses of reports."""

from django.urls import path

from motcua.statistics import views
from motcua.statistics.views import dashboard, kept, opendata, signals

app_name = "statistics"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("chi-tieu/", views.figures, name="figures"),
    path("mau/", views.templates, name="templates"),
    path("mau/moi/", views.create, name="template_new"),
    path("mau/<int:pk>/", views.template, name="template"),
    path("mau/<int:pk>/ket-thuc/", views.end, name="template_end"),
    path("mau/cot/<int:pk>/bo/", views.remove_column, name="column_remove"),
    path("bieu/<slug:code>/", views.report, name="report"),
    path("bieu/<slug:code>/tai-ve/<slug:kind>/", views.download, name="download"),
    path("bieu/<slug:code>/ho-so/<slug:figure>/", views.dossiers, name="dossiers"),
    path("bieu/<slug:code>/chot/", kept.freeze, name="freeze"),
    path("bieu/<slug:code>/tinh-hinh/", kept.reporting, name="reporting"),
    path("da-chot/", kept.kept_reports, name="kept_reports"),
    path("da-chot/<int:pk>/", kept.kept, name="kept"),
    path("da-chot/<int:pk>/tai-ve/<slug:kind>/", kept.kept_file, name="kept_file"),
    path("da-chot/<int:pk>/ky/", kept.sign, name="kept_sign"),
    path("da-chot/<int:pk>/gui/", kept.send, name="kept_send"),
    path("da-chot/<int:pk>/dieu-chinh/", kept.amend, name="kept_amend"),
    path("dau-hieu/", signals.register, name="signals"),
    path("dau-hieu/<slug:code>/", signals.signal, name="signal"),
    path("bang-dieu-hanh/", dashboard.dashboard, name="dashboard"),
    path("bang-dieu-hanh/ho-so/<slug:figure>/", dashboard.dossiers, name="behind"),
    path("bang-dieu-hanh/dang-lam/", dashboard.open_work, name="open_work"),
    path("bang-dieu-hanh/thoi-gian/", dashboard.stages, name="stages"),
    path("du-lieu-mo/", opendata.months, name="opendata"),
    path("du-lieu-mo/<str:month>/", opendata.months, name="opendata_month"),
    path("du-lieu-mo/<str:month>/tai-ve/<slug:kind>/", opendata.download, name="opendata_file"),
    path("du-lieu-mo/<str:month>/<int:agency_id>/", opendata.agency, name="opendata_agency"),
    path(
        "du-lieu-mo/<str:month>/<int:agency_id>/tai-ve/<slug:kind>/",
        opendata.download,
        name="opendata_agency_file",
    ),
]
