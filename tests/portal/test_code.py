"""The portal's code about itself: templates, styles, scripts, addresses, migrations."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

import huiqi.portal
from huiqi.portal.pages.public import urls
from tests.portal.addresses import PAGES

PORTAL = Path(huiqi.portal.__file__).parent
PAGES_FOLDER = PORTAL / "pages"
ALL_TEMPLATES = sorted(PAGES_FOLDER.rglob("*.html"))
PYTHON = sorted(PORTAL.rglob("*.py"))


def template_id(path: Path) -> str:
    return str(path.relative_to(PAGES_FOLDER)).partition("/templates/")[2]


def test_every_template_is_used() -> None:
    text = "\n".join(path.read_text("utf-8") for path in [*ALL_TEMPLATES, *PYTHON])
    named = set(re.findall(r"(?:public|staff)/[\w/-]+\.html", text))
    named |= {f"public/{name}.html" for name in re.findall(r'page\(\s*request,\s*"([\w/-]+)"', text)}
    named |= {f"public/steps/{kind}.html" for kind in re.findall(r'\n    kind = "(\w+)"', text)}
    assert {template_id(path) for path in ALL_TEMPLATES} - named == set()


def test_every_template_that_is_named_exists() -> None:
    text = "\n".join(path.read_text("utf-8") for path in [*ALL_TEMPLATES, *PYTHON])
    named = set(re.findall(r"(?:public|staff)/[\w/-]+\.html", text))
    assert named - {template_id(path) for path in ALL_TEMPLATES} == set()


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=template_id)
def test_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=template_id)
def test_every_form_that_posts_has_its_token(path: Path) -> None:
    for form in re.findall(r"<form\b.*?</form>", path.read_text("utf-8"), flags=re.S):
        assert ('method="post"' in form) == ("{% csrf_token %}" in form)


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=template_id)
def test_nothing_is_marked_safe(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))


def test_no_place_is_named() -> None:
    """Another district replaces the catalogue, and nothing else."""
    for path in [*ALL_TEMPLATES, *PYTHON]:
        assert not re.search("开封|禹王台|河南|汴", path.read_text("utf-8")), path


def test_text_is_at_least_sixteen_pixels() -> None:
    for path in (PORTAL / "static/portal/css").glob("*.css"):
        if path.name == "print.css":
            continue
        for size in re.findall(r"font-size:\s*([\d.]+)(rem|px|em|%)", path.read_text("utf-8")):
            pixels = {"rem": 16.0, "em": 16.0, "px": 1.0, "%": 0.16}[size[1]] * float(size[0])
            assert pixels >= 16, (path.name, size)


def test_only_services_write() -> None:
    for path in PYTHON:
        if path.name == "services.py" or "migrations" in path.parts:
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"\.(save|delete|create|update|bulk_create)\(", text.replace("hashlib.", "")), (
            path
        )


@pytest.mark.django_db
def test_the_database_is_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_address_is_tried_in_a_browser() -> None:
    """A page that is added has to be added to the browser's tests too, or be named here with the reason."""
    redirects, downloads = {"clear", "large-print", "library"}, {"facts-file", "text-xml", "text-json"}
    downloads |= {"procedure-due", "procedure-picture"}  # a picture is opened in test_browser_procedures.py
    tried = {name for name, _ in PAGES}
    names = {str(pattern.name) for pattern in urls.urlpatterns}
    assert names - tried - redirects - downloads == set()


def test_vendored_scripts_keep_their_licence() -> None:
    for folder in (PORTAL / "static/portal/vendor").iterdir():
        assert (folder / "LICENSE").read_text("utf-8").strip()
        assert re.search(r"-\d+\.\d+\.\d+\.", next(folder.glob("*.js")).name), (
            "the version stands in the name"
        )


def test_every_style_is_used_and_every_class_has_a_style() -> None:
    styles = "\n".join(path.read_text("utf-8") for path in (PORTAL / "static/portal/css").glob("*.css"))
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", styles, flags=re.S)))
    styled -= {"htmx-request"}  # htmx gives it to what waits for an answer
    markup = "\n".join(
        path.read_text("utf-8") for path in [*ALL_TEMPLATES, *(PORTAL / "pages").rglob("*.py")]
    )
    given = {
        name
        for classes in re.findall(
            r'class="([^"]*)"', re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", "{}", markup))
        )
        for name in classes.split()
    }
    families = {name[: -len("{}")] for name in given if name.endswith("{}")}  # verdict--yes, clause--title …
    assert {name for name in styled - given if not name.startswith(tuple(families))} == set()
    assert {name for name in given - styled if not name.endswith("{}")} == set()
