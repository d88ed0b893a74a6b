"""Who is to sign what: codes on sheets, the entries of a ledger, and how everyone stands."""
