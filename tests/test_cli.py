"""The command line as a person meets it: what it writes, what it says, and what it never shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agencygraph import cases, compare, draw, formats, templates
from agencygraph.cli import main
from agencygraph.cli.parsing import TEAMS
from agencygraph.model import Case

PRIVATE = {"quillfeather": "Quillfeather", "bramblewick": "Bramblewick Primary", "marchpane": "Nurse Marchpane"}


@pytest.fixture
def private_case(tmp_path: Path) -> Path:
    """A case file whose ids and names are all private."""
    case = Case.of("Quillfeather", age=9, actors={
        "quillfeather": {"kind": "child", "name": PRIVATE["quillfeather"]},
        "bramblewick": {"kind": "school", "name": PRIVATE["bramblewick"]},
        "marchpane": {"kind": "practitioner", "name": PRIVATE["marchpane"], "sector": "health"},
    }, ties=["quillfeather <=> bramblewick", "bramblewick -> marchpane"])
    path = tmp_path / "case.yaml"
    formats.write(case, path)
    return path


def no_private_word(text: str) -> bool:
    return not any(word.lower() in text.lower() for pair in PRIVATE.items() for word in pair)


def test_demo_writes_what_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "demo"
    assert main(["demo", str(folder)]) == 0
    said = capsys.readouterr().out
    written = sorted(path.name for path in folder.iterdir())
    expected = [f"{name}-{part}" for name in ("james", "peter", "tina")
                for part in ("after.svg", "before.svg", "comparison.svg", "measures.csv")]
    assert written == sorted([*expected, "index.html"])
    assert all(name in said for name in written)
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert all(name in page for name in written if name != "index.html")


def test_demo_says_where_a_file_is_in_the_way(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "demo").write_text("mine", encoding="utf-8")
    assert main(["demo", str(tmp_path / "demo")]) == 1
    assert "file of that name is in the way" in capsys.readouterr().err
    assert (tmp_path / "demo").read_text(encoding="utf-8") == "mine"


def test_check_says_all_is_well(private_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(private_case)]) == 0
    said = capsys.readouterr().out
    assert "all well" in said
    assert "3 actors, 2 ties" in said
    assert no_private_word(said)


def test_check_warns_where_a_label_seems_to_be_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    actors = {"a": {"kind": "child", "label": "Robin"}, "b": {"kind": "parent", "label": "Mother", "name": "Ann Hartley"},
              "c": {"kind": "practitioner", "label": "Nurse", "name": "Nurse Hartley"}}  # fmt: skip
    formats.write(Case.of("Robin Hartley", actors=actors, ties=["a <=> b"]), tmp_path / "case.yaml")
    assert main(["check", str(tmp_path / "case.yaml")]) == 0
    said = capsys.readouterr()
    assert "3 actors, 1 tie." in said.out
    assert "'Robin' is a label, which everybody sees, and seems to be somebody's name" in said.err
    assert said.err.count("mind that") == 1
    formats.write(cases.peter(), tmp_path / "peter.yaml")  # whose name is published
    assert main(["check", str(tmp_path / "peter.yaml")]) == 0
    assert capsys.readouterr().err == ""


def test_check_says_everything_that_is_wrong_and_goes_on(private_case: Path, tmp_path: Path,
                                                         capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("agencygraph: 1\nactors:\n  school: scool\n  child: child\nties:\n  - child => schol\n", encoding="utf-8")
    assert main(["check", str(bad), str(private_case)]) == 1
    said = capsys.readouterr()
    assert "bad.yaml line 3" in said.err
    assert "Did you mean 'school'?" in said.err
    assert "bad.yaml line 6" in said.err
    assert "all well" in said.out


def test_map_draws_without_names_unless_asked(private_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.svg"
    assert main(["map", str(private_case), "-o", str(out)]) == 0
    assert no_private_word(out.read_text(encoding="utf-8"))
    assert no_private_word(capsys.readouterr().out)
    assert main(["map", str(private_case), "-o", str(out), "--names", "--marking", "OFFICIAL-SENSITIVE", "--title", "Our map"]) == 0
    drawn = out.read_text(encoding="utf-8")
    assert "Quillfeather" in drawn
    assert "OFFICIAL-SENSITIVE" in drawn
    assert "Our map" in drawn


def test_compare_draws_and_lists_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, out = tmp_path / "before.yaml", tmp_path / "after.yaml", tmp_path / "change.svg"
    formats.write(cases.peter(), before)
    formats.write(cases.integrated("peter"), after)
    assert main(["compare", str(before), str(after), "-o", str(out)]) == 0
    said = capsys.readouterr().out
    assert "What changed" in said
    assert "Social services" in said
    assert out.read_text(encoding="utf-8").startswith("<svg")


def test_measure_prints_or_writes_a_table(private_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", str(private_case), "isolation"]) == 0
    said = capsys.readouterr().out
    assert "isolation" in said
    assert no_private_word(said)
    out = tmp_path / "measures.csv"
    assert main(["measure", str(private_case), "-o", str(out)]) == 0
    assert no_private_word(out.read_text(encoding="utf-8-sig"))
    assert main(["measure", "--list", str(private_case)]) == 0
    assert "isolation" in capsys.readouterr().out


def test_a_mistyped_measure_suggests_the_nearest(private_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", str(private_case), "isolatoin"]) == 1
    assert "Did you mean 'isolation'?" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["check", "nothing.yaml"], ["map", "nothing.yaml", "-o", "map.svg"],
                                       ["measure", "nothing.yaml"], ["compare", "nothing.yaml", "other.yaml", "-o", "map.svg"]])
def test_a_missing_file_gives_one_clear_line(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert "nothing.yaml" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_ending_is_refused_before_anything_is_written(private_case: Path, tmp_path: Path,
                                                                 capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(private_case), "-o", str(tmp_path / "map.bmp")]) == 1
    assert ".svg" in capsys.readouterr().err
    assert not (tmp_path / "map.bmp").exists()


def test_a_workbook_that_was_not_filled_in_is_not_called_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = str(tmp_path / "blank.xlsx")
    assert main(["template", blank]) == 0
    for arguments in (["check", blank], ["pack", blank, "-o", str(tmp_path / "pack.html")],
                      ["map", blank, "-o", str(tmp_path / "map.svg")]):  # fmt: skip
        assert main(arguments) == 1
        said = capsys.readouterr()
        assert "nobody is on this case yet. Fill in the sheet Actors" in said.err
        assert "all well" not in said.out
    assert [path.name for path in tmp_path.iterdir()] == ["blank.xlsx"]


@pytest.mark.parametrize(("arguments", "said"), [
    (["template", "case.ods"], "ends in .xlsx"), (["pack", "CASE", "-o", "pack"], "'pack' does not say how to save the pack"),
    (["pack", "CASE", "-o", "folder"], "'folder' does not say how"), (["pack", "CASE", "-o", "pack.doc"], "Did you mean '.docx'"),
    (["plan", "CASE", "-o", "plan.doc"], "to draw the plan, or in .yaml"),
])  # fmt: skip
def test_a_file_name_that_says_nothing_is_explained(arguments: list[str], said: str, private_case: Path, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert main([str(private_case) if word == "CASE" else word for word in arguments]) == 1
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.yaml", "folder"]


def test_a_file_of_several_cases_is_refused_where_one_is_wanted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats.write(cases.bexley(), tmp_path / "load")
    assert main(["map", str(tmp_path / "load"), "-o", str(tmp_path / "map.svg")]) == 1
    assert "takes one" in capsys.readouterr().err
    assert main(["check", str(tmp_path / "load")]) == 0


@pytest.mark.parametrize("arguments", [[], ["mapp"], ["map"]])
def test_a_misspelt_command_is_a_usage_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_help_tells_a_newcomer_where_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    assert "agencygraph demo" in capsys.readouterr().out


def test_the_module_runs_and_a_closed_pipe_is_no_fault(private_case: Path) -> None:
    run = subprocess.Popen([sys.executable, "-m", "agencygraph", "measure", str(private_case)], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    said = run.stderr.read().decode()
    run.stderr.close()
    run.wait(timeout=60)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def test_findings_are_said_of_one_map_and_of_two(private_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["findings", str(private_case)]) == 0
    assert no_private_word(capsys.readouterr().out)
    formats.write(cases.peter(), tmp_path / "before.yaml")
    formats.write(cases.integrated("peter"), tmp_path / "after.yaml")
    assert main(["findings", str(tmp_path / "before.yaml"), str(tmp_path / "after.yaml")]) == 0
    assert "before and after" in capsys.readouterr().out


def test_who_knew_what_when_is_said_and_needs_dates(private_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats.write(cases.peter(narrative=True), tmp_path / "peter.yaml")
    assert main(["knew", str(tmp_path / "peter.yaml"), "refuge", "--since", "2002", "--until", "2003"]) == 0
    assert capsys.readouterr().out.startswith("What Refuge passed on from 2002 on until the end of 2003 came to 4 of 11 other")
    assert main(["knew", str(private_case), "bramblewick"]) == 1
    assert "has no chronology" in capsys.readouterr().err


def test_a_template_is_written_once_and_a_filled_one_is_never_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "case.xlsx"
    assert main(["template", str(out)]) == 0
    before = out.read_bytes()
    assert main(["template", str(out)]) == 1
    assert "is left as it is" in capsys.readouterr().err
    assert out.read_bytes() == before


def test_a_pack_is_written_for_one_case_and_for_pairs(private_case: Path, tmp_path: Path,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pack.html"
    assert main(["pack", str(private_case), "-o", str(out), "--pages", "1"]) == 0
    assert no_private_word(out.read_text(encoding="utf-8"))
    assert main(["pack", str(private_case), str(private_case), "-o", str(out), "--before-after", "--audience", "family"]) == 0
    assert main(["pack", str(private_case), "-o", str(out), "--before-after"]) == 1
    assert "in pairs" in capsys.readouterr().err


def test_what_comes_with_the_library_is_drawn_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert templates.names() == TEAMS
    for name, words in (("bexley_2005", "35%"), ("pathway_today", "What it takes"), ("james", "James")):
        assert main(["draw", name, "-o", str(tmp_path / f"{name}.svg")]) == 0
        assert words in (tmp_path / f"{name}.svg").read_text(encoding="utf-8")
    both = tmp_path / "both.txt"
    assert main(["draw", "pathway_today", "pathway_alternative", "-o", str(both)]) == 0
    pair = compare(cases.pathway("today"), cases.pathway("alternative"))
    assert both.read_text(encoding="utf-8") == draw(pair, style="lanes").text
    assert main(["draw", "james", "--style", "continuum", "-o", str(tmp_path / "plan.txt")]) == 0
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == draw(cases.james(), style="continuum").text
    assert "the picture is written" in capsys.readouterr().out


def test_a_team_of_one_s_own_is_drawn_and_told_from_a_case(private_case: Path, tmp_path: Path,
                                                           capsys: pytest.CaptureFixture[str]) -> None:
    templates.save(templates.load("macpt_2026"), tmp_path / "team.yaml")
    assert main(["draw", str(tmp_path / "team.yaml"), "-o", str(tmp_path / "team.svg")]) == 0
    assert main(["draw", str(private_case), "-o", str(tmp_path / "map.svg")]) == 0
    assert no_private_word((tmp_path / "map.svg").read_text(encoding="utf-8"))
    capsys.readouterr()
    for arguments, said in ((["draw", "bexley_2005", str(private_case)], "a team is drawn by itself: leave"),
                            (["draw", str(private_case), "bexley_2005"], "bexley_2005 is a team, and a team is drawn by itself"),
                            (["draw", "bexly_2005"], "Did you mean 'bexley_2005'?"),
                            (["draw", "bexley_2005", "--layout", "kept"], "layout says where people stand"),
                            (["draw", "james", "--page", "A5"], "page is 'A5'; it must be one of A4, A4 landscape, A4 portrait"),
                            (["draw", "nothing.yaml"], "nothing.yaml")):  # fmt: skip
        assert main([*arguments, "-o", str(tmp_path / "no.svg")]) == 1
        assert said in capsys.readouterr().err
    assert not (tmp_path / "no.svg").exists()


@pytest.mark.parametrize("command", [["map", "CASE"], ["draw", "CASE"], ["compare", "CASE", "CASE"], ["plan", "CASE"],
                                     ["draw", "bexley_2005"]])
def test_every_picture_can_be_asked_for_on_a_page(command: list[str], private_case: Path, tmp_path: Path) -> None:
    asked = [str(private_case) if word == "CASE" else word for word in command]
    assert main([*asked, "-o", str(tmp_path / "a.svg"), "--page", "a4 portrait"]) == 0
    assert 'viewBox="0 0 547 ' in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_kept_and_fresh_places_are_asked_for_by_name(tmp_path: Path) -> None:
    placed = cases.tina().replace(places=draw(cases.tina(), show="isolation", page="A4 portrait").places)
    formats.write(placed, tmp_path / "tina.yaml")
    drawn = {}
    for layout in ("kept", "fresh"):
        assert main(["map", str(tmp_path / "tina.yaml"), "-o", str(tmp_path / "map.svg"), "--layout", layout]) == 0
        drawn[layout] = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert drawn["fresh"] == draw(cases.tina()).svg != drawn["kept"]


def test_a_team_and_pathways_go_into_a_pack(private_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pack.html"
    assert main(["pack", str(private_case), "-o", str(out), "--team", "bexley_2005", "--pathway", "pathway_today",
                 "pathway_alternative"]) == 0  # fmt: skip
    page = out.read_text(encoding="utf-8")
    assert "Bexley practitioner team, 2005" in page
    assert "beside referral pathway, alternative" in page
    assert no_private_word(page)
    assert main(["pack", "-o", str(out), "--team", "bexley_2005"]) == 0
    capsys.readouterr()
    for arguments, said in (([], "name a case file, or what else"), (["--team", str(private_case)], "is a case, not a team"),
                            (["--pathway", "bexley_2005"], "is a team"), (["--pathway", *["james"] * 3], "3 were named"),
                            (["--pathway", str(private_case)], "has no chronology")):  # fmt: skip
        assert main(["pack", "-o", str(out), *arguments]) == 1
        assert said in capsys.readouterr().err


def test_a_plan_is_printed_or_kept_with_the_case(private_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", str(private_case)]) == 0
    said = capsys.readouterr().out
    assert "(suggested)" in said
    assert no_private_word(said)
    assert main(["plan", str(private_case), "-o", str(tmp_path / "planned.yaml")]) == 0
    kept = formats.read(tmp_path / "planned.yaml")
    assert isinstance(kept, Case)
    assert len(kept.plan) > 0


def test_leaks_are_found_and_the_words_are_not_repeated(private_case: Path, tmp_path: Path,
                                                        capsys: pytest.CaptureFixture[str]) -> None:
    words, drawn = tmp_path / "words.txt", tmp_path / "map.svg"
    words.write_text("\n".join(word for pair in PRIVATE.items() for word in pair), encoding="utf-8")
    main(["map", str(private_case), "-o", str(drawn)])
    assert main(["leaks", str(drawn), "--words", str(words)]) == 0
    main(["map", str(private_case), "-o", str(drawn), "--names"])
    capsys.readouterr()
    assert main(["leaks", str(drawn), "--words", str(words)]) == 1
    assert no_private_word(capsys.readouterr().out)
    words.write_text("\n", encoding="utf-8")
    assert main(["leaks", str(drawn), "--words", str(words)]) == 1
