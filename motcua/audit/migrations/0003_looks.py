"""An index of looks at personal data by what was looked at: "who has opened my data?" is asked by citizens, and the log is long.

By hand, with a constant in its condition: SQLite takes a partial index only for a statement that says the same constant.
"""

from django.db import migrations

INDEX = "event_looked_at"


def make(apps, schema_editor):
    schema_editor.execute(
        f"CREATE INDEX IF NOT EXISTS {INDEX} ON audit_event ((data ->> 'record')) WHERE kind = 'view.personal_data'", None
    )


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}", None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(make, drop)]
