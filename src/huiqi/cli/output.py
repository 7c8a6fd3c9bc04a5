"""Files that commands write: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from huiqi.cli.inputs import fail
from huiqi.cli.speech import say


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it; exit code 2 when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        fail(say(f"{path}：写不了（{reason}）", f"{path}: cannot be written ({reason})"))
