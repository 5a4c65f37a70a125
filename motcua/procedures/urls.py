"""Addresses of the catalogue's screens, below /danh-muc/."""

from django.urls import path

from motcua.procedures.views import catalogue, drafts, files, money, postings, processes, publication

app_name = "procedures"
urlpatterns = [
    path("", catalogue.listing, name="list"),
    path("moi/", catalogue.new, name="new"),
    path("don-vi/", catalogue.units, name="units"),
    path("don-vi/<int:pk>/", catalogue.settle, name="settle"),
    path("nhap/", files.take, name="import"),
    path("xuat/<slug:form>/", files.give, name="export"),
    path("thu-tuc/<str:code>/", catalogue.procedure, name="procedure"),
    path("thu-tuc/<str:code>/phien-ban/<int:number>/", catalogue.procedure, name="version"),
    path("thu-tuc/<str:code>/so-sanh/<int:old>/<int:new>/", catalogue.compare, name="compare"),
    path("thu-tuc/<str:code>/lap-du-thao/", catalogue.draft, name="draft_start"),
    path("thu-tuc/<str:code>/du-thao/", drafts.draft, name="draft"),
    path("thu-tuc/<str:code>/du-thao/thong-tin/", drafts.header, name="draft_header"),
    path("thu-tuc/<str:code>/du-thao/huy/", drafts.discard, name="draft_discard"),
    path("thu-tuc/<str:code>/du-thao/phan/<slug:part>/", drafts.part, name="draft_part"),
    path("thu-tuc/<str:code>/muc-thu/", money.add_fee, name="fee_add"),
    path("muc-thu/<int:pk>/ngung/", money.end_fee, name="fee_end"),
    path("thu-tuc/<str:code>/noi-thuc-hien/", money.add_offering, name="offering_add"),
    path("noi-thuc-hien/<int:pk>/ngung/", money.end_offering, name="offering_end"),
    path("cat-giam/", money.cuts, name="cuts"),
    path("cat-giam/<int:agency_id>/", money.cuts, name="cuts_of"),
    path("thu-tuc/<str:code>/quy-trinh/", processes.start, name="process_start"),
    path("quy-trinh/<int:pk>/", processes.process, name="process"),
    path("quy-trinh/<int:pk>/ban-hanh/", processes.publish, name="process_publish"),
    path("quy-trinh/<int:pk>/huy/", processes.discard, name="process_discard"),
    path("quy-trinh/<int:pk>/buoc/", processes.add_stage, name="stage_add"),
    path("quy-trinh/<int:pk>/buoc/<int:stage_pk>/", processes.edit_stage, name="stage_edit"),
    path("quy-trinh/<int:pk>/buoc/<int:stage_pk>/xoa/", processes.remove_stage, name="stage_remove"),
    path(
        "quy-trinh/<int:pk>/buoc/<int:stage_pk>/den/<int:position>/", processes.move_stage, name="stage_move"
    ),
    path("quy-trinh/<int:pk>/buoc/<int:stage_pk>/cong-viec/", processes.add_task, name="task_add"),
    path("quy-trinh/<int:pk>/cong-viec/<int:task_pk>/", processes.edit_task, name="task_edit"),
    path("quy-trinh/<int:pk>/cong-viec/<int:task_pk>/xoa/", processes.remove_task, name="task_remove"),
    path("cong-bo/", publication.listing, name="decisions"),
    path("cong-bo/moi/", publication.new, name="decision_new"),
    path("cong-bo/<int:pk>/", publication.decision, name="decision"),
    path("niem-yet/", postings.board, name="board"),
    path("niem-yet/moi/", postings.new_place, name="place_new"),
    path("niem-yet/<int:pk>/", postings.place, name="place"),
    path("niem-yet/<int:pk>/dang/", postings.post, name="post"),
    path("niem-yet/<int:pk>/bang.pdf", postings.board_pdf, name="board_pdf"),
    path("niem-yet/<int:pk>/ma-qr.pdf", postings.qr_pdf, name="qr_pdf"),
    path("niem-yet/go/<int:pk>/", postings.take_down, name="take_down"),
]
