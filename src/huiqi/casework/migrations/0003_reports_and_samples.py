"""Reports and samples, which only grow too."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from huiqi.casework.append_only import lift, protect

TABLES = ("casework_report", "casework_sample")


class Migration(migrations.Migration):
    """Their tables, with guards."""

    dependencies = [
        ('casework', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=80)),
                ('period', models.CharField(max_length=24)),
                ('entries', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('seen', models.JSONField()),
                ('data', models.JSONField()),
                ('text', models.TextField()),
                ('made', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['procedure', 'period'],
            },
        ),
        migrations.CreateModel(
            name='Sample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('reason', models.TextField(blank=True)),
                ('seed', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('share', models.PositiveSmallIntegerField()),
                ('drawn', models.JSONField()),
                ('data', models.JSONField()),
                ('text', models.TextField()),
                ('made', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='casework.report')),
            ],
            options={
                'ordering': ['report', 'number'],
            },
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(fields=('procedure', 'period'), name='one_report_a_period'),
        ),
        migrations.AddConstraint(
            model_name='sample',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='one_draw_a_number'),
        ),
        migrations.RunPython(
            lambda apps, editor: protect(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        ),
    ]
