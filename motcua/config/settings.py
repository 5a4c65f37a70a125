"""Every setting of Một Cửa, in one file, driven by the environment.

| Variable                 | Meaning                                                        | Default        |
|--------------------------|----------------------------------------------------------------|----------------|
| MOTCUA_HOME              | folder of data: database, files, keys                          | ./var          |
| DATABASE_URL             | postgresql://user:password@host:port/name or sqlite:///path    | SQLite in home |
| MOTCUA_PUBLIC_URL        | address that QR codes on paper lead to                         | http://127.0.0.1:PORT |
| PORT                     | port of `motcua serve`                                         | 8000           |
| MOTCUA_SITE_NAME / _ADDRESS / _PHONE | whose site it is, on every public page             | Một Cửa, none, none |
| MOTCUA_ALLOWED_HOSTS     | host names served, separated by commas                         | loopback       |
| MOTCUA_SECRET_KEY        | signing key; made once in MOTCUA_HOME when absent              |                |
| MOTCUA_DEBUG             | 1 only while developing                                        | 0              |
| MOTCUA_HTTPS             | 1 behind a TLS proxy: secure cookies, HSTS                     | 0              |
| MOTCUA_HSTS_SUBDOMAINS   | 0 where a subdomain of the same name is still without TLS       | 1              |
| MOTCUA_PROXIES           | own proxies in front that write X-Forwarded-For                 | 1 with MOTCUA_HTTPS, else 0 |
| MOTCUA_DB_POOL           | connections kept per process on PostgreSQL; 0 turns it off     | 8              |
| DATABASE_REPLICA_URL     | postgresql://… of a streaming replica: figures are read there   | none           |
| MOTCUA_REPLICA_LAG       | seconds that the replica may be behind before it is passed over | 60             |
| MOTCUA_EMAIL_HOST / _PORT / _USER / _PASSWORD / MOTCUA_EMAIL_FROM | outgoing mail         | none           |
| MOTCUA_CLAMD             | host:port or unix socket of clamd                              | none           |
| MOTCUA_UPLOAD_MAX_MB     | largest file taken in, in MB                                   | 20             |
| MOTCUA_UPLOAD_UNSCANNED  | files no scanner has seen: quarantine, refuse or accept (with a warning) | quarantine |
| MOTCUA_SEAL_MINUTES      | the timer seals the log when the last seal is older than this  | 60             |
| MOTCUA_OIDC_PRIVATE      | 1 lets the national sign-on be at a private address, in the clear | 0           |
| MOTCUA_OIDC_…            | secrets of sign-on providers, named in their rows              |                |
| MOTCUA_TSA_URL           | RFC 3161 time stamp authority for seals                        | none           |
| MOTCUA_SIGN_P12 / _PASSWORD | PKCS#12 file that signs results; else a marked test authority | none           |
| MOTCUA_SIGNER            | dotted name of a function giving a pyHanko signer (device)     | none           |
| MOTCUA_BACKUP_DAYS       | `motcua backup` deletes copies older than so many days         | 30             |
| MOTCUA_ENV               | file of these variables that `motcua backup` copies as well    | /etc/motcua.env |
| MOTCUA_SIGN_ROOTS        | PEM file of authorities that signatures may lead to            | none           |
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

VERSION = "0.1.0"
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("MOTCUA_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
PORT = int(os.environ.get("PORT", "8000"))
SITE = {
    name: os.environ.get(f"MOTCUA_SITE_{name.upper()}", "").strip() for name in ("name", "address", "phone")
}
PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
DEBUG = os.environ.get("MOTCUA_DEBUG") == "1"
HTTPS = os.environ.get("MOTCUA_HTTPS") == "1"
PROXIES = int(os.environ.get("MOTCUA_PROXIES", "1" if HTTPS else "0"))


def _secret_key() -> str:
    """The signing key: from the environment, else a random one kept in MOTCUA_HOME, readable by its owner."""
    if key := os.environ.get("MOTCUA_SECRET_KEY"):
        return key
    path = HOME / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("MOTCUA_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []


def _sqlite(path: str) -> dict[str, Any]:
    """SQLite as one commune runs it: write-ahead log, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;",
        },
        "TEST": {"NAME": None},
    }


def _postgresql(url: SplitResult) -> dict[str, Any]:
    """PostgreSQL with a connection pool and prepared statements (Django leaves the latter off)."""
    pool = int(os.environ.get("MOTCUA_DB_POOL", "8"))
    # Compiling a statement that counts figures takes PostgreSQL several times as long as running it.
    options: dict[str, Any] = {"prepare_threshold": 3, "options": "-c jit=off", **dict(parse_qsl(url.query))}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


def _database() -> dict[str, Any]:
    """The database named by DATABASE_URL, else SQLite in MOTCUA_HOME. Raises ValueError for another kind."""
    text = os.environ.get("DATABASE_URL", "")
    if not text:
        return _sqlite(str(HOME / "motcua.sqlite3"))
    url = urlsplit(text)
    if url.scheme in ("postgresql", "postgres"):
        return _postgresql(url)
    if url.scheme == "sqlite":
        return _sqlite(unquote(url.path[1:]) or ":memory:")
    raise ValueError("DATABASE_URL phải bắt đầu bằng postgresql:// hoặc sqlite:///")


DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": _database()}
# Figures may be read from a replica (motcua/statistics/replica.py).
DATABASE_ROUTERS: list[str] = []
REPLICA_LAG = int(os.environ.get("MOTCUA_REPLICA_LAG", "60"))
if _replica := os.environ.get("DATABASE_REPLICA_URL", ""):
    DATABASES["replica"] = _postgresql(urlsplit(_replica)) | {"TEST": {"MIRROR": "default"}}
    DATABASES["replica"]["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
    DATABASE_ROUTERS = ["motcua.statistics.replica.Router"]

# Counts of tries (throttles) are shared by all processes of this machine.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        # Django keeps 300 entries and throws a third away at random: a count of failures must not be among them.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "django_htmx",
    "template_partials",
    "motcua.core",
    "motcua.accounts",
    "motcua.audit",
    "motcua.files",
    "motcua.printing",
    "motcua.places",
    "motcua.agencies",
    "motcua.notifications",
    "motcua.payments",
    "motcua.workdays",
    "motcua.procedures",
    "motcua.eforms",
    "motcua.dossiers",
    "motcua.holdings",
    "motcua.filing",
    "motcua.feedback",
    "motcua.surveys",
    "motcua.tickets",
    "motcua.news",
    "motcua.statistics",
    "motcua.privacy",
    "motcua.counter",
    "motcua.portal",
    "motcua.api",
    "motcua.scenarios",
]

MIDDLEWARE = [
    "motcua.accounts.middleware.real_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random against BREACH; tokens are masked
    "motcua.core.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.portal.middleware.readers_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.agencies.middleware.authority",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.agencies.middleware.staff_duties",
    "motcua.portal.signing_in.citizens_session",
    "motcua.portal.middleware.citizens_stay_outside",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.core.middleware.refuse_nul",
    "motcua.core.middleware.errors_to_pages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
DEMONSTRATION = (
    HOME / "demonstration"
)  # a file that `motcua demo` leaves: the fictional province was loaded here

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "core" / "templates", BASE_DIR / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.core.context.site",
            ],
        },
    }
]

FORM_RENDERER = "motcua.core.forms.Renderer"
CSRF_FAILURE_VIEW = "motcua.core.views.csrf_failure"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "motcua.accounts.validators.VietnameseWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:start"
# Where a day begins: the first of these that the person may open, else the first line of their menu.
START_PAGES = (
    "counter:receive", "dossiers:leader", "dossiers:inbox", "agencies:tree", "audit:events", "holdings:assist",
)  # fmt: skip
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "motcua.accounts.adapter.StaffAccountAdapter"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "motcua.accounts.forms.LoginForm",
    "change_password": "motcua.accounts.forms.ChangePasswordForm",
    "reauthenticate": "motcua.accounts.forms.ReauthenticateForm",
}
# The lock after 6 wrong passwords is axes'; these limits also slow down guessing of second-factor codes.
ACCOUNT_RATE_LIMITS = {"login": "1200/m/ip", "login_failed": "30/m/ip,8/300s/key"}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by an administrator, not by mail
MFA_ADAPTER = "motcua.accounts.adapter.StaffMFAAdapter"
MFA_FORMS = {
    "authenticate": "motcua.accounts.forms.CodeForm",
    "reauthenticate": "motcua.accounts.forms.CodeAgainForm",
    "activate_totp": "motcua.accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Một Cửa"
SOCIALACCOUNT_ADAPTER = "motcua.accounts.national.NationalAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
CITIZEN_SIGN_IN, NATIONAL_RETURN = "portal:sign_in", "portal:national"
OIDC_PRIVATE_HOSTS = os.environ.get("MOTCUA_OIDC_PRIVATE") == "1"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "motcua.accounts.lockout.counted_name"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = True

SESSION_ENGINE = "motcua.core.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # this prefix makes browsers refuse the cookie from another host or without TLS (ASVS 5, V3.3.3)
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = os.environ.get("MOTCUA_HSTS_SUBDOMAINS", "1") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SILENCED_SYSTEM_CHECKS = [
    "models.W040"
]  # SQLite ignores the columns that PostgreSQL's indexes cover: as meant

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # English on the citizen's pages only
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["motcua.core.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS: list[str] = []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {"BACKEND": "motcua.core.storage.Storage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_HOST = os.environ.get("MOTCUA_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("MOTCUA_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MOTCUA_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOTCUA_EMAIL_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_EMAIL_FROM", "motcua@localhost")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

CLAMD = os.environ.get("MOTCUA_CLAMD", "")
UPLOAD_MAX_MB = int(os.environ.get("MOTCUA_UPLOAD_MAX_MB", "20"))
UPLOAD_UNSCANNED = os.environ.get("MOTCUA_UPLOAD_UNSCANNED", "quarantine")
TSA_URL = os.environ.get("MOTCUA_TSA_URL", "")
SEAL_MINUTES = int(os.environ.get("MOTCUA_SEAL_MINUTES", "60"))
SIGN_P12 = os.environ.get("MOTCUA_SIGN_P12", "")
SIGN_P12_PASSWORD = os.environ.get("MOTCUA_SIGN_P12_PASSWORD", "")
SIGNER = os.environ.get("MOTCUA_SIGNER", "")
SIGN_ROOTS = os.environ.get("MOTCUA_SIGN_ROOTS", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
