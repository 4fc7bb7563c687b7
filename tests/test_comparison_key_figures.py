"""The figures that a meeting reads first agree with the measures and with the study's findings."""

from __future__ import annotations

from agencygraph import cases, comparison, scenarios
from agencygraph.comparison.key_figures import NOT_THERE, key_figures
from agencygraph.model import Case, Team


def figures(before: Case, after: Case) -> dict[str, tuple[str, str]]:
    table = key_figures(comparison.compare(before, after))
    return {str(row["figure"]): (str(row["before"]), str(row["after"])) for row in table}


def test_peters_figures_are_the_documented_ones() -> None:
    found = figures(cases.peter(narrative=True), cases.integrated("peter"))
    assert found["Practitioners, schools and agencies on the map"] == ("12", "7")
    assert found["Pairs of them who talk"] == ("11 of 66", "13 of 21")
    assert found["Ways for news from one to another: among themselves"] == ("31 of 132", "42 of 42")
    assert found["... only through the child or family"] == ("16 of 132", "0 of 42")
    assert found["... none"] == ("85 of 132", "0 of 42")
    assert found["The school and the lead"] == ("tells, is not told", "in the loop")


def test_tina_has_no_lead_before() -> None:
    assert figures(cases.tina(), cases.integrated("tina"))["The school and the lead"] == ("no lead named", "in the loop")


def test_a_map_without_school_or_child_says_so() -> None:
    case = Case.of(actors={"gp": {"kind": "agency", "label": "GP"}, "police": {"kind": "agency", "label": "Police"}},
                   ties=["gp => police"])
    found = figures(case, scenarios.integrate(case, Team("Team", members=("gp", "police"), lead="gp")))
    assert found["The school and the lead"] == (NOT_THERE, NOT_THERE)
    assert found["Those whom the child deals with"] == ("no child on the map", "no child on the map")
    assert found["Pairs of them who talk"] == ("1 of 1", "1 of 1")


def test_two_children_are_told_apart_by_labels() -> None:
    case = Case.of(actors={"anna": {"kind": "child", "label": "Sister"}, "ben": {"kind": "child", "label": "Brother"},
                           "school": "school"},
                   ties=["anna <=> school"])
    assert figures(case, case)["Those whom the child deals with"][0] == "Sister: 1 of 1; Brother: 0 of 1"
