"""Two caseloads side by side: pairing, counting, bands, refusals, and nothing private in what is shown."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.batch.readings import NO_SCHOOL, TAKEN_IN
from agencygraph.caseloads.generator import make_columns
from agencygraph.caseloads.rows import columns_of
from agencygraph.comparison import CaseloadComparison, compare, compare_caseloads
from agencygraph.comparison.caseload_words import CAUTION
from agencygraph.comparison.caseloads import MEASURES
from agencygraph.comparison.paired import holm
from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.measures import readings
from agencygraph.model import Case, Caseload, Lineage, Team
from agencygraph.scenarios import integrate
from measured_cases import made_up
from strategies import examples

INK = ("=>", "->", "<=>", "<->", "")
BANDED = ("", "complexity", "arrangement")
EVERY = ("isolation", "voice", "hears from", "heard by", "no return", "thin return", "messenger share", "islands", "connectedness",
         "pairs talking", "pairs talking: between units", "pairs talking: within units", "two-way pairs",
         "two-way pairs: between units", "two-way pairs: within units", "linked with", "time to inform")  # fmt: skip


def small_map(inks: tuple[str, ...], **fields: object) -> Case:
    """A school, a GP and the police, with these ties between them; nothing where the ink is empty."""
    pairs = (("school", "gp"), ("gp", "police"), ("school", "police"))
    ties = [f"{a} {ink} {b}" for (a, b), ink in zip(pairs, inks, strict=True) if ink]
    return Case.of(age=9, actors={"school": "school", "gp": "agency", "police": "agency"}, ties=ties, **fields)


loads = st.lists(st.tuples(st.tuples(*[st.sampled_from(INK)] * 3), st.tuples(*[st.sampled_from(INK)] * 3),
                           st.sampled_from(("", "modest", "complex"))), max_size=9)  # fmt: skip


def both(drawn: list[tuple[tuple[str, ...], tuple[str, ...], str]]) -> tuple[Caseload, Caseload]:
    return (Caseload(tuple(small_map(then, complexity=band) for then, _, band in drawn)),
            Caseload(tuple(small_map(now, complexity=band) for _, now, band in drawn)))


def worsened(case: Case) -> Case:
    """Without its last tie."""
    return case.replace(ties=case.ties[:-1])


@settings(max_examples=examples(40), deadline=None)
@given(loads)
def test_every_pair_is_counted_once_and_as_the_readings_say(drawn: list[tuple[tuple[str, ...], tuple[str, ...], str]]) -> None:
    before, after = both(drawn)
    change = compare(before, after)
    assert {(shift.measure, shift.ties) for shift in change.shifts} == set(product(MEASURES, ("any", "firm")))
    for shift in change.shifts:
        found = shift.paired
        assert found.better + found.same + found.worse + shift.dropped == len(drawn)
        assert shift.dropped == sum(bool(reason) for reason in shift.reasons)
        assert (found.p is None) == (found.n < 6)
    for shift in change.select("connectedness").shifts:
        firm = shift.ties == "firm"
        for pair, now, value, reason in zip(before, after, shift.after, shift.reasons, strict=True):
            then, one = (readings(case, "connectedness", firm=firm)[0] for case in (pair, now))
            assert (value, reason) == ((one.value, "") if then.value is not None and one.value is not None
                                       else (None, then.reason or one.reason))
    assert [shift.p_holm for shift in change.shifts] == list(holm([shift.paired.p for shift in change.shifts]))


@settings(max_examples=examples(30), deadline=None)
@given(loads)
def test_backwards_better_is_worse(drawn: list[tuple[tuple[str, ...], tuple[str, ...], str]]) -> None:
    before, after = both(drawn)
    for there, back in zip(compare(before, after).shifts, compare(after, before).shifts, strict=True):
        assert (there.paired.better, there.paired.worse, there.paired.p) == (back.paired.worse, back.paired.better, back.paired.p)


@settings(max_examples=examples(30), deadline=None)
@given(loads)
def test_bands_add_up_to_all_cases(drawn: list[tuple[tuple[str, ...], tuple[str, ...], str]]) -> None:
    before, after = both(drawn)
    plain, banded = compare(before, after, ties="any"), compare(before, after, ties="any", by="complexity")
    for shift in plain.shifts:
        parts = [one for one in banded.shifts if one.measure == shift.measure]
        assert parts[-1].band == "all cases"
        assert parts[-1].paired == shift.paired
        for count in ("n", "better", "same", "worse"):
            assert sum(getattr(one.paired, count) for one in parts[:-1]) == getattr(shift.paired, count)


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.tuples(made_up(most=6), made_up(most=6)), max_size=7), st.integers(0, 9), st.sampled_from(BANDED))
def test_by_column_all_maps_at_once_say_the_same_as_case_by_case(made: list[Any], some: int, by: str) -> None:
    """The kernel's isolation and voice are sums of fractions in another order, so that their last places may differ."""
    maps = make_columns(0, 2 * some, seed=len(made))
    pairs = [(then[0], now[0]) for then, now in made] + [(maps[at], maps[at + 1]) for at in range(0, 2 * some, 2)]
    before, after = (columns_of(Caseload(tuple(pair[side] for pair in pairs), "A year")) for side in (0, 1))
    how: Any = {"measures": EVERY, "by": by}
    found = compare(before, after, **how)
    other = compare(Caseload(tuple(before), "A year"), Caseload(tuple(after), "A year"), **how)
    for one, two in zip(found.shifts, other.shifts, strict=True):
        assert replace(one, before=(), after=()) == replace(two, before=(), after=())
        assert (one.before, one.after) == (pytest.approx(two.before, abs=1e-12), pytest.approx(two.after, abs=1e-12))
    assert found.table == other.table
    assert found.protected() == other.protected()
    assert (str(found), found.labels()) == (str(other), other.labels())


def test_the_compiled_kernel_compares_many_parts_as_the_plain_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = make_columns(0, 80, seed=4, step=2), make_columns(1, 80, seed=4, step=2)
    plain = compare(before, after).table
    monkeypatch.setattr("agencygraph.batch.readings._PART", 7)
    monkeypatch.setattr("agencygraph.batch.readings._MANY", 7)
    told: list[tuple[int, int]] = []
    assert compare(before, after, progress=lambda done, of: told.append((done, of))).table == plain
    assert (told[0], told[-1]) == ((7, 80), (80, 80))


def test_in_parquet_the_numbers_of_the_children_pair_where_every_map_has_its_own() -> None:
    cases = [small_map((ink, "", "")) for ink in ("=>", "->", "<=>")]
    before, after = columns_of(cases, [7, 8, 9]), columns_of(cases[::-1], [9, 8, 5])
    assert compare(before, after).pairs == compare(before, after, pair="child").pairs == ((1, 1), (2, 0))
    assert compare(before, after).unpaired == (1, 1)
    assert compare(before, columns_of(cases, [1, 1, 2])).pairs == ((0, 0), (1, 1), (2, 2))
    assert compare(before, Caseload(tuple(cases))).pairs == ((0, 0), (1, 1), (2, 2))
    with pytest.raises(InvalidError, match="cases 1 and 2 of the later caseload have the same key"):
        compare(before, columns_of(cases, [1, 1, 2]), pair="child")
    with pytest.raises(InvalidError, match="case 3 of the later caseload has no key"):
        compare(before, columns_of(cases, [1, 2, -1]), pair="child")
    with pytest.raises(InvalidError, match="has no numbers of children"):
        compare(Caseload(tuple(cases)), Caseload(tuple(cases)), pair="child")


def test_of_very_many_faulty_keys_twenty_are_shown_and_the_rest_counted() -> None:
    load = Caseload((small_map(("", "", "")),) * 5_000)
    with pytest.raises(InvalidError, match="4,980 more cases") as caught:
        compare(load, load, pair="name")
    assert len(str(caught.value).splitlines()) == 21


def test_the_study_says_that_one_team_is_better_and_refuses_a_p_of_three() -> None:
    names = ("peter", "james", "tina")
    change = compare(Caseload(tuple(map(ag.cases.load, names))), Caseload(tuple(map(ag.cases.integrated, names))))
    isolation = change.select("isolation").shifts[0]
    assert isolation.before == (1.0, 0.6875, 1.0)
    assert isolation.after == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert (isolation.paired.better, isolation.paired.p) == (3, None)
    assert isolation.paired.reason == "only 3 pairs of maps: fewer than six"
    assert "no p: only 3 pairs of maps: fewer than six" in change.sentences()[0]
    assert "Below six pairs there is no p" in change.table.note
    two_way = change.select("two-way pairs").shifts[0]
    assert (two_way.dropped, two_way.paired.n) == (1, 2)
    assert "no answer on 1 more" in str(change)


def test_it_speaks_of_the_maps_and_never_of_the_children() -> None:
    change = compare(ag.cases.bexley(), ag.cases.bexley())
    for text in (str(change), change.table.note, change.protected().note, change._repr_html_()):
        assert CAUTION in text
    assert not {"benefit", "outcome", "improved children"} & set(str(change).lower().split())


def test_cases_pair_by_name_whatever_their_order_and_are_counted_where_alone() -> None:
    before = Caseload(tuple(small_map(("=>", "", ""), name=name) for name in ("Ann", "Ben", "Cat")))
    after = Caseload((worsened(before[2]), worsened(before[0])))
    change = compare(before, after)
    assert change.pairs == ((0, 1), (2, 0))
    assert change.unpaired == (1, 0)
    assert "1 map of the earlier caseload without a partner left out." in change.table.note
    assert compare(before, before).pairs == ((0, 0), (1, 1), (2, 2))
    assert compare(before, after, pair=lambda case: case.name[:1]).pairs == change.pairs


def test_without_names_the_order_pairs() -> None:
    before = Caseload(tuple(small_map((ink, "", "")) for ink in ("=>", "->")))
    assert compare(before, before).pairs == ((0, 0), (1, 1))
    with pytest.raises(InvalidError, match=r"earlier caseload has 2 cases and the later one 1"):
        compare(before, Caseload(before.cases[:1]))


@pytest.mark.parametrize(("how", "words"), [
    ({"pair": "name"}, "case 1 of the earlier caseload has no key"), ({"pair": lambda case: "x"}, "cases 1 and 2"),
    ({"pair": "nmae"}, "Did you mean 'name'"), ({"ties": "fimr"}, "Did you mean 'firm'"), ({"by": "band"}, "complexity"),
    ({"measures": ("isolatoin",)}, "Did you mean 'isolation'"), ({"measures": ("tells",)}, "better for a case as a whole"),
    ({"measures": ("single ties",)}, "better for a case as a whole"), ({"measures": ("M4",)}, "several measures"),
    ({"measures": ("pairs talking: betwen units",)}, "Did you mean 'between units'"), ({"colour": "red"}, "compare takes"),
])  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_words(how: dict[str, object], words: str) -> None:
    load = Caseload((small_map(("=>", "", "")), small_map(("->", "", ""))))
    with pytest.raises((InvalidError, UnknownNameError), match=words):
        compare(load, load, **how)  # type: ignore[call-overload]


def test_cases_with_caseloads_and_strangers_are_refused() -> None:
    case = small_map(("=>", "", ""))
    load = Caseload((case,))
    for before, after, more in ((case, load, {}), (load, case, {}), (load, load, {"lineage": Lineage()}),
                                (case, case, {"by": "age"})):  # fmt: skip
        with pytest.raises(InvalidError, match="compare takes"):
            compare(before, after, **more)  # type: ignore[call-overload]
    with pytest.raises(InvalidError, match="no case of the earlier caseload has a partner"):
        compare(Caseload((case.replace(name="A"),)), Caseload((case.replace(name="B"),)))


def test_a_unit_that_took_in_those_it_was_measured_against_has_no_answer() -> None:
    """Isolation would fall by the size of the team alone; that is no gain by itself."""
    before = small_map(("=>", "", ""))
    after = integrate(before, Team("Team", ("school", "gp"), "gp"))
    shift = compare(Caseload((before,)), Caseload((after,)), measures=("isolation",), ties="any").shifts[0]
    assert shift.reasons == (TAKEN_IN,)
    assert shift.before == shift.after == (None,)
    whole = compare(Caseload((before,)), Caseload((after,)), measures=("connectedness",), ties="any").shifts[0]
    assert whole.reasons == ("",)


def test_without_a_school_there_is_no_answer_and_a_reason() -> None:
    bare = Case.of(actors={"gp": "agency", "police": "agency"}, ties=["gp => police"])
    change = compare(Caseload((bare,) * 7), Caseload((bare,) * 7), measures=("voice", "single points"), ties="any")
    assert change.shifts[0].reasons == (NO_SCHOOL,) * 7
    assert change.shifts[0].paired.p is None
    assert change.sentences()[0].endswith("no answer, because no case has an answer both before and after.")
    assert change.table[0]["median change"] is None
    assert f"{NO_SCHOOL} (7)" in change.table.note


def test_p_is_small_where_every_case_moved_and_one_where_none_did() -> None:
    before = Caseload(tuple(small_map(("", "", "")) for _ in range(8)))
    after = Caseload(tuple(small_map(("<=>", "<=>", "")) for _ in range(8)))
    change = compare(before, after, measures=("isolation", "voice"), ties="any")
    assert [shift.paired.p for shift in change.shifts] == [2 / 256, 2 / 256]
    assert [shift.p_holm for shift in change.shifts] == [4 / 256, 4 / 256]
    assert change.table[0]["chance"] == "p 0.0078, 0.016 among 2 questions"
    assert compare(before, before, measures=("isolation",), ties="any").shifts[0].paired.p == 1.0


def test_a_published_table_gives_no_small_count_away() -> None:
    before = Caseload(tuple(small_map(("=>", "=>", ""), complexity="modest" if k < 10 else "complex") for k in range(20)))
    after = Caseload(tuple(worsened(case) if k % 10 < 2 else case for k, case in enumerate(before)))
    change = compare(before, after, measures=("connectedness",), ties="any", by="complexity")
    assert [row["worse"] for row in change.table] == [2, 2, 4]
    safe = change.protected()
    assert [row["cases"] for row in safe] == [10, 10, 20]
    assert [(row["same"], row["worse"]) for row in safe] == [("c", "c")] * 3
    assert [row["better"] for row in safe] == [0, 0, 0]
    assert "p" not in safe.columns
    assert str(safe[0]["chance"]).startswith("p 0.5")


def test_small_bands_go_altogether_and_small_caseloads_say_nothing() -> None:
    few = compare(ag.cases.bexley(), ag.cases.bexley(), measures=("connectedness",), by="complexity").protected()
    assert {row["band"] for row in few} == {"all cases"}
    assert "Bands are left out" in few.note
    three = Caseload(ag.cases.bexley().cases[:3])
    hidden = compare(three, three).protected()
    numbers = [cell for row in hidden.rows for cell in row if isinstance(cell, (int, float))]
    assert numbers == []
    with pytest.raises(InvalidError, match="threshold"):
        compare(three, three).protected(threshold=2)


def test_nothing_private_is_shown() -> None:
    secret = small_map(("=>", "", ""), name="Quillfeather")
    change = compare(Caseload((secret,) * 1), Caseload((secret,)), by="situation")
    shown = str(change) + repr(change) + change._repr_html_() + str(change.table) + "".join(change.labels())
    assert "uillfeather" not in shown
    assert change.labels(names=True) == ("Quillfeather",)


def test_labels_are_numbered_where_alike() -> None:
    load = Caseload((small_map(("=>", "", "")),) * 2)
    assert compare(load, load).labels() == ("Child, 9 (1)", "Child, 9 (2)")


def test_selecting_keeps_what_was_asked_at_once() -> None:
    change = compare(ag.cases.bexley(), ag.cases.bexley())
    assert change.select("voice").shifts == tuple(shift for shift in change.shifts if shift.measure == "voice")
    assert isinstance(change.select("voice"), CaseloadComparison)
    with pytest.raises(UnknownNameError, match="Did you mean 'voice'"):
        change.select("voise")


def test_empty_caseloads_answer_nothing() -> None:
    change = compare_caseloads(Caseload(), Caseload(), {})
    assert change.pairs == ()
    assert all(shift.paired.n == 0 for shift in change.shifts)
    assert len(change.protected()) == 12
