"""The secret key of an installation that nobody gave one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept_secret_key(data_dir: Path) -> str:
    """The key kept in ``data_dir``, made on first use and readable by its owner only.

    Sessions are signed with it, so it has to survive a restart. Two processes that start together agree,
    because only one of them can link its file to the name.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secret-key"
    if not path.exists():
        draft = data_dir / f"secret-key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
