"""Runs what a workflow tells a server to run: its scripts, in order, as GitHub runs them.

Actions from elsewhere are left out, and steps that need a network. An action of ours is
unfolded into its own scripts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
BASH = shutil.which("bash") or "bash"
OURS = {"./", "./.policygen"}
NEEDS_NETWORK = {"Install", "Comment", "Remind"}

_EXPRESSION = re.compile(r"\$\{\{ *([a-z]+)\.([A-Za-z_-]+) *\}\}")


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a server does: it ends at the first command that fails."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(  # noqa: S603 a script of this project
        [BASH, "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def loaded(path: Path) -> dict[Any, Any]:
    """Give a workflow or an action; YAML 1.1 reads the key “on” as true."""
    found: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


@dataclass
class Runner:
    """A server with a repository checked out in ``folder``; ``given`` are the values of
    ``${{ vars.x }}`` and the like, by "vars.x"; ``output`` is what steps put out."""

    folder: Path
    given: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, workflow: Path, job: str) -> dict[str, subprocess.CompletedProcess[str]]:
        """Run a job; give what came of each script by the name of its step."""
        found = loaded(workflow)
        outside = {**found.get("env", {}), **found["jobs"][job].get("env", {})}
        given = self.given | {f"env.{name}": value for name, value in outside.items()}
        done: dict[str, subprocess.CompletedProcess[str]] = {}
        for step in found["jobs"][job]["steps"]:
            done |= self._step(step, given, {**self.variables, **outside})
        return done

    @property
    def output(self) -> dict[str, str]:
        """What steps have put out."""
        lines = (self.folder / "github-output").read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def _step(
        self, step: dict[str, Any], given: dict[str, str], variables: dict[str, str]
    ) -> dict[str, subprocess.CompletedProcess[str]]:
        if step.get("uses") in OURS:
            return self._action(step.get("with", {}), given, variables)
        if "run" not in step or step["name"] in NEEDS_NETWORK:
            return {}
        own = {name: _filled(value, given) for name, value in step.get("env", {}).items()}
        files = {
            "GITHUB_OUTPUT": str(self.folder / "github-output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
        }
        return {step["name"]: bash(step["run"], self.folder, **{**variables, **files, **own})}

    def _action(
        self, inputs: dict[str, str], given: dict[str, str], variables: dict[str, str]
    ) -> dict[str, subprocess.CompletedProcess[str]]:
        action = loaded(ROOT / "action.yml")
        all_inputs = {name: known.get("default", "") for name, known in action["inputs"].items()}
        all_inputs |= {name: _filled(value, given) for name, value in inputs.items()}
        inner = given | {f"inputs.{name}": value for name, value in all_inputs.items()}
        done: dict[str, subprocess.CompletedProcess[str]] = {}
        if not all_inputs["command"]:
            return done
        for step in action["runs"]["steps"]:
            done |= self._step(step, inner, variables)
        return {f"{all_inputs['command']}": result for result in done.values()}


def _filled(value: str, given: dict[str, str]) -> str:
    return _EXPRESSION.sub(lambda match: given.get(f"{match[1]}.{match[2]}", ""), value)
