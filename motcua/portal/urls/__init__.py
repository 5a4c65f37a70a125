"""Addresses of the citizen's site, one file a theme."""

from motcua.portal.urls import feedback, filing, find, held, mine, pay, privacy, queue, rating, sign_in, site

app_name = "portal"
urlpatterns = [
    *find.urlpatterns,
    *sign_in.urlpatterns,
    *filing.urlpatterns,
    *mine.urlpatterns,
    *pay.urlpatterns,
    *privacy.urlpatterns,
    *held.urlpatterns,
    *rating.urlpatterns,
    *queue.urlpatterns,
    *feedback.urlpatterns,
    *site.urlpatterns,
]
