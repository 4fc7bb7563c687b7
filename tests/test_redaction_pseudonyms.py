"""Names out, names back: nothing that names anybody is left in a pseudonymised case, and the key restores it exactly."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.errors import InvalidError
from agencygraph.model import Case
from agencygraph.model.record import case_of, record_of
from agencygraph.redaction import Key, pseudonymise, redact, restore
from strategies import cases, examples

GIVEN = ("Darren", "Zoë", "Siân", "Mohammed", "Oluwaseun", "Jean-Luc", "Kezia", "Will")
FAMILY = ("O'Brien", "Okonkwo", "Smith-Jones", "Llewellyn", "Nguyễn", "Patel")
FORMS = ("{given} {family}", "{given}", "Mrs {family}", "{GIVEN} {FAMILY}", "{family}'s", "({given})", "{given}_{family}.docx",
         "{given}\n{family}", "“{given}”", "{given}, {family}", "Dr. {family}")


def everything_in(value: Any) -> list[str]:
    """Every word, key and figure of a record, read without knowing what its fields mean."""
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (str(key), *everything_in(item))]
    if isinstance(value, list):
        return [text for item in value for text in everything_in(item)]
    return [str(value)]


@st.composite
def told(draw: st.DrawFn) -> tuple[Case, list[str]]:
    """A case whose every free text speaks of its people, and the words that must not be left."""
    people = draw(st.lists(st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY)), min_size=2, max_size=4, unique=True))
    ids = [f"{re.sub('[^a-z]', '', given.lower())}_{number}" for number, (given, _) in enumerate(people)]

    def text() -> str:
        given, family = draw(st.sampled_from(people))
        form = draw(st.sampled_from((*FORMS, *ids)))
        words = form.format(given=given, family=family, GIVEN=given.upper(), FAMILY=family.upper())
        return f"Then {words} went on."

    kinds = ["child", *(draw(st.sampled_from(("parent", "practitioner", "carer"))) for _ in people[1:])]
    actors = {id: {"kind": kind, "name": f"{given} {family}", "note": text(), "label": draw(st.sampled_from(("", "Person", given)))}
              for id, kind, (given, family) in zip(ids, kinds, people, strict=True)}
    record = {
        "name": " ".join(people[0]), "title": text().replace("\n", " "), "history": text(), "key_issues": [text(), text()],
        "informants": [text()], "other_information": text(), "actors": actors,
        "ties": [{"tie": f"{ids[0]} => {ids[1]}", "note": text(), "evidence": text(), "reported_by": text().replace("\n", " ")}],
        "gaps": [{"gap": f"{ids[1]} !> {ids[0]}", "note": text()}],
        "teams": [{"name": text().replace("\n", " "), "members": ids[1:]}],
        "chronology": [{"when": "2004", "senders": [ids[0]], "receivers": [ids[1]], "note": text()}],
        "lineage": {"became": {ids[0]: ids[0]}, "left": ["darren_before"]},
    }  # fmt: skip
    words = [word for given, family in people for word in (given, family, *family.split("-"))]
    return case_of(record), [*words, *ids, "darren_before"]


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(told())
def test_nothing_that_names_anybody_is_left(told: tuple[Case, list[str]]) -> None:
    case, words = told
    plain, key = pseudonymise(case)
    left = "\n".join(everything_in(record_of(plain)))
    for word in words:
        # "will" is a word of every text; only its capital makes it a name.
        assert not re.search(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", left), (word, left)
        assert word == "Will" or word.casefold() not in left.casefold(), (word, left)
    assert restore(plain, key) == case


@settings(deadline=None, max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_any_case_comes_back_exactly(case: Case) -> None:
    plain, key = pseudonymise(case)
    assert not any(actor.name for actor in plain.actors)
    assert plain.name == ""
    assert not {*plain.ids} & {*case.ids}
    assert restore(plain, key) == case


@settings(deadline=None, max_examples=examples(40))
@given(cases())
def test_what_is_measured_does_not_change(case: Case) -> None:
    plain, key = pseudonymise(case)
    back = dict(key.ids)
    assert [(back[tie.source], back[tie.target], tie.strength, tie.two_way, tie.status) for tie in plain.ties] == [
        (tie.source, tie.target, tie.strength, tie.two_way, tie.status) for tie in case.ties]
    assert redact(case).ids == case.ids


def test_words_of_the_field_stay() -> None:
    case = Case.of(actors={"will": {"kind": "child", "name": "Will Young"}, "school": "school", "school_nurse": "practitioner"},
                   history="The school nurse will see young people at school. Will is Young's son. In May 2004 it began.")
    assert pseudonymise(case)[0].history == (
        "The school nurse will see young people at school. Child is Child's son. In May 2004 it began.")


def test_a_month_is_a_month_before_a_figure() -> None:
    case = Case.of(actors={"may": {"kind": "child", "name": "May"}}, history="May came in May 2004.")
    assert redact(case).history == "Child came in May 2004."


def test_a_place_loses_its_own_name_and_keeps_its_kind() -> None:
    case = Case.of(actors={"st_marys": {"kind": "school", "name": "St Mary's Primary School", "label": "Primary school"}},
                   history="At St Mary’s, a primary school, staff of St Mary's Primary School wrote.")
    assert redact(case).history == "At Primary school, a primary school, staff of Primary school wrote."


def test_one_key_serves_both_maps() -> None:
    before, after = ag.cases.peter(), ag.cases.integrated("peter")
    plain, key = pseudonymise(before)
    later, _ = pseudonymise(after, key)
    assert [len(block.before) for block in ag.compare(plain, later).blocks] == [
        len(block.before) for block in ag.compare(before, after).blocks]


def test_a_text_that_moved_is_found_and_one_that_changed_is_left() -> None:
    case = Case.of(actors={"rose": {"kind": "child", "name": "Rose"}, "school": "school"},
                   key_issues=["Rose is alone.", "Rose is tired."])
    plain, key = pseudonymise(case)
    fewer = restore(plain.replace(key_issues=plain.key_issues[1:]), key)
    assert fewer.key_issues == ("Rose is tired.",)
    assert restore(plain.replace(key_issues=("Child is well.",)), key).key_issues == ("Child is well.",)


def test_two_teams_that_differ_by_a_name_still_differ() -> None:
    case = Case.of(actors={"peter_hill": {"kind": "practitioner", "name": "Peter Hill"}, "nurse": "practitioner"},
                   teams=[{"name": "Peter's team", "members": ["peter_hill"]}, {"name": "Hill's team", "members": ["nurse"]}])
    plain, key = pseudonymise(case)
    assert [team.name for team in plain.teams] == ["Practitioner 1's team", "Practitioner 1's team (2)"]
    assert restore(plain, key) == case


def test_the_key_of_another_case_is_refused() -> None:
    with pytest.raises(InvalidError, match="belongs to another case"):
        restore(ag.cases.peter(), Key(ids=(("a1", "x"),)))
