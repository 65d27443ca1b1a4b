"""GitHub and Google on this machine: a provider that speaks the real protocols over HTTP, and is strict.

RFC 6749 (codes), RFC 7636 (PKCE), OpenID Connect Core 1.0 (ID tokens, signed with RS256), and GitHub's two routes for
who somebody is. Whoever comes is the `person`, who always agrees.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT_ID, SECRET = "proficienthub", "a-secret-of-the-tests"


@dataclass(kw_only=True)
class Account:
    """Somebody's account at the provider."""

    uid: int = 4711
    email: str = "lena@elsewhere.example"
    is_verified: bool = True
    name: str = "Lena Elsewhere"


@dataclass(kw_only=True)
class Grant:
    """What a code stands for."""

    query: dict[str, str]
    account: Account


@dataclass(kw_only=True)
class State:
    """What the provider knows, and how it misbehaves when a test wants it to."""

    person: Account = field(default_factory=Account)
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Account] = field(default_factory=dict)
    # Overwrite claims of the ID token, or sign it otherwise.
    claims: dict[str, Any] = field(default_factory=dict)
    signs_with: Any = KEY
    algorithm: str = "RS256"
    # Every exchange of a code that was asked for, and what came of it.
    exchanges: list[tuple[dict[str, str], int]] = field(default_factory=list)


class Provider:
    """A running provider."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.state = State()

    def settings(self) -> dict[str, dict[str, Any]]:
        """The platform's settings that lead here."""
        from config.settings import base

        keys = [{"client_id": CLIENT_ID, "secret": SECRET}]
        return {
            "SOCIALACCOUNT_PROVIDERS": {
                name: {**described, "APPS": keys} for name, described in base.SOCIALACCOUNT_PROVIDERS.items()
            },
            "PROVIDER_ADDRESSES": addresses(self.url),
        }

    def authorize(self, **query: str) -> dict[str, str]:
        """What the person's agreement adds to the address that they are sent back to."""
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.state.codes[code] = Grant(query=query, account=self.state.person)
        return {"code": code, "state": query["state"]}

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for tokens, once, for who asked for it and has the verifier."""
        grant = self.state.codes.pop(form.get("code", ""), None)
        answer = self._tokens(grant, form)
        self.state.exchanges.append((form, answer[0]))
        return answer

    def _tokens(self, grant: Grant | None, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        verifier = form.get("code_verifier", "")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, SECRET):
            return 401, {"error": "invalid_client"}
        if (
            grant is None
            or form.get("redirect_uri") != grant.query["redirect_uri"]
            or challenge != grant.query["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        token = secrets.token_urlsafe(16)
        self.state.tokens[token] = grant.account
        return 200, {"access_token": token, "token_type": "bearer", "id_token": self._id_token(grant)}

    def _id_token(self, grant: Grant) -> str:
        account, now = grant.account, int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": str(account.uid),
            "iat": now,
            "exp": now + 300,
            "nonce": grant.query.get("nonce"),
            "email": account.email,
            "email_verified": account.is_verified,
            "given_name": account.name.partition(" ")[0],
            "family_name": account.name.partition(" ")[2],
            **self.state.claims,
        }
        return jwt.encode(claims, self.state.signs_with, algorithm=self.state.algorithm, headers={"kid": "1"})

    def keys(self) -> dict[str, Any]:
        """The public key (RFC 7517)."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]}


def addresses(url: str) -> dict[str, dict[str, str]]:
    """PROVIDER_ADDRESSES that lead to a provider at this address."""
    return {
        "github": {"authorize": f"{url}/authorize", "token": f"{url}/token", "api": f"{url}/api"},
        "google": {
            "authorize": f"{url}/authorize",
            "token": f"{url}/token",
            "keys": f"{url}/keys",
            "issuer": url,
        },
    }


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        """What browsers and the platform ask for."""
        asked = urlsplit(self.path)
        query = dict(parse_qsl(asked.query))
        if asked.path == "/authorize":
            back = f"{query['redirect_uri']}?{urlencode(self.provider.authorize(**query))}"
            self.send_response(302)
            self.send_header("Location", back)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if asked.path == "/keys":
            self._answer(200, self.provider.keys())
            return
        account = self.provider.state.tokens.get(self.headers.get("Authorization", "").rpartition(" ")[2])
        if account is None:
            self._answer(401, {"message": "Bad credentials"})
        elif asked.path == "/api/user":
            self._answer(200, {"id": account.uid, "login": "lena", "name": account.name, "email": account.email})
        elif asked.path == "/api/user/emails":
            self._answer(200, [{"email": account.email, "primary": True, "verified": account.is_verified}])
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        """The exchange of a code."""
        form = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))
        self._answer(*self.provider.exchange(form))

    def _answer(self, status: int, body: Any) -> None:
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Nothing: the tests say what matters."""


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider in a thread, until the end of the block."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield handler.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
