"""Addresses for staff who help somebody to file online. The pages of a draft are the citizens' own: a second instance of
"portal", so that their links stay among these. "drafts" is where one comes back to between two filings. They lie below `holdings:assist`, where a
visit begins, so that the menu shows where one is.
"""

from django.urls import path

from motcua.portal.urls.filing import draft_pages
from motcua.portal.views.filing import assisting

app_name = "portal"
urlpatterns = [
    path("", assisting.visit, name="drafts"),
    path("ma/", assisting.send, name="visit_send"),
    path("xac-nhan/", assisting.confirm, name="visit_confirm"),
    path("ket-thuc/", assisting.end, name="visit_end"),
    path("nop/<str:code>/", assisting.start, name="file_start"),
    *draft_pages("ban/<uuid:application_id>/"),
]
