"""Articles: written, published by permission, shown in their period, read without anybody being followed."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from motcua.agencies.testing import make_agency, make_user_with
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import now
from motcua.files.actions import release
from motcua.news import actions, queries
from motcua.news.actions import ArticleData
from motcua.news.models import Article, ArticleRead

pytestmark = pytest.mark.django_db
BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 9) Chrome/120 Mobile Safari/537.36"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def agency():
    return make_agency("UBND xã An Phú")


@pytest.fixture
def editor(agency):
    return make_user_with("web_editor", agency, username="bien-tap")


@pytest.fixture
def writer(agency):
    return make_user_with("reform_officer", agency, username="cchc")


def write(agency, editor, title="Tin thử", **more):
    data = ArticleData(title, **({"body": "Nội dung **thử**"} | more))
    return actions.write_article(agency.pk, data, actor=editor, at=now())


def publish(agency, editor, title="Tin thử", **more):
    return actions.publish_article(write(agency, editor, title, **more).pk, actor=editor, at=now())


def read(client, article, **headers):
    return client.get(reverse("portal:article", args=[article.pk]), headers=BROWSER | headers)


def test_a_draft_is_nobody_s_to_read_until_it_is_published(client, agency, editor):
    article = write(agency, editor)
    assert read(client, article).status_code == 404
    actions.publish_article(article.pk, actor=editor, at=now())
    page = read(client, article).content.decode()
    assert "<strong>thử</strong>" in page
    assert "Tin thử" in client.get(reverse("portal:news")).content.decode()
    assert "Tin thử" in client.get(reverse("portal:home")).content.decode()


def test_who_writes_may_not_publish_without_the_permission(agency, writer, editor):
    article = write(agency, writer)
    with pytest.raises(NotFound):
        actions.publish_article(article.pk, actor=writer, at=now())
    actions.publish_article(article.pk, actor=editor, at=now())
    with pytest.raises(NotFound):  # what is published changes only with the permission to publish
        actions.edit_article(article.pk, ArticleData("Khác"), actor=writer, at=now())
    actions.edit_article(article.pk, ArticleData("Khác", body="Sửa"), actor=editor, at=now())
    assert Article.objects.get().title == "Khác"


def test_a_neighbour_s_editor_sees_and_changes_nothing(client, agency, editor):
    article = write(agency, editor)
    stranger = make_user_with("web_editor", make_agency("UBND xã khác"), username="khac")
    for act in (
        lambda: actions.edit_article(article.pk, ArticleData("X"), actor=stranger, at=now()),
        lambda: actions.publish_article(article.pk, actor=stranger, at=now()),
        lambda: actions.write_article(agency.pk, ArticleData("X"), actor=stranger, at=now()),
        lambda: actions.publish_article(0, actor=editor, at=now()),
    ):
        with pytest.raises(NotFound):
            act()
    client.force_login(stranger)
    assert client.get(reverse("news:article", args=[article.pk])).status_code == 404
    assert "Tin thử" not in client.get(reverse("news:articles")).content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ArticleData(" "), "tiêu đề"),
        (ArticleData("x", kind="advert"), "Chọn loại"),
        (ArticleData("x", body="y" * 60_001), "60.000"),
        (ArticleData("x", begins_at=now(), ends_at=now() - timedelta(hours=1)), "sau lúc bắt đầu"),
    ],
)
def test_an_article_that_cannot_be_is_refused(agency, editor, data, said):
    with pytest.raises(RuleViolation, match=said):
        actions.write_article(agency.pk, data, actor=editor, at=now())


def test_an_empty_article_is_not_published_nor_one_twice(agency, editor):
    with pytest.raises(RuleViolation, match="chưa có nội dung"):
        publish(agency, editor, body=" ")
    article = publish(agency, editor)
    with pytest.raises(RuleViolation, match="đã đăng"):
        actions.publish_article(article.pk, actor=editor, at=now())


def test_a_withdrawn_article_is_gone_and_says_why_in_the_log(client, agency, editor):
    article = publish(agency, editor)
    with pytest.raises(RuleViolation, match="lý do"):
        actions.withdraw_article(article.pk, reason=" ", actor=editor, at=now())
    actions.withdraw_article(article.pk, reason="Nhầm ngày", actor=editor, at=now())
    assert read(client, article).status_code == 404
    with pytest.raises(RuleViolation, match="không đang đăng"):
        actions.withdraw_article(article.pk, reason="Nữa", actor=editor, at=now())


def test_what_is_over_or_for_staff_only_is_not_shown(client, agency, editor):
    over = publish(agency, editor, "Đã qua", shown_until=now() - timedelta(minutes=1))
    inside = publish(agency, editor, "Nội bộ", audience="staff")
    page = client.get(reverse("portal:news")).content.decode()
    assert "Đã qua" not in page
    assert "Nội bộ" not in page
    assert [read(client, one).status_code for one in (over, inside)] == [404, 404]


def test_an_interruption_is_told_seven_working_days_before_or_says_why_not(client, agency, editor):
    soon = write(agency, editor, "Ngừng sớm", kind="interruption", begins_at=now() + timedelta(days=2))
    with pytest.raises(RuleViolation, match="7 ngày làm việc"):
        actions.publish_article(soon.pk, actor=editor, at=now())
    actions.publish_article(soon.pk, actor=editor, at=now(), urgent="Hỏng máy chủ")
    far = publish(agency, editor, "Bảo trì", kind="interruption", begins_at=now() + timedelta(days=20), ends_at=now() + timedelta(days=21))  # fmt: skip
    never = write(agency, editor, "Không ngày", kind="interruption")
    with pytest.raises(RuleViolation, match="lúc bắt đầu"):
        actions.publish_article(never.pk, actor=editor, at=now())
    home = client.get(reverse("portal:home")).content.decode()
    assert "Tạm ngừng dịch vụ" in home
    assert reverse("portal:article", args=[far.pk]) in home


def test_reads_are_counted_by_day_and_nobody_is_followed(client, agency, editor):
    article = publish(agency, editor)
    read(client, article)
    read(client, article)  # again within ten minutes
    assert queries.reads_of(article) == 1
    client.get(reverse("portal:article", args=[article.pk]), headers=BROWSER, REMOTE_ADDR="10.0.0.9")
    assert queries.reads_of(article) == 2
    read(client, article, **{"User-Agent": "Googlebot/2.1"})
    read(client, article, **{"User-Agent": "Opera/9", "Sec-Purpose": "prefetch"})
    client.head(reverse("portal:article", args=[article.pk]), headers=BROWSER, REMOTE_ADDR="10.0.0.10")
    client.force_login(editor)
    read(client, article, **{"User-Agent": "Firefox of an editor"})
    assert queries.reads_of(article) == 2
    assert {f.name for f in ArticleRead._meta.get_fields()} == {"id", "article", "day", "count"}
    assert not client.cookies.get("reads")
    assert "Số lượt đọc: 2" in read(client, article).content.decode()


def test_965_reads_come_out_of_965_rows_of_reading(agency, editor):
    """The figure of Kim Long's page of 2-5-2018 is a sum over days, as any article's."""
    article = publish(agency, editor, is_reform=True)
    for day, number in ((0, 600), (1, 300), (2, 65)):
        for _ in range(number // 5):
            actions.count_read(article.pk, actor=None, at=now() + timedelta(days=day), number=5)
    assert queries.reads_of(article) == 965
    assert sum(count for _, count in queries.reads_by_day(article)) == 965
    today = now().date()
    assert queries.reform_reads(agency, today - timedelta(days=1), today + timedelta(days=5)) == (1, 965)


def test_a_picture_needs_words_and_is_shown_once_it_is_clean(client, agency, editor):
    article = publish(agency, editor)
    with pytest.raises(RuleViolation, match="Tả ảnh"):
        actions.set_picture(article.pk, PNG, words=" ", actor=editor, at=now(), name="a.png")
    with pytest.raises(RuleViolation):
        actions.set_picture(
            article.pk, b"%PDF-1.4\n%%EOF\n", words="Ảnh", actor=editor, at=now(), name="a.pdf"
        )
    article = actions.set_picture(
        article.pk, PNG, words="Bộ phận một cửa", actor=editor, at=now(), name="a.png"
    )
    assert "<img" not in read(client, article).content.decode()
    release(article.picture_id, reason="Đã quét", actor=editor, at=now())
    page = read(client, article).content.decode()
    assert 'alt="Bộ phận một cửa"' in page
    address = page.split('class="img-fluid" src="')[1].split('"')[0]
    assert client.get(address).status_code == 200


def test_what_an_editor_types_is_never_a_script(client, agency, editor):
    nasty = '<script>alert("x")</script>'
    article = publish(agency, editor, nasty, body=f"{nasty}\n\n[x](javascript:alert(1))", summary=nasty)
    for name, args in (
        ("article", [article.pk]),
        ("news", []),
        ("home", []),
        ("news_rss", []),
        ("news_atom", []),
    ):
        page = client.get(reverse(f"portal:{name}", args=args)).content.decode()
        assert nasty not in page
        assert 'href="javascript' not in page


def test_feeds_and_the_map_hold_what_is_public(client, agency, editor):
    shown, hidden = publish(agency, editor, "Tin có dấu & ký tự"), write(agency, editor, "Nháp")
    rss, atom = (client.get(reverse(f"portal:news_{form}")) for form in ("rss", "atom"))
    assert "Tin có dấu &amp; ký tự" in rss.content.decode()
    assert rss.headers["Content-Type"].startswith("application/rss+xml")
    assert atom.headers["Content-Type"].startswith("application/atom+xml")
    site = client.get(reverse("portal:sitemap")).content.decode()
    assert reverse("portal:article", args=[shown.pk]) in site
    assert reverse("portal:article", args=[hidden.pk]) not in site
    robots = client.get(reverse("portal:robots")).content.decode()
    assert "Disallow: /tra-cuu/" in robots
    assert "Sitemap: http" in robots


def test_english_is_shown_where_it_is_written(client, agency, editor, settings):
    article = publish(agency, editor, title_en="News", body_en="In **English**")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = read(client, article).content.decode()
    assert "<h1>News</h1>" in page
    assert "<strong>English</strong>" in page


def test_the_editor_writes_and_publishes_on_the_screens(client, agency, editor):
    client.force_login(editor)
    given = {
        "agency": agency.pk,
        "title": "Từ màn hình",
        "kind": "news",
        "audience": "everyone",
        "body": "Chữ",
    }
    assert client.post(reverse("news:article_new"), given | {"title": ""}).status_code == 422
    answer = client.post(reverse("news:article_new"), given)
    article = Article.objects.get()
    assert answer.url == reverse("news:article", args=[article.pk])
    client.post(
        reverse("news:article_edit", args=[article.pk]),
        given | {"title": "Đã sửa", "shown_until": "08:00 05/01/2099"},
    )
    assert client.post(reverse("news:article_publish", args=[article.pk]), {}).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.status, article.published_by) == ("Đã sửa", "published", editor)
    assert article.shown_until.isoformat() == "2099-01-05T01:00:00+00:00"
    assert "05/01/2099" in client.get(reverse("news:article_edit", args=[article.pk])).content.decode()
    found = client.get(reverse("news:articles"), {"q": "da sua", "trang-thai": "published"}).content.decode()
    assert "Đã sửa" in found
    assert (
        client.post(reverse("news:article_withdraw", args=[article.pk]), {"reason": "Thử xong"}).status_code
        == 302
    )


def test_lists_take_the_same_few_statements_however_long(
    client, agency, editor, django_assert_max_num_queries
):
    for number in range(15):
        publish(agency, editor, f"Tin {number}", kind="notice" if number % 2 else "news")
    with django_assert_max_num_queries(3):
        client.get(reverse("portal:news"))
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:home"))
