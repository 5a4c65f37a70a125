from django.db import migrations

CHANNELS = {"counter": "counter"}


def move(apps, schema_editor):
    """What people chose so far goes into the consent log of `accounts`, as it was said."""
    Old = apps.get_model("notifications", "Consent")
    New = apps.get_model("accounts", "Consent")
    rows = []
    for one in Old.objects.select_related("contact").order_by("pk").iterator(2000):
        rows.append(
            New(
                subject_key=one.contact.key,
                purpose=one.purpose,
                given=one.given,
                text_version=one.text_version,
                channel=CHANNELS.get(one.source, "online"),
                source=one.source,
                at=one.at,
                actor_id=one.actor_id,
            )
        )
    New.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_key_once"),
        ("accounts", "0004_consents"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(
            name="Consent",
        ),
    ]
