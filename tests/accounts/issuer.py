"""An OpenID Connect issuer of our own, on loopback, with its own key: it can be told to lie."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Header, HTTPException
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import RedirectResponse

from api.database import now

CLIENT, SECRET = "bumpline", "a secret of the issuer"
LIFE = 300


@dataclass
class FakeIssuer:
    """`person`: claims of whoever signs in. `lies`: claims put over the right ones; None leaves one out.

    `signs_with`: the key used, at first the published one.
    """

    redirect_uri: str
    person: dict[str, Any]
    address: str = ""
    lies: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    signs_with: RSAKey | None = None
    is_down: bool = False
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> FastAPI:
        made = FastAPI()
        made.get("/.well-known/openid-configuration")(self.discovery)
        made.get("/keys")(lambda: {"keys": [self.key.as_dict(private=False)]})
        made.get("/authorize")(self.authorize)
        made.post("/token")(self.token)
        return made

    def discovery(self) -> dict[str, Any]:
        if self.is_down:
            raise HTTPException(503)
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def authorize(
        self,
        client_id: str,
        redirect_uri: str,
        response_type: str,
        scope: str,
        state: str,
        nonce: str,
        code_challenge: str,
        code_challenge_method: str,
    ) -> RedirectResponse:
        assert (client_id, redirect_uri, response_type) == (CLIENT, self.redirect_uri, "code")
        assert "openid" in scope.split()
        assert code_challenge_method == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = {"nonce": nonce, "challenge": code_challenge}
        query = urlencode({"code": code, "state": state, "iss": self.address})
        return RedirectResponse(f"{redirect_uri}?{query}", status_code=303)

    def token(
        self,
        grant_type: Annotated[str, Form()],
        code: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
        authorization: Annotated[str, Header()],
    ) -> dict[str, Any]:
        asked = self._codes.pop(code, None)
        given = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).decode().rstrip("=")
        if asked is None or authorization != f"Basic {given}" or challenge != asked["challenge"]:
            raise HTTPException(400)
        assert (grant_type, redirect_uri) == ("authorization_code", self.redirect_uri)
        id_token = self.id_token(asked["nonce"])
        return {"access_token": "of no use here", "token_type": "Bearer", "expires_in": LIFE, "id_token": id_token}

    def id_token(self, nonce: str) -> str:
        moment = int(now().timestamp())
        right = {"iss": self.address, "aud": CLIENT, "exp": moment + LIFE, "iat": moment, "nonce": nonce}
        claims = {name: value for name, value in {**right, **self.person, **self.lies}.items() if value is not None}
        return self.signed(claims)

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)

    def forger(self, algorithm: str) -> Callable[[dict[str, Any]], str]:
        """In place of `signed`: no signature, or the published key used as if it were a shared secret."""

        def forged(claims: dict[str, Any]) -> str:
            begun = _part({"alg": algorithm, "kid": "one"}) + b"." + _part(claims)
            key = self.key.as_pem(private=False)
            signature = hmac.digest(key, begun, "sha256") if algorithm == "HS256" else b""
            return (begun + b"." + _base64(signature)).decode()

        return forged


def _part(value: dict[str, Any]) -> bytes:
    return _base64(json.dumps(value).encode())


def _base64(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")
