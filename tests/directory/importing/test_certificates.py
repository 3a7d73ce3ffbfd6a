"""The connection goes to an address, yet the certificate must be of the name that the editor typed."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.directory.importing.fetching import FeedUnusable, Fetcher

BODY = b'{"contents": [{"id": "1", "name": "Group", "status": "active", "phones": []}]}'


class Council(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the test says what is wrong."""


@pytest.mark.parametrize(("name", "is_right"), [("localhost", True), ("other.example", False)])
def test_a_certificate_of_another_name_is_refused(tmp_path: Path, name: str, is_right: bool) -> None:
    for port in _served(certificate(tmp_path, name)):
        fetcher = Fetcher(f"https://localhost:{port}", allow_loopback=True, wait=lambda seconds: None)
        trusting = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
        fetcher._client = httpx2.Client(verify=trusting, trust_env=False)
        if is_right:
            assert len(fetcher.fetch(lambda done, total: None).services) == 1
        else:
            with pytest.raises(FeedUnusable, match="did not answer"):
                fetcher.fetch(lambda done, total: None)
        fetcher.close()


def _served(context: ssl.SSLContext) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Council)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    key, moment = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(own)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(hours=1))
        .not_valid_after(moment + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    told = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(told)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context
