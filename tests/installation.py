"""An installation for the tests: a small catalogue, a data folder that is gone afterwards, and a database.

Settings are read when Django starts: whoever needs it imports this before anything of the portal or of cases.
``HUIQI_DATABASE`` runs the same tests on PostgreSQL; without it they run on SQLite.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

CATALOGUE = Path(__file__).parent / "portal" / "catalogue"
DATA_DIR = Path(tempfile.mkdtemp(prefix="huiqi-portal-tests-"))
(DATA_DIR / "static").mkdir()
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

os.environ["HUIQI_DATA_DIR"] = str(DATA_DIR)
os.environ["HUIQI_CATALOGUE"] = str(CATALOGUE)
os.environ["HUIQI_LIBRARY"] = str(DATA_DIR / "no-library")
os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.portal.config.settings"

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

if connection.vendor == "sqlite":  # a file, as when the portal is served: in memory, threads would share one
    connection.settings_dict["TEST"]["NAME"] = str(DATA_DIR / "tests.sqlite3")
