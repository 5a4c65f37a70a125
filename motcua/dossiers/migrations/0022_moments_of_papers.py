"""Since when each paper is there, and since when it is electronic: what was digitised at any time follows from them.

For the papers of before, as truly as the data allow:
- handed in: with the dossier (submission, else reception); of a supplement the moment that the log gives to so many papers in their
  order, or, where its numbers do not agree with the papers that are there, the last supplement that was completed.
- electronic, of what came on paper and has a scan: the first scan that the log tells of, else when the file was uploaded, but not
  before it was handed in; of all else that is electronic: since it was handed in. A paper that came both ways, without a file, and was
  scanned later cannot be told from one that came on paper only: it is electronic since its scan.
"""

from itertools import groupby

from django.db import migrations, models
from django.db.models import BigIntegerField, CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

COMPLETED = ("dossier.complete_pre_supplement", "dossier.complete_supplement")
SCANNED = "dossier.attach_scan"


def fill(apps, schema_editor):
    """The moments of every paper that is there."""
    papers = apps.get_model("dossiers", "DossierPaper").objects.order_by()
    dossier = apps.get_model("dossiers", "Dossier").objects.filter(pk=OuterRef("dossier_id"))
    with_it = dossier.annotate(moment=Coalesce("submitted_at", "received_at")).values("moment")[:1]
    papers.update(handed_in_at=Subquery(with_it))
    _date_supplements(apps, papers)
    papers.filter(Q(electronic__gt=0) | Q(file__isnull=False)).update(electronic_at=F("handed_in_at"))
    on_paper = Q(originals__gt=0) | Q(copies__gt=0) | Q(presented_only=True) | ~Q(waiver="")
    scans = papers.filter(on_paper, electronic__gt=0, file__isnull=False)
    scans.update(electronic_at=Coalesce(_first_scan(apps), Greatest(F("handed_in_at"), _uploaded(apps))))


def _date_supplements(apps, papers):
    brought = papers.filter(added_by_supplement=True).order_by("dossier_id", "pk").values_list("dossier_id", "pk")
    for dossier, rows in groupby(list(brought), key=lambda row: row[0]):
        keys = [pk for _, pk in rows]
        for pk, moment in zip(keys, _moments(apps, dossier, len(keys)), strict=False):
            papers.filter(pk=pk).update(handed_in_at=moment)


def _moments(apps, dossier, number):
    """When each of so many papers of supplements came, in order; nothing where nobody knows."""
    events = apps.get_model("audit", "Event").objects.filter(chain=f"dossier/{dossier}", kind__in=COMPLETED)
    told = [
        at
        for at, data in events.order_by("seq").values_list("at", "data")
        for _ in range(data.get("papers") or 0)
    ]
    if len(told) == number:
        return told
    asked = apps.get_model("dossiers", "SupplementRequest").objects.filter(dossier_id=dossier)
    last = asked.aggregate(last=models.Max("completed_at"))["last"]
    return [last] * number if last else []


def _first_scan(apps):
    """The first scan of the paper that the log tells of."""
    chain = Concat(Value("dossier/"), Cast(OuterRef("dossier_id"), CharField()))
    events = apps.get_model("audit", "Event").objects.filter(chain=chain, kind=SCANNED)
    of_paper = events.annotate(paper=Cast(KT("data__paper"), BigIntegerField())).filter(paper=OuterRef("pk"))
    return Subquery(of_paper.order_by("seq").values("at")[:1])


def _uploaded(apps):
    files = apps.get_model("files", "StoredFile").objects
    return Subquery(files.filter(pk=OuterRef("file_id")).values("uploaded_at")[:1])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("dossiers", "0021_task_ended_index"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossierpaper",
            name="handed_in_at",
            field=models.DateTimeField(null=True, verbose_name="lúc nộp"),
        ),
        migrations.AddField(
            model_name="dossierpaper",
            name="electronic_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="lúc có bản điện tử"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
