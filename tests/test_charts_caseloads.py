"""Charts over many cases say what the comparison says, and nothing that is private."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.charts import Chart, chart
from agencygraph.charts.caseload_sheet import MANY_KINDS
from agencygraph.charts.page import Box, Rule, Words
from agencygraph.comparison import CaseloadComparison, compare
from agencygraph.errors import InvalidError, UnknownNameError
from agencygraph.model import Case, Caseload, Team
from agencygraph.renderers.lettering import width_of
from agencygraph.scenarios import integrate
from agencygraph.table import show

INK = ("=>", "->", "<=>", "")


def small_map(inks: tuple[str, ...], **fields: object) -> Case:
    pairs = (("school", "gp"), ("gp", "police"), ("school", "police"))
    ties = [f"{a} {ink} {b}" for (a, b), ink in zip(pairs, inks, strict=True) if ink]
    return Case.of(age=9, actors={"school": "school", "gp": "agency", "police": "agency"}, ties=ties, **fields)


maps = st.tuples(*[st.sampled_from(INK)] * 3).map(small_map)
changes = st.lists(st.tuples(maps, maps), min_size=1, max_size=8).map(
    lambda pairs: compare(Caseload(tuple(a for a, _ in pairs)), Caseload(tuple(b for _, b in pairs)), ties="any"))


def bexley() -> CaseloadComparison:
    def with_team(case: Case) -> Case:
        workers = [actor.id for actor in case.actors if actor.kind in ("agency", "practitioner")][:4]
        school = next((actor.id for actor in case.actors if actor.kind == "school"), "")
        return integrate(case, Team("Team", tuple(workers), workers[0], school))

    load = ag.cases.bexley()
    return compare(load, Caseload(tuple(map(with_team, load))))


def numbers(drawn: Chart) -> list[str]:
    return [mark.text for mark in drawn.page.marks if isinstance(mark, Words)]


@settings(max_examples=30, deadline=None)
@given(changes)
def test_slopes_draw_every_case_that_has_an_answer_once(change: CaseloadComparison) -> None:
    drawn = chart(change, "slope")
    for shift in change.shifts:
        rows = list(drawn.table.where(measure=shift.measure))
        assert sum(int(row["cases"] or 0) for row in rows) == shift.paired.n
        for before, after in zip(shift.before, shift.after, strict=True):
            if before is not None and after is not None:
                assert (round(before, 9), round(after, 9)) in [(row["before"], row["after"]) for row in rows]
        assert (f"No answer: {shift.paired.reason}." in " ".join(numbers(drawn))) or shift.paired.n
    rules = [mark for mark in drawn.page.marks if isinstance(mark, Rule)]
    lines = [mark for mark in rules if (mark.x1, mark.x2) == (106.0, 256.0) and mark.width > 0.4]
    assert len(lines) == len(drawn.table)
    assert all(sentence in drawn.alt for sentence in change.sentences())


@settings(max_examples=30, deadline=None)
@given(changes)
def test_dots_have_a_row_for_every_case_and_the_best_change_first(change: CaseloadComparison) -> None:
    drawn = chart(change, "dots")
    for shift in change.shifts:
        rows = list(drawn.table.where(measure=shift.measure))
        assert len(rows) == len(shift.pairs)
        moved = [float(row["change"] or 0) for row in rows if row["change"] is not None]
        assert moved == sorted(moved, reverse=shift.better == "higher")
        assert [bool(row["reason"]) for row in rows] == sorted(bool(row["reason"]) for row in rows)
        for label, before, after, reason in zip(change.labels(), shift.before, shift.after, shift.reasons, strict=True):
            words = f"no answer, because {reason}" if reason else f"{show(before)} before, {show(after)} after"
            assert f"{label}: {words}." in drawn.alt
    filled = [mark for mark in drawn.page.marks if isinstance(mark, Box) and (mark.width, mark.height) == (6.0, 6.0)
              and mark.fill == mark.edge]  # fmt: skip
    assert len(filled) == sum(shift.paired.n for shift in change.shifts)


@pytest.mark.parametrize("kind", ["slope", "dots", "isolation"])
def test_marks_stay_on_the_page_and_words_keep_apart(kind: str) -> None:
    drawn = chart(bexley(), kind)
    page, boxes = drawn.page, []
    assert page.width == 482.0
    for mark in page.marks:
        if isinstance(mark, Words):
            assert mark.size >= 9.0
            wide = width_of(mark.text, mark.size, mark.bold)
            left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
            boxes.append((left, mark.y - 0.72 * mark.size, left + wide, mark.y + 0.2 * mark.size))
            assert 0 <= left <= left + wide <= page.width
            assert 0 < mark.y < page.height
    boxes.sort(key=lambda box: box[1])
    for at, a in enumerate(boxes):
        for b in itertools.takewhile(lambda box, a=a: box[1] < a[3], boxes[at + 1:]):  # type: ignore[misc]
            assert not (a[0] < b[2] and b[0] < a[2]), (a, b)


def test_the_name_of_a_measure_gives_its_slopes() -> None:
    change = bexley()
    drawn = chart(change)
    assert {row["measure"] for row in drawn.table} == {"isolation"}
    assert {row["ties"] for row in drawn.table} == {"any", "firm"}
    assert drawn.table.rows == chart(change.select("isolation"), "slope").table.rows
    assert "effect on children" in drawn.alt
    assert drawn.png.startswith(b"\x89PNG")
    assert "<svg" in drawn.svg
    assert MANY_KINDS.names() == ("dots", "slope")


def test_wrong_use_is_refused_in_words() -> None:
    change = bexley()
    with pytest.raises(UnknownNameError, match="Did you mean 'slope'"):
        chart(change, "slop")
    with pytest.raises(InvalidError, match="leave out start"):
        chart(change, "slope", start="school")
    many = Caseload((small_map(("=>", "", "")),) * 61)
    with pytest.raises(InvalidError, match="room for 60"):
        chart(compare(many, many, ties="any"), "dots")
    assert len(chart(compare(many, many, ties="any", measures=("voice",)), "slope").table) == 1


def test_nothing_private_is_in_any_byte() -> None:
    secret = Caseload((small_map(("=>", "", ""), name="Quillfeather"),))
    for kind in ("slope", "dots"):
        drawn = chart(compare(secret, secret), kind)
        assert "uillfeather" not in drawn.svg + drawn.alt + str(drawn.table) + repr(drawn.page) + drawn.png.decode("latin-1")
    assert "Quillfeather: " in chart(compare(secret, secret), "dots", names=True).alt


def test_a_title_of_ones_own_stands_as_given_and_no_answers_say_why() -> None:
    bare = Caseload((Case.of(actors={"gp": "agency"}),))
    drawn = chart(compare(bare, bare, ties="any"), "slope", title="Ours")
    assert drawn.title == "Ours"
    assert "No answer: no case has an answer both before and after." in numbers(drawn)
    assert "there is no school on the map" in chart(compare(bare, bare), "dots").alt
