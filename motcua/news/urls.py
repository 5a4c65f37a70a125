"""Addresses of the editors' screens, below /tin-bai/."""

from django.urls import path

from motcua.news import views

app_name = "news"
urlpatterns = [
    path("", views.articles, name="articles"),
    path("moi/", views.new_article, name="article_new"),
    path("<int:pk>/", views.article, name="article"),
    path("<int:pk>/sua/", views.edit_article, name="article_edit"),
    path("<int:pk>/anh/", views.picture, name="article_picture"),
    path("<int:pk>/dang/", views.publish_article, name="article_publish"),
    path("<int:pk>/go/", views.withdraw_article, name="article_withdraw"),
    path("cong-khai/", views.boards, name="boards"),
    path("cong-khai/<slug:slug>/moi/", views.new_document, name="document_new"),
    path("tai-lieu/<int:pk>/", views.document, name="document"),
    path("tai-lieu/<int:pk>/sua/", views.edit_document, name="document_edit"),
    path("tai-lieu/<int:pk>/tep/", views.document_file, name="document_file"),
    path("tai-lieu/<int:pk>/cong-khai/", views.publish_document, name="document_publish"),
    path("tai-lieu/<int:pk>/go/", views.remove_document, name="document_remove"),
]
