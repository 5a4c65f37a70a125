"""The papers of dossiers as they stood at a moment, whatever has become of them since."""

from datetime import datetime

from django.db.models import DateTimeField, F, OuterRef, Q, Subquery, Value
from django.db.models.lookups import LessThan

from motcua.dossiers.models import DossierPaper

# What was only presented, or lawfully not asked for, is not received: nothing of it is there to be scanned.
ON_PAPER = Q(presented_only=False) & (Q(originals__gt=0) | Q(copies__gt=0))


def is_digitised(by: datetime) -> Q:
    """Of dossiers: before the moment papers had been handed in, and each was scanned or had come electronically (NĐ 107/2021/NĐ-CP).
    That is, the last of them to become so did before it; where one is not, or there is none, the answer is null, which is no.

    A paper counts from when it was handed in until another took its place; one that a supplement brought counts like the others.
    """
    received = ON_PAPER | Q(electronic_at__lt=by)
    kept = Q(replaced_at=None) | Q(replaced_at__gte=by)
    papers = DossierPaper.objects.filter(received, kept, dossier=OuterRef("pk"), handed_in_at__lt=by)
    last = papers.order_by(F("electronic_at").desc(nulls_first=True)).values("electronic_at")[:1]
    return Q(LessThan(Subquery(last), Value(by, output_field=DateTimeField())))
