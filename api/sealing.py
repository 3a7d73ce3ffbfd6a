"""Keys made from SECRET_KEY, one for each purpose: what is secret is encrypted at rest or kept as a keyed hash."""

import base64
import hmac
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@lru_cache(maxsize=32)
def derived_key(secret_key: str, purpose: bytes) -> bytes:
    """32 bytes that say nothing about the key of another `purpose`."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret_key.encode())


def box(secret_key: str, purpose: bytes) -> Fernet:
    """Encrypts and decrypts; what was encrypted under another SECRET_KEY raises cryptography.fernet.InvalidToken."""
    return Fernet(base64.urlsafe_b64encode(derived_key(secret_key, purpose)))


def keyed_hash(secret_key: str, purpose: bytes, text: str) -> str:
    """64 hexadecimal digits; a copy of the database alone does not let anybody try texts against it."""
    return hmac.new(derived_key(secret_key, purpose), text.encode(), sha256).hexdigest()
