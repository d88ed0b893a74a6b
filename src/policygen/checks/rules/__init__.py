"""The rules of ``policygen check``, one module a rule, named for what it finds.

A rule's code is its module's name with hyphens. Its docstring is what ``policygen explain``
prints: a first line that says what the rule finds, then paragraphs headed ``Why:``, ``Bad:``
and ``Good:``, the last two followed by YAML, indented. Its function ``check`` gives the
findings in a ``Subject``. A rule that looks at its documents says ``NEEDS_DOCUMENTS = True``.
"""
