"""What happened when, on paper: the dated events of a case as a table."""

from __future__ import annotations

from collections.abc import Iterator

from agencygraph import captions
from agencygraph.model import Case, Event
from agencygraph.packs.document import Block, Grid, Heading, Paragraph, plain

COLUMNS = ("When", "Who told", "Who was told", "How")
_NOTE = "Dates are as exact as they are known. What carries the same date stands in the order that was given for it."
_HOW = {"one-way": "one way", "two-way": "both ways", "meeting": "a meeting"}


def event_blocks(case: Case, names: bool, notes: bool, heading: Heading, caption: str) -> Iterator[Block]:
    """Yield the events of a case in the order of time, with their private notes where they were asked for; nothing without events.

    >>> [*event_blocks(Case(), False, False, Heading("What happened when"), "What happened when")]
    []
    """
    if not case.chronology.events:
        return
    labels = case.labels(names)
    events = sorted(case.chronology.events, key=lambda event: (event.when.earliest, event.seq))
    noted = notes and any(event.note for event in events)
    yield heading
    rows = tuple((*_row(event, labels), *[plain(event.note)] * noted) for event in events)
    yield Grid((*COLUMNS, *["Note"] * noted), rows, plain(caption), (1.2, 1.8, 1.8, 0.9, *[1.8] * noted))
    yield Paragraph(_NOTE, "small")


def _row(event: Event, labels: dict[str, str]) -> tuple[str, ...]:
    senders, receivers = ([labels[id] for id in ids] for ids in (event.senders, event.receivers))
    if event.way == "meeting":
        senders, receivers = [labels[id] for id in event.parties], ["one another"]
    return tuple(map(plain, (event.when.words, captions.listed(senders), captions.listed(receivers), _HOW[event.way])))
