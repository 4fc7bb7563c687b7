"""Places kept with a case: the map stays as it was, and whoever is added moves nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph import cases, read, write
from agencygraph.comparison import compare
from agencygraph.drawing import draw
from agencygraph.errors import FileError, InvalidError, UnknownNameError
from agencygraph.model import Actor, Case, Tie
from agencygraph.scenarios import remove
from map_checks import clean
from test_drawing_truth import plain_cases


def kept(case: Case) -> Case:
    return case.replace(places=draw(case).places)


@settings(max_examples=12, deadline=None)
@given(plain_cases())
def test_a_map_with_kept_places_has_everybody_where_they_were(case: Case) -> None:
    assert draw(kept(case)).places == draw(case).places == {id: (x, y) for id, x, y in kept(case).places}


@settings(max_examples=12, deadline=None)
@given(plain_cases(), st.sampled_from(("agency", "practitioner", "family")))
def test_whoever_is_added_moves_nobody(case: Case, kind: str) -> None:
    stays = kept(case)
    more = stays.replace(actors=(*stays.actors, Actor("zz", kind, "Newcomer")), ties=(*stays.ties, Tie("zz", "school")))
    drawn = draw(more)
    assert {id: drawn.places[id] for id in case.ids} == draw(case).places
    assert "zz" in drawn.places


@pytest.mark.parametrize("name", ["peter", "james", "tina"])
def test_the_study_s_maps_stay_good_when_somebody_is_added(name: str) -> None:
    for case in (cases.load(name, narrative=True), cases.integrated(name)):
        stays = kept(case)
        more = stays.replace(actors=(*stays.actors, Actor("zz", "agency", "Youth club", sector="community")),
                             ties=(*stays.ties, Tie("zz", "child" if "child" in stays.ids else name)))  # fmt: skip
        drawn = draw(more)
        assert clean(drawn.svg.encode()) == {}
        assert all(drawn.places[id] == (x, y) for id, x, y in stays.places)


@pytest.mark.parametrize("ending", [".yaml", ".json", ""])
def test_places_come_back_from_every_file(tmp_path: Path, ending: str) -> None:
    case = kept(cases.peter()).replace(places={**draw(cases.peter()).places, "school": (381.4, 175)})
    write(case, tmp_path / f"peter{ending}")
    assert read(tmp_path / f"peter{ending}") == case
    assert case.places[case.ids.index("school")] == ("school", 381.4, 175.0)


def test_both_maps_of_a_comparison_take_the_places_of_either() -> None:
    before = kept(cases.tina())
    drawn = draw(compare(before, cases.integrated("tina")), style="change")
    assert all(drawn.places[id] == (x, y) for id, x, y in before.places)


def test_places_are_checked_kept_in_the_order_of_the_actors_and_go_with_whoever_goes() -> None:
    actors = {"c": "child", "s": "school"}
    case = Case.of(actors=actors, places={"s": [381, 175.04], "c": (50, 175)})
    assert case.places == (("c", 50.0, 175.0), ("s", 381.0, 175.0))
    assert remove(case, "s").places == (("c", 50.0, 175.0),)
    with pytest.raises(InvalidError, match=r"places names 'x', who is not in the case"):
        Case.of(actors=actors, places={"x": [1, 2]})
    for wrong in ("left", {"s": [1]}, {"s": ["a", 2]}, {"s": [float("nan"), 2]}, {"s": [-1, 2]}, {"s": [True, 2]}, {"s": [1e9, 2]}):
        with pytest.raises(InvalidError, match="place"):
            Case.of(actors=actors, places=wrong)


def test_a_slip_in_a_file_s_places_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("agencygraph: 1\nactors:\n  c: child\nplaces:\n  c: [10, 20]\n  d: [1, 2]\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"line 6.*'d'"):
        read(path)
    path.write_text("agencygraph: 1\nactors:\n  c: child\nplaces:\n  c: [10, 1:30]\n", encoding="utf-8")
    with pytest.raises(FileError, match="line 5"):
        read(path)


def test_large_print_has_places_of_its_own() -> None:
    case = kept(cases.peter())
    assert draw(case, theme="large print").places != draw(case).places
    assert clean(draw(case, theme="large print").svg.encode()) == {}


def test_places_are_kept_or_searched_anew_as_is_asked_for() -> None:
    plain = cases.peter()
    first = draw(plain)
    moved = plain.replace(places={**first.places, "school": (381.0, 180.0)})
    assert draw(moved, layout="kept").places == draw(moved).places == {id: (x, y) for id, x, y in moved.places}
    assert draw(moved, layout="fresh").svg == first.svg != draw(moved).svg
    assert draw(plain, layout="fresh").svg == first.svg
    with pytest.raises(InvalidError, match="needs a case that holds places"):
        draw(plain, layout="kept")
    with pytest.raises(InvalidError, match="larger cards"):
        draw(moved, layout="kept", theme="large print")
    with pytest.raises(UnknownNameError, match="Did you mean 'fresh'"):
        draw(plain, layout="frish")


@pytest.mark.parametrize("name", ["peter", "james", "tina"])
@pytest.mark.parametrize("page", ["A4 portrait", "A3", "A3 portrait"])
def test_every_page_keeps_the_contract_and_a3_is_a4_enlarged(name: str, page: str) -> None:
    case = cases.load(name, narrative=True)
    drawn = draw(case, page=page)
    assert clean(drawn.svg.encode()) == {}
    wide, high = (float(side) for side in drawn.svg.split('viewBox="0 0 ')[1].split('"')[0].split())
    assert (wide, high <= 793) == ((547, True) if "portrait" in page else (774, high <= 547))
    twin = draw(case, page=page.replace("A3", "A4"))
    assert [line.course for line in twin.scene.lines] == [line.course for line in drawn.scene.lines]
    pixels = [float(one.svg.split(' width="')[1].split('"')[0]) for one in (twin, drawn)]
    assert pixels[1] / pixels[0] == pytest.approx(420 / 297 if "A3" in page else 1.0, abs=0.001)


def test_places_saved_from_a_page_across_are_not_taken_to_one_upright() -> None:
    case = kept(cases.peter())
    assert draw(case, page="A4 portrait").svg == draw(cases.peter(), page="A4 portrait").svg
    with pytest.raises(InvalidError, match="wider page"):
        draw(case, page="A4 portrait", layout="kept")
    upright = cases.peter().replace(places=draw(cases.peter(), page="A4 portrait").places)
    assert draw(upright, page="A4 portrait", layout="kept").places == {id: (x, y) for id, x, y in upright.places}


def test_a_page_that_is_not_known_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'A4 portrait'"):
        draw(cases.peter(), page="A4 potrait")
    assert draw(cases.peter(), page="a4").svg == draw(cases.peter()).svg
