"""The local server: only for this machine, and telling pages what concerns them."""

from __future__ import annotations

import http.client
import json
import socket
from typing import TYPE_CHECKING

import pytest

from policygen.diagnostics import Diagnostic, Severity, Span
from policygen.report import Report
from policygen.watch.rebuilding import Outcome
from policygen.watch.server import News, PortTakenError, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MISTAKE = Diagnostic("unknown-name", "“x” is not known", Span("clauses/m.yaml", 1, 5), "Try y.")


def outcome(*changed: str, mistakes: tuple[Diagnostic, ...] = ()) -> Outcome:
    report = Report(diagnostics=list(mistakes), texts={"clauses/m.yaml": "a: {{ x }}"})
    return Outcome((), changed, report, 0.1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a folder with one page."""
    (tmp_path / "index.html").write_text("<body></body>")
    found = Server(tmp_path, News())
    yield found
    found.stop()


def get(server: Server, path: str, host: str = "", method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    headers = {"Host": host.format(port=server.server_port)} if host else {}
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/"
    assert get(server, "/")[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1.evil.example:{port}"]
)
def test_a_name_from_elsewhere_is_not_answered(server: Server, host: str) -> None:
    status, body = get(server, "/", host)
    assert status == 421
    assert b"<body>" not in body
    assert get(server, "/.policygen/events", host)[0] == 421


def test_localhost_is_this_machine(server: Server) -> None:
    assert get(server, "/", "localhost:{port}")[0] == 200


def test_a_head_has_no_body_and_nothing_is_taken(server: Server) -> None:
    assert get(server, "/", method="HEAD") == (200, b"")
    assert get(server, "/", method="POST")[0] == 501
    assert get(server, "/.policygen/events", method="HEAD") == (200, b"")


def test_the_script_is_served(server: Server) -> None:
    status, body = get(server, "/.policygen/watch.js")
    assert status == 200
    assert b"EventSource" in body


def test_a_taken_port_is_told_and_the_next_is_taken(server: Server, tmp_path: Path) -> None:
    with pytest.raises(PortTakenError):
        Server(tmp_path, News(), server.server_port)
    second = Server(tmp_path, News())
    assert second.server_port != server.server_port
    second.stop()


# Events -------------------------------------------------------------------------------------


def event(connection: http.client.HTTPResponse) -> tuple[str, object]:
    """Read the next event."""
    name = data = ""
    while line := connection.readline().decode().rstrip("\n"):
        kind, _, rest = line.partition(": ")
        name, data = (rest, data) if kind == "event" else (name, rest)
    return name, json.loads(data)


def listening(server: Server, page: str, build: int) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request("GET", f"/.policygen/events?page={page}&build={build}")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    return answer


def test_a_page_hears_of_mistakes_and_of_its_own_changes(server: Server) -> None:
    server.news.tell(outcome("index.html", "alder/rules.html"))
    page = listening(server, "alder/rules.html", 1)
    assert event(page) == ("problems", {"heading": "", "list": []})
    server.news.tell(outcome(mistakes=(MISTAKE,)), "policy_src/")
    name, told = event(page)
    assert name == "problems"
    assert isinstance(told, dict)
    assert told["heading"] == "1 error"
    assert "policy_src/clauses/m.yaml:1:5: error[unknown-name]" in told["list"][0]["text"]
    assert "^" in told["list"][0]["text"]
    server.news.tell(outcome("index.html"))
    assert event(page) == ("problems", {"heading": "", "list": []})
    server.news.tell(outcome("alder/rules.html"))
    assert event(page) == ("reload", 4)
    page.close()


def test_a_page_that_was_loaded_too_early_is_told_at_once(server: Server) -> None:
    server.news.tell(outcome("alder/rules.html"))
    server.news.tell(outcome("alder/rules.html"))
    page = listening(server, "alder/rules.html", 1)
    assert event(page) == ("reload", 2)
    page.close()


def test_mistakes_are_counted_in_words() -> None:
    news = News()
    warning = Diagnostic("odd", "Odd.", severity=Severity.WARNING)
    news.tell(outcome(mistakes=(MISTAKE, warning)))
    assert news.events("a", 0, 0)[0][1] == {
        "heading": "1 error, 1 warning",
        "list": news.problems,
    }


def test_it_stops_while_a_page_is_listening(tmp_path: Path) -> None:
    server = Server(tmp_path, News())
    server.news.tell(outcome())
    page = listening(server, "index.html", 1)
    event(page)
    server.stop()
    assert page.read() == b""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", server.server_port))


@pytest.mark.parametrize("build", ["", "-1", "x", "９", "1e9"])
def test_an_odd_question_is_answered(server: Server, build: str) -> None:
    server.news.tell(outcome("index.html"))
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    path = f"/.policygen/events?page=index.html&build={build}".encode().decode("latin-1")
    connection.putrequest("GET", path.replace("ï¼\x99", "%EF%BC%99"))
    connection.endheaders()
    answer = connection.getresponse()
    assert event(answer)[0] == "reload"
    answer.close()
