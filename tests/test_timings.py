"""Where the time goes: the table and the trace."""

from __future__ import annotations

import json

from policygen.timings import Timings


def measured() -> Timings:
    """Give what was measured in two processes."""
    timings = Timings(started=100.0)
    timings.add("read", "", 100.0, 100.5, 1)
    timings.add("write pdf", "alder/online", 100.5, 102.0, 7)
    timings.add("write html", "alder/online", 102.0, 102.25, 7)
    timings.add("write pdf", "alder/conduct", 100.5, 101.5, 8)
    return timings


def test_the_table_has_stages_and_the_slowest_documents() -> None:
    lines = measured().table().splitlines()
    assert lines[1:4] == [
        "      0.500  read  (1 × 500.0 ms)",
        "      2.500  write pdf  (2 × 1250.0 ms)",
        "      0.250  write html  (1 × 250.0 ms)",
    ]
    assert "3 processes at work" in lines[4]
    assert lines[-2:] == ["      1.750  alder/online", "      1.000  alder/conduct"]


def test_the_trace_is_of_the_usual_format() -> None:
    events = json.loads(measured().trace())["traceEvents"]
    rows = {event["tid"]: event["args"]["name"] for event in events if event["ph"] == "M"}
    assert rows == {1: "policygen", 2: "worker 1", 3: "worker 2"}
    bars = [event for event in events if event["ph"] == "X"]
    first = bars[1]
    assert (first["name"], first["cat"], first["tid"]) == ("alder/online", "write pdf", 2)
    assert (first["ts"], first["dur"]) == (500_000, 1_500_000)
    assert all({"pid", "tid", "ts", "dur"} <= set(event) for event in bars)


def test_work_done_here_is_measured() -> None:
    timings = Timings()
    with timings.measured("read"):
        pass
    (stretch,) = timings.stretches
    assert stretch.started >= timings.started
    assert stretch.seconds >= 0
