"""What a map puts forward is what the measures say, in ink and in words; everything else steps back and stays legible."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from agencygraph import cases
from agencygraph.comparison import compare
from agencygraph.drawing import Map, draw
from agencygraph.errors import UnknownNameError
from agencygraph.measures import readings
from agencygraph.measures.spreading import spread
from agencygraph.model import Case
from agencygraph.scene import Card, Rect
from agencygraph.staging.plates import box_of, hang, room_for
from agencygraph.staging.view import Note
from agencygraph.themes import PRINT
from map_checks import clean
from strategies import examples
from test_drawing_change import crowds
from test_drawing_truth import PRIVATE, plain_cases, private_case

SHOWS = ("isolation", "single points", "spread:school", "gaps", "disputed")


def hung(drawn: Map) -> dict[str, list[str]]:
    """What hangs on the cards, by label."""
    return {card.label: [" ".join(plate.lines) for plate in card.plates] for card in drawn.scene.cards if card.plates}


def forward(drawn: Map) -> list[str]:
    return [card.label for card in drawn.scene.cards if card.tone == "strong"]


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("name", ["peter", "james"])
def test_every_show_keeps_the_contract(name: str, show: str) -> None:
    for case in (cases.load(name, narrative=True), cases.integrated(name)):
        assert clean(draw(case, show=show).svg.encode()) == {}


def test_every_show_keeps_the_contract_where_everything_goes_through_the_child() -> None:
    case = cases.tina(narrative=True)
    for show in ("isolation", "single points", "spread:social_worker", "gaps", "disputed"):
        assert clean(draw(case, show=show).svg.encode()) == {}


@settings(max_examples=examples(12), deadline=None)
@given(plain_cases())
def test_isolation_says_of_every_unit_how_many_it_hears_from(case: Case) -> None:
    case = case.replace(teams=())
    labels, drawn = case.labels(), draw(case, show="isolation")
    found = {labels[r.about[0]]: ((r.of or 0) - (r.count or 0), r.of or 0) for r in readings(case, "isolation") if r.of}
    assert hung(drawn) == {label: [f"hears from {heard} of {of}"] for label, (heard, of) in found.items()}
    shares = {label: heard / of for label, (heard, of) in found.items()}
    least = min(shares.values(), default=1.0)
    assert forward(drawn) == [card.label for card in drawn.scene.cards if least < 1 and shares.get(card.label) == least]


@settings(max_examples=examples(12), deadline=None)
@given(plain_cases())
def test_single_points_say_how_many_ways_hang_on_them(case: Case) -> None:
    labels, drawn = case.labels(), draw(case, show="single points")
    found = {labels[r.about[0]]: [f"without: {r.count} of {r.of} ways lost"] for r in readings(case, "single points") if r.count}
    assert hung(drawn) == found
    assert set(forward(drawn)) == set(found)


@settings(max_examples=examples(12), deadline=None)
@given(plain_cases())
def test_spread_numbers_everybody_by_hand_offs_and_shows_the_ways_of_the_news(case: Case) -> None:
    labels, drawn, told = case.labels(), draw(case, show="spread:school"), spread(case, "school")
    expected = {labels["school"]: ["starts here"]}
    expected |= {labels[id]: [str(number)] for number, ids in enumerate(told.rounds, 1) for id in ids}
    expected |= {labels[id]: ["never"] for id in (*told.never, *told.family_never)}
    assert hung(drawn) == expected
    rings = {labels[id]: number for number, ids in enumerate((("school",), *told.rounds)) for id in ids}
    family = [labels[actor.id] for actor in case.actors if actor.is_family]
    keys = {card.key: card.label for card in drawn.scene.cards}
    for line in drawn.scene.lines:
        flows = [tuple(keys[key] for key in word.partition(":")[0].split(">")) for word in line.flows if "unknown" not in word]
        carries = any(a in rings and a not in family and rings.get(b) == rings[a] + 1 for a, b in flows)
        assert (line.tone == "strong") == carries


def test_gaps_stand_between_the_two_and_over_nobody() -> None:
    case = cases.tina(narrative=True)
    drawn = draw(case, show="gaps")
    scene, keys = drawn.scene, {card.key: card for card in drawn.scene.cards}
    assert [(keys[gap.source].label, keys[gap.target].label) for gap in scene.gaps] == [
        (case.label(gap.source), case.label(gap.target)) for gap in case.gaps]  # fmt: skip
    for gap in scene.gaps:
        assert not [card.label for card in scene.cards if crowds(gap.box, box_of(card))]
        assert gap.words in drawn.text
        assert f'aria-label="{gap.words}"' in drawn.svg
    assert drawn.svg.count(">no link</text>") == len(case.gaps) + 1
    assert 'class="gap"' not in draw(case).svg


def test_plates_cover_no_foreign_card_and_not_each_other() -> None:
    shown = [draw(cases.peter(narrative=True), show=show) for show in SHOWS]
    shown += [draw(cases.tina(), show=show, theme="large print") for show in ("isolation", "gaps")]
    shown += [draw(compare(cases.load(name), cases.integrated(name)), style="change") for name in ("peter", "james")]
    for scene in (drawn.scene for drawn in shown):
        plates = [(card, plate.box) for card in scene.cards for plate in card.plates]
        for at, (card, box) in enumerate(plates):
            assert not [other.label for other in scene.cards if other is not card and crowds(box, box_of(other))]
            assert not [other for other, another in plates[at + 1 :] if crowds(box, another)]


def test_whoever_has_least_choice_of_where_its_plate_hangs_comes_first() -> None:
    upper = Card("n1", "agency", "card", 200, 60, 100, 38, ("GP",), "GP")
    lower = Card("n2", "agency", "card", 200, 114, 100, 38, ("Clinic",), "Clinic")
    # Words above the upper card and at both sides leave it only the gap between the two, in which the lower one's would stand too.
    words = (Rect(100, 5, 200, 34), Rect(80, 5, 68, 80), Rect(252, 5, 68, 80), Rect(120, 135, 160, 30))
    one, two = Note("n1", "no longer here"), Note("n2", "no longer here")
    for notes in ([one, two], [two, one]):
        hung = hang((upper, lower), notes, room_for(words, (), Rect(0, 0, 400, 300)), PRINT)
        high, low = (card.plates[0].box for card in hung)
        assert 77 <= high.y <= high.y + high.height <= 95
        assert not crowds(high, low)
        assert not any(crowds(low, taken) for taken in words)


def test_a_plate_hangs_below_its_card_unless_somebody_or_words_stand_there() -> None:
    page = Rect(0, 0, 400, 300)
    card = Card("n1", "agency", "card", 200, 100, 100, 38, ("GP",), "GP")
    below = Card("n2", "agency", "card", 200, 145, 100, 38, ("Clinic",), "Clinic")

    def top(cards: tuple[Card, ...], words: tuple[Rect, ...] = ()) -> float:
        return hang(cards, [Note("n1", "never")], room_for(words, (), page), PRINT)[0].plates[0].box.y

    assert top((card,)) == 117
    assert top((card, below)) < 81
    assert top((card,), (Rect(180, 118, 40, 9),)) < 117
    lowest = replace(card, y=280)
    assert top((lowest,)) < 280


DOUBTFUL = Case.of(age=7, actors={"c": "child", "s": "school", "a": {"kind": "agency", "label": "CAMHS"}, "b": {
    "kind": "agency", "label": "Police"}}, ties=["c <=> s", "s ?-> a", "s ~<=> b", "a -> c"])  # fmt: skip


def test_ties_in_doubt_come_forward_with_their_sign_and_all_others_step_back() -> None:
    drawn = draw(DOUBTFUL, show="disputed")
    assert [(line.status, line.tone) for line in drawn.scene.lines] == [
        ("agreed", "faint"), ("agreed", "faint"), ("unknown", "strong"), ("disputed", "strong")]  # fmt: skip
    assert "It is not known whether School tells CAMHS" in drawn.text.split("Who is there")[0]
    assert drawn.svg.count('class="halo"') >= 2
    assert clean(drawn.svg.encode()) == {}


def test_where_there_is_nothing_to_put_forward_nothing_steps_back_and_the_words_say_so() -> None:
    plain = Case.of(actors={"c": "child", "s": "school", "a": "agency"}, ties=["c <=> s", "s <=> a"])
    for show, words in (("disputed", "Nobody doubts any tie"), ("gaps", "names no link"), ("single points", "Nobody:"),
                        ("isolation", "never hears from 0 of 1")):  # fmt: skip
        drawn = draw(plain, show=show)
        assert words in drawn.text
        assert {card.tone for card in drawn.scene.cards} == {line.tone for line in drawn.scene.lines} == {""}


def test_nothing_comes_forward_by_colour_alone() -> None:
    drawn = draw(cases.peter(narrative=True), show="isolation")
    for card in drawn.scene.cards:
        group = re.search(rf'<g class="actor" data-key="{card.key}".*?</g>', drawn.svg)
        assert group is not None
        width = float(re.findall(r'stroke-width="([\d.]+)"', group[0])[0])
        assert (width >= 3) == (card.tone == "strong")
        said = re.findall(r'aria-label="([^"]*)"', group[0])[0]
        assert all(" ".join(plate.lines) in said for plate in card.plates)


def test_the_words_of_the_map_begin_with_what_is_put_forward() -> None:
    for show, heading in (("isolation", "Who is cut off"), ("spread:school", "Who comes to know what School learns"),
                          ("single points", "Without whom"), ("gaps", "Links that should be there")):  # fmt: skip
        text = draw(cases.peter(narrative=True), show=show).text
        assert text.index(f"\n{heading}") < text.index("\nWho is there\n")


def test_a_show_on_both_maps_follows_those_who_became_somebody_else() -> None:
    drawn = draw(compare(cases.peter(), cases.integrated("peter")), show="spread:ssd")
    later = {card.label: [" ".join(plate.lines) for plate in card.plates] for card in drawn.panels[1].scene.cards}
    assert later["Practice manager"] == ["starts here"]
    assert [clean(panel.svg.encode()) for panel in drawn.panels] == [{}, {}]


def test_unknown_words_and_ids_are_refused_with_the_nearest_known() -> None:
    case = cases.peter()
    wrong = {"isolatoin": "Did you mean 'isolation'", "spread:scool": "Did you mean 'school'", "spread": "needs the id",
             "gaps:school": "must be one of", "single point": "Did you mean 'single points'"}  # fmt: skip
    for show, words in wrong.items():
        with pytest.raises(UnknownNameError, match=words):
            draw(case, show=show)
    with pytest.raises(UnknownNameError, match="only is"):
        draw(case, only="crtical")
    assert draw(case, show="Single_Points").svg == draw(case, show="single points").svg


def test_nothing_private_shows_whatever_is_put_forward() -> None:
    case = private_case().replace(gaps=tuple(Case.of(actors=private_case().actors, gaps=["grimsditch !> bramblewick"]).gaps))
    for show in ("isolation", "single points", "spread:marchpane", "gaps", "disputed"):
        drawn = draw(case, show=show)
        for written in (drawn.svg, drawn.text, drawn.title, repr(drawn)):
            assert not [word for word in PRIVATE if word in written.lower()]
    assert "Nurse Marchpane" in draw(case, show="spread:marchpane", names=True).title


def test_only_critical_ties_and_the_words_say_so() -> None:
    case = cases.peter(narrative=True)
    whole, firm = draw(case), draw(case, only="critical")
    assert all(line.bond.critical for line in firm.scene.lines)
    assert len(firm.scene.lines) < len(whole.scene.lines)
    assert [(card.x, card.y) for card in firm.scene.cards] == [(card.x, card.y) for card in whole.scene.cards]
    assert "Only critical ties are drawn" in firm.svg
    assert "peripheral ties left out" in firm.text
    assert "no tie to anybody" not in firm.text


def test_more_than_24_people_can_be_drawn() -> None:
    people = {f"w{at}": {"kind": "agency", "label": f"Agency {at}"} for at in range(26)}
    ties = [f"s {'=>' if at % 4 == 0 else '->'} w{at}" for at in range(0, 26, 2)]
    case = Case.of(actors={"c": "child", "s": "school", **people}, ties=ties)
    assert clean(draw(case, only="critical").svg.encode()) == {}
    assert "only='critical' leaves out peripheral ties" in draw(case).text
    assert "matrix" in draw(case).text
    for quiet in (draw(case, only="critical"), draw(cases.peter())):
        assert "matrix" not in quiet.text
