"""Words as they are printed, found again in documents and in sources."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policygen.diagnostics import Span
    from policygen.model.texts import SourceText

_ALIKE = str.maketrans(
    {**dict.fromkeys("‘’ʼ`´′", "'"), **dict.fromkeys("“”„«»″", '"')}
    | {**dict.fromkeys("‐‑‒–—−", "-"), "…": "...", "\u00ad": None, "\u200b": None}
)
_SLOT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LINK = re.compile(r"\]\([^)\s]*\)")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def folded(text: str) -> str:
    """Give a text for comparing: no case, one kind of quotes and dashes, single spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    # Quoted or not, as somebody copies it from a page.
    return " ".join(plain.split()).strip("\" '")


def sentences(text: str) -> list[str]:
    """Give the sentences of a line."""
    return [part for part in _SENTENCE.split(text) if part]


def nearest_sentences(words: str, lines: Iterable[str], most: int) -> list[str]:
    """Give the sentences most like some words, the likest first; none that is unlike."""
    wanted = _tokens(words)
    scored: dict[str, float] = {}
    for sentence in dict.fromkeys(each for line in lines for each in sentences(line)):
        tokens = _tokens(sentence)
        shared = len(set(wanted) & set(tokens))
        if shared:
            ratio = difflib.SequenceMatcher(None, wanted, tokens, autojunk=False).ratio()
            scored[sentence] = ratio + shared / len(set(wanted))
    likest = sorted(scored, key=lambda sentence: -scored[sentence])
    return [sentence for sentence in likest[:most] if scored[sentence] > _UNLIKE]


_UNLIKE = 0.5
"""So much two sentences have in common that are about the same, at least."""


def _tokens(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def place_in(text: SourceText, words: str) -> tuple[int, Span]:
    """Give how many words a source text shares with printed ones in a row or with others
    between, and where the first of them stands in it."""
    blanked = _LINK.sub(_blank, _SLOT.sub(_blank, str(text)))
    raw = list(_WORD.finditer(blanked.translate(_SAME_LENGTH)))
    wanted = _tokens(words)
    matcher = difflib.SequenceMatcher(None, [m[0].casefold() for m in raw], wanted, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return 0, text.span
    # One word alone may stand anywhere; the longest run is where it is.
    longest = max(blocks, key=lambda block: block.size)
    start = longest.a
    for block in reversed([b for b in blocks if b.a < longest.a]):
        if start - (block.a + block.size) > longest.b - (block.b + block.size) + _SLACK:
            break
        start = block.a
    first = raw[start]
    return sum(block.size for block in blocks), text.at(first.start(), len(first[0]))


_SLACK = 12
"""Words that a source may have between two that are printed: those of what is filled in."""
_SAME_LENGTH = str.maketrans({**dict.fromkeys("‘’ʼ`´′", "'"), **dict.fromkeys("“”", '"')})


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def best_text(texts: Sequence[SourceText], words: str) -> tuple[SourceText, Span] | None:
    """Give the text that printed words most likely come from, and where they stand in it."""
    scored = [(place_in(text, words), text) for text in texts]
    if not scored:
        return None
    (count, span), text = max(scored, key=lambda each: each[0][0])
    if count:
        return text, span
    # All of it is filled in, as a line that is one name.
    whole = [each for each in texts if "{{" in each]
    return (whole[0], whole[0].span) if len(whole) == 1 else None
