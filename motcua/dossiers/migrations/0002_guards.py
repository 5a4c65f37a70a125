"""The database refuses what no act may do: due dates beside the ledger, changed codes, deleted dossiers."""

from django.db import migrations

from motcua.dossiers import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_initial"),
        ("workdays", "0001_initial"),
        ("procedures", "0001_initial"),
        ("agencies", "0001_initial"),
    ]
    operations = [migrations.RunPython(install, remove)]
