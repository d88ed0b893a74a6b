"""A server for one person's browser: pages of the build folder, and events that renew them."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from policygen.diagnostics import as_text, plural
from policygen.watch.pages import EVENTS, SCRIPT, Page, served
from policygen.writers.theme import bundled_templates

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from policygen.watch.rebuilding import Outcome

LOCAL = "127.0.0.1"
"""Only this machine is answered."""

PORT = 8700
PORTS_TRIED = 20
PULSE = 15.0
"""Seconds after which something is sent to a browser, to learn whether it is still there."""

_CLOSING = 0.02
"""Seconds in which the server notices that it is to end."""


@dataclass(slots=True)
class News:
    """What the server tells open pages; the watching side puts it in, each reader waits.

    ``build`` counts builds; ``changed`` says in which each file changed last; ``problems``
    are what is wrong now, as ``{"text": …, "error": …}``.
    """

    build: int = 0
    changed: dict[str, int] = field(default_factory=dict)
    problems: list[dict[str, object]] = field(default_factory=list)
    closed: bool = False
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, outcome: Outcome, prefix: str = "") -> None:
        """Take what came of a rebuild; ``prefix`` goes before the paths of sources."""
        report = outcome.report
        problems: list[dict[str, object]] = [
            {"error": d.is_error, "text": as_text([d], report.texts, prefix=prefix).strip()}
            for d in report.diagnostics
        ]
        with self.arrived:
            self.build += 1
            self.changed |= dict.fromkeys(outcome.changed, self.build)
            self.problems = problems
            self.arrived.notify_all()

    def close(self) -> None:
        """Send all readers home."""
        with self.arrived:
            self.closed = True
            self.arrived.notify_all()

    def events(self, page: str, shown: int, told: int) -> list[tuple[str, object]]:
        """Give the events for a page that shows build ``shown`` and was told up to ``told``."""
        if self.changed.get(page, 0) > shown:
            return [("reload", self.build)]
        if self.build > told:
            return [("problems", {"heading": heading(self.problems), "list": self.problems})]
        return []


def heading(problems: Iterable[dict[str, object]]) -> str:
    """Give "2 errors, 1 warning" for what is wrong, "" where nothing is."""
    found = [bool(problem["error"]) for problem in problems]
    counts = ((sum(found), "error"), (len(found) - sum(found), "warning"))
    return ", ".join(plural(count, word) for count, word in counts if count)


class PortTakenError(Exception):
    """Another program listens at the port."""


class Server(ThreadingHTTPServer):
    """Serves ``out`` and ``news`` at the loopback address until it is closed."""

    daemon_threads = True
    block_on_close = False
    # Elsewhere the option lets two programs listen at one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, out: Path, news: News, port: int | None = None) -> None:
        """Listen at ``port``, or at the first free one from ours on where none is asked for."""
        self.out = out
        self.news = news
        self.script = (bundled_templates() / "watch.js").read_bytes()
        ports = [port] if port is not None else range(PORT, PORT + PORTS_TRIED)
        for each in ports:
            try:
                super().__init__((LOCAL, each), _Handler)
            except OSError:
                continue
            break
        else:
            raise PortTakenError
        self._thread = threading.Thread(target=self.serve_forever, args=(_CLOSING,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where a browser finds the index."""
        return f"http://{LOCAL}:{self.server_port}/"

    def stop(self) -> None:
        """Close all connections and the port."""
        self.news.close()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "policygen"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 its name there
        """Keep the terminal for what is wrong with the sources."""

    def _answer(self) -> None:
        if not self._is_for_us():
            text = b"This server answers only at its own address.\n"
            self._send(Page(421, "text/plain; charset=utf-8", text))
            return
        path = urlsplit(self.path).path
        if path == SCRIPT:
            self._send(Page(200, "text/javascript; charset=utf-8", self.server.script))
        elif path == EVENTS:
            self._stream()
        elif path == "/favicon.ico":  # browsers ask for one unbidden
            self._send(Page(204, "image/x-icon", b""))
        else:
            self._send(served(self.server.out, self.path, self.server.news.build))

    def _is_for_us(self) -> bool:
        """Whether the browser means this machine: a page from elsewhere whose name has been
        pointed here sends that name."""
        port = self.server.server_port
        return self.headers.get("Host", "") in {f"{LOCAL}:{port}", f"localhost:{port}"}

    def _send(self, page: Page) -> None:
        self.send_response(page.status)
        self._headers(page.kind)
        self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page.body)

    def _headers(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")

    def _stream(self) -> None:
        """Tell a page what concerns it until it goes away."""
        asked = parse_qs(urlsplit(self.path).query)
        page = asked.get("page", [""])[0]
        given = asked.get("build", ["0"])[0]
        shown = int(given) if given.isascii() and given.isdigit() else 0
        self.send_response(200)
        self._headers("text/event-stream")
        self.end_headers()
        if self.command == "HEAD":
            return
        with contextlib.suppress(OSError):
            self._write_events(page, shown)

    def _write_events(self, page: str, shown: int) -> None:
        news, told = self.server.news, 0
        while True:
            with news.arrived:
                if not news.events(page, shown, told) and not news.closed:
                    news.arrived.wait(PULSE)
                if news.closed:
                    return
                events = news.events(page, shown, told)
                told = news.build
                # What is sent as new once is not sent again.
                shown = told if any(name == "reload" for name, _ in events) else shown
            for name, data in events:
                self.wfile.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
            if not events:
                self.wfile.write(b": still here\n\n")
            self.wfile.flush()
