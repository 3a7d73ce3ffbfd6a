"""Single sign-on at one OpenID Connect issuer: authorization code with PKCE, state and nonce.

Authlib speaks the protocol over our HTTP client and judges the claims; joserfc, which it stands on, the signature.
"""

import logging
import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.accounts.visitor import NotSignedIn
from api.errors import OutOfService
from api.settings import Settings, is_safe_address

log = logging.getLogger(__name__)
BACK = "/sign-in/issuer/back"
DISCOVERY = "/.well-known/openid-configuration"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Only with a key pair: a shared secret, or none, would let others write tokens."""
WITHIN = 5.0
LEEWAY = 60
SECOND_FACTORS = {"mfa", "otp", "hwk"}
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Begun:
    """Where to send the browser, and what it must bring back."""

    address: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True)
class Attested:
    """Who the issuer says this is. `email` was verified by it; `has_second_factor`: it asked for one."""

    subject: str
    email: str
    has_second_factor: bool


@dataclass(frozen=True)
class Issuer:
    """Asks afresh at every sign-in: staff sign in rarely, and a changed key needs no restart."""

    address: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    strong_acr: frozenset[str] = frozenset()

    def begin(self) -> Begun:
        """Raises OutOfService when the issuer does not answer."""
        known = self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        with self._client() as client:
            address, _ = client.create_authorization_url(
                known["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce
            )
        return Begun(address, state, nonce, verifier)

    def finish(self, begun: Begun, code: str) -> Attested:
        """What the issuer says in exchange for `code`; raises NotSignedIn when it cannot be believed, OutOfService."""
        known = self._discovered()
        try:
            with self._client() as client:
                answer = client.fetch_token(
                    known["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=begun.verifier,
                )
            claims = self._claims(known, answer, begun.nonce)
        except httpx2.HTTPError as error:
            raise _silent(error) from error
        except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError) as error:
            raise _unbelievable(type(error).__name__) from error
        return self._attested(claims)

    def _claims(self, known: dict[str, Any], answer: dict[str, Any], nonce: str) -> dict[str, Any]:
        """The id_token's claims, when its signature, issuer, audience, times and nonce are right."""
        keys = self._fetched(known["jwks_uri"])["keys"]
        usable = [key for key in keys if key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"]
        token = jwt.decode(answer["id_token"], KeySet.import_key_set({"keys": usable}), algorithms=ALGORITHMS)
        options: Any = {
            "iss": {"essential": True, "value": known["issuer"]},
            "aud": {"essential": True, "value": self.client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        params = {"nonce": nonce, "client_id": self.client_id, "access_token": answer.get("access_token")}
        claims: Any = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    def _attested(self, claims: dict[str, Any]) -> Attested:
        email, subject = claims.get("email"), claims.get("sub")
        if not isinstance(email, str) or not isinstance(subject, str) or claims.get("email_verified") is not True:
            raise NotSignedIn("Your organisation has not verified your e-mail address, so it cannot be used here.")
        used = claims.get("amr") or []
        is_strong = bool(SECOND_FACTORS & {way for way in used if isinstance(way, str)})
        return Attested(subject, email, is_strong or claims.get("acr") in self.strong_acr)

    def _discovered(self) -> dict[str, Any]:
        """The issuer's own description; raises OutOfService when it is another's, or its addresses are not safe."""
        known = self._fetched(self.address.rstrip("/") + DISCOVERY)
        if str(known.get("issuer", "")).rstrip("/") != self.address.rstrip("/"):
            raise _silent(ValueError("another issuer"))
        if not all(is_safe_address(str(known.get(name, ""))) for name in ENDPOINTS):
            raise _silent(ValueError("an address that is not safe"))
        return known

    def _fetched(self, address: str) -> dict[str, Any]:
        try:
            with httpx2.Client(timeout=WITHIN) as client:
                answer = client.get(address, headers={"Accept": "application/json"}).raise_for_status().json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise _silent(error) from error
        if not isinstance(answer, dict):
            raise _silent(TypeError("no JSON object"))
        return answer

    def _client(self) -> Any:
        made: Any = OAuth2Client  # Authlib has no types
        return made(
            client_id=self.client_id,
            client_secret=self.client_secret,
            scope="openid email",
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            timeout=WITHIN,
        )


def issuer(settings: Settings) -> Issuer | None:
    """The issuer of the settings; None when there is none."""
    if not settings.has_oidc:
        return None
    return Issuer(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.public_base_url.rstrip("/") + BACK,
        frozenset(settings.oidc_strong_acr.split()),
    )


def _silent(error: Exception) -> OutOfService:
    log.warning("issuer silent: %s", type(error).__name__)
    return OutOfService("Your organisation's sign-in does not answer just now. Try again soon, or use your password.")


def _unbelievable(kind: str) -> NotSignedIn:
    log.warning("issuer not believed: %s", kind)
    return NotSignedIn("The answer of your organisation's sign-in could not be checked. Start again.")
