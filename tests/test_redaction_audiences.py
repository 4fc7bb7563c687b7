"""Who may read what, which further names are found, and what is said to give a case away."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

import agencygraph as ag
from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.model import Case, Caseload
from agencygraph.model.record import record_of
from agencygraph.redaction import age_band, disclosure, for_audience, further_names, pseudonymise, redact
from strategies import cases, examples

SECRET = "a remark in confidence"
CASE = Case.of(
    "Rose", age=9, situation="crisis", agreed_on="2024-03-14", informants=["Head teacher"], other_information=f"{SECRET} 0",
    description="Rose is nine.", source="minutes", key_issues=["Rose is alone."],
    actors={"rose": {"kind": "child", "name": "Rose Hill", "note": f"{SECRET} 1"},
            "nurse": {"kind": "practitioner", "agency": "Clinic in the lane", "note": f"{SECRET} 2"}},
    ties=[{"tie": "rose => nurse", "note": f"{SECRET} 3", "reported_by": "head", "evidence": "minutes, item 4"},
          {"tie": "nurse => rose", "note": f"{SECRET} 4", "evidence": "minutes, item 4"}],
    chronology=[{"when": "2004-05-03", "senders": ["nurse"], "receivers": ["rose"], "note": f"{SECRET} 5"},
                {"when": "2004-02", "senders": ["rose"], "receivers": ["nurse"]}])


def test_practitioners_read_all_but_other_information() -> None:
    seen = for_audience(CASE, "practitioners")
    assert seen.other_information == ""
    assert seen.description == "Child is nine."
    assert seen.ties == CASE.ties
    assert for_audience(CASE, "practitioners", other_information=True).other_information == f"{SECRET} 0"
    assert for_audience(CASE, "practitioners", names=True) == CASE.replace(other_information="")


def test_the_family_reads_no_remark_and_not_who_said_it() -> None:
    seen = for_audience(CASE, "family")
    assert SECRET not in repr(record_of(seen))
    assert [tie.sentence for tie in seen.ties] == ["rose <=> nurse"]
    assert seen.ties[0].evidence == "minutes, item 4"
    assert seen.description == "Child is nine."


def test_research_reads_no_story() -> None:
    seen = for_audience(CASE, "research")
    record = record_of(seen)
    assert set(record) == {"title", "situation", "agreed_on", "actors", "ties", "chronology"}
    assert record["agreed_on"] == "2024"
    assert record["actors"] == {"a1": "child", "a2": "practitioner"}
    assert [(str(event.when), event.seq) for event in seen.chronology.events] == [("2004", 2), ("2004", 1)]


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_every_case_can_be_shown_to_everybody(case: Case) -> None:
    flows = {flow for tie in case.ties for flow in tie.flows}
    for audience in ("practitioners", "family"):
        seen = for_audience(case, audience)
        assert {flow for tie in seen.ties for flow in tie.flows} == flows
        assert seen.other_information == ""
    plain = for_audience(case, "research")
    assert not any(getattr(plain, field) for field in ("description", "history", "key_issues", "proposals", "informants", "source"))
    assert sum(len(tie.flows) for tie in plain.ties) == len(flows)


@pytest.mark.parametrize(("audience", "options", "error"), [
    ("famly", {}, "Did you mean 'family'"), ("family", {"other_information": True}, "never shown to family"),
    ("research", {"names": True}, "never sees names"),
])
def test_what_an_audience_may_not_see_is_refused(audience: str, options: dict[str, bool], error: str) -> None:
    with pytest.raises((InvalidError, UnknownNameError), match=error):
        for_audience(CASE, audience, **options)  # type: ignore[arg-type]  # two flags


def test_published_names_stay_but_never_for_research() -> None:
    assert for_audience(ag.cases.peter(), "family").history == ag.cases.peter().history
    assert "Peter" not in repr(record_of(for_audience(ag.cases.peter(), "research")))


def test_every_age_has_one_band() -> None:
    assert [age_band(age) for age in (0, 1, 4, 5, 9, 10, 15, 16, 25)] == [
        "under 1", "1 to 4", "1 to 4", "5 to 9", "5 to 9", "10 to 15", "10 to 15", "16 and over", "16 and over"]


@pytest.mark.parametrize(("text", "found"), [
    ("She told Darren, who left.", ["Darren"]),
    ("She told Darren Brown's aunt.", ["Darren Brown's"]),
    ("Then Mrs Khan rang.", ["Mrs Khan"]),
    ("Ring Dr. O'Neill on 020 7946 0123 or +44 7700 900123.", ["Dr. O'Neill", "020 7946 0123", "+44 7700 900123"]),
    ("They live at 14 Acacia Avenue, DA6 7AT.", ["14 Acacia Avenue", "DA6 7AT"]),
    ("born 14/02/1995, write to a.b@school.sch.uk", ["14/02/1995", "a.b@school.sch.uk"]),
    ("NHS 943 476 5919, pupil A123456789012", ["943 476 5919", "A123456789012"]),
    ("on 3rd May 1995 it began", ["3rd May 1995"]),
    ("Darren came. Then Darren left.", ["Darren"]),
    ("In May the School told CAMHS and the GP on Monday.", []),
    ("Everybody agreed. Nothing followed. Clearly the plan failed.", []),
    ("the Welsh-speaking mother and the SENCO met 12 people in 2004", []),
])
def test_what_looks_like_a_name_or_a_number_is_found(text: str, found: list[str]) -> None:
    case = Case.of(actors={"child": "child"}, history=text)
    assert sorted(further_names(case).column("words")) == sorted(found)


def test_the_place_of_a_find_is_said_and_own_labels_are_passed_over() -> None:
    case = Case.of(actors={"child": "child", "acorn": {"kind": "agency", "label": "Acorn Project",
                                                             "note": "run by Sanjay at Acorn"}})
    assert [tuple(row.values()) for row in further_names(case)] == [("actors 2, note", "Sanjay", "a name")]


def test_nothing_is_found_of_actors_once_they_are_pseudonymised() -> None:
    case = Case.of(actors={"rose": {"kind": "child", "name": "Rose Hill"}}, history="We saw Rose and then saw Rose Hill.")
    assert len(further_names(redact(case))) == 0


def test_a_fact_that_one_case_alone_has_is_named() -> None:
    actors = {"child": "child", "school": "school"}
    alike = [Case.of(age=9, situation="crisis", actors=actors) for _ in range(6)]
    odd = Case.of(age=9, situation="dripping tap", actors=actors)
    told = disclosure(odd, Caseload((*alike, odd)))
    assert dict(zip(told.column("what"), told.column("cases alike"), strict=True)) == {"exact age": None, "situation": 1}


def test_facts_that_tell_only_together_are_found() -> None:
    actors = {"child": "child", "school": "school"}
    load = [Case.of(age=age, situation=situation, actors=actors) for age, situation, many in
            ((9, "crisis", 5), (10, "crisis", 1), (10, "dripping tap", 5), (9, "dripping tap", 5)) for _ in range(many)]
    told = disclosure(load[5], Caseload(tuple(load)))
    assert told.where(what="together: age, situation").column("cases alike") == (1,)


def test_what_tells_without_a_caseload() -> None:
    told = set(disclosure(CASE).column("what"))
    assert {"exact age", "day of the meeting", "1 event dated to the day", "other information"} <= told
    assert len(disclosure(for_audience(Case.of(age=9, actors={"child": "child"}), "research"))) == 0


def test_pseudonyms_do_not_hide_what_gives_a_case_away() -> None:
    case = Case.of(age=9, actors={"child": "child", "refuge": {"kind": "agency", "label": "Refuge"}})
    assert disclosure(pseudonymise(case)[0]).column("what")[1] == "unusual service: Refuge"
