"""Settings. Every choice comes from the environment and has a safe default; docs/settings.md lists them."""

from pathlib import Path

import environ
from django.core.management.utils import get_random_secret_key

from foundation.organization.whole import made_once

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where everything that is not code lives: database, uploads, keys, checkpoints, produced documents.
DATA_DIR = Path(env("ANBAN_DATA", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
FONTS_DIR = Path(env("ANBAN_FONTS", default=str(BASE_DIR / "var" / "fonts"))).resolve()

DEBUG = env.bool("ANBAN_DEBUG", default=False)
ALLOWED_HOSTS = env.list("ANBAN_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("ANBAN_ORIGINS", default=[])
HTTPS = env.bool("ANBAN_HTTPS", default=False)
DEMO = env.bool("ANBAN_DEMO", default=False)  # the sign-in page lists the demo accounts


def secret_key() -> str:
    """The signing key: from the environment, else made once and kept readable by its owner only."""
    if key := env("ANBAN_SECRET_KEY", default=""):
        return key
    made = made_once(DATA_DIR / "keys" / "secret", lambda: get_random_secret_key().encode())
    return made.decode().strip()


SECRET_KEY = secret_key()

INSTALLED_APPS = [
    "foundation.organization",
    "foundation.journal",
    "foundation.files",
    "foundation.manual",
    "foundation.jobs",
    "foundation.outbox",
    "foundation.health",
    "approvals",
    "documents",
    "workflows.plans",
    "workflows.cases",
    "workflows.tasks",
    "workflows.registers",
    "workflows.campaigns",
    "workflows.tracking",
    "viewflow",
    "viewflow.workflow",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "foundation.organization.forwarded.ForwardedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "foundation.organization.middleware.TextMiddleware",
    "foundation.organization.middleware.IdentityMiddleware",
    "foundation.organization.api.ApiMiddleware",
    "foundation.organization.middleware.FormsOnlyMiddleware",
    "foundation.files.middleware.FormLimitMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'anban.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits for its turn from the first statement on, instead of failing at the first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, not memory: tests with threads need real locks.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    # An inbox asks in one statement what looks dear to the planner: to compile it took ten times as long as to run it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    # Statements are prepared by the server; a pooler in front has to keep connections for a whole session.
    if env.bool("ANBAN_PREPARED", default=True):
        DATABASES["default"].setdefault("OPTIONS", {}).update(server_side_binding=True, prepare_threshold=3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organization.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "workbench"
AXES_FAILURE_LIMIT = env.int("ANBAN_SIGN_IN_TRIES", default=5)
AXES_COOLOFF_TIME = env.float("ANBAN_SIGN_IN_PAUSE_HOURS", default=0.5)
ONE_TIME_DAYS = env.int("ANBAN_ONE_TIME_DAYS", default=14)
DORMANT_DAYS = env.int("ANBAN_DORMANT_DAYS", default=90)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

SESSION_COOKIE_AGE = env.int("ANBAN_SESSION_SECONDS", default=8 * 3600)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked from the machine itself
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# What else lives under the office's domain is not ours to decide: no word on its subdomains.
# A time of day that a column begins with is meant: Django takes it for a mistake in the ten seconds around it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "fields.W161"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# How many servers of ours stand in front: the client's address is read from what they forward. More than there are
# would let everybody choose their own.
TRUSTED_PROXIES = env.int("ANBAN_TRUSTED_PROXIES", default=0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
MANUAL_DIR = BASE_DIR / "docs" / "manual"
STATICFILES_DIRS = [BASE_DIR / "static", ("manual", MANUAL_DIR / "images")]
STATIC_ROOT = BASE_DIR / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
WHITENOISE_USE_FINDERS = True  # no collectstatic needed on one machine

# Uploads lie outside the web root and are read only through a permission (foundation/files).
FILES_DIR = DATA_DIR / "files"
PICTURES_DIR = DATA_DIR / "pictures"  # of drafts' pages, made again when they are gone
UPLOAD_LIMIT_BYTES = env.int("ANBAN_UPLOAD_MB", default=50) * 1024 * 1024
FORM_LIMIT_BYTES = env.int("ANBAN_FORM_MB", default=200) * 1024 * 1024  # a form with all its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# 档号 and 保管期限: a folder of dated schemes (docs/schemas/archive_scheme.json).
ARCHIVE_SCHEMES = env("ANBAN_ARCHIVE_SCHEMES", default=str(BASE_DIR / "documents" / "archiving" / "schemes"))

# Working days the office gives itself to review a submission; only its own light depends on it.
REVIEW_DAYS = env.int("ANBAN_REVIEW_DAYS", default=3)

# 一案双罚: the natural person has to be the 主要负责人.
CASE_PRINCIPAL = env.bool("ANBAN_CASE_PRINCIPAL", default=False)

# Codes of units that decide their cases here, step by step; the others record what their own systems decided.
CASE_FULL_PROCEDURE = env.list("ANBAN_CASE_FULL_PROCEDURE", default=[])

# Empty: workers look at the table themselves. Many machines: a broker wakes them (foundation/jobs/broker.py).
BROKER = env("ANBAN_BROKER", default="")
JOB_DAYS = env.int("ANBAN_JOB_DAYS", default=90)  # ended background jobs are kept so long

CHECKPOINTS = env.int("ANBAN_CHECKPOINTS", default=300)  # kept one by one; of older ones the last of each day

# Papers that bear a 核验码 are signed with this key (documents/sealing).
SIGNING_KEY = env("ANBAN_SIGNING_KEY", default="")
SIGNING_PASSWORD = env("ANBAN_SIGNING_PASSWORD", default="")
SIGNING_ROOTS = env("ANBAN_SIGNING_ROOTS", default="")
SIGNING_TSA = env("ANBAN_SIGNING_TSA", default="")
CACHES = {"default": env.cache("ANBAN_CACHE", default="locmemcache://")}
PUBLIC_URL = env("ANBAN_PUBLIC_URL", default="")

# Ways out of the house for messages (foundation/outbox/channels): one that is not set is closed.
EMAIL = env.email_url("ANBAN_EMAIL", default="") if env("ANBAN_EMAIL", default="") else {}
EMAIL_FROM = env("ANBAN_EMAIL_FROM", default="")
WECOM_URL = env("ANBAN_WECOM_URL", default="https://qyapi.weixin.qq.com")
WECOM_CORP = env("ANBAN_WECOM_CORP", default="")
WECOM_AGENT = env.int("ANBAN_WECOM_AGENT", default=0)
WECOM_SECRET = env("ANBAN_WECOM_SECRET", default="")
WECOM_ROBOT = env("ANBAN_WECOM_ROBOT", default="")
SMS_URL = env("ANBAN_SMS_URL", default="")
SMS_HEADERS = env("ANBAN_SMS_HEADERS", default="")
SMS_BODY = env("ANBAN_SMS_BODY", default='{"id":"{id}","phone":"{phone}","text":"{text}"}')
SMS_OK = env("ANBAN_SMS_OK", default="")
MESSAGE_TIMEOUT = env.float("ANBAN_MESSAGE_TIMEOUT", default=10)  # seconds for one request
MESSAGE_DAYS = env.int("ANBAN_MESSAGE_DAYS", default=365)  # messages that were read or sent are kept so long

OFFICE_NAME = env("ANBAN_OFFICE", default="英德市安委办")

LOG_LEVEL = env("ANBAN_LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {"fontTools": {"level": "ERROR"}, "weasyprint": {"level": "ERROR"}},
}
