"""The meeting measures of two maps side by side."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from agencygraph import Case, Lineage, Team, cases, compare, integrate
from agencygraph.comparison import Comparison
from agencygraph.measures import readings
from agencygraph.table import Cell, Table
from strategies import examples
from test_comparison_properties import comparisons, maps

SCHOOL = "School with SENCO, School nurse -> School"


def cells(table: Table, **equals: str) -> list[tuple[Cell, ...]]:
    return list(table.where(**equals).select("before", "after", "change").rows)


def test_the_schools_isolation_before_and_after_the_team() -> None:
    table = compare(cases.peter(), cases.integrated("peter")).measures
    change = "lower (better); 2 moved out"
    assert cells(table, measure="isolation", about=SCHOOL, ties="any") == [("3 of 3", "0.33 (0 of 6)", change)]
    assert cells(table, measure="isolation", about=SCHOOL, ties="firm") == [("3 of 3", "0.42 (1 of 6)", change)]
    assert cells(table, measure="loop status", about="School", ties="any") == [("tells, is not told", "in the loop", "changed")]
    assert cells(table, measure="route split", detail="professional", ties="any") == [("9 of 30", "42 of 42", "higher")]
    assert cells(table, measure="pairs talking", detail="all pairs", ties="any") == [("3 of 15", "13 of 21", "higher (better)")]
    assert table.note.startswith("6 practitioners before, 7 after")


def test_a_unit_that_takes_in_the_others_is_not_said_to_be_better() -> None:
    """Nobody is told anything new here: one who was outside is inside, and that by itself is no gain."""
    before = Case.of(actors={"a": "agency", "b": "agency", "c": "agency"}, ties=["a => c", "c -> a"])
    after = before.replace(teams=(Team("Team", ("a", "b")),))
    table = compare(before, after).measures
    assert cells(table, measure="isolation", about="Agency 1 -> Team", ties="any") == [("1 of 2", "0 of 1", "lower; 1 taken in")]
    assert cells(table, measure="isolation", about="Agency 3", ties="any")[0][2] == "same"


def test_who_merged_has_a_row_each_and_who_joined_or_left_has_none() -> None:
    before = Case.of(actors={"a": "agency", "b": "agency", "x": "agency"}, ties=["a => b"])
    after = Case.of(actors={"m": {"kind": "agency", "label": "Merged"}, "y": "school"}, ties=["m => y"])
    table = compare(before, after, Lineage(became=(("a", "m"), ("b", "m")))).measures
    assert set(table.where(measure="loop status").column("about")) == {"Agency 1 -> Merged", "Agency 2 -> Merged"}


def test_a_question_without_an_answer_says_why() -> None:
    before = Case.of(actors={"a": "agency", "b": "agency"}, ties=["b => a"])
    row = cells(compare(before, before).measures, measure="no return", about="Agency 1", ties="any")[0]
    assert row == ("– (0 of 0)", "– (0 of 0)", "no answer before and now: this unit tells no practitioner outside it")


def test_no_name_and_no_id_is_shown() -> None:
    smith = {"kind": "agency", "name": "Smith Ltd"}
    before = Case.of("Secret", actors={"smith": smith, "school": "school"}, ties=["smith => school"])
    table = compare(before, integrate(before, Team("Team", ("smith",), lead="smith", host="school"))).measures
    assert "smith" not in (str(table) + table._repr_html_() + repr(table)).lower()


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(maps("abcdef"))
def test_nothing_differs_beside_itself(case: Case) -> None:
    table = compare(case, case).measures
    assert all(row["before"] == row["after"] for row in table)
    assert {str(change).partition(":")[0] for change in table.column("change")} <= {"same", "no answer before and now"}


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(comparisons())
def test_any_two_maps_can_be_laid_side_by_side(change: Comparison) -> None:
    table = change.measures
    assert len(table.where(measure="route split", ties="any")) == len(readings(change.before, "route split"))
    assert all(row["before"] and row["after"] and row["change"] for row in table)
