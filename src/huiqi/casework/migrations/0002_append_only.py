"""Logs only grow, and the database sees to it."""

from django.db import migrations

from huiqi.casework.append_only import lift, protect

TABLES = (
    "casework_entry",
    "casework_command",
    "casework_identityseen",
    "casework_document",
    "casework_moveddate",
)


class Migration(migrations.Migration):
    """Guards on the tables that only grow."""

    dependencies = [("casework", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: protect(editor.connection, TABLES),
            lambda apps, editor: lift(editor.connection, TABLES),
        )
    ]
