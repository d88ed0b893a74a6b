"""A trust of many schools, made from the sample's: names, numbers, people and dates differ."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "policy_src"

_CHOICE = re.compile(r"^    ([a-z0-9-]+):", re.MULTILINE)
_SETTING = re.compile(r"^([a-z_]+):\n(.*?)(?=^\S)", re.MULTILINE | re.DOTALL)


def write(source: Path, count: int, *, own_answers: bool = False) -> None:
    """Write a source folder with so many schools, each with its policies and amendments.

    With ``own_answers`` every school takes choices of its own, so that no two are alike.
    """
    shutil.copytree(SAMPLE, source)
    models = [path.read_text("utf-8") for path in sorted((SAMPLE / "schools").iterdir())]
    choices = _choices()
    for path in (source / "schools").iterdir():
        path.unlink()
    for number in range(count):
        text = models[number % len(models)]
        text = re.sub(r"^(name|short_name): (.*)$", rf"\1: \2 {number}", text, flags=re.MULTILINE)
        text = re.sub(r"^urn: .*$", f'urn: "{200000 + number}"', text, flags=re.MULTILINE)
        text = re.sub(r"adopted: 2026-11-\d\d", f"adopted: 2026-11-{1 + number % 20:02}", text)
        text = re.sub(r"https://\w+\.example", f"https://school{number}.example", text)
        text = re.sub(r"headteacher: \{name: [^,]*", f"headteacher: {{name: Head {number}", text)
        if own_answers:
            text = _answered(text, choices, random.Random(number))  # noqa: S311 no secret
        (source / "schools" / f"school-{number}.yaml").write_text(text, "utf-8")


def _choices() -> dict[str, list[str]]:
    text = (SAMPLE / "settings.yaml").read_text("utf-8")
    found = {m[1]: _CHOICE.findall(m[2]) for m in _SETTING.finditer(text)}
    return {name: choices for name, choices in found.items() if choices}


def _answered(text: str, choices: dict[str, list[str]], chance: random.Random) -> str:
    """Give a school's file with answers chosen anew among those it gives."""

    def other(match: re.Match[str]) -> str:
        known = choices.get(match[1])
        return f"  {match[1]}: {chance.choice(known)}\n" if known else match[0]

    return re.sub(r"^  ([a-z_]+): [a-z0-9-]+\n", other, text, flags=re.MULTILINE)
