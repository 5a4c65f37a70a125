"""Addresses of filing online. `draft_pages` stands twice: for citizens here, for staff who help somebody in `assisting`."""

from django.urls import URLPattern, path

from motcua.portal.views.filing import drafts, pages, sending, uploads


def draft_pages(under: str) -> list[URLPattern]:
    """The pages of one draft below a path."""
    return [
        path(under, drafts.resume, name="file_resume"),
        path(under + "bo/", drafts.discard, name="file_discard"),
        path(under + "dung-lai/<int:dossier_id>/", drafts.reuse, name="file_reuse"),
        path(under + "buoc/<str:step>/", pages.step, name="file_step"),
        path(under + "buoc/<str:step>/luu/", pages.autosave, name="file_autosave"),
        path(under + "tep/", uploads.attach, name="file_attach"),
        path(under + "tep/<uuid:upload_id>/bo/", uploads.remove, name="file_remove"),
        path(under + "kho/<uuid:key>/", uploads.take, name="file_take_held"),
        path(under + "tai-len/", uploads.begin, name="file_upload_begin"),
        path(under + "tai-len/<uuid:upload_id>/", uploads.part, name="file_upload"),
        path(under + "tai-len/<uuid:upload_id>/xong/", uploads.finish, name="file_upload_finish"),
        path(under + "nop/", sending.submit, name="file_submit"),
        path(under + "da-nop/", sending.done, name="file_done"),
        path(under + "ban-sao/", sending.copy, name="file_copy"),
    ]


urlpatterns = [
    path("nop-ho-so/ban-nhap/", drafts.drafts, name="drafts"),
    path("nop-ho-so/<str:code>/", drafts.start, name="file_start"),
    *draft_pages("nop-ho-so/ban/<uuid:application_id>/"),
]
