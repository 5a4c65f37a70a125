
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0002_onestopoffice_coordinates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Board',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='đường dẫn')),
                ('name', models.CharField(max_length=120, verbose_name='tên bảng')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='tên tiếng Anh')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='giới thiệu')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='thứ tự')),
            ],
            options={
                'verbose_name': 'bảng công khai',
                'verbose_name_plural': 'bảng công khai',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('news', 'Tin tức'), ('notice', 'Thông báo'), ('interruption', 'Thông báo tạm ngừng dịch vụ')], default='news', max_length=12, verbose_name='loại')),
                ('status', models.CharField(choices=[('draft', 'Bản nháp'), ('published', 'Đã đăng'), ('withdrawn', 'Đã gỡ')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('audience', models.CharField(choices=[('everyone', 'Mọi người'), ('citizen', 'Người dân'), ('enterprise', 'Doanh nghiệp, hộ kinh doanh'), ('hamlet', 'Trưởng thôn, tổ trưởng, người hoạt động không chuyên trách'), ('staff', 'Cán bộ, công chức')], default='everyone', max_length=10, verbose_name='dành cho')),
                ('is_reform', models.BooleanField(default=False, verbose_name='tuyên truyền cải cách hành chính')),
                ('title', models.CharField(max_length=250, verbose_name='tiêu đề')),
                ('summary', models.CharField(blank=True, max_length=500, verbose_name='tóm tắt')),
                ('body', models.TextField(blank=True, verbose_name='nội dung')),
                ('title_en', models.CharField(blank=True, max_length=250, verbose_name='tiêu đề tiếng Anh')),
                ('body_en', models.TextField(blank=True, verbose_name='nội dung tiếng Anh')),
                ('picture_id', models.BigIntegerField(blank=True, null=True, verbose_name='ảnh')),
                ('picture_words', models.CharField(blank=True, max_length=250, verbose_name='lời tả ảnh')),
                ('begins_at', models.DateTimeField(blank=True, null=True, verbose_name='bắt đầu (ngừng dịch vụ)')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='kết thúc (ngừng dịch vụ)')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='đăng lúc')),
                ('shown_until', models.DateTimeField(blank=True, null=True, verbose_name='hiện đến')),
                ('created_at', models.DateTimeField(verbose_name='soạn lúc')),
                ('changed_at', models.DateTimeField(verbose_name='sửa lúc')),
                ('search_text', models.TextField(default='', editable=False, verbose_name='chữ để tìm')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='cơ quan đăng')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người soạn')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đăng')),
            ],
            options={
                'verbose_name': 'tin bài',
                'verbose_name_plural': 'tin bài',
            },
        ),
        migrations.CreateModel(
            name='ArticleRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ngày')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='số lượt đọc')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reads', to='news.article', verbose_name='tin bài')),
            ],
            options={
                'verbose_name': 'lượt đọc trong ngày',
                'verbose_name_plural': 'lượt đọc trong ngày',
            },
        ),
        migrations.CreateModel(
            name='DisclosureKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='loại tài liệu')),
                ('event', models.CharField(blank=True, max_length=200, verbose_name='tính từ ngày')),
                ('amount', models.PositiveSmallIntegerField(default=0, verbose_name='thời hạn')),
                ('unit', models.CharField(choices=[('working_day', 'ngày làm việc'), ('calendar_day', 'ngày')], default='calendar_day', max_length=12, verbose_name='đơn vị')),
                ('stays_days', models.PositiveSmallIntegerField(default=0, verbose_name='số ngày phải niêm yết')),
                ('source', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kinds', to='news.board', verbose_name='bảng công khai')),
            ],
            options={
                'verbose_name': 'loại tài liệu công khai',
                'verbose_name_plural': 'loại tài liệu công khai',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PublishedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='tên tài liệu')),
                ('number', models.CharField(blank=True, max_length=120, verbose_name='số, ký hiệu')),
                ('issuer', models.CharField(blank=True, max_length=200, verbose_name='cơ quan ban hành')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('summary', models.TextField(blank=True, verbose_name='nội dung chính')),
                ('event_on', models.DateField(blank=True, null=True, verbose_name='ngày làm căn cứ tính hạn')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='hạn công khai')),
                ('file_id', models.BigIntegerField(blank=True, null=True, verbose_name='tệp')),
                ('status', models.CharField(choices=[('draft', 'Chuẩn bị'), ('published', 'Đang công khai'), ('removed', 'Đã gỡ')], default='draft', max_length=10, verbose_name='trạng thái')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='công khai lúc')),
                ('stays_until', models.DateField(blank=True, null=True, verbose_name='phải giữ đến')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='gỡ lúc')),
                ('created_at', models.DateTimeField(verbose_name='lập lúc')),
                ('search_text', models.TextField(default='', editable=False, verbose_name='chữ để tìm')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='cơ quan công khai')),
                ('board', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='news.board', verbose_name='bảng công khai')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lập')),
                ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='news.disclosurekind', verbose_name='loại tài liệu')),
            ],
            options={
                'verbose_name': 'tài liệu công khai',
                'verbose_name_plural': 'tài liệu công khai',
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['-published_at', '-id'], name='article_published'),
        ),
        migrations.AddConstraint(
            model_name='articleread',
            constraint=models.UniqueConstraint(fields=('article', 'day'), name='articleread_day'),
        ),
        migrations.AddConstraint(
            model_name='disclosurekind',
            constraint=models.UniqueConstraint(fields=('board', 'name'), name='disclosurekind_name'),
        ),
        migrations.AddIndex(
            model_name='publisheddocument',
            index=models.Index(fields=['board', 'status', '-published_at'], name='news_publis_board_i_4baf2c_idx'),
        ),
    ]
