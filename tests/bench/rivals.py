"""What people would use instead, each a process of its own: ``python -m bench.rivals``.

What a rival is given stands in files, prepared beforehand: its own templates would have
had to make it, so that the time it takes here is the least it would.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.plain import Piece, Run

SPENT = "spent.json"
"""Where milliseconds a document are written down, one by one."""

LIBREOFFICE = shutil.which("soffice") or ""


# What they are given --------------------------------------------------------------------


def prepare(source: Path, folder: Path) -> None:
    """Write each document of a trust as the rivals take it."""
    from bench.by_hand import page_by_hand  # noqa: PLC0415 the rivals' processes don't need it
    from bench.plain import pieces  # noqa: PLC0415 likewise
    from policygen.survey import survey  # noqa: PLC0415 likewise

    _, found = survey(source)
    documents = [target.document for target in found.targets if target.document]
    for number, document in enumerate(documents):
        text = pieces(document)
        stem = folder / f"{number:04}"
        page, css = page_by_hand(document)
        stem.with_suffix(".html").write_text(page, "utf-8")
        stem.with_suffix(".css").write_text(css, "utf-8")
        stem.with_suffix(".md").write_text(_markdown(text), "utf-8")
        stem.with_suffix(".pickle").write_bytes(
            pickle.dumps((text, document.running_head, document.running_foot))
        )
        context = {"pieces": [_plain(piece) for piece in text if piece.kind != "contents"]}
        stem.with_suffix(".json").write_text(json.dumps(context), "utf-8")
    (folder / "template.docx").write_bytes(_word_template())


def _markdown(pieces: list[Piece]) -> str:
    """Give a text as pandoc's Markdown; the contents are pandoc's to make."""
    title, *rest = pieces
    lines = ["---", f"title: {json.dumps(title.text, ensure_ascii=False)}", "---", ""]
    for piece in rest:
        match piece.kind:
            case "heading":
                lines += [f"{'#' * piece.level} {_marked(piece.run)}", ""]
            case "paragraph":
                lines += [_marked(piece.run), ""]
            case "bullet" | "number":
                mark = "-" if piece.kind == "bullet" else "1."
                lines += [f"{'    ' * piece.level}{mark} {_marked(piece.run)}", ""]
            case "table":
                head, *rows = (" | ".join(map(_escaped, row)) for row in piece.rows)
                rule = "|".join("---" for _ in piece.rows[0])
                lines += [f"| {head} |", f"|{rule}|", *(f"| {row} |" for row in rows), ""]
            case _:
                pass
    return "\n".join(lines)


def _marked(run: Run) -> str:
    return "".join(
        f"**{_escaped(words.text.strip())}** " if words.bold else _escaped(words.text)
        for words in run
    )


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~^$@\"'" else char for char in text)


def _plain(piece: Piece) -> dict[str, object]:
    return {
        "kind": f"{piece.kind}{len(piece.rows[0]) if piece.rows else ''}",
        "level": piece.level,
        "text": piece.text,
        "rows": piece.rows,
    }


def _word_template() -> bytes:
    """Give a Word file with docxtpl's marks, one paragraph for each kind of text."""
    import io  # noqa: PLC0415 see above

    import docx  # noqa: PLC0415

    template = docx.Document()
    template.add_paragraph("{%p for piece in pieces %}")
    for level in range(5):
        template.add_paragraph(f"{{%p if piece.kind == 'heading' and piece.level == {level} %}}")
        template.add_heading("{{ piece.text }}", level)
        template.add_paragraph("{%p endif %}")
    for kind, style in (
        ("paragraph", "Normal"),
        ("bullet", "List Bullet"),
        ("number", "List Number"),
    ):
        template.add_paragraph(f"{{%p if piece.kind == '{kind}' %}}")
        template.add_paragraph("{{ piece.text }}", style)
        template.add_paragraph("{%p endif %}")
    for columns in range(1, 6):
        template.add_paragraph(f"{{%p if piece.kind == 'table{columns}' %}}")
        table = template.add_table(rows=3, cols=columns)
        table.style = "Table Grid"
        table.rows[0].cells[0].text = "{%tr for row in piece.rows %}"
        for column, cell in enumerate(table.rows[1].cells):
            cell.text = f"{{{{ row[{column}] }}}}"
        table.rows[2].cells[0].text = "{%tr endfor %}"
        template.add_paragraph("{%p endif %}")
    template.add_paragraph("{%p endfor %}")
    data = io.BytesIO()
    template.save(data)
    return data.getvalue()


# What they do ---------------------------------------------------------------------------


def weasyprint(given: Path, out: Path, most: int | None = None) -> None:
    """PDF: WeasyPrint as its manual shows, on the first version of our templates."""
    from bench.by_hand import pdf_by_hand  # noqa: PLC0415 each process loads its own

    spent = []
    for page in sorted(given.glob("*.html"))[:most]:
        css = page.with_suffix(".css").read_text("utf-8")
        started = time.perf_counter()
        data = pdf_by_hand(page.read_text("utf-8"), css)
        spent.append(1000 * (time.perf_counter() - started))
        out.joinpath(f"{page.stem}.pdf").write_bytes(data)
    out.joinpath(SPENT).write_text(json.dumps(spent), "utf-8")


def weasyprint_one(given: Path, out: Path) -> None:
    """The same, of one document."""
    weasyprint(given, out, 1)


def python_docx(given: Path, out: Path) -> None:
    """Word: python-docx as its manual shows."""
    from bench.by_hand import word_by_hand  # noqa: PLC0415 each process loads its own

    spent = []
    for file in sorted(given.glob("*.pickle")):
        text, head, foot = pickle.loads(file.read_bytes())  # noqa: S301 written by us
        started = time.perf_counter()
        data = word_by_hand(text, head, foot)
        spent.append(1000 * (time.perf_counter() - started))
        out.joinpath(f"{file.stem}.docx").write_bytes(data)
    out.joinpath(SPENT).write_text(json.dumps(spent), "utf-8")


def docxtpl(given: Path, out: Path) -> None:
    """Word: docxtpl from a template."""
    from docxtpl import DocxTemplate  # noqa: PLC0415 each process loads its own

    for file in sorted(given.glob("*.json")):
        template = DocxTemplate(given / "template.docx")
        template.render(json.loads(file.read_text("utf-8")), autoescape=True)
        template.save(out / f"{file.stem}.docx")


def docxtpl_libreoffice(given: Path, out: Path) -> None:
    """Word and PDF: docxtpl, and one call of LibreOffice for all."""
    docxtpl(given, out)
    files = map(str, sorted(out.glob("*.docx")))
    home = (out / "libreoffice").resolve().as_uri()
    command = [LIBREOFFICE, f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf"]
    _call(*command, "--outdir", str(out), *files)


def pandoc_typst(given: Path, out: Path, jobs: int = 1) -> None:
    """All three: pandoc for Word and HTML, pandoc's Typst through typst for PDF."""
    import pypandoc  # noqa: PLC0415 each process loads its own
    import typst  # noqa: PLC0415

    pandoc = pypandoc.get_pandoc_path()

    def one(text: Path) -> None:
        stem = out / text.stem
        command = (pandoc, str(text), "--standalone", "--toc", "-o")
        _call(*command, f"{stem}.docx")
        _call(*command, f"{stem}.html")
        _call(*command, f"{stem}.typ")
        typst.compile(f"{stem}.typ", output=f"{stem}.pdf", pdf_standards=["ua-1"])

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, sorted(given.glob("*.md"))))


def pandoc_typst_two(given: Path, out: Path) -> None:
    """The same, two at once."""
    pandoc_typst(given, out, 2)


def loading(source: Path, out: Path) -> None:
    """Ours: read and assemble everything, and say how long that took."""
    from policygen.survey import survey  # noqa: PLC0415 each process loads its own

    started = time.perf_counter()
    _, found = survey(source)
    spent = time.perf_counter() - started
    documents = sum(target.document is not None for target in found.targets)
    out.joinpath(SPENT).write_text(json.dumps([1000 * spent / documents]), "utf-8")


EVERY = 50
"""So many documents, and the memory taken so far is noted."""


def pack(source: Path, out: Path) -> None:
    """Ours: assemble every document, and write it as it is sent to a worker."""
    from policygen.document.packing import packed  # noqa: PLC0415 each process loads its own
    from policygen.survey import survey  # noqa: PLC0415 likewise

    _, found = survey(source)
    documents = (target.document for target in found.targets if target.document)
    for number, document in enumerate(documents):
        out.joinpath(f"{number:04}.packed").write_bytes(packed(document))


def memory(given: Path, out: Path) -> None:
    """Ours: write every packed document as a worker does, in all formats, and say what memory
    that took."""
    import resource  # noqa: PLC0415 not on every system

    from policygen.request import FORMATS  # noqa: PLC0415 each process loads its own
    from policygen.work import Task, rendered_here  # noqa: PLC0415 likewise
    from policygen.writers.theme import Theme  # noqa: PLC0415 likewise

    files = sorted(given.glob("*.packed"))
    peaks = []
    for done, file in enumerate(files, 1):
        for format_ in FORMATS:
            rendered_here(Task(file.stem, file.read_bytes(), format_), Theme())
        if done % EVERY == 0 or done == len(files):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    out.joinpath("peaks.json").write_text(json.dumps(peaks), "utf-8")


RIVALS: dict[str, Callable[[Path, Path], None]] = {
    rival.__name__: rival
    for rival in (
        prepare,
        weasyprint,
        weasyprint_one,
        python_docx,
        docxtpl,
        docxtpl_libreoffice,
        pandoc_typst,
        pandoc_typst_two,
        loading,
        pack,
        memory,
    )
}


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 installed by us


def main(arguments: list[str]) -> None:
    """Run one rival: its name, the folder that it is given, the folder to write into."""
    name, given, out = arguments
    RIVALS[name](Path(given), Path(out))


if __name__ == "__main__":
    main(sys.argv[1:])
