"""Addresses of a person's store and of verifying results."""

from django.urls import path

from motcua.portal.views import held

urlpatterns = [
    path("kho-giay-to/", held.store, name="held"),
    path("kho-giay-to/<uuid:key>/", held.paper, name="held_paper"),
    path("kho-giay-to/<uuid:key>/tep/", held.download, name="held_file"),
    path("kho-giay-to/<uuid:key>/chia-se/<int:pk>/thoi/", held.end_share, name="held_share_end"),
    path("giay-to-chia-se/<str:secret>/", held.shared, name="held_shared"),
    path("giay-to-chia-se/<str:secret>/tep/", held.shared_file, name="held_shared_file"),
]
