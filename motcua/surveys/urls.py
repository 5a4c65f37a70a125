"""Addresses of `surveys`: ratings, questionnaires, surveys."""

from django.urls import path

from motcua.surveys.views import entry, questionnaires, ratings, results, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.surveys, name="surveys"),
    path("danh-gia/", ratings.ratings, name="ratings"),
    path("danh-gia/phieu/", ratings.ballots, name="ballots"),
    path("danh-gia/tep/", ratings.file, name="ratings_file"),
    path("ki-ot/", ratings.kiosks, name="kiosks"),
    path("bo-cau-hoi/", questionnaires.questionnaires, name="questionnaires"),
    path("bo-cau-hoi/moi/", questionnaires.new, name="questionnaire_new"),
    path("bo-cau-hoi/<int:pk>/", questionnaires.version, name="version"),
    path("bo-cau-hoi/<int:pk>/ban-hanh/", questionnaires.publish, name="version_publish"),
    path("bo-cau-hoi/<int:pk>/phien-ban-moi/", questionnaires.draft, name="version_draft"),
    path("bo-cau-hoi/<int:pk>/phan/", questionnaires.section, name="section_new"),
    path("bo-cau-hoi/<int:pk>/phan/<slug:code>/", questionnaires.section, name="section"),
    path("bo-cau-hoi/<int:pk>/phan/<slug:section>/cau/", questionnaires.question, name="question_new"),
    path(
        "bo-cau-hoi/<int:pk>/phan/<slug:section>/cau/<slug:code>/", questionnaires.question, name="question"
    ),
    path("bo-cau-hoi/<int:pk>/bo/<slug:code>/", questionnaires.remove, name="version_remove"),
    path("moi/", surveys.new, name="survey_new"),
    path("<int:pk>/", surveys.survey, name="survey"),
    path("<int:pk>/boc-mau/", surveys.sample, name="sample"),
    path("<int:pk>/mo/", surveys.open_, name="open"),
    path("<int:pk>/dong/", surveys.close, name="close"),
    path("<int:pk>/dien-thoai/", entry.phones, name="phones"),
    path("dien-thoai/<int:pk>/", entry.phone, name="phone"),
    path("dien-thoai/<int:pk>/khong-tra-loi/", entry.unreached, name="unreached"),
    path("<int:pk>/phieu-giay/", entry.sheets, name="sheets"),
    path("<int:pk>/phieu-giay/nhap/", entry.sheet, name="sheet"),
    path("phieu-giay/<int:pk>/thong-nhat/", entry.settle, name="settle"),
    path("<int:pk>/ket-qua/", results.outcome, name="outcome"),
    path("<int:pk>/ket-qua/phieu/", results.rows, name="rows"),
    path("<int:pk>/ket-qua/tep/<slug:kind>/", results.file, name="results_file"),
]
