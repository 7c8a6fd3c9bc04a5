"""Starting the portal on one machine, with nothing to set up by hand."""

from __future__ import annotations

import gc
import os
from pathlib import Path


def run(catalogue_root: Path, host: str, port: int, data_dir: Path, library_dir: Path | None = None) -> None:
    """Serve the portal until it is stopped.

    Creates ``data_dir`` with an embedded SQLite database when it is not there, brings the database up to
    date, collects the static files, loads the catalogue once, prints the address and answers requests. The
    library is looked for in ``library_dir``, or where ``HUIQI_LIBRARY`` says; it need not be there.

    Raises ``huiqi.catalogue.CatalogueError`` when the catalogue has errors, ``ProcedureError`` when a
    procedure has, ``CalendarError`` when a year of the calendar has, and ``OSError`` when the port is taken
    or the folder cannot be written; always before anything is served.
    """
    prepare(catalogue_root, data_dir, host, library_dir)

    import waitress
    from django.core.wsgi import get_wsgi_application

    server = waitress.create_server(get_wsgi_application(), host=host, port=port, threads=8, ident=None)
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    print(f"惠企已启动：http://{shown}:{server.effective_port}/（按 Ctrl+C 停止）", flush=True)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def prepare(catalogue_root: Path, data_dir: Path, host: str = "", library_dir: Path | None = None) -> None:
    """Everything that has to be true before the first request; may be run again at any time.

    A host other than this machine's own is added to the names that the portal answers to, and serving on
    every interface lets any name through, unless ``HUIQI_ALLOWED_HOSTS`` says otherwise.
    """
    _choose(catalogue_root, data_dir)
    if library_dir is not None:
        os.environ["HUIQI_LIBRARY"] = str(library_dir)
    if host in ("0.0.0.0", "::"):
        os.environ.setdefault("HUIQI_ALLOWED_HOSTS", "*")
    elif host:
        os.environ.setdefault("HUIQI_ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{host}")

    import django
    from django.core.management import call_command

    django.setup()

    from huiqi.portal.library import citations
    from huiqi.portal.policies.selectors import catalogue
    from huiqi.portal.procedures import selectors as procedures
    from huiqi.portal.screening.services import forget_expired

    catalogue()
    procedures.prepare()
    gc.freeze()  # the catalogue stays: looking through it at every collection would cost tens of milliseconds
    citations.prepare()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    forget_expired()


def open_store(catalogue_root: Path, data_dir: Path) -> None:
    """Django with the database up to date, for commands that work on accounts and cases.

    Raises ``ValueError`` when the address of the database cannot be used, ``OSError`` when the folder cannot
    be written.
    """
    _choose(catalogue_root, data_dir)

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _choose(catalogue_root: Path, data_dir: Path) -> None:
    """Say to the settings, before they are read, where everything is."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiqi.portal.config.settings"
    os.environ["HUIQI_CATALOGUE"] = str(catalogue_root)
    os.environ["HUIQI_DATA_DIR"] = str(data_dir)
