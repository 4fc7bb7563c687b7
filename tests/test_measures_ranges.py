"""Lowest and highest over the ties that nobody could confirm."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.measures import measure, readings
from agencygraph.measures.answers import COLUMNS
from agencygraph.model import Case, Caseload
from measured_cases import made_up
from strategies import examples

quick = settings(max_examples=examples(30), deadline=None)
SOME = ("isolation", "pairs talking", "single points", "who knows when", "connectedness", "no return")


def test_without_unknown_ties_the_table_has_no_ranges() -> None:
    assert measure(cases.peter()).columns == COLUMNS
    assert "Lowest" not in measure(cases.peter()).note


def test_the_value_leaves_unknown_ties_out_and_the_range_does_not() -> None:
    case = Case.of(actors={"school": "school", "gp": "agency", "ssd": "agency"}, ties=["school => gp", "ssd ?=> school"])
    row = measure(case, "isolation", ties="any").where(about="School")[0]
    assert (row["value"], row["lowest"], row["highest"]) == (1.0, 0.5, 1.0)
    talking = measure(case, "pairs talking", ties="any")[0]
    assert (talking["count"], talking["lowest"], talking["highest"]) == (1, 1 / 3, 2 / 3)
    assert "that nobody could confirm, each there or not;" in measure(case).note


def test_cases_without_unknown_ties_have_their_value_on_both_sides() -> None:
    table = measure(Caseload((cases.peter(), cases.load("case_7"))), "pairs talking", ties="any")
    for row in table.where(case="Peter, 9"):
        assert row["lowest"] == row["highest"] == row["value"]
    seven = next(row for row in table if row["case"] != "Peter, 9")
    assert seven["value"] == seven["lowest"]
    assert float(str(seven["highest"])) > float(str(seven["value"]))


@quick
@given(made_up(most=5), st.data())
def test_the_range_is_that_of_all_written_out_readings(made: Any, data: st.DataObject) -> None:
    case, _ = made
    unknown = data.draw(st.sets(st.sampled_from(range(len(case.ties))), min_size=1, max_size=4)) if case.ties else set()
    doubted = case.replace(ties=tuple(
        type(tie).parse(tie.sentence.replace(" ", " ?", 1)) if at in unknown else tie for at, tie in enumerate(case.ties)))
    table = measure(doubted, *SOME, ties="any")
    if not unknown:
        return
    kept = [dict(zip(sorted(unknown), choice, strict=True)) for choice in product((False, True), repeat=len(unknown))]
    # An agreed tie of another note stays a tie of its own beside its way back, as in the readings.
    written = [case.replace(ties=tuple(tie for at, tie in enumerate(case.ties) if one.get(at, True))) for one in kept]
    found = [{(name, r.about, r.detail): r for name in SOME for r in readings(one, name)} for one in written]
    main = [(name, r) for name in SOME for r in readings(doubted, name)]
    for (name, r), row in zip(main, table, strict=True):
        here = [one.get((name, r.about, r.detail)) for one in found]
        if any(one is not None and one.value is None for one in here):
            values = [one.value for one in here if one is not None and one.value is not None]
        else:
            values = [one.value if one else 0 for one in here]  # type: ignore[misc]  # None is excluded above
        assert (row["lowest"], row["highest"]) == ((min(values), max(values)) if values else (None, None)), (name, r)  # type: ignore[type-var]


def test_of_many_unknown_ties_readings_are_drawn() -> None:
    ids = ["a", "b", "c", "d", "e", "f"]
    ties = [f"{one} ?=> {other}" for one in ids for other in ids if one < other][:13]
    case = Case.of(actors=dict.fromkeys(ids, "agency"), ties=ties)
    table = measure(case, "pairs talking", ties="any")
    assert "over 4,096 of them, drawn at random" in table.note
    assert (table[0]["value"], table[0]["reason"]) == (None, "the map has no ties")
    assert float(str(table[0]["highest"])) > 0.5
    assert table.rows == measure(case, "pairs talking", ties="any").rows
