"""The best new link, against a search that draws every map anew."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError
from agencygraph.flows import flows_of
from agencygraph.measures import readings
from agencygraph.measures.best_links import BestLinks, best_links
from agencygraph.measures.chance import chance
from agencygraph.measures.link_audience import Audience
from agencygraph.measures.link_gains import Closeness, Routes, turned
from agencygraph.model import Case, Tie
from measured_cases import made_up, reference_case
from strategies import examples

quick = settings(max_examples=examples(50), deadline=None)
AIMS = ["routes", "isolation", "voice"]
PETER = reference_case("peter/figure")


@st.composite
def maps(draw: st.DrawFn) -> tuple[Case, str, bool]:
    """A made-up case with at least two practitioners, some of its ties unknown; a practitioner; whether firm ties count."""
    case, _ = draw(made_up(most=6).filter(lambda made: sum(not actor.is_family for actor in made[0].actors) > 1))
    words = st.sampled_from(["agreed", "agreed", "disputed", "unknown"])
    ties = tuple(Tie(tie.source, tie.target, tie.strength, tie.two_way, draw(words)) for tie in case.ties)
    who = draw(st.sampled_from([actor.id for actor in case.actors if not actor.is_family]))
    return case.replace(ties=ties), who, draw(st.booleans())


def value(case: Case, aim: str, who: str, firm: bool) -> float | None:
    """The measure that a link should better, from the room that answers it."""
    if aim == "routes":
        return next(reading.count for reading in readings(case, "route split", firm=firm) if reading.detail == "professional")
    return next(reading.value for reading in readings(case, aim, firm=firm) if who in reading.about)


def asked(case: Case, aim: str, who: str, firm: bool, k: int = 1) -> BestLinks:
    return best_links(case, k, for_="routes" if aim == "routes" else f"{aim}:{who}", firm=firm)


@quick
@given(maps(), st.sampled_from(AIMS))
def test_every_gain_is_what_the_measure_says_of_the_map_with_the_link(made: tuple[Case, str, bool], aim: str) -> None:
    case, who, firm = made
    now = value(case, aim, who, firm)
    if now is None:
        with pytest.raises(UndefinedError):
            asked(case, aim, who, firm)
        return
    found = asked(case, aim, who, firm)
    assert found.now == now
    sign = -1 if aim == "isolation" else 1
    gains = []
    for link in found.alone:
        after = value(link.add_to(case), aim, who, firm)
        assert (link.before, link.after) == (now, after)
        gains.append(sign * ((after or 0) - now))
        assert link.gain == pytest.approx(gains[-1], abs=1e-12)
    assert bool(found.links) == (max(gains, default=0) > 1e-12)
    if found.links:
        assert found.links[0] == found.alone[0]
        assert found.links[0].gain == pytest.approx(max(gains), abs=1e-12)
    order = [(-round(gain, 9), len(link.flows)) for gain, link in zip(gains, found.alone, strict=True)]
    assert order == sorted(order)


@quick
@given(maps())
def test_every_missing_link_is_looked_at_once(made: tuple[Case, str, bool]) -> None:
    case, _, firm = made
    flows = flows_of(case, firm=firm)
    workers = [actor.id for actor in case.actors if not actor.is_family]
    there = {(a, b) for a, b in ((case.ids[at], case.ids[to]) for at, to in flows.tie_at)}
    expected = set()
    for a in workers:
        for b in workers:
            if a != b and (a, b) not in there:
                expected |= {frozenset({(a, b)})} | ({frozenset({(a, b), (b, a)})} if (b, a) not in there else set())
    looked_at = [frozenset(link.flows) for link in best_links(case, 1, firm=firm).alone]
    assert set(looked_at) == expected
    assert len(looked_at) == len(expected)


@quick
@given(maps(), st.sampled_from(AIMS), st.integers(2, 4))
def test_each_next_link_is_the_best_once_those_before_are_there(made: tuple[Case, str, bool], aim: str, k: int) -> None:
    case, who, firm = made
    if value(case, aim, who, firm) is None:
        return
    found = asked(case, aim, who, firm, k)
    for link in found.links:
        best = asked(case, aim, who, firm).links[0]
        assert (best.flows, best.gain, best.before, best.after) == (link.flows, link.gain, link.before, link.after)
        case = link.add_to(case)
    if len(found.links) < k:
        assert asked(case, aim, who, firm).links == ()


@quick
@given(maps(), st.sampled_from(AIMS), st.data())
def test_another_order_of_the_case_changes_no_gain(made: tuple[Case, str, bool], aim: str, data: st.DataObject) -> None:
    case, who, firm = made
    if value(case, aim, who, firm) is None:
        return
    other = case.replace(actors=tuple(data.draw(st.permutations(case.actors))), ties=tuple(data.draw(st.permutations(case.ties))))
    one, two = (asked(which, aim, who, firm).alone for which in (case, other))
    gains = {frozenset(link.flows): (link.gain, link.change, link.equals) for link in one}
    assert gains == {frozenset(link.flows): (link.gain, link.change, link.equals) for link in two}


@quick
@given(maps(), st.booleans())
def test_the_gain_in_audience_is_what_chance_says(made: tuple[Case, str, bool], firm: bool) -> None:
    case, who, _ = made
    odds = {"critical": 0.9, "peripheral": 0.4}
    found = best_links(case, 1, for_=f"audience:{who}", firm=firm, **odds)
    for link in found.alone[:12]:
        after = chance(link.add_to(case), who, firm=firm, **odds).value
        assert link.after == pytest.approx(after, abs=1e-9)
        assert link.before == pytest.approx(chance(case, who, firm=firm, **odds).value, abs=1e-9)


@pytest.mark.parametrize("relay", ["practitioners", "anyone"])
def test_routes_through_the_family_count_where_anyone_relays(relay: str) -> None:
    case = Case.of(actors={"kid": "child", "gp": "agency", "sch": "school", "ssd": "agency"}, ties=["gp <=> kid", "kid <=> sch"])
    found = best_links(case, 1, relay=relay)
    assert found.now == (0 if relay == "practitioners" else 2)
    assert found.links[0].gain == (2 if relay == "practitioners" else 4)


def test_a_unit_may_be_given_by_any_member_or_by_its_team() -> None:
    case = reference_case("integration/both")
    team = case.teams[0]
    by_name = best_links(case, 1, for_=team.name)
    assert by_name.about == best_links(case, 1, for_=f"isolation:{team.members[0]}").about
    assert set(team.members) <= set(by_name.about)


def test_what_is_said_aloud() -> None:
    found = best_links(PETER, 1, for_="school")
    assert str(found).splitlines()[0].startswith("Now: the isolation of ")
    assert " would hear from 1 more, 1 of 3; isolation 0.67 in place of 1.00. 8 others would gain as much." in str(found)
    assert found.table.select("rank", "gain", "before", "of").rows == ((1, pytest.approx(1 / 3), 1.0, 3),)
    assert len(found.ranking) == len(found.alone)
    full = Case.of(actors={"gp": "agency", "ssd": "agency"}, ties=["gp <=> ssd"])
    assert str(best_links(full)) == ("Now: news gets from one practitioner to another on 2 of 2 ways.\n"
                                     "No single new link would change that.")


def test_the_audience_said_aloud() -> None:
    actors = {"gp": "agency", "sch": "school", "ssd": {"kind": "agency", "label": "Social services"}}
    case = Case.of(actors=actors, ties=["sch => gp"])
    found = best_links(case, 1, for_="audience:sch", critical=0.9, peripheral=0.5)
    assert str(found).splitlines() == [
        "Now: what School learns reaches 0.9 of 2 other practitioners on average.",
        "1. School → Social services (new): what School learns reaches 0.9 more on average, 1.8 of 2. "
        "No other link would gain as much."]
    assert "practitioners who learn on average what School learns" in found.table.caption


def test_a_dense_map_is_sampled_alike_with_and_without_the_link() -> None:
    strong = (0b1110, 0b1101, 0b1011, 0b0111)
    exact, drawn = (Audience(strong, 0b1111, 0b1111, 0, (0.6, 0.3), budget) for budget in (8192, 0))
    out, links = (0b0010, 0b0101, 0b0010, 0), [((0, 2),), ((1, 3),), ((3, 0),)]
    assert drawn.score(out) == pytest.approx(exact.score(out), abs=0.03)
    assert drawn.score(out) != exact.score(out)
    assert drawn.gains(out, links) == pytest.approx(exact.gains(out, links), abs=0.03)
    assert drawn.gains(out, links)[2] == 0


def test_kinds_of_change_and_gaps() -> None:
    case = Case.of(actors={"a": "agency", "b": "agency", "c": "agency", "d": "agency"},
                   ties=["a -> b", "b ?-> c"], gaps=["c !> a"])  # fmt: skip
    changes = {link.flows: (link.change, link.is_gap) for link in best_links(case, 1).alone}
    assert changes[("b", "a"),] == ("made two-way", False)
    assert changes[("b", "c"),] == ("confirmed", False)
    assert changes[("c", "a"),] == ("new", True)
    assert changes[("c", "d"), ("d", "c")] == ("new", False)
    firm = {link.flows: link for link in best_links(case, 1, firm=True).alone}
    assert firm[("a", "b"),].change == "made critical"
    made = firm[("a", "b"),].add_to(case)
    assert [(tie.sentence, tie.basis) for tie in made.ties] == [("b ?-> c", ""), ("a => b", "inferred")]
    both = firm[("b", "a"),].add_to(made)
    assert flows_of(both, firm=True).out[:2] == (0b10, 0b01)
    assert [gap.sentence for gap in firm[("c", "a"),].add_to(case).gaps] == []


def test_a_link_is_as_strong_as_what_is_drawn_already() -> None:
    case = Case.of(actors={"a": "agency", "b": "agency", "c": "agency"}, ties=["a ?-> b", "b ?=> a", "b -> c"])
    made = {link.flows: link for link in best_links(case, 1).alone}
    assert made[("a", "b"), ("b", "a")].strengths == ("peripheral", "critical")
    assert [tie.sentence for tie in made[("a", "b"), ("b", "a")].add_to(case).ties] == ["b -> c", "a -> b", "b => a"]
    assert [tie.sentence for tie in made[("c", "b"),].add_to(case).ties] == ["a ?-> b", "b ?=> a", "b <-> c"]
    firm = {link.flows: link for link in best_links(case, 1, firm=True).alone}
    assert firm[("a", "b"), ("b", "a")].strengths == ("critical", "critical")


def test_half_of_a_two_way_tie_may_be_made_critical() -> None:
    case = Case.of(actors={"a": "agency", "b": "agency"}, ties=["a <-> b"])
    first, second = best_links(case, 1, firm=True).alone[1:]
    made = first.add_to(case)
    assert sorted(tie.sentence for tie in made.ties) == ["a => b", "b -> a"]
    assert [tie.sentence for tie in second.add_to(made).ties] == ["a <=> b"]


@pytest.mark.parametrize(("wrong", "error", "words"), [
    ({"k": 0}, InvalidError, "k is 0"), ({"k": True}, InvalidError, "k is True"), ({"k": 1.5}, InvalidError, "k is 1.5"),
    ({"for_": "scool"}, UnknownNameError, "Did you mean 'school'"),
    ({"for_": "voice:scool"}, UnknownNameError, "Did you mean 'school'"),
    ({"for_": "vice:school"}, UnknownNameError, "Did you mean 'voice'"), ({"for_": "routes:school"}, InvalidError, "the whole map"),
    ({"for_": "voice"}, InvalidError, "say whose voice"), ({"for_": "audience:school"}, InvalidError, "depends on how often"),
    ({"for_": "audience:school", "critical": 2, "peripheral": 0}, InvalidError, "critical is 2"),
    ({"critical": 0.9}, InvalidError, "audience only"), ({"forgotten": 1}, TypeError, "forgotten"),
])  # fmt: skip
def test_what_cannot_be_asked(wrong: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        best_links(PETER, **wrong)


def test_no_link_where_there_is_nobody_to_link() -> None:
    with pytest.raises(UndefinedError, match="no other practitioner"):
        best_links(Case.of(actors={"kid": "child", "school": "school"}, ties=["kid <=> school"]))
    with pytest.raises(UndefinedError, match="outside this unit"):
        best_links(Case.of(actors={"school": "school", "senco": {"kind": "practitioner", "based_at": "school"}}), for_="school")


def test_no_output_shows_a_name_or_an_id() -> None:
    actors = {"sch": {"kind": "school", "name": "Secret school"}, "ssd": {"kind": "agency", "name": "Secret"}}
    case = Case.of("Secret case", actors=actors)
    for aim in ("routes", "isolation:sch", "voice:sch"):
        found = best_links(case, for_=aim)
        shown = "".join([str(found), repr(found), found._repr_html_(), found.table.to_csv(), found.ranking.to_csv()])
        assert "ecret" not in shown
        assert "sch " not in shown
        assert "ssd" not in shown
        assert "Secret" in " ".join(found.sentences(names=True))


def test_rows_of_bits_need_no_case() -> None:
    out = (0b0010, 0b0100, 0, 0)
    assert Routes(0b1111, 0b1111).score(out) == 3
    assert Routes(0b1111, 0b1101).score(out) == 2
    hears = Closeness.of(0b0001, 0b1111, 0b1111, hears=True)
    assert (hears.score(out), hears.score(turned(out))) == (0, hears.one + hears.one // 2)
    assert hears.gains(out, [((1, 0), (0, 1)), ((3, 0),), ((3, 1),)]) == [hears.one, hears.one, 0]
