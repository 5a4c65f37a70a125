"""Addresses of `feedback`."""

from django.urls import path

from motcua.feedback.views import acting, publishing, register

app_name = "feedback"
urlpatterns = [
    path("", register.register, name="register"),
    path("tep.csv", register.export, name="export"),
    path("moi/", register.new, name="new"),
    path("bien-nhan/", register.receipt, name="receipt"),
    path("<int:feedback_id>/", register.item, name="item"),
    path("<int:feedback_id>/nguoi-gui/", register.sender, name="sender"),
    path("<int:feedback_id>/viec/<str:act>/", acting.act, name="act"),
    path("<int:feedback_id>/cong-khai/", publishing.publish, name="publish"),
]
