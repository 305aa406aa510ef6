"""Every setting in one file. With an empty environment it describes the embedded house of `./dev demo`;
variables switch single services to servers of your own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from config.environment import flag, kept_secret, number, own_names, text, words
from config.services import database_url

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(text("PARLEY_DATA") or BASE_DIR / ".parley").resolve()
TESTING = flag("PARLEY_TESTING")
DEBUG = flag("DEBUG")

# Without a database server named, the house is embedded: one machine, plain http, a secret kept in the data folder.
OWN_DATABASE = not text("DATABASE_URL")
EMBEDDED = OWN_DATABASE or flag("PARLEY_DEMO")
SECURE = flag("PARLEY_HTTPS", default=not (EMBEDDED or DEBUG or TESTING))
SECRET_KEY = text("SECRET_KEY")
if not SECRET_KEY and (EMBEDDED or DEBUG or TESTING):
    SECRET_KEY = kept_secret(DATA_DIR / "secret-key")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is not set and DEBUG is off: set SECRET_KEY or SECRET_KEY_FILE.")
if not DEBUG and (
    len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-")
):
    raise ImproperlyConfigured("SECRET_KEY is too weak to be a secret: give it 50 random characters or more.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.apps.HouseFilesConfig",
    "channels",
    "django_htmx",
    "config",
    "simulations",
    "negotiations",
    "classrooms",
    "debriefs",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.protect",
    "config.middleware.CompressPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
            ],
        },
    }
]
if DEBUG:
    TEMPLATES[0]["OPTIONS"]["loaders"] = ["django.template.loaders.filesystem.Loader"]  # type: ignore[index]


def describe_database(url: str) -> dict[str, Any]:
    """Django's description of a PostgreSQL address; what Django has no word for goes on to the driver."""
    parts: dict[str, Any] = dict(conninfo_to_dict(url))
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    known = {ours: str(parts.pop(theirs)) for ours, theirs in named.items() if theirs in parts}
    if password := text("DATABASE_PASSWORD"):
        known["PASSWORD"] = password  # from a file of its own, so that the address may be shown to anybody
    if size := number("DATABASE_POOL", 16):
        parts["pool"] = {"min_size": 1, "max_size": size, "timeout": 10}
    return {"ENGINE": "django.db.backends.postgresql", **known, "OPTIONS": parts}


DATABASES = {"default": describe_database(text("DATABASE_URL") or database_url(DATA_DIR / "postgres"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = text("REDIS_URL")
CHANNEL_LAYERS: dict[str, Any] = {"default": {"BACKEND": "config.layers.InMemoryLayer"}}
if REDIS_URL:
    CHANNEL_LAYERS["default"] = {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": 5, "socket_connect_timeout": 2}]},
    }

# Celery only triggers: what must be done stands in the database, so a lost message costs time, never a result.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 300, "socket_timeout": 5, "socket_connect_timeout": 2, "max_retries": 1}
    if REDIS_URL
    else {"polling_interval": 0.05}
)
CELERY_VISIBILITY_TIMEOUT = 300
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "find figures that were lost": {"task": "debriefs.sweep", "schedule": 30.0, "options": {"expires": 30}},
}

AUTH_USER_MODEL = "classrooms.User"
PARLEY_DOOR = "classrooms.access.Door"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = text("TIME_ZONE", "UTC")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT") or DATA_DIR / "static")
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.is_dir()]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.assets.BuiltFiles",
]
BUILT_ASSETS = DATA_DIR / "built"
WORKSHOP = DEBUG or TESTING  # files are served from where they are written, without collecting them first
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WORKSHOP
        else "config.assets.HashedFiles"
    },
}
if WORKSHOP:  # collected files never come this far: config.files answers for them
    MIDDLEWARE.insert(2, "whitenoise.middleware.WhiteNoiseMiddleware")
WHITENOISE_USE_FINDERS = WORKSHOP
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if WORKSHOP else 3600

# Hosts: configured ones in public, this machine's own names and addresses when embedded.
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or (own_names() if EMBEDDED or WORKSHOP else [])
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
# Whose word on a visitor's address is believed; failures to sign in are counted by it. Nobody's by default.
PROXY = text("PARLEY_PROXY")
if TESTING:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver", "classroom.test"]

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14  # instructors; students come back by a device token of their own
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = (
    "same-origin" if SECURE else None
)  # browsers ignore it on plain http, loudly
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = number("EMAIL_PORT", 587)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "parley@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a stranger's 404 is no news
        "channels_redis": {
            "level": "CRITICAL"
        },  # it would say every second that Redis is away; we say it once
    },
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
