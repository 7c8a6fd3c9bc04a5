"""A throw-away installation to be killed: an empty database with one person who holds every post."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROCEDURE = "henan-complaints"
PERSON = "harness"


def prepare(folder: Path, address: str = "", catalogue: Path = ROOT / "catalogue") -> None:
    """Start Django on a new database in ``folder``, or on the PostgreSQL database at ``address``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.portal.config.settings"
    os.environ["HUIQI_CATALOGUE"] = str(catalogue)
    os.environ["HUIQI_DATA_DIR"] = str(folder)
    os.environ["HUIQI_DATABASE"] = address

    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)

    from django.contrib.auth.models import User

    from huiqi.casework import book
    from huiqi.casework.models import Post

    person = User.objects.create_user(PERSON)
    actors = {actor for one in book.procedures() if one.id == PROCEDURE for actor in one.actors}
    Post.objects.bulk_create(Post(user=person, procedure=PROCEDURE, actor=actor) for actor in sorted(actors))
    book.calendar()
