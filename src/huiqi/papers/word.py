"""Filling a Word template: fields in double braces, 字号 and the like, are replaced by what the case says."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment


class PaperError(ValueError):
    """A template that cannot be filled; the message is Chinese, for the office that edits it."""


def fill(template: Path, data: Mapping[str, Any]) -> bytes:
    """The template with its fields filled, as the bytes of a Word file.

    A template can show what it is given and repeat it, and do nothing else: it runs in a sandbox. Raises
    PaperError: no Word file, a field that nobody fills, a mistake in the braces.
    """
    document = _opened(template)
    made = BytesIO()
    try:
        document.render(dict(data), jinja_env=_environment(), autoescape=True)
        document.save(made)
    except UndefinedError as error:
        known = "、".join(data)
        raise PaperError(
            f"{template.name}：模板里有填不了的字段（{error.message}）；可以用：{known}"
        ) from error
    except TemplateError as error:
        raise PaperError(f"{template.name}：模板的花括号写错了（{error.message}）") from error
    return made.getvalue()


def wanted_by(template: Path) -> frozenset[str]:
    """The fields that a template asks for, to find a wrong one before it is needed. Raises PaperError."""
    document = _opened(template)
    try:
        return frozenset(document.get_undeclared_template_variables(_environment()))
    except TemplateError as error:
        raise PaperError(f"{template.name}：模板的花括号写错了（{error.message}）") from error


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _opened(template: Path) -> DocxTemplate:
    try:
        document = DocxTemplate(template)
        document.init_docx()
    except (OSError, KeyError, ValueError, BadZipFile, PackageNotFoundError) as error:
        raise PaperError(f"{template.name}：不是能打开的 Word 文件（.docx）") from error
    return document
