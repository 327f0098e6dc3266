"""Settings of I_Improve: one file, everything from the environment (docs/operations.md lists each variable).

LOCAL=1, set by `make run` and `make test`, is the only mode with defaults for secrets and addresses: it uses the private
PostgreSQL, Valkey and SMTP server that `iimprove.embedded` starts under VAR.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from iimprove import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

LOCAL = env.bool("LOCAL", default=False)
VAR = Path(env.str("VAR", default=str(BASE_DIR / "var"))).resolve()


def required(name, local):
    """The variable `name`; without it the value of `local()` in local mode, else a sentence that says what to do."""
    if value := env.str(name, default=""):
        return value
    if LOCAL:
        return local()
    raise ImproperlyConfigured(f"{name} is not set. Set it (docs/operations.md), or set LOCAL=1 to try I_Improve on your own machine.")


def local_secret_key():
    """A key of this installation's own, made once and kept under VAR."""
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


# Where it runs
SECRET_KEY = required("SECRET_KEY", local_secret_key)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
PORT = env.int("PORT", default=8000)
SITE_URL = required("SITE_URL", lambda: f"http://localhost:{PORT}").rstrip("/")
SITE_HOST = SITE_URL.partition("://")[2].partition(":")[0]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_HOST, *(["localhost", "127.0.0.1", "[::1]"] if LOCAL else [])])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
USES_HTTPS = SITE_URL.startswith("https://")
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0 if LOCAL else 1)

# Pieces
INSTALLED_APPS = [
    "learning",
    "changemakers",
    "partners",
    "iimprove",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_countries",
    "django_htmx",
    "import_export",
    "template_partials",
    "django.contrib.admin.apps.SimpleAdminConfig",  # what it shows is imported by urls.py: workers need none of it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "iimprove.middleware.private_pages",
    "iimprove.middleware.no_nul_in_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partners.middleware.SignInRequired",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partners.middleware.own_language_and_zone",
    "partners.middleware.second_factor_where_required",
    "iimprove.middleware.page_for_lost_clicks",
]
ROOT_URLCONF = "iimprove.urls"
WSGI_APPLICATION = "iimprove.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.context.navigation",
            ],
            "builtins": ["iimprove.templatetags.pieces"],
        },
    }
]
FORM_RENDERER = "iimprove.widgets.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORMS_URLFIELD_ASSUME_HTTPS = True  # until Django 6, where it is the rule

# Data
DATABASES = {"default": environ.Env.db_url_config(required("DATABASE_URL", lambda: embedded.database_url(VAR)))}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
_options = DATABASES["default"].setdefault("OPTIONS", {})
# What is read piece by piece is read to its end; and no disk turns any more: to look something up costs hardly more than to read on.
_asked = ["-c cursor_tuple_fraction=1", "-c random_page_cost=1.1"]
if env.bool("DB_POOL", default=False):  # web only: gunicorn's threads share a few connections
    _options["pool"] = {"min_size": 1, "max_size": env.int("DB_POOL_SIZE", default=8), "timeout": 10}
    _asked.append("-c max_parallel_workers_per_gather=0")  # a page reads few rows: others are called in later than one is done
_options.setdefault("options", " ".join(_asked))
_options.setdefault("prepare_threshold", 2)  # what is asked this often on one connection is planned no more: iimprove/written.py
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = required("REDIS_URL", lambda: embedded.redis_url(VAR))
CACHES = {  # `default` counts sign-in attempts and used codes, so it must survive an emptied broker
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # Django's 300 would let anybody push the counters out
    },
    "fast": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "fast",
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    },
    "near": {  # in the process itself: figures that still hold, learning/unchanged.py
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "near",
        "TIMEOUT": 900,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
    "template_fragments": {  # {% cache %}, in the process itself: parts of pages, under all that they say
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
SESSION_ENGINE = "iimprove.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
STATICFILES_DIRS = [("build", BASE_DIR / "static" / "build"), ("img", BASE_DIR / "static" / "img")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "iimprove.assets.Storage"},
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR / "media")))
BACKUP_DIR = env.str("BACKUP_DIR", default="")  # of the nightly dumps; `manage.py doctor` looks at their age

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("sv", _("Swedish")),
    ("nl", _("Dutch")),
    ("de", _("German")),
    ("it", _("Italian")),
    ("pl", _("Polish")),
    ("lt", _("Lithuanian")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["iimprove.formats"]
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Stockholm")

# Mail: every mail is a row of the outbox (iimprove/mail), but sign-in codes
_mail = environ.Env.email_url_config(required("EMAIL_URL", lambda: embedded.email_url(VAR)))
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=_mail["EMAIL_BACKEND"])
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST"), _mail.get("EMAIL_PORT")
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER"), _mail.get("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 15
if EMAIL_BACKEND.startswith("anymail."):
    INSTALLED_APPS.append("anymail")  # for its checks; it needs much that a site which sends by SMTP does without
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", lambda: "I_Improve <post@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_PROVIDER = env.str("MAIL_PROVIDER", default=EMAIL_BACKEND.removeprefix("anymail.backends.").partition(".")[0])  # whose webhooks are listened to
MAIL_RECONCILE = env.str("MAIL_RECONCILE", default="")  # a function(Message-IDs) -> those known to be sent
ANYMAIL = {name.removeprefix("ANYMAIL_"): value for name, value in env.ENVIRON.items() if name.startswith("ANYMAIL_")} | {
    "WEBHOOK_SECRET": env.list("ANYMAIL_WEBHOOK_SECRET", default=[]),
    "REQUESTS_TIMEOUT": EMAIL_TIMEOUT,
}
MAIL_STAYS_HERE = LOCAL and not env.str("EMAIL_URL", default="")  # the embedded server keeps everything on this machine
MAIL_BATCH = env.int("MAIL_BATCH", default=50)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=EMAIL_TIMEOUT * 4)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # opens /metrics/ and the details of /healthz/
MAIL_TICK_SECONDS = env.int("MAIL_TICK_SECONDS", default=10)
PLAN_TICK_SECONDS = env.int("PLAN_TICK_SECONDS", default=60)

# Work in the background: the broker only wakes workers, what is due stands in PostgreSQL (docs/adr/0001)
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_timeout": 10, "socket_connect_timeout": 5}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "drain": {"task": "iimprove.tasks.drain", "schedule": MAIL_TICK_SECONDS, "options": {"expires": MAIL_TICK_SECONDS}},
    "plan": {"task": "learning.tasks.plan", "schedule": PLAN_TICK_SECONDS, "options": {"expires": PLAN_TICK_SECONDS}},
    "reports": {"task": "learning.tasks.make_reports", "schedule": MAIL_TICK_SECONDS, "options": {"expires": MAIL_TICK_SECONDS}},
    "nightly": {"task": "iimprove.tasks.nightly", "schedule": 3600, "options": {"expires": 3600}},
    "nightly of learning": {"task": "learning.tasks.nightly", "schedule": 3600, "options": {"expires": 3600}},
}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps no file that a kill could break: what is due stands in PostgreSQL

# Accounts: sign-in by an e-mailed code, a passkey or a password; no sign-up but by invitation (partners/accounts)
AUTH_USER_MODEL = "partners.Person"
AUTHENTICATION_BACKENDS = ["partners.accounts.backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600  # without "this is my own device": until the browser closes, and no longer than this
ACCOUNT_SESSION_COOKIE_AGE = 180 * 24 * 3600  # with it
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}  # 1234-5678: the keypad of a phone is enough
ACCOUNT_ADAPTER = "partners.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "partners.accounts.forms.SignInForm",
    "confirm_login_code": "partners.accounts.forms.SignInCodeForm",
    "confirm_password_reset_code": "partners.accounts.forms.PasswordResetCodeForm",
    "confirm_email_verification_code": "partners.accounts.forms.AddressCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # password1 without a star: a password is possible, not needed
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 3600  # from the first page to the last, a code sent again within it
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {  # a room of thirty people has one address; what is tried against one account is counted by "key"
    "login": "120/m/ip",
    "request_login_code": "60/m/ip,300/h/ip,3/m/key,10/h/key",
    "login_failed": "10/m/ip,5/5m/key",
}
MFA_ADAPTER = "partners.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "partners.accounts.forms.SecondStepForm",
    "reauthenticate": "partners.accounts.forms.SecondStepAgainForm",
    "activate_totp": "partners.accounts.forms.AppForm",
    "add_webauthn": "partners.accounts.forms.PasskeyForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = USES_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if USES_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = USES_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USES_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if USES_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if USES_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "partners.views.refused.csrf_failure"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_HTTPONLY = USES_HTTPS, "Lax", True
X_FRAME_OPTIONS = "DENY"

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "iimprove.logs.WithoutTokens", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    import sentry_sdk

    sentry_sdk.init(SENTRY_DSN, send_default_pii=False, include_local_variables=False, max_request_body_size="never")
