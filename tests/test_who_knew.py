"""Who knew what when: against every journey, every choice of dates, and the sweep over exact dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import agencygraph as ag
from agencygraph.errors import InvalidError, UndefinedError, UnknownNameError
from agencygraph.measures.dated_news import News, perhaps_told, surely_told
from agencygraph.measures.dated_steps import backwards, steps_of, window
from agencygraph.measures.who_knew import WhoKnew, who_knew
from agencygraph.model import Case, Chronology, Event, When
from strategies import examples

quick = settings(max_examples=examples(100), deadline=None)
KINDS = {"child": "child", "mother": "parent", "school": "school", "gp": "agency", "ssd": "agency"}
DATES = ("2003", "2003", "2004", "2003-01", "2003-02", "2003-02", "2003-01-01", "2003-02-01", "2003-02-01", "2003-02-02",
         "2003-12-31", "2004-01-01")  # fmt: skip
EXACT = ("2003-02-03", "2003-02-03", "2003-02-04", "2003-02-05")
World = tuple[int, ...]


@st.composite
def events(draw: st.DrawFn, dates: tuple[str, ...] = DATES) -> Event:
    way = draw(st.sampled_from(("one-way", "one-way", "two-way", "two-way", "meeting")))
    crowd = draw(st.permutations(list(KINDS)))[: draw(st.integers(2, 4))]
    cut = len(crowd) if way == "meeting" else draw(st.integers(1, len(crowd) - 1))
    return Event(When.parse(draw(st.sampled_from(dates))), tuple(crowd[:cut]), tuple(crowd[cut:]), draw(st.integers(0, 2)), way)


def told_cases(most: int = 5, dates: tuple[str, ...] = DATES) -> st.SearchStrategy[Case]:
    made = st.lists(events(dates), min_size=1, max_size=most)
    return made.map(lambda found: Case.of(actors=KINDS).replace(chronology=Chronology(tuple(found))))


def bounds() -> st.SearchStrategy[str | None]:
    return st.sampled_from((None, None, "2003", "2003-02-02", "2003-06"))


def may_relay(who: str, relay: str) -> bool:
    return relay == "anyone" or KINDS[who] in ("school", "agency")


def hops(event: Event) -> set[tuple[str, str]]:
    """Who tells whom in one event, from the state before it."""
    if event.way == "meeting":
        return {(a, b) for a in event.parties for b in event.parties if a != b}
    there = set(product(event.senders, event.receivers))
    return there | {(b, a) for a, b in there if event.way == "two-way"}


def limits(event: Event) -> tuple[int, int]:
    return event.when.earliest.toordinal(), event.when.latest.toordinal()


def is_sure(one: Event, other: Event) -> bool:
    return one.when.latest < other.when.earliest or (one.when == other.when and one.seq < other.seq)


# ---------------------------------------------------------------------------------------------------------- every journey
def journeys(case: Case, start: str, goal: str, relay: str) -> Iterator[tuple[int, ...]]:
    """Every sequence of different events that could carry news from one to the other, in whatever order of time."""

    def go(here: str, taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if here == goal and taken:
            yield taken
        if here == start or may_relay(here, relay):
            for at, event in enumerate(case.chronology.events):
                if at not in taken:
                    for other in {b for a, b in hops(event) if a == here}:
                        yield from go(other, (*taken, at))

    return go(start, ())


def days_of(found: tuple[Event, ...], journey: tuple[int, ...], first: int, last: int) -> tuple[int, int] | None:
    """The latest first day and the earliest last day of a journey over all choices of dates; None where no choice allows it.

    Every event has its day, also those off the journey: a system of differences, solved by going round until nothing moves.
    """
    after = [(a, b, 0 if found[a].when == found[b].when and found[a].seq < found[b].seq else 1) for a, b in pairwise(journey)]
    after += [(a, b, 0) for a, one in enumerate(found) for b, other in enumerate(found)
              if one.when == other.when and one.seq < other.seq]
    low = [max(limits(event)[0], first) if at in journey else limits(event)[0] for at, event in enumerate(found)]
    high = [min(limits(event)[1], last) if at in journey else limits(event)[1] for at, event in enumerate(found)]
    early, late = list(low), list(high)
    while any(early[b] < early[a] + gap for a, b, gap in after):
        for a, b, gap in after:
            early[b] = max(early[b], early[a] + gap)
        if any(day > top for day, top in zip(early, high, strict=True)):
            return None
    if any(day > top for day, top in zip(early, high, strict=True)):
        return None
    while any(late[a] > late[b] - gap for a, b, gap in after):
        for a, b, gap in after:
            late[a] = min(late[a], late[b] - gap)
    return late[journey[0]], early[journey[-1]]


def brute(case: Case, start: str, goal: str, relay: str, days: tuple[int, int]) -> tuple[int | None, ...]:
    """Over every journey: surely heard by, perhaps from; surely up to date, perhaps up to."""
    found, (first, last) = case.chronology.events, days
    sure, perhaps, sure_back, back = [], [], [], []
    for journey in journeys(case, start, goal, relay):
        spans = [limits(found[at]) for at in journey]
        if all(is_sure(found[a], found[b]) for a, b in pairwise(journey)) and spans[0][0] >= first and spans[-1][1] <= last:
            sure.append(spans[-1][1])
            sure_back.append(spans[0][0])
        ends = days_of(found, journey, first, last)
        if ends:
            back.append(ends[0])
            perhaps.append(ends[1])
    return min(sure, default=None), min(perhaps, default=None), max(sure_back, default=None), max(back, default=None)


@quick
@given(told_cases(), st.sampled_from(("practitioners", "anyone")), bounds(), bounds())
def test_it_is_what_every_journey_gives(case: Case, relay: str, since: str | None, until: str | None) -> None:
    days = window(steps_of(case.chronology), When.parse(since) if since else None, When.parse(until) if until else None)
    assume(days[0] <= days[1])
    for start in ("child", "school", "gp"):
        found = who_knew(case, start, since=since, until=until, relay=relay)
        assert [one.who for one in found.heard] == [id for id in case.ids if id != start]
        for one in found.heard:
            sure, perhaps, _, _ = brute(case, start, one.who, relay, days)
            assert (one.surely.latest.toordinal() if one.surely else None) == sure
            assert (one.perhaps is None) == (perhaps is None) == bool(one.reason)
            if one.perhaps is not None and perhaps is not None:
                assert one.perhaps.earliest.toordinal() <= perhaps <= one.perhaps.latest.toordinal()
                assert (one.path[0], one.path[-1]) == (start, one.who)
                assert all(any(pair in hops(event) for event in case.chronology.events) for pair in pairwise(one.path))
                assert not (one.surely and one.doubts)


@quick
@given(told_cases(), st.sampled_from(("practitioners", "anyone")))
def test_the_latest_that_one_knows_of_another_is_what_every_journey_gives(case: Case, relay: str) -> None:
    days = window(steps_of(case.chronology), None, None)
    for start in ("mother", "school"):
        for who, row in zip([id for id in case.ids if id != start], who_knew(case, start, relay=relay).ages, strict=True):
            _, _, sure, perhaps = brute(case, start, who, relay, days)
            told = [When.parse(row[name]) if row[name] else None for name in ("surely up to", "perhaps up to")]
            assert (told[0].earliest.toordinal() if told[0] else None) == sure
            assert (told[1] is None) == (perhaps is None)
            if told[1] is not None and perhaps is not None:
                assert told[1].earliest.toordinal() <= perhaps <= told[1].latest.toordinal()


# ------------------------------------------------------------------------------------------------------ every choice of dates
def told_in(case: Case, start: str, world: World) -> dict[str, tuple[int, int]]:
    """With a day for every event: when each is first told, and the latest telling by the first one that came to it."""
    found = case.chronology.events
    ways: dict[str, list[tuple[int, int]]] = {}  # event by which, day of the first telling
    for at in sorted(range(len(found)), key=lambda at: (world[at], found[at].seq)):
        told = []
        for a, b in sorted(hops(found[at])):
            begun = [world[at]] if a == start else [
                day for other, day in ways.get(a, ()) if may_relay(a, "practitioners") and (
                    world[other] < world[at] or (found[other].when == found[at].when and found[other].seq < found[at].seq))]
            told += [(b, (at, max(begun)))] if begun else []
        for b, way in told:
            ways.setdefault(b, []).append(way)
    return {who: (min(world[at] for at, _ in found_ways), max(day for _, day in found_ways))
            for who, found_ways in ways.items() if who != start}


def is_world(found: tuple[Event, ...], world: World) -> bool:
    """Whether `seq` orders the days of what carries the same date."""
    return all(world[a] <= world[b] for a, one in enumerate(found) for b, other in enumerate(found)
               if one.when == other.when and one.seq < other.seq)


def sweeps(case: Case, start: str) -> tuple[dict[str, int], ...]:
    """The four answers as days."""
    steps = steps_of(case.chronology)
    first, last = window(steps, None, None)
    relays = [id for id in case.ids if may_relay(id, "practitioners")]
    news = News(start, relays, first, last)
    there = [{who: told.day for who, told in sweep(steps, news).items()} for sweep in (surely_told, perhaps_told)]
    back: list[dict[str, int]] = [{}, {}]
    for who in case.ids:
        reverse = News(who, relays, -last, -first)
        for days, sweep in zip(back, (surely_told, perhaps_told), strict=True):
            told = sweep(backwards(steps), reverse).get(start)
            if told and who != start:
                days[who] = -told.day
    return *there, *back


@settings(max_examples=examples(60), deadline=None)
@given(told_cases(most=3))
def test_perhaps_is_what_some_choice_of_dates_gives_and_surely_holds_in_all(case: Case) -> None:
    found = case.chronology.events
    # Only the order matters: the first and the last three days that are left to each of three events show every order.
    starts = {limits(event)[0] for event in found} | {limits(event)[1] - 2 for event in found}
    choices = [sorted(day for begin in starts for day in range(begin, begin + 3) if low <= day <= high)
               for low, high in map(limits, found)]
    worlds = [world for world in product(*(dict.fromkeys(days) for days in choices)) if is_world(found, world)]
    assert worlds
    for start in ("school", "mother"):
        sure, perhaps, sure_back, back = sweeps(case, start)
        seen = [told_in(case, start, world) for world in worlds]
        assert perhaps == {who: min(one[who][0] for one in seen if who in one) for who in {who for one in seen for who in one}}
        assert back == {who: max(one[who][1] for one in seen if who in one) for who in perhaps}
        for one in seen:
            assert all(one[who][0] <= day and one[who][1] >= sure_back[who] for who, day in sure.items())


@quick
@given(told_cases(most=12), st.randoms(use_true_random=False))
def test_any_choice_of_dates_lies_between_perhaps_and_surely(case: Case, dice: Any) -> None:
    found = case.chronology.events
    world = [dice.randint(*limits(event)) for event in found]
    for event in found:
        same = [at for at, other in enumerate(found) if other.when == event.when]
        days = sorted(world[at] for at in same)
        for at, day in zip(sorted(same, key=lambda at: found[at].seq), days, strict=True):
            world[at] = day
    assert is_world(found, tuple(world))
    for start in ("child", "gp"):
        sure, perhaps, sure_back, back = sweeps(case, start)
        told = told_in(case, start, tuple(world))
        assert set(sure) <= set(told) <= set(perhaps)
        for who, (heard, begun) in told.items():
            assert perhaps[who] <= heard <= sure.get(who, heard)
            assert sure_back.get(who, begun) <= begun <= back[who]


@quick
@given(told_cases(most=12, dates=EXACT))
def test_with_exact_dates_nothing_is_uncertain(case: Case) -> None:
    world = tuple(limits(event)[0] for event in case.chronology.events)
    for start in ("child", "gp"):
        sure, perhaps, sure_back, back = sweeps(case, start)
        told = told_in(case, start, world)
        assert sure == perhaps == {who: heard for who, (heard, _) in told.items()}
        assert sure_back == back == {who: begun for who, (_, begun) in told.items()}
        assert not who_knew(case, start).perhaps


@quick
@given(told_cases(most=8), st.randoms(use_true_random=False))
def test_the_order_in_the_file_does_not_matter(case: Case, dice: Any) -> None:
    mixed = list(case.chronology.events)
    dice.shuffle(mixed)
    assert sweeps(case, "gp") == sweeps(case.replace(chronology=Chronology(tuple(mixed))), "gp")


# ---------------------------------------------------------------------------------------------------------------- what it says
def told(*given: Event, **more: Any) -> Case:
    agencies = {id: {"kind": "agency", "label": id.upper()} for id in ("gp", "ssd", "camhs")}
    actors = {"child": "child", **agencies, "school": "school"}
    return Case.of(actors=actors, **more).replace(chronology=Chronology(given))


def test_what_the_refuge_saw_never_reached_the_school() -> None:
    found = ag.who_knew(ag.cases.peter(narrative=True), "refuge", since="2002")
    assert isinstance(found, WhoKnew)
    assert "school" in found.never
    assert found.surely == ("ssd", "medical_centre", "encopresis_clinic", "northern_council")
    assert found.perhaps == ()
    assert str(found).splitlines() == [
        "What Refuge passed on from 2002 on came to 4 of 11 other practitioners, going by the dated events.",
        "By 2002: Council in the north.", "By 2003: Social services, Medical centre and Encopresis clinic.",
        "Never (only the child or the family could have passed it on): School.",
        "Never (told nothing at all): SENCO, NSPCC, Family centre and Parental support.",
        "Never (told nothing by a practitioner who had heard): School nurse and Home visitor.",
        "Of the child and the family: Mother (by 2004); never Peter."]  # fmt: skip
    assert ag.who_knew(found.case, "refuge", relay="anyone").table.where(who="School").column("surely by") == ("2004",)


def test_vague_dates_leave_some_of_it_open() -> None:
    found = who_knew(told(Event("2003", ("school",), ("ssd",)), Event("2003-02", ("ssd",), ("gp",)),
                          Event("2004", ("ssd",), ("camhs",)), Event("2003-05", ("school",), ("camhs",))), "school")
    assert (found.surely, found.perhaps) == (("ssd", "camhs"), ("gp",))
    assert "Gp: perhaps" not in str(found)
    assert ("GP: perhaps, from February 2003 on. The dates do not say whether School → SSD (2003) came before SSD → GP "
            "(February 2003).") in str(found)
    assert "and perhaps to 1 more" in str(found)
    early = who_knew(told(Event("2003-02", ("school",), ("ssd",)), Event("2003", ("ssd",), ("gp",)),
                          Event("2004", ("ssd",), ("gp",))), "school")
    assert "By 2004: GP (perhaps from 2003 on)." in str(early)
    partly = who_knew(told(Event("2003", ("school",), ("ssd",))), "school", since="2003-06")
    assert "SSD: perhaps, from 2003 on. The dates do not say whether it fell into that time." in str(partly)


def test_seq_orders_what_carries_the_same_date() -> None:
    for date in ("2003", "2003-02", "2003-02-03"):
        first, second = Event(date, ("school",), ("ssd",)), Event(date, ("ssd",), ("gp",))
        loose = who_knew(told(first, second), "school")
        assert ("gp" in loose.perhaps, "gp" in loose.never) == (date != "2003-02-03", date == "2003-02-03")
        assert "gp" in who_knew(told(first, replace(second, seq=1)), "school").surely
        assert "gp" in who_knew(told(replace(first, seq=1), second), "school").never


def test_on_one_day_it_matters_under_which_date_one_was_told() -> None:
    vague, exact = Event("2003", ("school",), ("ssd",)), Event("2003-01-01", ("school",), ("ssd",))
    case = told(vague, exact, Event("2003", ("ssd",), ("gp",), seq=1), Event("2003-01-02", ("gp",), ("camhs",)))
    assert "camhs" in who_knew(case, "school").perhaps
    late = Event("2003-01-01", ("school",), ("ssd",), seq=3)
    chain = enumerate(pairwise(("school", "gp", "ssd", "camhs")))
    case = told(late, *(Event("2003-01-01", (a,), (b,), seq=at) for at, (a, b) in chain))
    assert who_knew(case, "school").surely == ("gp", "ssd", "camhs")


def test_in_a_meeting_everybody_tells_what_was_known_before() -> None:
    meeting = Event("2003-02-03", ("ssd", "gp", "school"), way="meeting")
    assert who_knew(told(meeting), "gp").surely == ("ssd", "school")
    two = Event("2003-02-03", ("ssd", "camhs"), ("gp",), way="two-way")
    assert who_knew(told(two), "ssd").surely == ("gp",)
    # Nor does it come back to the side it went out from, however vague the date.
    assert who_knew(told(replace(two, when=When(2003)), Event("2003", ("gp",), ("school",))), "ssd").never == ("camhs",)


def test_a_certain_reason_is_given_for_never() -> None:
    case = told(Event("2003-02-03", ("ssd",), ("gp",)), Event("2003-03-03", ("school",), ("ssd",)),
                Event("2003-03-04", ("ssd",), ("child",)), Event("2003-03-05", ("child",), ("camhs",)))
    table = who_knew(case, "school").table
    assert dict(zip(table.column("who"), table.column("why never"), strict=True)) == {
        "Child": "", "GP": "the events came in the wrong order for it", "SSD": "",
        "CAMHS": "only the child or the family could have passed it on"}
    assert str(who_knew(case, "camhs")).splitlines()[1] == "No event tells of anything that CAMHS passed on."
    assert who_knew(case, "school", since="2003-03-04").never == ("gp", "ssd", "camhs")
    assert who_knew(case, "ssd").table.where(who="School").column("why never") == ("told nothing at all",)


def test_ages_are_in_days_only_where_both_dates_are_days() -> None:
    case = told(Event("2003-02-03", ("school",), ("ssd",)), Event("2003-02-13", ("ssd",), ("gp",)),
                Event("2003-02", ("school",), ("camhs",)))
    ages = who_knew(case, "school", until="2003-03-03").ages
    days = dict(zip(ages.column("who"), ages.column("days ago"), strict=True))
    assert days == {"Child": None, "GP": 28, "SSD": 28, "CAMHS": None}
    assert ages.where(who="CAMHS").column("surely up to") == ("2003-02",)
    assert who_knew(case, "school", until="2003-03").ages.where(who="GP").column("days ago") == (None,)
    assert "Looked back from the end of March 2003." in who_knew(case, "school", until="2003-03").ages.note
    assert (dt.date(2003, 3, 3) - dt.date(2003, 2, 3)).days == 28


def test_names_are_shown_only_where_asked_for() -> None:
    actors = {"quillfeather": {"kind": "school", "name": "Quillfeather"}, "thistle": {"kind": "agency", "name": "Thistle"}}
    case = Case.of(actors=actors).replace(chronology=Chronology((Event("2003", ("quillfeather",), ("thistle",)),
                                                                 Event("2003-01", ("thistle",), ("quillfeather",)))))
    for start in actors:
        found = who_knew(case, start)
        tables = (found.table.to_csv(), found.table.caption, found.ages.to_csv(), found.ages.caption)
        for text in (str(found), repr(found), found._repr_html_(), *tables):
            assert not any(word in text.lower() for word in actors), text
    named = who_knew(case, "thistle", names=True)
    assert "Quillfeather" in str(named)
    assert "Thistle" in named.table.caption


def test_errors_help() -> None:
    case = told(Event("2003", ("school",), ("ssd",)))
    with pytest.raises(UndefinedError, match="has no chronology"):
        who_knew(ag.cases.peter(), "school")
    with pytest.raises(UnknownNameError, match="Did you mean 'school'"):
        who_knew(case, "schol")
    with pytest.raises(UnknownNameError, match="relay"):
        who_knew(case, "school", relay="nobody")
    with pytest.raises(InvalidError, match="is not a date"):
        who_knew(case, "school", since="last May")
    with pytest.raises(InvalidError, match="until 2001 lies before since 2002"):
        who_knew(case, "school", since="2002", until="2001")


def test_many_vague_events_are_answered_in_no_time() -> None:
    crowd = [Event("2003", ("school", "gp"), ("ssd", "camhs"), way="two-way") for _ in range(40)]
    assert len(who_knew(told(*crowd), "child").never) == 4
    assert len(who_knew(told(*crowd), "school").perhaps) + len(who_knew(told(*crowd), "school").surely) == 3
