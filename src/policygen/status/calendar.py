"""A calendar of reviews, for any program that reads iCalendar (RFC 5545)."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from policygen.assemble.wording import day_in_words
from policygen.cells import one_line
from policygen.model.texts import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.status.rows import Row

_PRODUCT = "-//policygen//Policy reviews//EN"
_MONTHS_BEFORE = (2, 1)
_DAYS_BEFORE = 7
_MIDNIGHT = dt.time(tzinfo=dt.UTC)


def as_calendar(found: Iterable[Row], trust: str) -> bytes:
    """Give the reviews as all-day events, with reminders two months, one month and one week
    before.

    The same rows give the same bytes: an event is known by trust, school and policy, so that a
    calendar moves it when the review moves; and its time stamp is the last day on which the
    policy was reviewed, approved or adopted, else that of the review itself. Withdrawn
    policies and those without a review date are left out.
    """
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", one_line(f"Policy reviews, {trust}"))
    for row in found:
        if row.due and not row.withdrawn:
            made.add_component(_event(row, row.due, trust))
    return bytes(made.to_ical())


def _event(row: Row, due: dt.date, trust: str) -> Event:
    title = one_line(f"Policy review: {_named(row)}")
    event = Event()
    event.add("uid", _uid(row, trust))
    event.add("dtstamp", dt.datetime.combine(row.changed_on or due, _MIDNIGHT))
    event.add("dtstart", due)
    event.add("dtend", due + dt.timedelta(days=1))
    event.add("summary", title)
    event.add("description", "\n".join(map(one_line, _description(row))))
    event.add("transp", "TRANSPARENT")
    before = [_months_before(due, months) for months in _MONTHS_BEFORE]
    for day in (*before, due - dt.timedelta(days=_DAYS_BEFORE)):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{title}, {day_in_words(due)}")
        alarm.add("trigger", day - due)
        event.add_component(alarm)
    return event


def _named(row: Row) -> str:
    return row.title if row.school in row.title else f"{row.title}, {row.school}"


def _description(row: Row) -> Iterator[str]:
    if isinstance(row.next_review, Month):
        yield f"Due in {day_in_words(row.next_review)}"
    if row.version:
        yield f"Version {row.version}"
    if row.status:
        yield f"Status: {row.status}"
    if row.approved:
        by = f", {row.approved.by}" if row.approved.by else ""
        yield f"Last approved: {day_in_words(row.approved.on)}{by}"


def _uid(row: Row, trust: str) -> str:
    """Give the name by which calendars know an event again; it holds no date."""
    of_trust = hashlib.sha256(trust.encode()).hexdigest()[:12]
    return f"review.{row.policy_id}.{row.school_id or 'trust'}@{of_trust}.policygen.invalid"


def _months_before(day: dt.date, months: int) -> dt.date:
    """Give the day so many months before, the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
