"""Addresses of the officers' and leaders' pages."""

from django.urls import path

from motcua.dossiers import views
from motcua.dossiers.views import demands

app_name = "dossiers"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("hang-loat/", views.batch, name="batch"),
    path("bo-loc/", views.saved_filters, name="saved_filters"),
    path("bo-loc/luu/", views.save_filter, name="save_filter"),
    path("cot/", views.columns, name="columns"),
    path("mau/", views.replies, name="replies"),
    path("mau/moi/", views.reply_new, name="reply_new"),
    path("mau/<int:reply_id>/", views.reply, name="reply"),
    path("mau/<int:reply_id>/xoa/", views.reply_drop, name="reply_drop"),
    path("ly-do/", views.reasons, name="reasons"),
    path("ly-do/moi/", views.reason_new, name="reason_new"),
    path("ly-do/<int:reason_id>/", views.reason, name="reason"),
    path("cong-chuc/", views.officers, name="officers"),
    path("tim/", views.search, name="search"),
    path("tinh-lai-han/", views.reproject, name="reproject"),
    path("lanh-dao/", views.leader, name="leader"),
    path("lanh-dao/ky/", views.sign_batch, name="sign_batch"),
    path("<int:dossier_id>/", views.dossier, name="dossier"),
    path("<int:dossier_id>/them/", views.more, name="more"),
    path("<int:dossier_id>/nguoi/", views.reveal, name="reveal"),
    path("<int:dossier_id>/cach-tinh/", views.derivation, name="derivation"),
    path("<int:dossier_id>/viec/<slug:code>/", views.act, name="act"),
    path("<int:dossier_id>/thu-them/", demands.demand_fee, name="demand_fee"),
    path("<int:dossier_id>/trao-doi/", views.message, name="message"),
    path("<int:dossier_id>/trao-doi/tep/<int:file_id>/", views.message_file, name="message_file"),
    path("<int:dossier_id>/to-khai.pdf", views.application_pdf, name="application_pdf"),
    path("<int:dossier_id>/giay-to/<int:paper_id>/", views.scan, name="scan"),
    path("<int:dossier_id>/giay-to/<int:paper_id>/ban-quet/", views.scan_file, name="scan_file"),
    path("<int:dossier_id>/phieu/<int:notice_id>.pdf", views.notice_pdf, name="notice_pdf"),
    path("<int:dossier_id>/phieu-kiem-soat.pdf", views.control_slip, name="control_slip"),
    path("<int:dossier_id>/ket-qua/<int:result_id>/", views.result_file, name="result_file"),
    path("<int:dossier_id>/ket-qua/<int:result_id>.pdf", views.result_pdf, name="result_pdf"),
]
