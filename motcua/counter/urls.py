"""Addresses of the counter."""

from django.urls import path

from motcua.counter import views

app_name = "counter"
urlpatterns = [
    path("", views.receive, name="receive"),
    path("bo-phan/", views.office, name="office"),
    path("thu-tuc/", views.procedures, name="procedures"),
    path("thu-tuc/<int:offering_id>/", views.sheet, name="sheet"),
    path("tam-tinh/", views.preview, name="preview"),
    path("the-can-cuoc/", views.card, name="card"),
    path("nguoi/", views.person, name="person"),
    path("da-nhan/<int:dossier_id>/", views.received, name="received"),
    path("cho-tiep-nhan/", views.waiting, name="waiting"),
    path("cho-tiep-nhan/tiep-theo/", views.next_waiting, name="next_waiting"),
    path("cho-tiep-nhan/<int:dossier_id>/", views.check, name="check"),
    path("cho-tiep-nhan/<int:dossier_id>/nhan/", views.take, name="take"),
    path("cho-tiep-nhan/<int:dossier_id>/giao/", views.give, name="give"),
    path("ban-giao/", views.hand_over, name="hand_over"),
    path("ban-giao/<int:handover_id>/", views.handed_over, name="handed_over"),
    path("ban-giao/<int:handover_id>/ky-nhan/", views.sign_list, name="sign_list"),
    path("ban-giao/<int:handover_id>/danh-sach.pdf", views.handover_list, name="handover_list"),
    path("tra-ket-qua/", views.return_desk, name="return_desk"),
    path("tra-ket-qua/<int:dossier_id>/", views.return_one, name="return_one"),
    path("so-thu-tu/cho/", views.queue_waiting, name="queue_waiting"),
    path("so-thu-tu/quay/", views.queue_desk, name="queue_desk"),
    path("so-thu-tu/goi/", views.queue_next, name="queue_next"),
    path("so-thu-tu/<int:ticket_id>/<slug:act>/", views.queue_act, name="queue_act"),
    path("so-theo-doi/", views.register, name="register"),
    path("so-theo-doi/<int:year>.pdf", views.register_pdf, name="register_pdf"),
    path("so-theo-doi/<int:year>.xlsx", views.register_xlsx, name="register_xlsx"),
]
