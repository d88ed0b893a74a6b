"""Why something is not in a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policygen.assemble.clauses import yes_and_no
from policygen.assemble.context import Absent, ChoiceValue, YesNo
from policygen.assemble.wording import listing
from policygen.document import inlines, plain_text, walk
from policygen.explain.matching import best_text, folded
from policygen.explain.records import Explanation
from policygen.model.policies import Add, Appendix, Generate, Replace, Section
from policygen.model.texts import ClauseId, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policygen.assemble.trace import Part
    from policygen.explain.parts import Telling
    from policygen.model.texts import Markdown


@dataclass(frozen=True, slots=True)
class _Text:
    """Words that this document doesn't print, and why not."""

    clause_id: str
    text: Line | Markdown
    why: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Absences:
    """Explains what one document lacks."""

    telling: Telling

    def part(self, part: Part) -> Explanation:
        """Explain a part that the outline lists and that isn't printed."""
        sources = self.telling.sources
        grounds = sources.grounds(part.conditions)
        texts = part.texts or _all_texts(part.record)
        headings = [text for text in texts if text == getattr(part.record, "heading", None)]
        heading = sources.filler.plain(headings[0]) if headings else ""  # type: ignore[arg-type]
        return Explanation(
            part.kind,
            part.id,
            heading,
            "",
            written=tuple(sources.source(text.at(0)) for text in texts),
            listed=sources.source(part.listed) if part.listed else None,
            amended=sources.amended(part.amendment, getattr(part.record, "span", None))
            if part.amendment
            else None,
            grounds=grounds,
            absent=self._why(part),
        )

    def _why(self, part: Part) -> str:
        match part.outcome:
            case "omitted":
                reason = getattr(part.amendment, "reason", None)
                told = f": {str(reason).rstrip('.')}" if reason else ", and gives no reason"
                return f"The school’s amendment omits it{told}."
            case "switched-off":
                return "Its condition does not hold here."
            case _:
                return "Nothing in it is printed here."

    def by_id(self, name: str) -> Explanation | None:
        """Explain a clause that the assembly did not come to; None where there is none."""
        library = self.telling.context.library
        clause = library.clauses.get(name)
        if clause is None and name in library.forms:
            return self._form(name)
        if clause is None:
            return self._local(name)
        sources = self.telling.sources
        texts = _all_texts(clause)
        base = Explanation(
            "clause",
            name,
            sources.filler.plain(clause.heading),
            "",
            written=tuple(sources.source(text.at(0)) for text in texts),
        )
        for part in self.telling.parts:
            if part.outcome == "switched-off" and (listed := self._lists(part, name)):
                where = getattr(part.record, "heading", None)
                called = f" “{sources.filler.plain(where)}”" if where else ""
                return replace(
                    base,
                    listed=sources.source(listed.span),
                    grounds=sources.grounds(part.conditions),
                    absent=f"The {part.kind}{called} that lists it is switched off: its condition "
                    "does not hold here.",
                )
        return replace(base, absent=self._not_listed(name))

    def _lists(self, part: Part, name: str) -> ClauseId | None:
        """Give where the record of a part lists a clause."""
        record = part.record
        if isinstance(record, Section | Appendix):
            return self._listed_in((record,), name)
        return None

    def _listed_in(self, records: Iterable[Section | Appendix], name: str) -> ClauseId | None:
        modules = self.telling.context.library.modules
        for record in records:
            for item in (*record.intro, *record.clauses):
                if not isinstance(item, Generate) and name in modules.get(item, (str(item),)):
                    return item
            form = self.telling.context.library.forms.get(str(getattr(record, "form", "")))
            for statement in form.statements if form else ():
                clause = getattr(statement, "clause", None)
                named = statement if isinstance(statement, ClauseId) else clause
                if named is not None and name in modules.get(named, (str(named),)):
                    return named
            if found := self._listed_in(record.sections, name):
                return found
        return None

    def _not_listed(self, name: str) -> str:
        context = self.telling.context
        elsewhere = [
            policy
            for policy, record in context.library.policies.items()
            if policy != context.policy_id
            and self._listed_in((*(record.sections or ()), *(record.appendices or ())), name)
        ]
        told = f" It is listed in: {listing(list(map(str, elsewhere)))}." if elsewhere else ""
        own = context.entry is not None and context.entry.sections is not None
        outline = "the school’s own outline of this policy" if own else "the outline of this policy"
        return f"It is not in {outline}.{told}"

    def _form(self, name: str) -> Explanation:
        sources = self.telling.sources
        form = self.telling.context.library.forms[name]
        return Explanation(
            "form", name, sources.filler.plain(form.title), "",
            written=(sources.source(form.span),),
            absent="No appendix of this policy prints the form.",
        )  # fmt: skip

    def _local(self, name: str) -> Explanation | None:
        """Explain a clause that another school, or this one elsewhere, adds."""
        folder, _, bare = name.partition("/")
        if folder != "local":
            return None
        context = self.telling.context
        for school_id, school in context.library.schools.items():
            for policy_id, entry in school.policies.items():
                for amendment in entry.amend:
                    if isinstance(amendment, Add) and str(amendment.add) == bare:
                        here = school_id == context.school_id and policy_id == context.policy_id
                        where = f"“{school_id}” adds it to “{policy_id}”."
                        why = (
                            f"What it is to stand beside, “{amendment.before or amendment.after}”, "
                            "is not reached here."
                            if here
                            else f"It is no clause of this document: {where}"
                        )
                        source = self.telling.sources.source(amendment.text.span)
                        return Explanation("clause", name, "", "", written=(source,), absent=why)
        return None

    # By words

    def by_words(self, asked: str) -> list[Explanation]:
        """Explain the texts that have some words and aren't printed."""
        words = folded(asked)
        found = []
        for one in self._texts():
            line = next((line for line in self._lines(one.text) if words in folded(line)), None)
            if line is None:
                continue
            base = self.part(one.part) if one.part else self.by_id(one.clause_id)
            if base is None:
                base = Explanation("clause", one.clause_id, "", "")
            best = best_text([one.text], asked)
            source = self.telling.sources.source(best[1] if best else one.text.span)
            found.append(
                replace(base, words=line, written=(source,), absent=one.why or base.absent)
            )
        return found

    def _lines(self, text: Line | Markdown) -> Iterator[str]:
        """Give the lines that a text would print here."""
        filler = self.telling.sources.filler
        if isinstance(text, Line):
            yield filler.plain(text)
            return
        blocks = filler.blocks(text)
        for block in walk(blocks):
            yield from (plain_text(run) for run in inlines(block))

    def _texts(self) -> Iterator[_Text]:
        """Give every text of the sources that this document doesn't print, what belongs to it
        first."""
        known = set()
        for part in self.telling.parts:
            record = part.record
            if part.kind != "clause" and part.outcome != "printed":
                for text in part.texts:
                    yield _Text(part.id, text, "", part)
            if part.kind != "clause":
                continue
            known.add(part.id)
            for text in _all_texts(record):
                if text not in part.texts or part.outcome != "printed":
                    yield _Text(part.id, text, self._instead(part, text), part)
        for name, clause in self.telling.context.library.clauses.items():
            if name not in known:
                for text in _all_texts(clause):
                    yield _Text(str(name), text, "")
        yield from self._of_other_schools()

    def _of_other_schools(self) -> Iterator[_Text]:
        """Give what other schools' amendments say in this policy."""
        context = self.telling.context
        for school_id, school in context.library.schools.items():
            entry = school.policies.get(context.policy_id or "")  # type: ignore[call-overload]
            if entry is None or school_id == context.school_id:
                continue
            for amendment in entry.amend:
                target = getattr(amendment, "replace", None)
                if isinstance(amendment, Add):
                    target = f"local/{amendment.add}"
                for text in _all_texts(amendment) if target else ():
                    why = f"It is an amendment of “{school_id}”, for itself alone."
                    yield _Text(str(target), text, why)

    def _instead(self, part: Part, text: Line | Markdown) -> str:
        """Say what a printed clause has in place of a text."""
        if part.outcome != "printed":
            return ""
        if isinstance(part.amendment, Replace):
            reason = str(part.amendment.reason or "").rstrip(".")
            reason = f": {reason}" if reason else ""
            return f"The school’s amendment puts other words in its place{reason}."
        clause = part.record
        texts = yes_and_no(getattr(clause, "texts", None) or {})
        here = next((key for key, other in texts.items() if other is text), "")
        setting = str(getattr(clause, "choose", ""))
        answer = part.choice[1] if part.choice else self._answer(setting)
        return (
            f"It is the text for the choice “{here}” of the setting “{setting}”, and the answer "
            f"here is “{answer}”."
        )

    def _answer(self, setting: str) -> str:
        record = self.telling.context.library.settings.get(setting)
        found = self.telling.context.setting(setting, record.span) if record else None
        match found:
            case ChoiceValue(id=choice):
                return choice
            case YesNo(text=words):
                return words
            case Absent() | None:
                return "none"
            case _:
                return str(found)


def _all_texts(record: object) -> tuple[Line | Markdown, ...]:
    """Give the texts that a record of a clause, section or appendix may print itself."""
    heading = getattr(record, "heading", None)
    text = getattr(record, "text", None)
    texts = getattr(record, "texts", None) or {}
    return tuple(each for each in (heading, text, *texts.values()) if each is not None)
