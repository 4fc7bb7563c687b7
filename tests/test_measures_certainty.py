"""How sure a statement is, against brute force over written-out cases."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases
from agencygraph.errors import InvalidError
from agencygraph.flows import flows_of, reach
from agencygraph.measures import readings
from agencygraph.measures.certainty import how_sure
from agencygraph.measures.variants import DRAWN, choices, reading_of, variations
from agencygraph.model import Case
from measured_cases import made_up, ties_of
from strategies import examples

quick = settings(max_examples=examples(40), deadline=None)
ACTORS = {"school": "school", "ssd": {"kind": "agency", "label": "Social services", "lead": True},
          "gp": {"kind": "agency", "label": "GP"}, "child": "child"}


def case_of(*ties: str) -> Case:
    return Case.of(actors=ACTORS, ties=list(ties))


def reaches(case: Case, a: str = "school", b: str = "gp") -> bool:
    flows = flows_of(case)
    return bool(reach(flows, flows.mask([a])) & flows.mask([b]))


def flows_in(case: Case) -> set[tuple[str, str, bool]]:
    return {(a, b, tie.is_critical) for tie in case.ties if tie.status != "unknown" for a, b in tie.flows}


@quick
@given(made_up(most=5), st.data())
def test_every_reading_of_doubtful_ties_is_read_once(made: Any, data: st.DataObject) -> None:
    case, _ = made
    marks = data.draw(st.lists(st.sampled_from(["", "?", "~"]), min_size=len(case.ties), max_size=len(case.ties)))
    ties = [tie.sentence.replace(" ", f" {mark}", 1) for tie, mark in zip(case.ties, marks, strict=True)]
    doubtful = [at for at, mark in enumerate(marks) if mark][:6]
    ties = [tie if at in doubtful or not mark else case.ties[at].sentence
            for at, (tie, mark) in enumerate(zip(ties, marks, strict=True))]
    case = Case.of(actors=list(case.actors), ties=ties, teams=list(case.teams))
    found: list[frozenset[tuple[str, str, bool]]] = []

    def remember(one: Case) -> bool:
        found.append(frozenset(flows_in(one)))
        return True

    sure = how_sure(case, remember)
    wanted = [frozenset((a, b, tie.is_critical) for at, tie in enumerate(case.ties) for a, b in tie.flows
                        if at not in doubtful or kept[doubtful.index(at)]) for kept in product((False, True), repeat=len(doubtful))]
    assert sure.readings == 2 ** len(doubtful) == sure.held
    if doubtful:
        assert sorted(map(sorted, found[1:1 + sure.readings])) == sorted(map(sorted, wanted))


@quick
@given(made_up(most=6))
def test_every_single_change_changes_one_thing(made: Any) -> None:
    case, flows = made
    before = flows_in(case)
    changes = [flows_in(varied) ^ before for _, varied in variations(case)]
    assert all(changes)
    pairs = [{(a, b) if a < b else (b, a) for a, b, _ in change} for change in changes]
    assert all(len(pair) == 1 for pair in pairs)
    workers = [a.id for a in case.actors if not a.is_family]
    added = {(a, b) for one, _ in variations(case) if one.before is None and one.after for a, b in one.after.flows}
    assert added == {(a, b) for a in workers for b in workers if a != b and (a, b) not in flows}
    assert len(ties_of(flows)) == sum(one.after is None for one, _ in variations(case))


def test_what_hangs_on_one_tie_is_overturned_by_it() -> None:
    sure = how_sure(case_of("school => ssd", "ssd -> gp"), reaches)
    assert sure.holds
    assert (sure.held, sure.readings, sure.open_ties) == (1, 1, ())
    assert sure.changes == ("School → Social services gone", "Social services → GP gone")
    assert str(sure).splitlines() == [
        "This holds on the map as it is drawn.", "No tie is disputed or unknown.",
        f"Of {sure.tried} single changes to the map 2 would overturn it: School → Social services gone; Social services → GP gone."]
    assert len(sure.table) == 2


def test_a_doubtful_tie_makes_it_unsure() -> None:
    sure = how_sure(case_of("school ~=> ssd", "ssd ?-> gp", "child <=> school"), reaches)
    assert (sure.holds, sure.held, sure.readings, sure.is_exact) == (False, 1, 4, True)
    assert "(School → Social services (disputed); Social services → GP (peripheral, not known)): it holds in 1 of 4" in str(sure)
    assert "School → GP added" in sure.changes
    assert repr(sure) == f"HowSure(holds in 1 of 4 readings, {len(sure.changes)} of {sure.tried} single changes overturn it)"


def test_a_tie_that_becomes_like_its_way_back_makes_one_tie() -> None:
    case = case_of("school => ssd", "ssd ?=> school")
    assert [tie.sentence for tie in reading_of(case, (1,), 1).ties] == ["school <=> ssd"]
    weaker = [varied for one, varied in variations(case_of("school => ssd", "ssd -> school"))
              if one.after and one.before and one.before.strength != one.after.strength]
    assert [[tie.sentence for tie in varied.ties] for varied in weaker] == [["school <-> ssd"], ["school <=> ssd"]]


def test_what_no_change_overturns_is_said_so() -> None:
    sure = how_sure(cases.tina(), lambda case: not case.leads)
    assert sure.overturned_by == ()
    assert f"None of {sure.tried} single changes to the map would overturn it." in str(sure)


def test_of_many_doubtful_ties_readings_are_drawn_always_the_same() -> None:
    drawn, is_exact = choices(20)
    assert (len(drawn), is_exact) == (DRAWN, False)
    assert list(drawn[:3]) == [choices(20)[0][at] for at in range(3)]
    assert max(drawn) < 2 ** 20
    ids = [f"x{k}" for k in range(6)]
    ties = [f"{a} ?=> {b}" for a in ids for b in ids if a < b][:13]
    sure = how_sure(Case.of(actors=dict.fromkeys(ids, "agency"), ties=ties), lambda case: len(case.ties) > 6)
    assert (sure.readings, sure.is_exact) == (DRAWN, False)
    assert 0.4 < sure.held / sure.readings < 0.6
    assert "drawn at random from 2 to the power of 13" in str(sure)


def test_a_finding_is_a_function_that_answers_true_or_false() -> None:
    with pytest.raises(InvalidError, match="not a str"):
        how_sure(cases.peter(), "School is not told")  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="it must answer true or false"):
        how_sure(cases.peter(), lambda case: readings(case, "isolation")[0].value)  # type: ignore[arg-type, return-value]
