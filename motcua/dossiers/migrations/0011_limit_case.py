"""The case of the time limit beside the case of the papers. Until now one field held either."""

from django.db import migrations, models

from motcua.dossiers import triggers


def unguard(apps, schema_editor):
    """SQLite makes the table anew and stumbles over triggers that speak of it; they come back at the end."""
    if schema_editor.connection.vendor == "sqlite":
        triggers.remove(schema_editor.connection)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        triggers.install(schema_editor.connection)


def part(apps, schema_editor):
    """A case that no paper of the version knows was one of the limit."""
    dossiers = apps.get_model("dossiers", "Dossier").objects
    papers = apps.get_model("procedures", "Paper").objects
    for version, case in dossiers.exclude(case="").values_list("version", "case").distinct():
        if not papers.filter(version=version, case=case).exists():
            dossiers.filter(version=version, case=case).update(case="", limit_case=case)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_covering_index_of_figures"), ("procedures", "0001_initial")]
    operations = [
        migrations.RunPython(unguard, guard),
        migrations.AddField(
            "dossier",
            "limit_case",
            models.CharField(blank=True, default="", max_length=600, verbose_name="trường hợp về thời hạn"),
            preserve_default=False,
        ),
        migrations.RunPython(part, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(guard, unguard),
    ]
