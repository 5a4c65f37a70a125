"""Addresses of phản ánh, kiến nghị."""

from django.urls import path

from motcua.portal.views.feedback import follow, public, sending

urlpatterns = [
    path("phan-anh/", sending.start, name="feedback_start"),
    path("phan-anh/gui/", sending.topic, name="feedback_topic"),
    path("phan-anh/gui/theo-luat-khac/<slug:key>/", sending.other_path, name="feedback_other_path"),
    path("phan-anh/gui/noi-dung/", sending.content, name="feedback_content"),
    path("phan-anh/gui/co-quan/", sending.place, name="feedback_place"),
    path("phan-anh/gui/tuong-tu/", sending.similar, name="feedback_similar"),
    path("phan-anh/gui/nguoi-gui/", sending.sender, name="feedback_sender"),
    path("phan-anh/gui/kiem-tra/", sending.check, name="feedback_check"),
    path("phan-anh/da-gui/", follow.sent, name="feedback_sent"),
    path("phan-anh/tra-cuu/", follow.track, name="feedback_track"),
    path("phan-anh/cua-toi/", follow.mine, name="feedback_mine"),
    path("phan-anh/danh-gia/<str:token>/", follow.by_link, name="feedback_rate"),
    path("phan-anh/cong-khai/", public.answers, name="feedback_list"),
    path("phan-anh/cong-khai/rss.xml", public.rss, name="feedback_rss"),
    path("phan-anh/cong-khai/<str:code>/", public.answer, name="feedback_one"),
]
