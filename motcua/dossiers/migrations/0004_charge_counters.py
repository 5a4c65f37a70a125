"""Charges made before payments knew the counter: it is that of the office which received their dossier."""

from django.db import migrations

CHUNK = 1000


def name_counters(apps, editor):
    Charge, Dossier = apps.get_model("payments", "Charge"), apps.get_model("dossiers", "Dossier")
    unnamed = Charge.objects.filter(counter=None, reference__startswith="dossier/").order_by("id")
    last = 0
    while chunk := list(unnamed.filter(pk__gt=last).only("id", "reference")[:CHUNK]):
        last = chunk[-1].pk
        ids = {one.pk: int(one.reference.removeprefix("dossier/")) for one in chunk}
        counters = dict(Dossier.objects.filter(pk__in=set(ids.values())).values_list("pk", "office__agency_id"))
        for one in chunk:
            one.counter_id = counters.get(ids[one.pk])
        Charge.objects.bulk_update(chunk, ["counter"])


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_search_names"), ("payments", "0002_counter")]
    operations = [migrations.RunPython(name_counters, migrations.RunPython.noop, elidable=True)]
