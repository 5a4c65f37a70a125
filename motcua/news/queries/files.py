"""Files of news: pictures of articles and documents of boards, for everybody once they are public and clean."""

from typing import Any

from motcua.core.moments import now
from motcua.files.models import StoredFile
from motcua.news.models import Article, PublishedDocument
from motcua.news.queries.articles import published


def picture_of(article: Article) -> StoredFile | None:
    """The picture of an article when it may be opened."""
    found = StoredFile.objects.filter(pk=article.picture_id).first() if article.picture_id else None
    return found if found and found.can_open else None


def may_open(file: StoredFile, user: Any, authority: Any) -> bool:
    """Whether a file belongs to news and this person, perhaps nobody in particular, may open it."""
    documents = PublishedDocument.objects.filter(file_id=file.pk)
    if published(now()).filter(picture_id=file.pk).exists():
        return True
    if documents.filter(status=PublishedDocument.Status.PUBLISHED).exists():
        return True
    if not getattr(user, "is_staff_member", False):
        return False
    return documents.exists() or Article.objects.filter(picture_id=file.pk).exists()
