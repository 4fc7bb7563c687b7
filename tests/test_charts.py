"""Charts say in picture, words and table what the measures say, and nothing that is private."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from agencygraph import cases
from agencygraph.charts import Chart, chart
from agencygraph.charts.kinds import KINDS
from agencygraph.charts.page import Box, Rule, Words, wrap
from agencygraph.comparison import Comparison, compare
from agencygraph.errors import FileError, InvalidError, UndefinedError, UnknownNameError
from agencygraph.flows import flows_of
from agencygraph.measures import ask, readings, words_of
from agencygraph.model import Case, Lineage
from agencygraph.renderers.lettering import width_of
from agencygraph.table import show

EVERY = ("isolation", "sectors", "voice", "who knows when")
ARROWS = ("->", "=>", "<->", "<=>")
PRIVATE = ("quillfeather", "bramblewick", "marchpane", "secretgp")


def private_case(**more: object) -> Case:
    return Case.of("Quillfeather", age=9, actors={
        "quillfeather": {"kind": "child", "name": "Quillfeather"}, "bramblewick": {"kind": "school", "name": "Bramblewick Primary"},
        "marchpane": {"kind": "practitioner", "name": "Nurse Marchpane", "sector": "health", "based_at": "bramblewick"},
        "secretgp": {"kind": "agency", "label": "GP", "name": "Secretgp", "sector": "health"},
    }, ties=["quillfeather <=> bramblewick", "bramblewick -> marchpane", "bramblewick => secretgp"], **more)


def made_case(ties: list[tuple[int, int, str]], people: int) -> Case:
    """A case of agencies, the first one a school, with these ties; of several between two the last one counts."""
    actors: dict[str, object] = {f"a{k}": {"kind": "agency", "label": f"Office {k}", "sector": f"s{k % 3}"} for k in range(people)}
    actors["a0"] = {"kind": "school", "label": "Office 0", "sector": "s0"}
    seen = {frozenset((a, b)): f"a{a} {arrow} a{b}" for a, b, arrow in ties if a != b and max(a, b) < people}
    return Case.of(actors=actors, ties=list(seen.values()))


small_cases = st.builds(made_case, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(ARROWS)), max_size=14),
                        st.integers(1, 6))


def maps() -> list[tuple[str, Case]]:
    return [("peter", cases.peter()), ("james", cases.james()), ("tina", cases.tina()), ("team", cases.integrated("peter"))]


def words_on(drawn: Chart) -> list[str]:
    return [mark.text for mark in drawn.page.marks if isinstance(mark, Words)]


@settings(max_examples=40, deadline=None)
@given(small_cases, st.sampled_from(["isolation", "voice"]))
def test_bars_say_what_the_measures_say(case: Case, kind: str) -> None:
    drawn, flows, labels = chart(case, kind), flows_of(case), case.labels()
    counter = {"isolation": "hears from", "voice": "heard by"}[kind]
    for firm in (False, True):
        ties = "firm" if firm else "any"
        for one, counted in zip(readings(case, kind, firm=firm), readings(case, counter, firm=firm), strict=True):
            unit = words_of(flows, "unit", one.about, labels)
            (row,) = drawn.table.where(unit=unit, ties=ties)
            assert (row[kind], row[counter], row["of"], row["reason"]) == (one.value, counted.count, counted.of, one.reason)
            (line,) = (line for line in drawn.alt.splitlines() if line.startswith(f"{unit}:"))
            if one.value is None:
                assert one.reason in line
                assert not re.search(r"\d\.\d\d", line)
            else:
                over = "firm ties" if firm else "any tie"
                said = f"over {over} {show(float(one.value))} ({counter} {counted.count} of {counted.of})"
                assert said in line


@settings(max_examples=30, deadline=None)
@given(small_cases)
def test_the_most_isolated_unit_stands_first_and_bars_are_as_long_as_their_numbers(case: Case) -> None:
    for kind, sign in (("isolation", -1), ("voice", 1)):
        drawn = chart(case, kind)
        values = [row[kind] for row in drawn.table.where(ties="any")]
        assert values == sorted(values, key=lambda value: 9.0 if value is None else sign * float(value or 0))
        lengths = [mark.width for mark in drawn.page.marks if isinstance(mark, Box) and mark.height == 9.5]
        numbers = [row[kind] for row in drawn.table if row[kind] is not None]
        assert lengths[:len(numbers)] == [pytest.approx(max(float(value or 0) * 150.0, 1.2), abs=0.06) for value in numbers]


@settings(max_examples=30, deadline=None)
@given(small_cases, st.integers(0, 5))
def test_steps_say_what_the_measure_says_and_lose_nobody(case: Case, at: int) -> None:
    start = case.ids[at % len(case.ids)]
    drawn, labels = chart(case, "who knows when", start=start), case.labels()
    for firm, ties in ((False, "any"), (True, "firm")):
        rows = list(drawn.table.where(ties=ties))
        found = [one for one in readings(case, "who knows when", firm=firm) if one.about == (start,)]
        if not found[-1].of:
            assert [row["reason"] for row in rows] == ["there is no other practitioner on the map"]
            continue
        told = {row["hand-offs"]: row["who"] for row in rows}
        assert told.pop(0) == ""
        expected = {None if one.detail == "never" else int(one.detail.split()[1]): "; ".join(labels[id] for id in one.who)
                    for one in found}
        assert told == expected
        assert sum(int(row["new"] or 0) for row in rows) == found[-1].of
        assert [row["know by then"] for row in rows[:-1]] == list(itertools.accumulate(int(row["new"] or 0) for row in rows[:-1]))
        for row in rows[:-1]:
            assert f"{row['know by then']} of {row['of']} know" in drawn.alt
        assert f"never {rows[-1]['new']} of {rows[-1]['of']}" in drawn.alt


@pytest.mark.parametrize(("name", "case"), maps())
def test_the_grid_says_what_the_measure_says(name: str, case: Case) -> None:
    drawn = chart(case, "sectors")
    (question,) = ask("M12")
    for firm, ties in ((False, "any"), (True, "firm")):
        for one in question.read(flows_of(case, firm=firm)):
            (row,) = drawn.table.where(**{"from": one.about[0], "to": one.about[1], "ties": ties})
            assert (row["links"], row["of"]) == (one.count, one.of), name
    noughts = [row for row in drawn.table.where(ties="any") if row["of"] and not row["links"]]
    assert sum(text.endswith(" ?") for text in words_on(drawn)) == len(noughts) == drawn.alt.count("a question to ask")
    frames = [mark for mark in drawn.page.marks if isinstance(mark, Box) and mark.hatch]
    assert len(frames) == len(noughts) + 1  # and one in the key


def test_what_the_study_found_stands_in_the_words() -> None:
    assert "School with SENCO, School nurse: isolation over any tie 1.00 (hears from 0 of 3)" in chart(cases.peter()).alt
    assert "never 7 of 7" in chart(cases.tina(), "who knows when").alt
    assert "Primary school: isolation over any tie 0.69 (hears from 3 of 8), over firm ties 1.00" in chart(cases.james()).alt


@pytest.mark.parametrize("kind", EVERY)
def test_a_comparison_shows_before_and_after(kind: str) -> None:
    before, after = cases.peter(), cases.integrated("peter")
    both = chart(compare(before, after), kind)
    assert "Before: separate agencies" in words_on(both)
    assert "After: one school-based team" in words_on(both)
    for word, case in (("before", before), ("after", after)):
        assert both.table.where(map=word).select(*both.table.columns[1:]).rows == chart(case, kind).table.rows
    assert both.alt.index("Before:") < both.alt.index("After:")


def test_a_start_follows_who_became_whom() -> None:
    def named(*labels: str) -> dict[str, object]:
        return {"school": "school", **{label.lower(): {"kind": "agency", "label": label} for label in labels}}

    became = (("nurse", "advisor"), ("ssd", "x"), ("ssd", "y"))
    change = Comparison(Case.of(actors=named("Nurse", "SSD", "GP")), Case.of(actors=named("Advisor", "X", "Y", "Joiner")),
                        Lineage(became=became, left=("gp",), joined=("joiner",)))
    assert "What Nurse learns:" in chart(change, "who knows when", start="advisor").alt
    assert "SSD is several here, so ask for one of them: X; Y." in chart(change, "who knows when", start="ssd").alt
    assert "Joiner is not on this map." in chart(change, "who knows when", start="joiner").alt
    assert "no answer" not in chart(change, "who knows when").alt.lower()


def test_without_a_school_the_start_must_be_named() -> None:
    case = Case.of(actors={"gp": "agency", "police": "agency"}, ties=["gp => police"])
    with pytest.raises(UndefinedError, match="start="):
        chart(case, "who knows when")
    assert chart(case, "who knows when", start="gp").table[1]["know by then"] == 1
    half = chart(compare(case, cases.peter()), "who knows when")
    assert "No answer: there is no school on this map." in half.alt


@pytest.mark.parametrize("call", [
    lambda case: chart(case, "isolatoin"), lambda case: chart(case, "who knows when", start="shcool"),
])
def test_a_mistyped_name_suggests_the_nearest(call: object) -> None:
    with pytest.raises(UnknownNameError, match=r"Did you mean '(isolation|school)'\?"):
        call(cases.peter())  # type: ignore[operator]


def test_an_unknown_kind_lists_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="isolation, sectors, voice, who knows when"):
        chart(cases.peter(), "pie")
    assert KINDS.names() == EVERY


def test_wrong_use_is_refused() -> None:
    with pytest.raises(InvalidError, match="case or a comparison"):
        chart("peter")  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="leave out start"):
        chart(cases.peter(), "isolation", start="school")


@pytest.mark.parametrize("kind", EVERY)
def test_where_there_is_no_answer_the_chart_says_why(kind: str) -> None:
    alone = chart(Case.of(actors={"school": "school"}), kind)
    assert "no answer" in alone.alt
    assert any(row["reason"] for row in alone.table)
    assert alone.png.startswith(b"\x89PNG")
    if kind != "who knows when":
        for empty in (Case.of(), Case.of(actors={"child": "child"})):
            assert "No answer: there is no practitioner on the map." in chart(empty, kind).alt
            assert chart(empty, kind).svg


def test_a_tie_that_nobody_could_confirm_is_left_out_and_said_so() -> None:
    case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school ?=> gp"])
    drawn = chart(case, "voice")
    assert drawn.table.where(unit="School", ties="any")[0]["voice"] == 0.0
    assert "1 tie that nobody could confirm is left out." in drawn.alt


@pytest.mark.parametrize("kind", EVERY)
def test_no_private_word_is_in_any_byte(kind: str) -> None:
    for what in (private_case(), compare(private_case(), private_case())):
        drawn = chart(what, kind)
        everything = drawn.svg + drawn.png.decode("latin-1") + drawn.alt + repr(drawn) + str(drawn.table) + repr(drawn.page)
        assert not [word for word in PRIVATE if word in everything.lower()]
    named = chart(private_case(), kind, names=True)
    assert "Quillfeather, 9" in named.title
    assert kind == "sectors" or "Bramblewick Primary" in named.alt


@pytest.mark.parametrize("kind", EVERY)
def test_svg_is_one_image_with_its_words(kind: str) -> None:
    drawn = chart(cases.peter(), kind)
    root = ET.fromstring(drawn.svg)
    space = "{http://www.w3.org/2000/svg}"
    title, described = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert described is not None
    assert (root.get("role"), title.text, described.text) == ("img", drawn.title, drawn.alt)
    assert root.get("aria-labelledby") == f"{title.get('id')} {described.get('id')}"
    ids = re.findall(r' id="([^"]+)"', drawn.svg)
    assert len(ids) == len(set(ids))
    for word in ("atplotlib", "<style", "<metadata", "<!--", "<text", "<!DOCTYPE", "http://"):
        assert word not in drawn.svg.replace("http://www.w3.org/", "")


def test_png_holds_its_words_and_no_trace_of_how_it_was_made() -> None:
    drawn = chart(cases.peter(), "isolation")
    with Image.open(io.BytesIO(drawn.png)) as image:
        assert image.width == pytest.approx(drawn.page.width / 72 * 200, abs=1)
        assert {key: value for key, value in image.info.items() if key != "dpi"} == {"Title": drawn.title, "Description": drawn.alt}


def test_a_chart_saves_and_shows_itself(tmp_path: Path) -> None:
    drawn = chart(cases.peter(), "voice", title="Our map")
    assert drawn.save(tmp_path / "a.svg").read_bytes() == drawn.svg.encode()
    assert drawn.save(tmp_path / "a.PNG").read_bytes() == drawn.png
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.PNG", "a.svg"]
    for bad in ("a.pdf", "a", "none/a.svg"):
        with pytest.raises(FileError):
            drawn.save(tmp_path / bad)
    assert repr(drawn) == "Chart('Our map', 8 rows)"
    assert drawn._repr_mimebundle_() == {"image/svg+xml": drawn.svg, "text/plain": drawn.alt}
    assert drawn._repr_mimebundle_(exclude=["image/svg+xml"]) == {"text/plain": str(drawn)}
    assert drawn == chart(cases.peter(), "Voice", title="Our map")


def test_letters_of_any_script_are_drawn_without_a_warning() -> None:
    labels = ("Ysgol Gŵyr ŷ â", "والدہ اور استاد", "👩🏽‍🏫 Teacher 🙂 ❤️", "$\\nosuch$ <b> & $5", "W" * 200, "é" * 60,
              "שלום", "学校", "a\u0301\u20dd")
    case = Case.of(actors={f"a{k}": {"kind": "school" if not k else "agency", "label": text, "sector": text[:30]}
                           for k, text in enumerate(labels)}, ties=["a0 => a1", "a1 <-> a2"])
    for kind in EVERY:
        drawn = chart(case, kind)
        assert drawn.png.startswith(b"\x89PNG")
        assert ET.fromstring(drawn.svg) is not None
    assert labels[1] in chart(case).alt


def test_a_letter_that_the_font_lacks_becomes_a_box() -> None:
    from agencygraph.renderers.bundled import drawable

    assert drawable("Ysgol Gŵyr") == "Ysgol Gŵyr"
    assert drawable("👩🏽‍🏫 Teacher") == "□ Teacher"
    assert "□" not in drawable("والدہ")


@pytest.mark.parametrize("kind", EVERY)
def test_marks_stay_on_the_page_and_words_keep_apart(kind: str) -> None:
    """Forty agencies with long labels: nothing runs off the page, and no words run into others or off their line."""
    agencies = {f"a{k}": {"kind": "agency", "label": f"Agency for the support of families {k}", "sector": f"Service {k % 7}"}
                for k in range(39)}
    case = Case.of(actors={"s": "school", **agencies}, ties=[*(f"a{k} => a{k + 1}" for k in range(20)), "s => a0"])
    for drawn in (chart(case, kind), chart(compare(cases.peter(), cases.integrated("peter")), kind)):
        page, boxes = drawn.page, []
        for mark in page.marks:
            if isinstance(mark, Words):
                assert mark.size >= 9.0
                wide = width_of(mark.text, mark.size, mark.bold)
                left = mark.x - {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
                boxes.append((left, mark.y - 0.72 * mark.size, left + wide, mark.y + 0.2 * mark.size))
                assert left >= 0
                assert left + wide <= page.width
                assert 0 < mark.y < page.height
            elif isinstance(mark, Rule):
                assert 0 <= min(mark.x1, mark.y1) <= max(mark.x2, mark.y2) <= page.height + page.width
            else:
                assert mark.x + mark.width <= page.width
                assert mark.y + mark.height <= page.height
        assert not [(a, b) for a, b in itertools.combinations(boxes, 2)
                    if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]]
    assert chart(cases.peter(), kind).page.width == 482.0


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80), st.floats(30, 200))
def test_wrapping_keeps_every_letter(text: str, room: float) -> None:
    from agencygraph.renderers.lettering import tidy

    assert "".join("".join(wrap(text, room)).split()) == "".join(tidy(text).split())


def test_bytes_are_the_same_whatever_the_hash_seed_and_the_settings_of_the_user(tmp_path: Path) -> None:
    script = ("import hashlib, agencygraph as ag\nfrom agencygraph.charts import chart\n"
              "what = ag.compare(ag.cases.peter(), ag.cases.integrated('peter'))\n"
              "for kind in ('isolation', 'who knows when', 'sectors'):\n"
              "    drawn = chart(what, kind)\n    print(hashlib.sha256(drawn.svg.encode() + drawn.png).hexdigest())\n"
              "import sys; assert not [name for name in sys.modules if 'pyplot' in name]")
    settings_file = tmp_path / "matplotlibrc"
    settings_file.write_text("font.size: 30\npath.sketch: 3, 100, 2\nsvg.fonttype: none\nhatch.linewidth: 4\n", encoding="utf-8")
    answers, home = set(), str(Path(cases.__file__).parents[2])
    for seed, own in (("1", {}), ("2", {"MATPLOTLIBRC": str(settings_file)})):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": home, "MPLCONFIGDIR": str(tmp_path / seed), **own}
        found = subprocess.run([sys.executable, "-W", "error", "-c", script], env=environment, capture_output=True, text=True,
                               check=True)
        answers.add(found.stdout)
    assert len(answers) == 1


def test_settings_of_the_user_stay_as_they_were() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    assert chart(cases.tina(), "sectors").svg
    assert dict(mpl.rcParams) == before


def test_words_and_table_need_no_drawing_library() -> None:
    script = ("import sys, agencygraph as ag\nfrom agencygraph.charts import chart\nchart(ag.cases.peter()).alt\n"
              "assert not {'matplotlib', 'numpy'} & set(sys.modules)")
    subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": str(Path(cases.__file__).parents[2])}, check=True)
