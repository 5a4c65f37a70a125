"""Addresses of news, of the locality's boards, of the search over everything."""

from django.urls import path

from motcua.portal.views import boards, news, search

urlpatterns = [
    path("tim-kiem/", search.search, name="search"),
    path("tin-tuc/", news.news, name="news"),
    path("tin-tuc/rss.xml", news.feed, {"form": "rss"}, name="news_rss"),
    path("tin-tuc/atom.xml", news.feed, {"form": "atom"}, name="news_atom"),
    path("tin-tuc/<int:pk>/", news.article, name="article"),
    path("cong-khai/", boards.boards, name="boards"),
    path("cong-khai/thu-tuc-hanh-chinh/", boards.decisions, name="decisions"),
    path("cong-khai/tai-lieu/<int:pk>/", boards.document, name="document"),
    path("cong-khai/tai-lieu/<int:pk>/tep/", boards.document_file, name="document_file"),
    path("cong-khai/<slug:slug>/", boards.board, name="board"),
    path("sitemap.xml", search.sitemap, name="sitemap"),
    path("robots.txt", search.robots, name="robots"),
]
