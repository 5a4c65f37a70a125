from django.db import migrations, models


def hand_outs(apps, schema_editor):
    """Until now a corrected result handed out overwrote the dossier's own moment: keep it with the correction too."""
    corrections = apps.get_model("dossiers", "ErrorCorrection").objects
    handed = models.F("dossier__returned_at")
    for row in corrections.filter(fixed_at__lt=handed).select_related("dossier").iterator():
        row.returned_at, row.returned_to = row.dossier.returned_at, row.dossier.returned_to
        row.returned_by_id = row.dossier.returned_by_id
        row.save(update_fields=["returned_at", "returned_to", "returned_by"])


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_moments_of_reports")]
    operations = [migrations.RunPython(hand_outs, migrations.RunPython.noop, elidable=True)]
