from django.urls import path

from motcua.core import views

app_name = "core"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("bat-dau/", views.start, name="start"),
    path("lenh.json", views.palette, name="palette"),
    path("mau-giao-dien/", views.styleguide, name="styleguide"),
]
