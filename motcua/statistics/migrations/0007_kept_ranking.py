"""What may be frozen: the ranking of the units below by the index as well."""

from django.db import migrations, models

KINDS = [
    ("form", "Biểu đếm từ hồ sơ"),
    ("gathered", "Tổng hợp từ báo cáo đã gửi"),
    ("index", "Bộ chỉ số"),
    ("ranking", "Bảng xếp hạng"),
]


class Migration(migrations.Migration):
    dependencies = [("statistics", "0006_kept_kinds")]

    operations = [
        migrations.AlterField(
            model_name="keptreport",
            name="kind",
            field=models.CharField(
                choices=KINDS, default="form", max_length=8, verbose_name="loại báo cáo"
            ),
        ),
    ]
