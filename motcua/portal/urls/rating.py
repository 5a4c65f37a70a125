"""Addresses of rating and of surveys."""

from django.urls import path

from motcua.portal.views import kiosk, questionnaire, rating

urlpatterns = [
    path("danh-gia/", rating.start, name="rate_start"),
    path("danh-gia/cam-on/", rating.rated, name="rated"),
    path("danh-gia/ki-ot/<int:office>/", kiosk.start, name="kiosk"),
    path("danh-gia/ki-ot/<int:office>/cam-on/", kiosk.thanks, name="kiosk_thanks"),
    path("danh-gia/ki-ot/<int:office>/<str:token>/", kiosk.faces, name="kiosk_faces"),
    path("danh-gia/<str:token>/", rating.rate, name="rate"),
    path("khao-sat/cam-on/", questionnaire.answered, name="survey_answered"),
    path("khao-sat/<str:token>/", questionnaire.answer, name="survey"),
]
