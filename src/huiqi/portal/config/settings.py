"""Settings of the portal.

Nothing has to be set to start it: without environment variables it keeps an SQLite database and a secret
key of its own under ``var/portal``, reads ``catalogue/``, and shows the official texts of ``var/library`` if
there are any. An installation may set

``HUIQI_CATALOGUE``       the folder of the catalogue
``HUIQI_LIBRARY``         the folder of the library, which may be missing; the one that ``huiqi ingest`` fills
``HUIQI_DATA_DIR``        the folder of the database, the secret key and the collected static files
``HUIQI_DATABASE``        the address of a PostgreSQL database, instead of the file in the data folder
``HUIQI_SECRET_KEY``      the key that signs sessions, instead of the one kept in the data folder
``HUIQI_ALLOWED_HOSTS``   host names, separated by commas; without it this machine's own names only
``HUIQI_HTTPS``           ``1`` behind a proxy that speaks HTTPS and sets X-Forwarded-Proto: secure cookies
``HUIQI_DEBUG``           ``1`` for error pages with tracebacks; they show what was typed, so not in public
"""

from __future__ import annotations

import os
from pathlib import Path

from huiqi.casework.storage import database
from huiqi.library.store import DEFAULT_PATH
from huiqi.portal.config.secret import kept_secret_key

PORTAL = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("HUIQI_DATA_DIR", "var/portal")).resolve()
CATALOGUE_ROOT = Path(os.environ.get("HUIQI_CATALOGUE", "catalogue")).resolve()
LIBRARY_FILE = Path(os.environ.get("HUIQI_LIBRARY") or DEFAULT_PATH.parent).resolve() / DEFAULT_PATH.name

DEBUG = os.environ.get("HUIQI_DEBUG") == "1"
SECRET_KEY = os.environ.get("HUIQI_SECRET_KEY") or kept_secret_key(DATA_DIR)
ALLOWED_HOSTS = [host for host in os.environ.get("HUIQI_ALLOWED_HOSTS", "").split(",") if host] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "huiqi.casework",
    "huiqi.portal.policies",
    "huiqi.portal.screening",
    "huiqi.portal.pages.public",
    "huiqi.portal.pages.staff",
]
MIDDLEWARE = [
    "huiqi.portal.config.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huiqi.portal.pages.public.dates.AsOfDate",
]
ROOT_URLCONF = "huiqi.portal.config.urls"
WSGI_APPLICATION = "huiqi.portal.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "huiqi.portal.pages.public.context.every_page",
            ],
        },
    }
]

DATABASES = {"default": database(os.environ.get("HUIQI_DATABASE", ""), DATA_DIR)}
# Failed logins are counted here; many made-up names must not push out those of one account.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "staff:login"
LOGIN_REDIRECT_URL = "staff:queue"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PORTAL / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Answers belong to an anonymous session that ends twelve hours after the last one.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "huiqi_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "huiqi.portal.pages.staff.views.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("HUIQI_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60

# Never the body or the query of a request: what people answer is their own business.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "waitress.queue": {"level": "ERROR"},  # that a request waited a moment is no news
    },
}
