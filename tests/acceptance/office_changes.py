"""Accepts or rejects all tracked changes of Word files in LibreOffice and prints their text.

Run by a Python that has LibreOffice's module ``uno``, which ours needn't be:
``office_changes.py SOFFICE accept|reject FILE...`` prints JSON, for each file a list of
paragraphs and cells, and one of those in the heads and feet of its pages.
"""

# ruff: noqa: ANN001, ANN201, T201 -- a script for another interpreter
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

TRIES = 240


def connected(soffice, profile):
    pipe = f"policygen{os.getpid()}"
    process = subprocess.Popen(  # noqa: S603
        [
            soffice,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", here
    )
    for _ in range(TRIES):
        try:
            return process, resolver.resolve(
                f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
            )
        except Exception:  # noqa: BLE001 -- not up yet
            time.sleep(0.25)
    process.kill()
    sys.exit("LibreOffice does not answer")


def lines(text):
    found = []
    parts = text.createEnumeration()
    while parts.hasMoreElements():
        part = parts.nextElement()
        if part.supportsService("com.sun.star.text.TextTable"):
            for name in part.CellNames:
                found += lines(part.getCellByName(name))
        else:
            found.append(part.String)
    return found


def page_lines(document):
    found = []
    styles = document.StyleFamilies.getByName("PageStyles")
    for style in map(styles.getByName, styles.ElementNames):
        if style.isInUse():
            found += lines(style.HeaderText) if style.HeaderIsOn else []
            found += lines(style.FooterText) if style.FooterIsOn else []
    return found


def settled(context, desktop, verb, path):
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(f"file://{path}", "_blank", 0, (hidden,))
    dispatcher = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.frame.DispatchHelper", context
    )
    command = f".uno:{verb.capitalize()}AllTrackedChanges"
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    left = document.getRedlines().createEnumeration().hasMoreElements()
    found = {"lines": lines(document.Text), "pages": page_lines(document), "left": left}
    document.close(True)  # noqa: FBT003 -- the interface is LibreOffice's
    return found


def main():
    soffice, verb, *paths = sys.argv[1:]
    with tempfile.TemporaryDirectory() as profile:
        process, context = connected(soffice, profile)
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        try:
            print(json.dumps([settled(context, desktop, verb, path) for path in paths]))
        finally:
            try:
                desktop.terminate()
            except Exception:  # noqa: BLE001 -- it is gone already
                process.kill()
            process.wait(30)


if __name__ == "__main__":
    main()
