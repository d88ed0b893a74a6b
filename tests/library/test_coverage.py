"""The library covers every topic, and the pages that say so are up to date."""

from __future__ import annotations

from library import coverage, readability
from library.coverage import clauses_by_topic, policies_by_clause, policies_by_setting, topics
from library.sample import forms_named, sample
from policygen.lint import lint

TOPICS = {topic for group in topics().values() for topic in group}


def test_the_topics_are_all_there() -> None:
    numbered = {group: len(entries) for group, entries in topics().items()}
    assert sum(numbered.values()) == 120 + 37 + 25


def test_the_library_has_no_finding() -> None:
    assert lint(sample()) == []


def test_every_topic_is_covered_and_printed() -> None:
    covered = clauses_by_topic(sample())
    assert set(covered) == TOPICS
    printing = policies_by_clause(sample())
    assert [t for t in TOPICS if not any(printing[c] for c in covered[t])] == []


def test_every_clause_and_form_is_in_some_policy() -> None:
    library = sample()
    assert set(library.clauses) == set(policies_by_clause(library)) & set(library.clauses)
    named = {form for policy in library.policies.values() for form in forms_named(policy)}
    assert set(library.forms) == named


def test_every_setting_changes_some_policy() -> None:
    changing = policies_by_setting(sample())
    assert [name for name in sample().settings if not changing[name]] == []


def test_every_point_to_decide_is_asked_and_has_a_text_for_each_choice() -> None:
    library = sample()
    points = topics()[coverage.POINTS]
    for point in points:
        clauses = [library.clauses[c] for c in clauses_by_topic(library)[point]]
        asked = {str(clause.choose) for clause in clauses if clause.choose}
        assert asked, point
        assert all(library.settings[name].choices for name in asked), point


def test_no_clause_names_an_edition_or_a_platform() -> None:
    library = sample()
    platforms = set(map(str, library.settings["platform_register"].default))
    platforms -= {"X"}
    for clause_id, clause in library.clauses.items():
        texts = [clause.heading, clause.text, *(clause.texts or {}).values()]
        prose = " ".join(map(str, filter(None, texts)))
        assert not [name for name in platforms if name in prose], clause_id


def test_the_page_of_coverage_is_up_to_date() -> None:
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page(sample())


def test_the_page_of_reading_ages_is_up_to_date() -> None:
    assert readability.PAGE.read_text(encoding="utf-8") == readability.page()
