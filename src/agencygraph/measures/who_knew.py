"""M16: who knew what when? By the dated events, what one actor knew came to whom, by when, and never to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from agencygraph.errors import InvalidError, UndefinedError
from agencygraph.flows import Flows, flows_of
from agencygraph.measures.dated_news import News, Told, could_hear, perhaps_told, surely_told
from agencygraph.measures.dated_steps import Step, backwards, days_between, precedes, steps_of, window
from agencygraph.measures.wording import capital, counted, listed, paragraphs
from agencygraph.model import Case, Event, When
from agencygraph.table import Cell, Table

TOLD_NOTHING = "told nothing at all"
NOT_BY_WHO_KNEW = "told nothing by a practitioner who had heard"
ONLY_FAMILY = "only the child or the family could have passed it on"
WRONG_ORDER = "the events came in the wrong order for it"
PASSED_NOTHING_ON = "nothing was passed on by who knew it first"
NO_EVENTS = ("the case has no chronology, so it does not say who knew what when. Add events: when, and who passes something on "
             "to whom.")


@dataclass(frozen=True, slots=True)
class Heard:
    """How one actor came to know, or why it never did.

    Attributes
    ----------
    who
        Id of the actor.
    surely
        The date by which it surely knew; None where that is not certain.
    perhaps
        The earliest date at which it can have known, if vague dates fell so; None where it never did.
    path
        Ids along the way on which it knew: the certain one where there is one.
    doubts
        On a way that is not certain: pairs of events of which the first may have come too late for the second.
    reason
        Why it never knew; empty where it did or perhaps did.
    """

    who: str
    surely: When | None
    perhaps: When | None
    path: tuple[str, ...] = ()
    doubts: tuple[tuple[Event, Event], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class WhoKnew:
    """Who came to know what one actor knew, and when, said in sentences by `print`; made by `who_knew`.

    Attributes
    ----------
    case, start, since, until, relay, names
        What was asked.
    heard
        One answer for each other actor, in the order of the case.
    """

    case: Case
    start: str
    since: When | None
    until: When | None
    relay: str
    names: bool
    heard: tuple[Heard, ...]

    @property
    def surely(self) -> tuple[str, ...]:
        """Ids of the practitioners who surely came to know, whatever the vague dates were."""
        return tuple(one.who for one in self._practitioners() if one.surely)

    @property
    def perhaps(self) -> tuple[str, ...]:
        """Ids of the practitioners who perhaps came to know, as the order of events is not certain."""
        return tuple(one.who for one in self._practitioners() if one.perhaps and not one.surely)

    @property
    def never(self) -> tuple[str, ...]:
        """Ids of the practitioners who never came to know."""
        return tuple(one.who for one in self._practitioners() if not one.perhaps)

    @property
    def table(self) -> Table:
        """One row for each other actor: by when it surely knew, from when perhaps, through whom, and why never."""
        rows: list[tuple[Cell, ...]] = [(self._words([one.who]), self._side(one.who), _date(one.surely), _date(one.perhaps),
                                         " → ".join(self._words([id]) for id in one.path), one.reason) for one in self.heard]
        note = ("Surely by: in whatever order vague dates fell. Perhaps from: if they fell so as to let it pass soonest. A dash: "
                "never.")
        return Table(("who", "side", "surely by", "perhaps from", "through", "why never"), tuple(rows), self._title, note)

    @property
    def ages(self) -> Table:
        """One row for each other actor: up to which date it knew what the first one knew, and how many days that is ago.

        This looks back from `until`, else from the last event, over the whole chronology. Days are counted where both dates are
        known to the day.
        """
        steps = steps_of(self.case.chronology)
        now = self.until or max((step.when for step in steps), key=lambda when: (when.latest, when.earliest))
        rows = tuple(self._age(one.who, steps, now) for one in self.heard)
        note = f"Looked back from {'' if now.day else 'the end of '}{now.words}. A dash: never, or not known to the day."
        return Table(("who", "side", "surely up to", "perhaps up to", "days ago"), rows,
                     f"Up to when each knows what {self._words([self.start])} knew", note)

    def _age(self, who: str, steps: tuple[Step, ...], now: When) -> tuple[Cell, ...]:
        first, last = window(steps, None, now)
        # Backwards in time the latest telling is the first; who asks is who hears.
        news = News(who, _relays(flows_of(self.case, relay=self.relay)), -last, -first)
        reverse = backwards(steps)
        surely, perhaps = (_when(found.get(self.start)) for found in (surely_told(reverse, news), perhaps_told(reverse, news)))
        days = days_between(surely, now) if surely and surely == perhaps else None
        return self._words([who]), self._side(who), _date(surely), _date(perhaps), days

    @property
    def _title(self) -> str:
        return f"Who knew what {self._words([self.start])} passed on{self._span}"

    @property
    def _span(self) -> str:
        since = f" from {self.since.words} on" if self.since else ""
        return since + (f" until the end of {self.until.words}" if self.until and not self.until.day else
                        f" until {self.until.words}" if self.until else "")

    def _practitioners(self) -> Iterator[Heard]:
        return (one for one in self.heard if not self.case.actor(one.who).is_family)

    def _side(self, id: str) -> str:
        return "family" if self.case.actor(id).is_family else "practitioner"

    def _words(self, ids: Iterable[str]) -> str:
        labels = self.case.labels(self.names)
        return listed([labels[id] for id in ids])

    def _lines(self) -> Iterator[str]:
        others = tuple(self._practitioners())
        more = f", and perhaps to {counted(len(self.perhaps), 'more', 'more')}" if self.perhaps else ""
        yield (f"What {self._words([self.start])} passed on{self._span} came to {len(self.surely)} of {len(others)} other "
               f"practitioners{more}, going by the dated events.")
        if all(one.reason == PASSED_NOTHING_ON for one in self.heard):
            yield f"No event tells of anything that {self._words([self.start])} passed on{self._span}."
            return
        for when in sorted({one.surely for one in others if one.surely}, key=lambda when: (when.latest, when.earliest)):
            told = [f"{self._words([one.who])}{_sooner(one)}" for one in others if one.surely == when]
            yield f"By {when.words}: {listed(told)}."
        for one in others:
            if one.perhaps and not one.surely:
                yield f"{capital(self._words([one.who]))}: perhaps, from {one.perhaps.words} on.{self._doubt(one)}"
        for reason in dict.fromkeys(one.reason for one in others if one.reason):
            yield f"Never ({reason}): {self._words([one.who for one in others if one.reason == reason])}."
        yield from self._family()

    def _doubt(self, one: Heard) -> str:
        said = [f"whether {self._telling(first)} came before {self._telling(second)}" for first, second in one.doubts]
        return f" The dates do not say {listed(said)}." if said else " The dates do not say whether it fell into that time."

    def _telling(self, event: Event) -> str:
        if event.way == "meeting":
            return f"the meeting of {self._words(event.parties)} ({event.when.words})"
        arrow = "↔" if event.way == "two-way" else "→"
        return f"{self._words(event.senders)} {arrow} {self._words(event.receivers)} ({event.when.words})"

    def _family(self) -> Iterator[str]:
        family = [one for one in self.heard if self.case.actor(one.who).is_family]
        told = [f"{self._words([one.who])} ({f'by {one.surely.words}{_sooner(one)}' if one.surely else 'perhaps'})"
                for one in family if one.perhaps]
        silent = [one.who for one in family if not one.perhaps]
        if family:
            yield f"Of the child and the family: {listed(told)}{f'; never {self._words(silent)}' if silent and told else ''}."

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        known = len(self.surely), len(self.surely) + len(self.perhaps) + len(self.never)
        return f"WhoKnew(from {self._words([self.start])}: {known[0]} of {known[1]} surely, {len(self.perhaps)} perhaps)"

    def _repr_html_(self) -> str:
        """The sentences and the table as a notebook shows them."""
        return paragraphs(self._lines()) + self.table._repr_html_()


def who_knew(case: Case, start: str, *, since: object = None, until: object = None, relay: str = "practitioners",
             names: bool = False) -> WhoKnew:
    """Say who came to know what one actor knew, and when, by the dated events of the chronology; and who never did, and why.

    News surely passes along events each of which surely came before the next: by their dates, or by `seq` where two carry the
    same date. It perhaps passes where some choice of days within vague dates lets it. On one day nothing follows on anything
    else, unless `seq` orders it. In a two-way talk or a meeting everybody tells what was known before.

    Parameters
    ----------
    case
        A case with a chronology.
    start
        Id of the one who knew something; it may be of the family.
    since
        From when on: the first day of "2002", of "2002-05", or "2002-05-14"; all events count where it is left out.
    until
        When to stop: the last day of a year or a month, or a day.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone"; who knows it at first always tells.
    names
        True to show private names in place of public labels.

    Returns
    -------
    WhoKnew
        In sentences and as a table; its `ages` say up to when each knows what this one knew.

    Raises
    ------
    UndefinedError, InvalidError, UnknownNameError
        Where the case has no chronology; where a date cannot be read or `until` lies before `since`; where the actor is unknown.

    Source: Lamport 1978; Mattern 1989 (vector clocks); Kossinets, Kleinberg & Watts 2008 (what one can know of another); Holme &
    Saramäki 2012 (time-respecting paths). How vague dates are treated is ours.

    Examples
    --------
    >>> from agencygraph import cases
    >>> found = who_knew(cases.peter(narrative=True), "refuge", since="2002")
    >>> found.table.where(who="School").column("why never")
    ('only the child or the family could have passed it on',)
    """
    flows = flows_of(case, relay=relay)
    flows.mask([start])
    if not case.chronology.events:
        raise UndefinedError(NO_EVENTS)
    begin, end = (None if given is None else When.parse(given) for given in (since, until))
    return WhoKnew(case, start, begin, end, relay, bool(names), tuple(_heard(flows, start, begin, end)))


def _heard(flows: Flows, start: str, since: When | None, until: When | None) -> Iterator[Heard]:
    steps = steps_of(flows.case.chronology)
    first, last = window(steps, since, until)
    if since and until and last < first:
        raise InvalidError(f"until {until} lies before since {since}; give a later date, or leave one of them out.")
    news = News(start, _relays(flows), first, last)
    surely, perhaps = surely_told(steps, news), perhaps_told(steps, news)
    for who in flows.ids:
        if who in perhaps:
            told = surely.get(who) or perhaps[who]
            yield Heard(who, _when(surely.get(who)), _when(perhaps[who]), (news.start, *(one.who for one in told.chain)),
                        () if who in surely else tuple(_doubts(flows.case, told)))
        elif who != news.start:
            yield Heard(who, None, None, reason=_reason(who, steps, news, flows))


def _doubts(case: Case, told: Told) -> Iterator[tuple[Event, Event]]:
    chain = [one.step for one in told.chain if one.step]
    for one, other in pairwise(chain):
        if not precedes(one, other):
            yield case.chronology.events[one.at], case.chronology.events[other.at]


def _reason(who: str, steps: tuple[Step, ...], news: News, flows: Flows) -> str:
    """Say why somebody never came to know: the plainest reason that holds."""
    inside = [step for step in steps if step.last >= news.first and step.first <= news.last]
    if not any(teller == news.start for step in inside for teller, _ in step.hops):
        return PASSED_NOTHING_ON
    if not any(other == who for step in inside for _, other in step.hops):
        return TOLD_NOTHING
    if who in could_hear(inside, news.start, news.relays):
        return WRONG_ORDER
    if who in perhaps_told(steps, News(news.start, flows.ids, news.first, news.last)):
        return ONLY_FAMILY
    return NOT_BY_WHO_KNEW


def _relays(flows: Flows) -> tuple[str, ...]:
    return flows.ids_of(flows.relays)


def _when(told: Told | None) -> When | None:
    return told.step.when if told and told.step else None


def _date(when: When | None) -> str | None:
    return str(when) if when else None


def _sooner(one: Heard) -> str:
    return f" (perhaps from {one.perhaps.words} on)" if one.perhaps and one.perhaps != one.surely else ""
