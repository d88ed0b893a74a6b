"""Writers: a ``Document`` in, the bytes of one file out. No clock, no source folder."""
