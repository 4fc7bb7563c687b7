"""The table of answers: what it says of a case, a caseload, a before and an after."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.measures import Reading, ask, catalogue, measure, readings, say
from agencygraph.model import Case, Caseload
from measured_cases import reference_case

PETER = reference_case("peter/figure").replace(age=9, name="Private")
TEAM = reference_case("integration/both").replace(age=9, arrangement="integration")


def test_every_answer_is_given_over_any_tie_and_over_firm_ones() -> None:
    table = measure(PETER)
    assert table.columns == ("case", "arrangement", "measure", "about", "detail", "ties", "value", "count", "of", "words", "who",
                             "reason")
    assert set(table.column("case")) == {"Child, 9"}
    assert set(table.column("measure")) == {question.name for question in ask()}
    assert measure(PETER, ties="firm").rows == table.where(ties="firm").rows
    assert measure(PETER, "M4", ties="any").rows == measure(PETER, "isolation", "voice", "hears from", "heard by", ties="any").rows
    assert table.caption == "Measures: Child, 9"


def test_no_value_stands_without_a_reason_and_no_total_without_a_count() -> None:
    for row in measure(Caseload((PETER, TEAM, Case(), Case.of(actors={"a": "agency"})))):
        assert (row["value"] is None) <= bool(row["words"] or row["reason"])
        assert row["of"] is None or row["count"] is not None


def test_a_unit_is_called_by_its_team_or_its_base() -> None:
    assert measure(PETER, "isolation")[0]["about"] == "School with Education practitioner, Health practitioner"
    assert "Practitioner team" in measure(TEAM, "isolation").column("about")
    nurses = Case.of(actors={"home": "family", "a": {"kind": "practitioner", "based_at": "home"}, "b": "agency"})
    assert measure(nurses, "isolation").column("about")[0] == "Practitioner at Family member"
    assert measure(nurses, "pairs talking").column("about")[0] == "whole map"


def test_two_children_of_nine_are_two_children() -> None:
    load = Caseload((PETER, TEAM, PETER, PETER.replace(age=8)), title="Two boys")
    table = measure(load, "pairs talking", ties="any").where(detail="all pairs")
    assert table.column("case") == ("Child, 9 (1)", "Child, 9", "Child, 9 (2)", "Child, 8")
    assert table.caption == "Measures: Two boys"
    assert measure(Caseload((PETER,))).caption == "Measures: 1 case"


def test_a_large_caseload_is_shared_out_and_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    load = Caseload((PETER, TEAM) * 25)
    told: list[tuple[int, int]] = []
    shared = measure(load, "isolation", ties="any", jobs=2, progress=lambda done, of: told.append((done, of)))
    assert shared == measure(load, "isolation", ties="any")
    assert told == [(20, 50), (40, 50), (50, 50)]
    assert not capsys.readouterr().err
    measure(load, "isolation", ties="any", progress=True)
    assert "50 of 50 cases" in capsys.readouterr().err


@pytest.mark.parametrize(("cases", "is_shown"), [(199, False), (200, True)])
def test_a_bar_is_shown_where_a_person_watches_a_large_caseload(cases: int, is_shown: bool, monkeypatch: pytest.MonkeyPatch,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    measure(Caseload((Case(),) * cases), "islands", ties="any")
    assert (f"{cases} of {cases} cases" in capsys.readouterr().err) is is_shown


def test_a_misspelt_option_suggests_the_nearest() -> None:
    with pytest.raises(TypeError, match="Did you mean 'progress'"):
        measure(Caseload((PETER,)), "isolation", progres=True)  # type: ignore[call-arg]  # misspelt on purpose
    with pytest.raises(InvalidError, match="jobs is 0"):
        measure(Caseload((PETER,)), "isolation", jobs=0)


def test_a_before_and_an_after_are_told_apart() -> None:
    pair = SimpleNamespace(before=PETER, after=TEAM)
    table = measure(pair, "isolation", ties="any")
    assert table.columns[:2] == ("map", "case")
    assert list(dict.fromkeys(table.column("map"))) == ["before", "after"]


def test_private_names_are_shown_only_where_asked_for() -> None:
    assert "Private" not in measure(PETER).to_csv()
    assert set(measure(PETER, "M1", names=True).column("case")) == {"Private"}


@pytest.mark.parametrize(("options", "message"), [({"ties": "frim"}, "Did you mean 'firm'"), ({"unit": "house"}, "unit is 'house'"),
                                                  ({"relay": "all"}, "relay is 'all'")])
def test_words_that_are_not_known_are_refused(options: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        measure(PETER, **options)  # type: ignore[arg-type]


def test_what_is_no_case_is_refused() -> None:
    with pytest.raises(InvalidError, match="a list cannot be measured"):
        measure([PETER])  # type: ignore[arg-type]


def test_the_catalogue_is_in_the_order_of_the_numbers() -> None:
    ids = [str(id) for id in catalogue().column("id")]
    numbers = [int(id[1:]) for id in ids if id[0] == "M"]
    assert numbers == sorted(numbers)
    assert {row["better"] for row in catalogue()} <= {"lower", "higher", "neither"}
    assert "words" in catalogue().column("range")


def test_no_number_and_impossible_counts_are_refused() -> None:
    for wrong in ({"value": float("nan")}, {"value": float("inf")}, {"value": 1.0, "count": 3, "of": 2}, {}):
        with pytest.raises(InvalidError):
            Reading((), **wrong)  # type: ignore[arg-type]


def test_answers_are_said_aloud_with_their_reason() -> None:
    school, lead = (next(r for r in readings(PETER, "no return") if id in r.about) for id in ("school", "ssd"))
    assert say(PETER, "no return", school).endswith("is never told back by 1 of the 1 it tells outside: Social care agency 1.")
    assert say(PETER, "no return", lead).endswith("because this unit tells no practitioner outside it.")


@pytest.mark.parametrize(("case", "wanted"), [
    (Case(), ("there is no other practitioner on the map", 0, 0)),
    (Case.of(actors={"a": "agency"}), ("there is no other practitioner on the map", 0, 0)),
    (Case.of(actors={"a": "agency", "b": "agency"}), ("the map has no ties", 0, 2)),
    (Case.of(actors={"a": "agency", "b": "agency"}, ties=["a -> b"]), ("", 0, 2))])
def test_shares_are_undefined_without_ties_or_pairs(case: Case, wanted: tuple[str, int, int]) -> None:
    reading = readings(case, "route split", firm=True)[0]
    assert (reading.reason, reading.count, reading.of) == wanted
    assert (reading.value is None) == bool(wanted[0])
    assert bool(readings(case, "pairs talking", firm=True)[0].reason) == bool(wanted[0])
    assert readings(case, "messenger share", firm=True)[0].value is None


def test_the_same_bytes_whatever_the_seed_of_the_hashes() -> None:
    code = ("import sys; sys.path.insert(0, 'tests'); from measured_cases import reference_case;"
            "from agencygraph.measures import measure; t = measure(reference_case('james/both'));"
            "sys.stdout.write(t.to_csv() + t._repr_html_() + str(t))")
    found = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={
        "PYTHONHASHSEED": seed, "PYTHONPATH": "src", "PYTHONIOENCODING": "utf-8"}).stdout for seed in ("0", "1")}
    assert len(found) == 1


def test_measuring_loads_nothing_heavy() -> None:
    code = ("import sys; from agencygraph.measures import measure; from agencygraph.model import Case;"
            "measure(Case.of(actors={'a': 'agency'}));"
            "print(sorted({'networkx', 'numpy', 'pandas', 'yaml', 'matplotlib'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"


def test_pairs_are_named_with_the_way_in_which_they_talk() -> None:
    case = Case.of(actors={"a": {"kind": "agency", "label": "GP"}, "b": "school", "c": {"kind": "agency", "label": "Police"}},
                   ties=["a <-> b", "c => b"])
    assert measure(case, "pairs talking", ties="any")[0]["who"] == "GP ↔ School; Police → School"
    assert measure(case, "two-way pairs", ties="any")[0]["who"] == "GP ↔ School"
