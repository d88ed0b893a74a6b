"""How every policy of every school stands: for reading, for spreadsheets, for calendars."""

from policygen.status.calendar import as_calendar
from policygen.status.lapsed import with_changes
from policygen.status.rows import Row, rows
from policygen.status.tables import as_csv, as_data, as_table

__all__ = ["Row", "as_calendar", "as_csv", "as_data", "as_table", "rows", "with_changes"]
