"""The two commands: what make says on a machine that lacks something, and that CI runs the same."""

import os
import re
import subprocess
from pathlib import Path

import pytest


def make(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", "MAKEFLAGS": ""},
    )


def test_help_lists_every_target_with_a_line_of_its_own(root: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    listed = [line.split()[1] for line in make(root, "help").stdout.splitlines()]
    assert listed == targets
    assert {"serve", "test", "lock"} <= set(listed)


def test_a_machine_without_a_supported_python_gets_one_clear_line(root: Path, tmp_path: Path) -> None:
    refused = make(root, f"VENV={tmp_path}/venv", "PYTHON=", f"{tmp_path}/venv/bin/pip")
    assert refused.returncode
    assert refused.stderr.startswith("Huiqi needs Python 3.11, 3.12 or 3.13, and found none of them.\n")


def test_a_python_without_ensurepip_gets_one_clear_line(root: Path, tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    refused = make(root, f"VENV={tmp_path}/venv", f"PYTHON={python}", f"{tmp_path}/venv/bin/pip")
    assert refused.returncode
    assert (
        "its venv or ensurepip module is missing (on Debian and Ubuntu: apt install python3-venv)."
        in refused.stderr
    )
    assert not (tmp_path / "venv").exists()


def test_a_python_that_does_not_run_or_is_too_old_is_passed_over(root: Path, tmp_path: Path) -> None:
    """Version managers leave names on the path that only print an error."""
    (tmp_path / "python3").write_text("#!/bin/sh\necho 'no such version' >&2\nexit 127\n", encoding="utf-8")
    (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    (tmp_path / "python3.12").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    for name in ("python3", "python3.13", "python3.12"):
        (tmp_path / name).chmod(0o755)
    probe = tmp_path / "probe.mk"
    probe.write_text(f"include {root}/Makefile\nshow: ; @echo chosen $(PYTHON)\n", encoding="utf-8")
    shown = subprocess.run(
        ["make", "-f", str(probe), "show"],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": f"{tmp_path}{os.pathsep}{os.defpath}"},
    )
    assert shown.stdout == "chosen python3.12\n"


@pytest.mark.parametrize("name", [".ci/run"])
def test_ci_is_a_good_script_that_ends_with_make_test(root: Path, name: str) -> None:
    path = root / name
    assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", str(path)], check=True)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert lines[-1].endswith("make test")
