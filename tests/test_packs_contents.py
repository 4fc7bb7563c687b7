"""What is in a pack: every part of a case's papers, as the audience may read it, equal to the case and its findings."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from agencygraph import Case, Caseload, cases, compare, findings
from agencygraph.comparison import Comparison
from agencygraph.comparison.key_figures import key_figures
from agencygraph.drawing import draw_pair
from agencygraph.errors import FileError, InvalidError, UnknownNameError
from agencygraph.model import ActionPlan, Chronology, Event, Question
from agencygraph.packs import Pack, pack
from agencygraph.packs.document import Entry, Grid, Heading, Listing, Paragraph, Picture, walk
from agencygraph.packs.words import is_plain
from agencygraph.themes import PRINT

BEFORE: dict[str, Any] = {
    "name": "Zebedee Quillfeather", "age": 9, "complexity": "modest", "situation": "dripping tap",
    "agreed_on": "2004-02", "informants": ["Head teacher", "SENCO"], "source": "The file of the school.",
    "description": "Zebedee is nine.", "history": "In May Zebedee told Mrs Thistlewood.\n\nErmintrude Quillfeather came too.",
    "key_issues": ["Nobody told Thistlewood anything."], "proposals": ["Tell the school more."],
    "other_information": "A rumour about Ermintrude.",
    "actors": {
        "zebedee_q": {"kind": "child", "name": "Zebedee Quillfeather"},
        "ermintrude": {"kind": "parent", "label": "Mother", "name": "Ermintrude Quillfeather", "note": "Rather shy."},
        "school": {"kind": "school", "name": "Hollybush Primary School"},
        "thistlewood": {"kind": "practitioner", "label": "SENCO", "name": "Agatha Thistlewood", "sector": "education",
                        "based_at": "school"},
        "ssd": {"kind": "agency", "label": "Social services", "sector": "social care", "lead": True},
        "gp": {"kind": "agency", "label": "GP", "sector": "health"},
    },
    "ties": ["zebedee_q <=> ermintrude", "zebedee_q <=> school", "school => ssd", "thistlewood <-> school", "thistlewood ~-> gp",
             {"tie": "zebedee_q <-> ssd", "note": "Seen once."}],
    "gaps": ["ssd !> school"],
    "plan": [{"theme": "practice issues", "text": "Who rings Ermintrude?", "owner": "Thistlewood", "due": "2004-05",
              "proposals": ["A weekly call"], "consensus": "ready"}],
}  # fmt: skip
AFTER: dict[str, Any] = {
    "name": "Zebedee Quillfeather", "age": 9, "arrangement": "integration", "description": "Agatha Thistlewood has left.",
    "actors": {
        "zebedee_q": {"kind": "child"}, "ermintrude": {"kind": "parent", "label": "Mother"}, "school": "school",
        "worker": {"kind": "practitioner", "label": "Behaviour worker", "sector": "education", "name": "Dougal Pennyfarthing"},
        "manager": {"kind": "practitioner", "label": "Practice manager", "sector": "social care", "lead": True},
    },
    "ties": ["zebedee_q <=> ermintrude", "manager <=> zebedee_q", "manager <=> worker", "school <=> manager"],
    "teams": [{"name": "Practitioner team", "members": ["worker", "manager"], "lead": "manager", "host": "school"}],
    "lineage": {"became": {"thistlewood": "worker", "ssd": "manager"}, "left": ["gp"]},
}  # fmt: skip
SECRETS = ("Zebedee", "Quillfeather", "Ermintrude", "Thistlewood", "Hollybush", "zebedee_q", "Pennyfarthing", "Dougal", "Agatha")


@functools.cache
def change() -> Comparison:
    return compare(Case.of(**BEFORE), Case.of(**AFTER))


@functools.cache
def full(audience: str = "practitioners", **more: Any) -> Pack:
    return pack(change(), audience=audience, marking="OFFICIAL-SENSITIVE", **more)


def blocks_of(made: Pack) -> list[Any]:
    return [block for leaf in made.document.leaves for block in walk(leaf.blocks)]


def words_of(made: Pack) -> str:
    """Every word of a pack, those for screen readers too."""
    said = [made.title, made.document.marking, *made.document.lines]
    for block in blocks_of(made):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                said.append(text)
            case Listing(entries=entries):
                said += [part for entry in entries for part in (entry.text, *(word for pair in entry.details for word in pair))]
            case Grid():
                said += [block.caption, *block.columns, *(cell for row in block.rows for cell in row)]
            case Picture():
                said += [block.title, block.alt, block.svg]
    return "\n".join(said)


def headings(made: Pack, level: int = 1) -> list[str]:
    return [one.text for one in made.document.headings if one.level == level]


def below(made: Pack, heading: str) -> list[Any]:
    """The blocks from a heading of the first level to the next one."""
    blocks = blocks_of(made)
    start = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    rest = blocks[start + 1 :]
    return rest[: next((at for at, block in enumerate(rest) if isinstance(block, Heading) and block.level == 1), len(rest))]


# ------------------------------------------------------------------------------------------------------------------- structure
def test_a_comparison_has_every_part_in_the_order_of_a_meeting() -> None:
    assert headings(full()) == [
        "At a glance", "Brief description", "History", "Key issues", "Proposals for change", "Brief description, after",
        "The map before: separate agencies", "The map after: one school-based team",
        "What changed: the later map, with the earlier one laid upon it", "What changed, in words", "What stands out",
        "Key figures", "Who tells whom",
        "How to read the maps, and what they are not", "The questions as a mind map", "Action plan"]  # fmt: skip


def test_a_single_case_has_its_parts_without_a_word_of_a_change() -> None:
    made = pack(change().before)
    assert not [one for one in headings(made) if "changed" in one]
    assert headings(made)[5:7] == ["The map: separate agencies", "What stands out"]
    titles = [block.title for block in blocks_of(made) if isinstance(block, Picture)]
    assert titles == ["Child, 9 — separate agencies", "Child, 9"]


def test_several_cases_stand_under_their_headings_and_the_contents_name_them() -> None:
    made = pack([change(), change().before], title="Panel")
    assert made.title == "Panel"
    assert repr(made) == "Pack('Panel', 2 cases)"
    assert headings(made) == ["Child, 9", "Child, 9"]
    assert "The map before: separate agencies" in headings(made, 2)


def test_a_caseload_has_its_own_title() -> None:
    assert pack(Caseload((change().after, change().after), title="Ward 3"), pages=1).title == "Ward 3"


def test_every_picture_says_in_words_what_it_shows() -> None:
    *maps, plan = [block for block in blocks_of(full()) if isinstance(block, Picture)]
    assert len(maps) == 3
    assert all("tells" in picture.alt or "tell each other" in picture.alt for picture in maps)
    assert "Who rings Mother? What could be done: A weekly call. Who sees to it: SENCO, by May 2004. Ready consensus." in plan.alt


def test_maps_come_as_large_as_they_are_under_the_heading_of_their_page() -> None:
    crowded = pack(compare(cases.james(narrative=True), cases.integrated("james")), marking="OFFICIAL")
    for leaf in [leaf for leaf in crowded.document.leaves if any(isinstance(block, Picture) for block in leaf.blocks)]:
        heading, picture = leaf.blocks
        assert isinstance(heading, Heading)
        assert isinstance(picture, Picture)
        assert picture.width >= 0.99 * 774
        assert picture.height <= leaf.room[1] - 30
    for picture in [block for block in blocks_of(crowded) if isinstance(block, Picture)][:3]:
        # The window begins below title and marking, which the page has.
        left, top, *_ = (float(part) for part in picture.svg.partition('viewBox="')[2].partition('"')[0].split())
        assert left == 0
        assert f'class="map" transform="translate(6 {top:g})"' in picture.svg


def test_the_key_of_a_summary_says_what_is_on_either_map() -> None:
    shown = compare(cases.peter(narrative=True), cases.integrated("peter"))
    maps, drawn = [block for block in blocks_of(pack(shown, pages=1)) if isinstance(block, Picture)], draw_pair(shown)
    sectors = {card.sector for one in drawn for card in one.scene.cards if card.sector}
    assert {"community", "specialist"} <= sectors  # one is on the earlier map only, one on the later
    for name in sectors:
        ink = PRINT.sector(name, drawn[0].scene.sectors)
        assert ink is not None
        assert f">{ink.words}<" in maps[-1].svg


def test_the_mind_map_shows_practitioners_the_group_s_own_questions_on_pages_across() -> None:
    named = "The questions as a mind map"
    assert all(named not in headings(full(audience)) for audience in ("family", "research"))
    assert named not in headings(pack(change().before.replace(plan=ActionPlan())))
    own = [Question("joint working", f"What came of matter number {at}, and who tells the school?") for at in range(40)]
    made = pack(change().before.replace(plan=ActionPlan(tuple(own))))
    leaves = [leaf for leaf in made.document.leaves if isinstance(leaf.blocks[0], Heading) and named in leaf.blocks[0].text]
    assert [leaf.across for leaf in leaves] == [True] * len(leaves)
    assert len(leaves) > 1
    pictures = [block for leaf in leaves for block in leaf.blocks if isinstance(block, Picture)]
    assert sum(picture.svg.count('class="question"') for picture in pictures) == 40
    # No smaller than drawn, but for the page's margin: every letter stays above 7.5 points.
    assert all(picture.width >= 0.98 * 774 and picture.height <= leaves[0].room[1] for picture in pictures)
    assert all("(suggested)" not in picture.alt for picture in pictures)


# ----------------------------------------------------------------------------------------------------------------------- facts
def test_findings_stand_with_number_certainty_and_question() -> None:
    entries = [entry for block in below(full(), "What stands out") if isinstance(block, Listing) for entry in block.entries]
    shown = change()
    expected = [one for what in (shown, shown.before, shown.after) for one in findings(what)]
    assert [entry.text for entry in entries] == [" ".join(one.sentence.split()) for one in expected]
    for entry, one in zip(entries, expected, strict=True):
        told = dict(entry.details)
        assert told[f"To ask ({one.theme})"] == one.question
        assert ("How sure" in told) == (one.certainty is not None)
        assert told.get("Number", "") == (f"{one.number}." if one.number else "")


def test_key_figures_are_those_of_the_comparison() -> None:
    (grid,) = [block for block in below(full(), "Key figures") if isinstance(block, Grid)]
    assert grid.rows == tuple(tuple(map(str, row)) for row in key_figures(change()).rows)


def test_who_tells_whom_counts_every_tie_once() -> None:
    grids = [block for block in below(full(), "Who tells whom") if isinstance(block, Grid)]
    assert [len(grid.rows) for grid in grids] == [len(change().before.ties), len(change().after.ties)]
    assert ("SENCO", "GP", "peripheral", "one way", "the group does not agree") in grids[0].rows
    assert "Links that the group named as missing: Social services to School." in words_of(full())


def test_dated_events_are_told_in_their_order_to_practitioners_alone() -> None:
    case = change().before.replace(chronology=Chronology((
        Event("2004-03", ("ssd", "school", "gp"), way="meeting"),
        Event("2003", ("school",), ("ssd", "gp"), note="By telephone.", seq=2),
        Event("2003", ("ermintrude",), ("school",), way="two-way", seq=1))))
    made = pack(case)
    (grid,) = [block for block in below(made, "What happened when") if isinstance(block, Grid)]
    assert grid.columns == ("When", "Who told", "Who was told", "How")
    assert grid.rows == (("2003", "Mother", "School", "both ways"), ("2003", "School", "Social services and GP", "one way"),
                         ("March 2004", "Social services, School and GP", "one another", "a meeting"))
    noted = below(pack(case, notes=True), "What happened when")[0]
    assert [row[-1] for row in noted.rows] == ["", "By telephone.", ""]
    assert not any("What happened when" in headings(pack(case, audience=audience)) for audience in ("family", "research"))
    # Told once where both maps have the same, and again where the later one tells something else.
    later = case.replace(chronology=Chronology(case.chronology.events[:1]))
    for after, told in ((case, 1), (later, 2), (case.replace(chronology=Chronology()), 1)):
        assert sum(one.startswith("What happened when") for one in headings(pack(compare(case, after)))) == told


def test_the_numbers_of_the_change_map_stand_in_words() -> None:
    numbered = [block for block in below(full(), "What changed, in words") if isinstance(block, Listing) and block.numbered]
    svg = next(block.svg for block in blocks_of(full()) if isinstance(block, Picture) and "changes" in block.title)
    for number in range(1, len(numbered[0].entries) + 1):
        assert f'data-number="{number}"' in svg


def test_the_plan_holds_what_was_agreed_and_what_is_suggested() -> None:
    grids = [block for block in below(full(), "Action plan") if isinstance(block, Grid)]
    rows = [row for grid in grids for row in grid.rows]
    assert ("Who rings Mother?", "A weekly call", "SENCO", "May 2004", "ready") in rows
    suggested = [row for row in rows if row[0].endswith(" (suggested)")]
    assert len(suggested) == len(rows) - 1 > 0
    assert all(row[1:] == ("", "", "", "") for row in suggested)


def test_caveats_say_who_agreed_when_and_what_is_in_doubt() -> None:
    said = words_of(full())
    for sentence in ("The map before was agreed by Head teacher and SENCO: February 2004.",
                     "The map before: the group does not agree on 1 tie: SENCO to GP.",
                     "The map after: who agreed it and when it was agreed is not recorded.",
                     "This is a map of arrangements, not of people's worth"):  # fmt: skip
        assert sentence in said


# ----------------------------------------------------------------------------------------------------------- the one page
def test_a_summary_is_one_leaf_with_four_plain_sentences() -> None:
    made = pack(change(), pages=1)
    assert len(made.document.leaves) == 1
    assert headings(made) == ["Before: separate agencies", "After: one school-based team", "What changed", "What stands out"]
    lists = [block for block in blocks_of(made) if isinstance(block, Listing)]
    sentences = lists[1].entries
    assert 1 <= len(sentences) <= 4
    assert all(is_plain(entry.text) for listing in lists for entry in listing.entries)
    assert [entry.text for entry in sentences] == [one.sentence for one in findings(change()) if is_plain(one.sentence)][:4]


def test_the_pictures_of_a_summary_show_maps_of_one_scale_and_the_key_once() -> None:
    before, after, key = [block for block in blocks_of(pack(change(), pages=1)) if isinstance(block, Picture)]
    assert before.width == after.width == key.width
    assert key.title == "Key to the maps"


def test_trade_words_are_told_from_plain_ones() -> None:
    assert not is_plain("4 flows are gone.")
    assert is_plain("The workflow is patient.")


# ------------------------------------------------------------------------------------------------------------------ audiences
def test_nobody_is_named_unless_asked_for() -> None:
    said = words_of(full()).casefold()
    assert not [secret for secret in SECRETS if secret.casefold() in said]
    assert "In May Child told" in words_of(full())
    assert "SENCO has left." in words_of(full())  # who is named on the earlier map only


def test_names_stand_where_they_are_asked_for() -> None:
    named = full(names=True)
    assert named.title == "Zebedee Quillfeather, 9"
    assert "In May Zebedee told Mrs Thistlewood." in words_of(named)


def test_other_information_and_notes_enter_only_by_name() -> None:
    assert "rumour" not in words_of(full())
    assert "A rumour about Mother." in words_of(full(other_information=True))
    assert "shy" not in words_of(full())
    noted = full(notes=True)
    assert ("Mother", "Rather shy.") in below(noted, "Notes, for practitioners only")[0].rows
    assert ("Child and Social services", "Seen once.") in below(noted, "Notes, for practitioners only")[0].rows


def test_the_family_reads_sentences_and_questions_without_the_technicalities() -> None:
    made = full("family")
    entries = [entry for block in blocks_of(made) if isinstance(block, Listing) for entry in block.entries if entry.details]
    assert entries
    assert {head for entry in entries for head, _ in entry.details} == {"To ask"}
    assert "The file of the school" not in words_of(made)


@pytest.mark.parametrize("asked", [{"other_information": True}, {"notes": True}])
@pytest.mark.parametrize("audience", ["family", "research"])
def test_what_an_audience_may_not_see_is_refused(audience: str, asked: dict[str, bool]) -> None:
    with pytest.raises(InvalidError, match="never shown"):
        pack(change(), audience=audience, **asked)


def test_research_reads_no_story_and_an_age_band() -> None:
    made = full("research")
    assert made.title == "Child, 5 to 9"
    assert headings(made)[0] == "At a glance"
    assert headings(made)[1] == "The map before: separate agencies"
    said = words_of(made)
    for word in ("Brief description", "Head teacher", "weekly call", "age 9", "Agreed by", "rumour"):
        assert word not in said
    assert "2004" in said
    assert len([one for one in headings(made) if one.startswith("What changed:")]) == 1  # who became whom is still known
    assert "SENCO became Behaviour worker." in said


# --------------------------------------------------------------------------------------------------------------------- errors
@pytest.mark.parametrize(("what", "said"), [
    ([], "no case"), ("peter", "given a str"), ([change, 3], "takes a case"), (Caseload(), "no case"),
])
def test_what_is_no_case_is_refused(what: Any, said: str) -> None:
    with pytest.raises(InvalidError, match=said):
        pack(what)


@pytest.mark.parametrize("pages", [0, 2, True, "1"])
def test_only_one_page_or_all(pages: Any) -> None:
    with pytest.raises(InvalidError, match="pages"):
        pack(change(), pages=pages)


def test_an_unknown_audience_or_theme_suggests_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="family"):
        pack(change(), audience="familly")
    with pytest.raises(UnknownNameError, match="print"):
        pack(change(), theme="prnt")


def test_an_unknown_ending_says_which_there_are() -> None:
    with pytest.raises(FileError, match=r"\.pdf .*\.docx .*\.html"):
        full().save("pack.doc")


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    actors = {"a": {"kind": "child", "label": "A\u200bx"}, "b": "school"}
    case = Case.of(age=9, actors=actors, ties=["a <=> b"], history="One\u2028two.")
    made = pack(case, title="T\u202eitle")
    assert made.title == "Title"
    assert "One two." in words_of(made)
    assert Entry("a").details == ()
