"""What was frozen: a form, a sum of what units had sent, or the index of Decision 766. Until now there were only forms."""

from django.db import migrations, models

KINDS = [
    ("form", "Biểu đếm từ hồ sơ"),
    ("gathered", "Tổng hợp từ báo cáo đã gửi"),
    ("index", "Bộ chỉ số"),
]


class Migration(migrations.Migration):
    dependencies = [("statistics", "0005_report_reminders")]

    operations = [
        migrations.RemoveConstraint(model_name="keptreport", name="kept_report_number"),
        migrations.AddField(
            model_name="keptreport",
            name="kind",
            field=models.CharField(
                choices=KINDS, default="form", max_length=8, verbose_name="loại báo cáo"
            ),
        ),
        migrations.AddConstraint(
            model_name="keptreport",
            constraint=models.UniqueConstraint(
                fields=("agency", "kind", "form_code", "start", "end", "below", "number"),
                name="kept_report_number",
            ),
        ),
    ]
