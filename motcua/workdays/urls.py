from django.urls import path

from motcua.workdays import views

app_name = "workdays"
urlpatterns = [
    path("", views.index, name="index"),
    path("nap/", views.load, name="load"),
    path("thu-tinh-han/", views.try_clock, name="clock"),
    path("cong-bo/<int:year>/", views.announce, name="announce"),
    path("<int:agency_id>/nam/<int:year>/", views.year, name="year"),
    path("<int:agency_id>/ca-lam-viec/", views.sessions, name="sessions"),
    path("<int:agency_id>/ngay/them/", views.add_day, name="add_day"),
    path("ngay/<int:pk>/", views.edit_day, name="edit_day"),
    path("ngay/<int:pk>/bo/", views.remove_day, name="remove_day"),
]
