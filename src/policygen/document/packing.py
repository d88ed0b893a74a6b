"""A document as bytes: to send to another process, and to tell whether it has changed."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

from policygen.diagnostics import Span

if TYPE_CHECKING:
    from policygen.document.shell import Document


def packed(document: Document) -> bytes:
    """Give a document as bytes, the same for equal documents.

    Places in the sources are left out: no reader sees them.
    """
    stream = io.BytesIO()
    pickler = _Pickler(stream, protocol=5)
    # Without its memory of objects: which of two equal texts is the same object is chance.
    pickler.fast = True
    pickler.dump(document)
    return stream.getvalue()


def unpacked(data: bytes) -> Document:
    """Give the document that was packed; the bytes must be our own."""
    document: Document = pickle.loads(data)  # noqa: S301 see above
    return document


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:  # noqa: ANN401 anything in a document
        """Replace places by nothing, and texts that know theirs by plain ones."""
        if isinstance(obj, Span):
            return _nothing, ()
        if isinstance(obj, str):
            return str, (str(obj),)
        return NotImplemented


def _nothing() -> None:
    return None
