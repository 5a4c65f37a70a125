"""Addresses of a citizen's own data: see, download, correct, delete, consents."""

from django.urls import path

from motcua.portal.views import privacy

urlpatterns = [
    path("du-lieu-cua-toi/", privacy.my_data, name="my_data"),
    path("du-lieu-cua-toi/tai-ve/", privacy.download, name="my_data_download"),
    path("du-lieu-cua-toi/sua/", privacy.correct, name="my_data_correct"),
    path("du-lieu-cua-toi/xoa/", privacy.delete, name="my_data_delete"),
    path("du-lieu-cua-toi/dong-y/", privacy.consents, name="my_consents"),
    path("du-lieu-cua-toi/dong-y/<slug:purpose>/rut/", privacy.end_consent, name="my_consent_end"),
    path("du-lieu-cua-toi/yeu-cau/<int:pk>/", privacy.my_request, name="my_request"),
    path("du-lieu-cua-toi/yeu-cau/<int:pk>/rut/", privacy.take_back, name="my_request_back"),
]
