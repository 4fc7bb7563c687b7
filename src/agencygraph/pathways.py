"""A pathway: a case told as steps, each done by somebody; how many hand-offs and forms it takes, and who chases whom.

A pathway is a case with a chronology whose notes begin with what is done: "form: refers the child on one common form". The acts
are concern, form, refers, tells, chases and reports; a note without one counts as a step and as nothing else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from agencygraph.errors import InvalidError, UndefinedError
from agencygraph.model import Case, When
from agencygraph.table import Cell, Table

ACTS = ("concern", "form", "refers", "tells", "chases", "reports")
# By these acts the child's matter passes into other hands; the others only speak of it.
_HANDS_OFF = ("concern", "form", "refers")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a pathway: who does what to whom, by id.

    Parameters
    ----------
    number
        The place in the pathway, from 1.
    act
        What is done, in one word.
    doers, others
        Ids: who does it, and to whom.
    words
        What the study says of it.
    when, way
        Its date as the case has it, None where none is known, and whether it goes one way, two ways or is a meeting.

    Examples
    --------
    >>> Step(1, "tells", ("head",), ("parent",), "says that the child was referred").act
    'tells'
    """

    number: int
    act: str
    doers: tuple[str, ...]
    others: tuple[str, ...]
    words: str
    when: When | None = None
    way: str = "one-way"

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Everybody who does it with everybody to whom it is done."""
        return tuple((doer, other) for doer in self.doers for other in self.others)


def steps_of(case: Case) -> tuple[Step, ...]:
    """Tell a pathway step by step, in the order in which things are done.

    Parameters
    ----------
    case
        A case with a chronology, such as ``ag.cases.pathway("today")``.

    Returns
    -------
    tuple
        A `Step` for each act.

    Raises
    ------
    UndefinedError
        Where the case has no chronology.

    Examples
    --------
    >>> from agencygraph import cases
    >>> [step.act for step in steps_of(cases.pathway("today"))]
    ['concern', 'form', 'tells', 'chases']
    """
    if not isinstance(case, Case):
        raise InvalidError(f"a {type(case).__name__} is no pathway: give a case with a chronology.")
    if not case.chronology.events:
        raise UndefinedError("the case has no chronology, so it tells no pathway. Add events: who passes what on to whom.")
    events = sorted(case.chronology.events, key=lambda event: (event.when.earliest, event.seq))
    steps = []
    for number, event in enumerate(events, 1):
        act, colon, words = event.note.partition(":")
        is_act = bool(colon) and act.strip().lower() in ACTS
        said = (act.strip().lower(), words.strip()) if is_act else ("", event.note)
        steps.append(Step(number, said[0], event.senders, event.receivers, said[1], event.when, event.way))
    return tuple(steps)


def pathway_figures(case: Case, *, names: bool = False) -> Table:
    """Say what a pathway costs: hand-offs, forms, who chases whom, who does most, and whether anybody reports back unasked.

    Parameters
    ----------
    case
        A case with a chronology whose notes begin with an act.
    names
        True to show private names in place of public labels.

    Returns
    -------
    Table
        A row for each figure: its count, and who is concerned. A step to several at once counts once for each of them.

    Raises
    ------
    UndefinedError
        Where the case has no chronology.

    Source: the two pathways of the Bexley study, Appendix 9; the figures are ours.

    Examples
    --------
    >>> from agencygraph import cases
    >>> [pathway_figures(cases.pathway(which)).column("count")[2:4] for which in ("today", "alternative")]
    [(4, 4), (1, 0)]
    """
    steps, labels = steps_of(case), case.labels(names)
    rows: list[tuple[Cell, ...]] = [
        ("steps", len(steps), None), ("hand-offs", len(_pairs(steps, _HANDS_OFF)), None),
        _row("forms", _pairs(steps, ("form",)), labels), _row("chases", _pairs(steps, ("chases",)), labels),
        _row("reports back unasked", _pairs(steps, ("reports",)), labels), _busiest(steps, labels),
        ("longest chain of hand-offs", _longest_chain(steps), None), _row("family told by", _told(case, steps), labels),
    ]  # fmt: skip
    note = "A step to several at once counts once for each of them. Hand-offs: the matter passes into other hands."
    return Table(("figure", "count", "who"), tuple(rows), f"{case.heading}: what it takes", note)


def _pairs(steps: tuple[Step, ...], acts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for step in steps if step.act in acts for pair in step.pairs)


def _row(figure: str, pairs: tuple[tuple[str, str], ...], labels: dict[str, str]) -> tuple[Cell, ...]:
    """Return a figure with who does it to whom: "Head teacher to Social services and Health"."""
    by_doer: dict[str, list[str]] = {}
    for doer, other in pairs:
        by_doer.setdefault(labels[doer], []).append(labels[other])
    said = "; ".join(f"{doer} to {', '.join(dict.fromkeys(others))}" for doer, others in by_doer.items())
    return (figure, len(pairs), said or None)


def _busiest(steps: tuple[Step, ...], labels: dict[str, str]) -> tuple[Cell, ...]:
    """Return how many messages the busiest sends, of all; of equals the first who acts."""
    sent = Counter(doer for step in steps for doer, _ in step.pairs)
    if not sent:
        return ("most messages by one", 0, None)
    who, many = sent.most_common(1)[0]
    return ("most messages by one", many, f"{labels[who]}, of {sum(sent.values())}")


def _longest_chain(steps: tuple[Step, ...]) -> int:
    """Return the most hand-offs that follow on one another, from whoever notes the concern to whoever acts on it."""
    depth: dict[str, int] = {}
    for step in steps:
        if step.act in _HANDS_OFF:
            for doer, other in step.pairs:
                depth[other] = max(depth.get(other, 0), depth.get(doer, 0) + 1)
    return max(depth.values(), default=0)


def _told(case: Case, steps: tuple[Step, ...]) -> tuple[tuple[str, str], ...]:
    family = {actor.id for actor in case.actors if actor.is_family}
    return tuple(pair for step in steps for pair in step.pairs if pair[1] in family)
