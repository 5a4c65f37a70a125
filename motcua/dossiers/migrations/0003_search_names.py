"""On PostgreSQL names are found by any part of them with trigrams; SQLite, one commune, scans.

Without the right to make the extension pg_trgm (it is a trusted one: the owner of the database may) nothing is made,
and search only becomes slower.
"""

from django.db import migrations

NAME = "dossiers_party_name_trigrams"


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') OR ("
            "EXISTS (SELECT 1 FROM pg_available_extension_versions WHERE name = 'pg_trgm' AND trusted) "
            "AND has_database_privilege(current_database(), 'CREATE'))"
        )
        if not cursor.fetchone()[0]:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {NAME} ON dossiers_party USING gin (search_name gin_trgm_ops)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_guards")]
    operations = [migrations.RunPython(make, drop)]
