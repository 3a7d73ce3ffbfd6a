"""Every setting, in one typed place. A wrong one stops the program and says how to mend it."""

from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.mail_server import address_of, read_mail_server

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE_SECRET = "demonstration-only-not-secret"
LOOPBACK = {("http", host) for host in ("127.0.0.1", "::1", "localhost")}


class Settings(BaseSettings):
    """Read from the environment, then from `.env`. Documented one by one in docs/settings.md."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    bumpline_env: Literal["demonstration", "production"] = "demonstration"
    database_url: str = f"sqlite:///{ROOT / 'var' / 'bumpline.db'}"
    secret_key: str = EXAMPLE_SECRET
    public_base_url: str = "http://127.0.0.1:8000"
    default_language: str = "en"
    content_folder: Path = ROOT / "content"
    locales_folder: Path = ROOT / "locales"

    bot_url: str = "http://127.0.0.1:5005"
    bot_token: str = ""
    bot_timeout: float = Field(default=3.0, gt=0, le=10)
    actions_url: str = "http://127.0.0.1:5055/webhook"
    danger_threshold: float = Field(default=0.15, gt=0, lt=1)
    overrule_threshold: float = Field(default=0.003, ge=0, lt=1)
    naming_threshold: float = Field(default=0.7, gt=0, le=1)
    loss_threshold: float = Field(default=0.3, gt=0, lt=1)

    assurance_due_days: int = Field(default=90, ge=1)
    assurance_grace_days: int = Field(default=30, ge=0)

    worker_embedded: bool = True
    retention_days: int = Field(default=30, ge=1)
    rate_limit_per_minute: int = Field(default=6000, ge=1)
    embed_origins: str = ""

    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_strong_acr: str = ""

    smtp_url: str = Field(default="", repr=False)
    mail_from: str = ""

    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_messaging_service_sid: str = ""
    twilio_from_number: str = ""
    twilio_api_url: str = "https://api.twilio.com"
    twilio_timeout: float = Field(default=10.0, gt=0, le=60)
    sms_allow_fiction_numbers: bool = False

    @model_validator(mode="after")
    def _refuse_example_secret(self) -> "Settings":
        if self.is_production and self.secret_key == EXAMPLE_SECRET:
            raise ValueError("SECRET_KEY is still the example value. Set it to 32 or more random characters.")
        return self

    @model_validator(mode="after")
    def _refuse_half_of_twilio(self) -> "Settings":
        given = (self.twilio_account_sid, self.twilio_auth_token)
        if any(given) and not self.has_twilio:
            raise ValueError(
                "Twilio is set up only in part: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and one of "
                "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM_NUMBER, or none of them."
            )
        return self

    @model_validator(mode="after")
    def _refuse_half_of_oidc(self) -> "Settings":
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(given) and not all(given):
            raise ValueError(
                "Single sign-on is set up only in part: set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, "
                "or none of them."
            )
        if self.oidc_issuer and not is_safe_address(self.oidc_issuer):
            raise ValueError("OIDC_ISSUER must begin with https:// (http:// only on this machine).")
        return self

    @model_validator(mode="after")
    def _refuse_half_of_mail(self) -> "Settings":
        if bool(self.smtp_url) != bool(self.mail_from):
            raise ValueError("Mail is set up only in part: set SMTP_URL and MAIL_FROM, or neither.")
        if self.has_mail:
            read_mail_server(self.smtp_url)
            address_of(self.mail_from)
        return self

    @property
    def is_production(self) -> bool:
        return self.bumpline_env == "production"

    @property
    def twilio_auth_tokens(self) -> tuple[str, ...]:
        """Accepted tokens, the primary first: two while a token is being changed."""
        return tuple(token.strip() for token in self.twilio_auth_token.split(",") if token.strip())

    @property
    def has_oidc(self) -> bool:
        return bool(self.oidc_issuer)

    @property
    def has_mail(self) -> bool:
        return bool(self.smtp_url and self.mail_from)

    @property
    def has_twilio(self) -> bool:
        sender = self.twilio_messaging_service_sid or self.twilio_from_number
        return bool(self.twilio_account_sid and self.twilio_auth_tokens and sender)


def is_safe_address(address: str) -> bool:
    """https, or http on this machine: nobody between can read or change what is said there."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme, parts.hostname) in LOOPBACK)
    except ValueError:
        return False


@lru_cache
def get_settings() -> Settings:
    return Settings()
