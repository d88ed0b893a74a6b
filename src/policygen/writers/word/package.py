"""The Word file as a package: what it is built on, and saving it the same every time."""

from __future__ import annotations

import datetime as dt
import functools
import io
import zipfile
from typing import TYPE_CHECKING, cast

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from policygen.seals import imprint_of
from policygen.seals.word import blank, seal
from policygen.writers.failures import WordTemplateError
from policygen.writers.word.elements import clean, tag

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.oxml.xmlchemy import BaseOxmlElement

    from policygen.document import Document
    from policygen.writers.word.elements import Element

_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_MACROS = b"macroEnabled"
_KEPT = frozenset({"styles", "numbering", "settings", "theme", "fontTable", "header", "footer"})
"""What of a template goes into a document, by the last part of the relationship's name."""
_STALE = ("attachedTemplate", "mailMerge", "footnotePr", "endnotePr", "rsids", "updateFields")
"""Settings that speak of the template's own file or body."""
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_TYPE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
NO_DATE = dt.date(2000, 1, 1)
"""Stands in core properties and at changes where a document has no date."""


def opened(data: bytes) -> WordFile:
    """Give the Word file to build on, without its body and what belongs to the body."""
    try:
        word = docx.Document(io.BytesIO(_as_document(data)))
        body = word.element.body
        sections = body.findall(tag("sectPr"))
        for child in list(body):
            if not sections or child is not sections[-1]:
                body.remove(child)
        _drop_relations(word)
        _ = word.styles, word.sections[0].page_width
    except WordTemplateError:
        raise
    except (
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        OpcError,
        LookupError,
        ValueError,
        OSError,
        AttributeError,
        TypeError,
        NotImplementedError,
    ) as fault:
        message = f"the Word template can't be read: {fault}"
        raise WordTemplateError(message) from fault
    return word


@functools.lru_cache(maxsize=4)
def _as_document(data: bytes) -> bytes:
    """Give a template (.dotx) as a document (.docx): only a content type differs."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        types = source.read("[Content_Types].xml")
        if _MACROS in types:
            message = "the Word template holds macros; save it as .dotx or .docx"
            raise WordTemplateError(message)
        if _TEMPLATE not in types:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            for name in source.namelist():
                content = types if name == "[Content_Types].xml" else source.read(name)
                target.writestr(name, content.replace(_TEMPLATE, _MAIN))
    return out.getvalue()


def _drop_relations(word: WordFile) -> None:
    section = word.element.body.find(tag("sectPr"))
    used = set() if section is None else {ref.get(qn("r:id")) for ref in section}
    for ident, relation in list(word.part.rels.items()):
        kind = relation.reltype.rpartition("/")[2]
        if kind not in _KEPT or (kind in ("header", "footer") and ident not in used):
            del word.part.rels[ident]
    for ident, relation in list(word.part.package.rels.items()):
        if relation.reltype != RELATIONSHIP_TYPE.OFFICE_DOCUMENT:
            del word.part.package.rels[ident]
    for name in _STALE:
        for element in word.settings.element.findall(tag(name)):
            word.settings.element.remove(element)


def numbering_root(word: WordFile) -> Element:
    """Give the root of the numbering part, a new one where the file has none."""
    for relation in word.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            root: Element = relation.target_part.element
            return root
    made = cast("BaseOxmlElement", OxmlElement("w:numbering"))
    name = PackURI("/word/numbering.xml")
    part = XmlPart(name, CONTENT_TYPE.WML_NUMBERING, made, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return made


_SUBJECTS = {
    "policy": "Policy",
    "form": "Form",
    "report": "Report of changes",
    "office-paper": "For the office",
}


def set_properties(word: WordFile, document: Document) -> None:
    """Set the properties that Word and search tools show, dated as the document is."""
    core = word.core_properties
    day = document.issued or NO_DATE
    core.created = core.modified = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    core.title = clean(document.plain_title)[:255]
    core.author = core.last_modified_by = clean(document.organisation)[:255]
    core.subject = _SUBJECTS[document.kind]
    core.keywords = clean(", ".join(filter(None, (document.short_name, document.status))))[:255]
    core.language = document.language
    core.version = clean(document.version)[:255]
    core.revision = 1
    core.comments = core.category = core.content_status = core.identifier = ""
    imprint = imprint_of(document)
    bare = {"Document id": document.id, "Wording fingerprint": document.fingerprint}
    _custom_properties(word, blank(imprint) if imprint else bare)


def _custom_properties(word: WordFile, values: dict[str, str]) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    value_kind = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    names: dict[str | None, str] = {None: kind, "vt": value_kind}
    root = etree.Element(f"{{{kind}}}Properties", nsmap=names)  # type: ignore[arg-type]
    for ident, (name, value) in enumerate(values.items(), 2):
        item = etree.SubElement(root, f"{{{kind}}}property")
        item.set("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
        item.set("pid", str(ident))
        item.set("name", name)
        etree.SubElement(item, f"{{{value_kind}}}lpwstr").text = clean(value)
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM, data, word.part.package)
    word.part.package.relate_to(part, _CUSTOM_TYPE)


def saved(word: WordFile) -> bytes:
    """Give the file as bytes, sealed: entries sorted, dated 1980, the content types first."""
    raw, out = io.BytesIO(), io.BytesIO()
    word.save(raw)
    with zipfile.ZipFile(raw) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    seal(parts)
    with zipfile.ZipFile(out, "w") as target:
        for name in sorted(parts, key=lambda name: (name[0] != "[", name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, parts[name])
    return out.getvalue()
