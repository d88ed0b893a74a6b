"""Git repositories of a few commits, for tests of what is read from their history."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from small_trust import Maker

if TYPE_CHECKING:
    from pathlib import Path

GIT = shutil.which("git") or "git"


@dataclass
class Repository:
    """A repository whose sources, in ``policy_src``, are a small trust.

    Its commits and tags are all of one moment, unless a test says another: what is read
    must not rest on the clock.
    """

    folder: Path
    moment: str = "2026-03-01T12:00:00+00:00"

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    @property
    def source(self) -> Path:
        """The sources."""
        return self.folder / "policy_src"

    def git(self, *arguments: str) -> str:
        """Run git here, deaf to the settings of this machine; give what it prints."""
        who = {"NAME": "Author", "EMAIL": "author@fern.example", "DATE": self.moment}
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            **{f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        done = subprocess.run(  # noqa: S603 git, with a test's arguments
            [GIT, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def commit(self, files: dict[str, str] | None = None) -> None:
        """Commit a small trust made of the usual files and these."""
        Maker(self.source).write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=Change")

    def tagged(self, name: str, files: dict[str, str] | None = None, message: str = "") -> None:
        """Commit likewise and tag that, with a message if there is one."""
        self.commit(files)
        self.git("tag", *(("--annotate", f"--message={message}") if message else ()), name)
