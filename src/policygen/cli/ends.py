"""How a command ends."""


class EndedEarly(SystemExit):
    """The end of a command that had nothing to do, and leaves nothing to tidy."""
