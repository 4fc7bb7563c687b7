"""What a meeting reads out: it must say what the study found, raise no false alarm, and show no name."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.conclusions import FINDERS, THEMES, Finder, View, findings
from agencygraph.conclusions.finders import draft, finder
from agencygraph.errors import InvalidError
from agencygraph.measures.certainty import how_sure
from agencygraph.model import Case, Chronology, Event
from measured_cases import made_up
from strategies import examples

quick = settings(max_examples=examples(40), deadline=None)
WORKERS = ("school", "ssd", "gp", "camhs", "police")


def well_connected(**fields: Any) -> Case:
    actors = {"child": "child", "mother": "parent", "school": "school"} | {
        id: {"kind": "agency", "label": id.upper(), "lead": id == "ssd"} for id in WORKERS[1:]}
    ties = [f"{a} <=> {b}" for a, b in combinations(WORKERS, 2)] + ["child <=> school", "mother <=> school", "mother <=> ssd"]
    return Case.of(**{"age": 9, "actors": actors, "ties": ties, **fields})


def found_in(case: Case, name: str) -> Any:
    return next(one for one in findings(case) if one.name == name)


def test_peter_tells_and_is_not_told() -> None:
    found = findings(cases.peter())
    assert found.sentences[0].startswith("News from School comes to Social services, the lead, and none comes back.")
    assert (found[0].count, found[0].of, found[0].evidence) == (3, 5, ("School → Social services",))
    point = found_in(cases.peter(), "single point")
    assert "School, the only way from SENCO to Social services" in point.sentence
    assert (point.count, point.of) == (4, 4)
    assert "Nobody on the map has a tie with Family centre or Parental support" in found_in(cases.peter(), "no tie").sentence


def test_what_was_passed_on_first_and_never_arrived() -> None:
    found = found_in(cases.peter(narrative=True), "never arrived")
    assert found.sentence == "What Refuge passed on from 2002 on never came to School, going by the dated events."
    assert (found.number, found.certainty) == ("4 of 11 other practitioners surely came to know of it", None)
    actors = {"gp": "agency", "school": "school", "nurse": {"kind": "practitioner", "based_at": "school"}}
    for date, heard in (("2003", True), ("2003-03-03", False)):
        # The nurse is of the school, and where the dates leave it open nothing is claimed.
        case = Case.of(actors={**actors, "ssd": "agency"}).replace(chronology=Chronology((
            Event("2003-03-03", ("gp",), ("ssd",)), Event(date, ("ssd",), ("nurse",)))))
        assert ("never arrived" not in [one.name for one in findings(case)]) is heard


def test_james_hears_only_thinly_and_hangs_on_social_services() -> None:
    assert findings(cases.james()).sentences[0].startswith("Primary school hears only thinly from Social services, the lead")
    point = found_in(cases.james(), "single point")
    assert (point.count, point.of) == (10, 12)
    assert "single point of failure is Social services" in point.sentence
    assert "GP and CAMHS" in found_in(cases.james(), "not heard").sentence


def test_tina_carries_everything_herself() -> None:
    found = findings(cases.tina())
    assert found.sentences[0] == "No two practitioners exchange anything except through Tina."
    assert found[0].number == "0 of 28 pairs of practitioners talk"
    assert "Secondary school and Primary school have no link" in found_in(cases.tina(), "schools apart").sentence
    assert found_in(cases.tina(), "parent apart").sentence == "No tie on the map leads to or from Mother."
    assert found_in(cases.tina(), "no lead").sentence == "Nobody is named as the lead practitioner."


@pytest.mark.parametrize(("star", "count"), [(False, 10), (True, 30)])
def test_the_team_brings_everyone_in_and_has_a_price(star: bool, count: int) -> None:
    found = findings(cases.integrated("peter", star=star))
    assert [one.name for one in found] == ["in the loop", "single point"]
    assert found.sentences[0].startswith("Everyone is in the loop")
    assert found.sentences[1].startswith("The price: the single point of failure is Practice manager")
    assert (found[1].count, found[1].of) == (count, 30)


def test_where_all_is_well_nothing_is_raised() -> None:
    found = findings(well_connected())
    assert [one.name for one in found] == ["in the loop", "nothing stands out"]
    assert found[1].number == "10 of 10 pairs of practitioners talk"
    assert [one.name for one in findings(Case())] == ["too few"]


def test_what_nobody_knows_is_not_said_to_be_missing() -> None:
    actors = {"school": "school", "nurse": {"kind": "practitioner", "label": "Nurse"}, "ssd": {"kind": "agency", "lead": True}}
    for more, wanted in (["nurse ?=> school"], False), ([], True):
        found = findings(Case.of(actors=actors, ties=["school <=> ssd", *more]))
        assert ("no tie" in [one.name for one in found]) is wanted


@quick
@given(made_up())
def test_every_finding_is_true_where_it_was_found_and_says_everything(made: Any) -> None:
    case, _ = made
    found = findings(case)
    assert 1 <= len(found) <= 8
    weights = [one.weight for one in found if one.name not in ("nothing stands out", "too few")]
    assert weights == sorted(weights, reverse=True)
    for one in found:
        assert one.theme in THEMES
        assert one.question.endswith("?")
        assert one.sentence.endswith(".")
        assert set(one.ties) <= set(case.ties)
        assert one.of is None or 0 <= (one.count or 0) <= one.of
        assert one.holds is None or one(case), one.name
        assert "nobody" not in one.sentence.lower() or one.name in ("no lead", "no tie", "nothing stands out"), one.sentence
        assert "()" not in str(one)


@quick
@given(made_up())
def test_findings_show_no_id_and_no_name_unless_asked_for(made: Any) -> None:
    case, _ = made
    case = case.replace(name="Secret case", actors=tuple(
        type(a)(a.id, a.kind, name=f"Secret {a.id}", based_at=a.based_at, lead=a.lead) for a in case.actors))
    found = findings(case)
    for text in (str(found), found._repr_html_(), repr(found), found.to_table().to_csv(), *map(repr, found)):
        assert "ecret" not in text
        assert not any(f"x{k}" in text for k in range(8))
    named = findings(case, names=True)
    assert len(named) == len(found)
    assert all("Secret" in one.sentence for one in named if one.who and "the family" not in one.sentence)


def test_findings_are_printed_with_number_evidence_certainty_and_question() -> None:
    text = str(findings(cases.peter()))
    assert text.startswith("Peter, 9: what stands out\n\n1. News from School")
    for head in ("Number: 3 of 5", "Seen in: School → Social services.", "How sure: No tie is", "To ask (professional"):
        assert f"   {head}" in text
    html = findings(cases.peter())._repr_html_()
    assert html.count("<li>") == len(findings(cases.peter()))
    table = findings(cases.tina()).to_table()
    assert table.column("number") == tuple(range(1, len(table) + 1))
    assert table[0]["readings"] == "1 of 1"
    assert repr(findings(cases.tina())).startswith("Findings(Tina, 13: only through the family; no lead")


def test_a_disputed_tie_makes_a_finding_unsure() -> None:
    ties = [tie.sentence for tie in cases.peter().ties] + ["ssd ~-> school"]
    case = cases.peter().replace(ties=Case.of(actors=list(cases.peter().actors), ties=ties).ties, gaps=())
    assert "not told" not in [one.name for one in findings(case)]
    sure = how_sure(case, lambda one: "not told" in [finding.name for finding in findings(one)])
    assert (sure.holds, sure.held, sure.readings) == (False, 1, 2)


def test_a_change_is_told_with_its_gains_and_its_price() -> None:
    found = findings(compare(cases.peter(), cases.integrated("peter")))
    assert found.sentences[0] == "School heard from 0 of 3 practitioners outside its own base before, and hears from 6 of 6 now."
    assert [one.name for one in found] == ["school hears", "loop before and now", "front doors before and now", "the price", "gone"]
    assert "The price: now most hangs on Practice manager; without it 10 of 30" in found.sentences[3]
    assert found[0].certainty is None
    assert str(found).startswith("Peter, 9, before and after: what stands out")
    assert "No longer on the map: Family centre and Parental support." in found.sentences[4]
    assert found.to_table().column("readings") == (None,) * 5
    with pytest.raises(InvalidError, match="no statement about one case"):
        found[0](cases.peter())


@pytest.mark.parametrize("name", ["peter", "james", "tina"])
def test_a_question_is_understood_without_its_sentence_as_in_an_action_plan(name: str) -> None:
    for narrative in (False, True):
        change = compare(getattr(cases, name)(narrative=narrative), cases.integrated(name))
        for what in (change, compare(change.after, change.before), change.before, change.after):
            for one in findings(what):
                assert not re.search(r"\b(these|of it|it so)\b", one.question), one.question


def test_no_change_is_no_finding() -> None:
    assert len(findings(compare(well_connected(), well_connected()))) == 0


def test_a_finder_of_another_package_is_asked_and_must_know_the_themes() -> None:
    try:
        finder("police", "joint working", 99)(lambda view: draft("Police are on the map.", "Why?") if "police" in
                                              view.case.ids else None)
        assert found_in(well_connected(), "police").certainty is None
        assert "police" in FINDERS.names()
    finally:
        FINDERS.remove("police")
    with pytest.raises(InvalidError, match="must be one of joint working"):
        Finder("police", "blame", 1)


def test_what_is_no_case_has_no_findings() -> None:
    with pytest.raises(InvalidError, match="a list has no findings"):
        findings([well_connected()])  # type: ignore[arg-type]
    assert View(well_connected()).status("nobody") == ""
