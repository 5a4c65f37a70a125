"""Addresses for finding a procedure and following a dossier."""

from django.urls import path

from motcua.portal.views import catalogue, guide, language, offices, tracking

urlpatterns = [
    path("", catalogue.home, name="home"),
    path("thu-tuc/", catalogue.catalogue, name="catalogue"),
    path("thu-tuc/<str:code>/", catalogue.procedure, name="procedure"),
    path("thu-tuc/<str:code>/huong-dan/", guide.guide, name="guide"),
    path("noi-nop/", offices.offices, name="offices"),
    path("noi-nop/<int:pk>/", offices.office, name="office"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/lich/<str:token>/hen-tra-ket-qua.ics", tracking.calendar, name="calendar"),
    path("xac-minh/", tracking.verify, name="verify"),
    path("xac-minh/<str:token>/", tracking.verify_token, name="verify_token"),
    path("ngon-ngu/", language.language, name="language"),
    path("tro-giup/", catalogue.help_page, name="help"),
]
