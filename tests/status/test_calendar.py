"""The calendar of reviews, read back by the library that calendars are read with."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar, Component

from policygen.model.texts import Month
from policygen.status.calendar import as_calendar
from policygen.status.rows import Approved, Row

DUE = dt.date(2027, 10, 1)


def row(
    next_review: dt.date | Month | None = DUE,
    title: str = "Rules",
    school_id: str | None = "alder",
    *,
    withdrawn: bool = False,
    changed_on: dt.date | None = None,
) -> Row:
    approved = Approved(dt.date(2026, 10, 12), "Trust Board; all of it", "1")
    return Row(
        school_id,
        "Alder Primary",
        "rules",
        title,
        "1",
        "Approved",
        approved=approved,
        next_review=next_review,
        withdrawn=withdrawn,
        changed_on=changed_on,
    )


def events(*found: Row, trust: str = "Fern Trust") -> list[Component]:
    return Calendar.from_ical(as_calendar(found, trust)).walk("VEVENT")


def test_a_review_is_an_event_of_its_whole_day() -> None:
    (event,) = events(row())
    assert event.decoded("dtstart") == DUE
    assert event.decoded("dtend") == dt.date(2027, 10, 2)
    assert str(event["summary"]) == "Policy review: Rules, Alder Primary"
    assert str(event["description"]).splitlines() == [
        "Version 1",
        "Status: Approved",
        "Last approved: 12 October 2026, Trust Board; all of it",
    ]
    assert event["transp"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("due", "reminders"),
    [
        (DUE, ["2027-08-01", "2027-09-01", "2027-09-24"]),
        (dt.date(2027, 4, 30), ["2027-02-28", "2027-03-30", "2027-04-23"]),
        (dt.date(2028, 1, 31), ["2027-11-30", "2027-12-31", "2028-01-24"]),
        (Month(2027, 10), ["2027-08-31", "2027-09-30", "2027-10-24"]),
    ],
)
def test_reminders_come_two_months_one_month_and_one_week_before(
    due: dt.date | Month, reminders: list[str]
) -> None:
    (event,) = events(row(due))
    alarms = event.walk("VALARM")
    days = [event.decoded("dtstart") + alarm.decoded("trigger") for alarm in alarms]
    assert [str(day) for day in days] == reminders
    assert {str(alarm["action"]) for alarm in alarms} == {"DISPLAY"}
    assert all(alarm["description"] for alarm in alarms)


def test_an_event_keeps_its_name_when_its_review_moves() -> None:
    names = [events(row(due))[0]["uid"] for due in (DUE, dt.date(2028, 10, 1))]
    assert names[0] == names[1]
    others = [
        events(row(school_id=None))[0]["uid"],
        events(row(), trust="Other Trust")[0]["uid"],
    ]
    assert len({names[0], *others}) == 3


def test_the_time_stamp_is_the_last_decision() -> None:
    (bare,) = events(row())
    assert bare.decoded("dtstamp") == dt.datetime(2027, 10, 1, tzinfo=dt.UTC)
    (adopted,) = events(row(changed_on=dt.date(2026, 11, 4)))
    assert adopted.decoded("dtstamp") == dt.datetime(2026, 11, 4, tzinfo=dt.UTC)


def test_withdrawn_policies_and_those_without_a_review_are_left_out() -> None:
    assert events(row(withdrawn=True), row(None)) == []


def test_lines_are_folded_and_texts_escaped() -> None:
    title = "Phones, cameras; “café” \\ ÿ " * 8
    data = as_calendar([row(title=title)], "Fern Trust")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.endswith(b"END:VCALENDAR\r\n")
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert title in str(event["summary"])
    assert data == as_calendar([row(title=title)], "Fern Trust")


def test_a_title_can_not_begin_a_line_of_its_own() -> None:
    data = as_calendar([row(title="Rules\r\nATTENDEE:mailto:a@b.example")], "Fern\nTrust")
    assert b"\nATTENDEE" not in data
    assert len(Calendar.from_ical(data).walk("VEVENT")) == 1
