"""Addresses of one's own dossiers: state, corrections, messages."""

from django.urls import path

from motcua.portal.views import mine

urlpatterns = [
    path("ho-so-cua-toi/", mine.mine, name="mine"),
    path("ho-so-cua-toi/<int:dossier_id>/", mine.dossier, name="mine_dossier"),
    path("ho-so-cua-toi/<int:dossier_id>/bo-sung/", mine.reply, name="mine_reply"),
    path("ho-so-cua-toi/<int:dossier_id>/tin-nhan/", mine.messages, name="mine_messages"),
    path(
        "ho-so-cua-toi/<int:dossier_id>/tin-nhan/tep/<int:file_id>/",
        mine.message_file,
        name="mine_message_file",
    ),
    path("ho-so-cua-toi/<int:dossier_id>/rut/", mine.withdraw, name="mine_withdraw"),
    path("ho-so-cua-toi/<int:dossier_id>/khong-rut/", mine.cancel_withdrawal, name="mine_keep"),
    path("ho-so-cua-toi/<int:dossier_id>/phieu/<int:notice_id>.pdf", mine.notice_pdf, name="mine_notice"),
    path("ho-so-cua-toi/<int:dossier_id>/ket-qua/<int:result_id>/", mine.result_file, name="mine_result"),
    path("ho-so-cua-toi/<int:dossier_id>/giay-to/<int:paper_id>/", mine.paper_file, name="mine_paper"),
    path("ho-so-cua-toi/<int:dossier_id>/to-khai.pdf", mine.application_pdf, name="mine_application"),
]
