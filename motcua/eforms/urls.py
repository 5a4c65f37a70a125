"""Addresses of `eforms`."""

from django.urls import path

from motcua.eforms.views import forms, layout, office, parts, trial, units, words

app_name = "eforms"
urlpatterns = [
    path("", forms.listing, name="list"),
    path("moi/", forms.new, name="new"),
    path("nhap-tep/", forms.take, name="import"),
    path("dia-danh/", units.units, name="units"),
    path("<slug:code>/", forms.one, name="form"),
    path("<slug:code>/du-thao/", forms.draft, name="draft"),
    path("<slug:code>/du-thao/huy/", forms.discard, name="discard"),
    path("<slug:code>/du-thao/ban-hanh/", forms.publish, name="publish"),
    path("<slug:code>/du-thao/chung/", parts.header, name="header"),
    path("<slug:code>/du-thao/mau-in/", layout.layout, name="layout"),
    path("<slug:code>/du-thao/kiem-tra/", parts.check, name="check"),
    path("<slug:code>/du-thao/muc/", parts.section, name="section_new"),
    path("<slug:code>/du-thao/muc/<slug:key>/", parts.section, name="section"),
    path("<slug:code>/du-thao/them/<str:place>/<slug:type_>/", parts.field_new, name="field_new"),
    path("<slug:code>/du-thao/truong/<str:path>/", parts.field, name="field"),
    path("<slug:code>/du-thao/bo/<str:path>/", parts.remove, name="remove"),
    path("<slug:code>/du-thao/chuyen/<str:path>/<slug:step>/", parts.move, name="move"),
    path("<slug:code>/thoi-dung/<int:binding>/", forms.unbind, name="unbind"),
    path("<slug:code>/<int:number>/", forms.version, name="version"),
    path("<slug:code>/<int:number>/tep/", forms.give, name="export"),
    path("<slug:code>/<int:number>/tieng-anh/", words.words, name="words"),
    path("<slug:code>/<int:number>/gan/", forms.bind, name="bind"),
    path("<slug:code>/<int:number>/thu/", trial.trial, name="trial"),
    path("<slug:code>/<int:number>/thu-co-quan/", office.office, name="trial_office"),
    path("<slug:code>/<int:number>/thu/<slug:key>/", trial.trial, name="trial_section"),
    path("<slug:code>/<int:number>/in-thu/", trial.pdf, name="trial_pdf"),
]
