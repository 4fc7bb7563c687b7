"""Asking: every question, or some, of a case, of a caseload, or of a before and an after, in one tidy table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack, runtime_checkable

from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.flows import Flows, flows_of
from agencygraph.measures.asking import ask
from agencygraph.measures.questions import QUESTIONS, Question, Reading
from agencygraph.measures.ranges import Key, Range, range_note, ranges_of
from agencygraph.model import Case, Caseload
from agencygraph.progress import count_jobs, progress_of
from agencygraph.table import Cell, Table, show

if TYPE_CHECKING:
    from agencygraph.progress import Progress

COLUMNS = ("case", "arrangement", "measure", "about", "detail", "ties", "value", "count", "of", "words", "who", "reason")
RANGE_COLUMNS = ("lowest", "highest")
_STRENGTHS: Mapping[str, tuple[bool, ...]] = {"both": (False, True), "any": (False,), "firm": (True,)}
_NOTE = ("Ties: any counts critical and peripheral ties, firm counts critical ones only; a tie that nobody could confirm is left "
         "out. A dash stands where a question has no answer; the reason stands beside it.")


# A caseload smaller than this is measured before anybody could read a bar.
_WATCHED = 200
_TOGETHER = 20


class Pace(TypedDict, total=False):
    """How a large caseload is worked through; see `measure`."""

    jobs: int | None
    progress: bool | Progress | None


@dataclass(frozen=True, slots=True)
class _How:
    """How each map is measured: the questions by name, over which ties, and so on; fit to be sent to another process."""

    questions: tuple[str, ...]
    strengths: tuple[bool, ...]
    unit: str
    relay: str
    names: bool
    ranges: bool


@runtime_checkable
class Pairing(Protocol):
    """A before and an after."""

    @property
    def before(self) -> Case: ...

    @property
    def after(self) -> Case: ...


@dataclass(frozen=True, slots=True)
class _Map:
    """One map to be measured, and what its rows begin with."""

    case: Case
    start: tuple[Cell, ...]


def measure(what: Case | Caseload | Pairing, *questions: str, ties: str = "both", unit: str = "team",
            relay: str = "practitioners", names: bool = False, **pace: Unpack[Pace]) -> Table:  # fmt: skip
    """Answer the questions that a meeting asks of a map: every one, or those that are named; a researcher's by name only.

    Parameters
    ----------
    what
        A case, a caseload, or a comparison (then a first column says before or after).
    questions
        Names ("isolation") or numbers ("M4") of measures; see `catalogue`. None named: all that a meeting asks.
    ties
        "both" gives each answer twice, over any tie and over firm ones; "any" or "firm" gives one.
    unit
        Who counts as one body: "team" (the team, else the base, else the actor), "base" or "actor".
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    names
        True to show private names in place of public labels.
    pace
        For a large caseload. jobs: how many processes share the work (1; None for one for each core). progress: True for a
        bar, False for none, or a function that is told how many cases of how many are done; left out, a bar from 200 cases on
        where a person watches.

    Returns
    -------
    Table
        One row for each answer, however many cases there are; `batch.measure_caseload` gives one row for each case. `value`
        is None, with the reason beside it, where a question has no answer. Where ties are marked as not known, two more columns,
        `lowest` and `highest`, say what it could be over all readings of these ties.

    Raises
    ------
    UnknownNameError
        For a measure, or a word for ties, unit or relay, that does not exist.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "police": "agency"}, ties=["school => police"])
    >>> table = measure(case, "no return", ties="any")
    >>> table[0]["about"], table[0]["count"], table[0]["of"], table[0]["who"]
    ('School', 1, 1, 'Agency')
    """
    if ties not in _STRENGTHS:
        raise UnknownNameError(f"ties is {ties!r}; it must be one of {', '.join(_STRENGTHS)}.{did_you_mean(str(ties), _STRENGTHS)}")
    maps = tuple(_maps(what, names))
    note = range_note(item.case for item in maps)
    how = _How(tuple(one.name for one in ask(*questions)), _STRENGTHS[ties], unit, relay, names, bool(note))
    rows = [row for found in _paced(maps, how, pace) for row in found]
    columns = (*(() if isinstance(what, (Case, Caseload)) else ("map",)), *COLUMNS, *(RANGE_COLUMNS if note else ()))
    return Table(columns, tuple(rows), f"Measures: {_heading(what, names)}", _NOTE + note, heads=("measure", "about"))


def _paced(maps: Sequence[_Map], how: _How, pace: Pace) -> Iterator[list[tuple[Cell, ...]]]:
    """Yield the rows of some maps after the other, in order, worked out by as many processes as are asked for."""
    unknown = [name for name in pace if name not in Pace.__annotations__]
    if unknown:
        raise TypeError(f"measure() got an unexpected keyword argument '{unknown[0]}'."
                        f"{did_you_mean(unknown[0], ('ties', 'unit', 'relay', 'names', *Pace.__annotations__))}")
    jobs, watched = count_jobs(pace.get("jobs", 1)), pace.get("progress")
    told, done = progress_of(False if watched is None and len(maps) < _WATCHED else watched), 0
    parts = [maps[start : start + _TOGETHER] for start in range(0, len(maps), _TOGETHER)]
    for part, found in zip(parts, _shared(parts, how, jobs), strict=True):
        yield found
        done += len(part)
        told(done, len(maps))


def _shared(parts: Sequence[Sequence[_Map]], how: _How, jobs: int) -> Iterator[list[tuple[Cell, ...]]]:
    if jobs == 1 or len(parts) < 2:
        yield from (_measured(part, how) for part in parts)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fresh process each: one that is split off from a process with threads may hang.
    with ProcessPoolExecutor(min(jobs, len(parts)), get_context("spawn")) as pool:
        yield from pool.map(_measured, parts, [how] * len(parts))


def _measured(maps: Sequence[_Map], how: _How) -> list[tuple[Cell, ...]]:
    """Return the rows of some maps."""
    asked, rows = [QUESTIONS.get(name) for name in how.questions], list[tuple[Cell, ...]]()
    for item in maps:
        compiled = [flows_of(item.case, firm=firm, relay=how.relay, unit=how.unit) for firm in how.strengths]
        ranges = [ranges_of(flows, asked) if how.ranges else None for flows in compiled]
        rows += (item.start + row for one in asked for flows, found in zip(compiled, ranges, strict=True)
                 for row in _rows(flows, one, how.names, found))
    return rows


def readings(case: Case, name: str, *, firm: bool = False, unit: str = "team", relay: str = "practitioners") -> tuple[Reading, ...]:
    """Answer one question on one case, with the ids and the ties behind every number.

    Parameters
    ----------
    case
        The case.
    name
        The question, such as "isolation".
    firm
        True to count critical ties only.
    unit
        What counts as one body: "team" (a team, else those at one place, else the actor alone) or "actor".
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".

    Returns
    -------
    tuple
        A `Reading` for each actor, unit, pair or tie that is asked about; its value is None, with a reason, where there is none.

    Raises
    ------
    UnknownNameError
        For a measure that does not exist.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "police": "agency"}, ties=["school => police"])
    >>> readings(case, "no return")[0].ties
    (Tie('school => police'),)
    """
    return QUESTIONS.get(name).read(flows_of(case, firm=firm, unit=unit, relay=relay))


def say(case: Case, name: str, reading: Reading, *, names: bool = False, unit: str = "team") -> str:
    """Say an answer aloud, under public labels; where there is no answer, say why.

    Parameters
    ----------
    case, name
        The case and the question that were asked.
    reading
        One of the `readings`.
    names
        True to show private names.
    unit
        As it was asked.

    Returns
    -------
    str
        One sentence.

    Raises
    ------
    UnknownNameError
        For a question that does not exist.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "police": "agency"}, ties=["school => police"])
    >>> say(case, "no return", readings(case, "no return")[0])
    'School is never told back by 1 of the 1 it tells outside: Agency.'
    """
    question, labels, flows = QUESTIONS.get(name), case.labels(names), flows_of(case, unit=unit)
    about = words_of(flows, question.about, reading.about, labels)
    if reading.reason:
        return f"{about}: no answer to \"{question.asks}\", because {reading.reason}."
    return question.sentence.format(about=about, detail=reading.detail, value=show(reading.value), count=reading.count,
                                    of=reading.of, words=reading.words, who=_who(reading, labels) or "nobody")


def words_of(flows: Flows, kind: str, about: tuple[str, ...], labels: Mapping[str, str]) -> str:
    """Return the words for what an answer is about: an actor's label, a team's name, "School with SENCO", "A → B".

    Parameters
    ----------
    flows
        The case as the measures see it.
    kind
        What the answer is about: map, actor, unit, pair, tie or sector.
    about
        The ids.
    labels
        The words for each id, as `Case.labels` gives them.

    Returns
    -------
    str
        Empty for the whole map.

    Examples
    --------
    >>> from agencygraph import cases
    >>> peter = cases.peter()
    >>> words_of(flows_of(peter), "pair", ("school", "ssd"), peter.labels())
    'School → Social services'
    """
    if kind == "map" or not about:
        return "whole map"
    if kind == "sector":
        return " → ".join(about)
    if kind == "unit":
        return _unit_words(flows, about, labels)
    return _arrow(flows, about).join(labels[id] for id in about)


def _arrow(flows: Flows, about: tuple[str, ...]) -> str:
    """Return the arrow between two actors: ↔ only where one tie, as the case has it, runs both ways."""
    is_two_way = any(tie.two_way and {tie.source, tie.target} == {*about} for tie in flows.case.ties)
    return " ↔ " if len(about) == 2 and is_two_way else " → "


def _unit_words(flows: Flows, about: tuple[str, ...], labels: Mapping[str, str]) -> str:
    kind, key = flows.unit_keys[flows.ids.index(about[0])]
    if kind == "team":
        return key
    others = [labels[id] for id in about if id != key]
    if not others:
        return labels[about[0]]
    return f"{labels[key]} with {', '.join(others)}" if key in about else f"{', '.join(others)} at {labels[key]}"


def _maps(what: Case | Caseload | Pairing, names: bool) -> Iterator[_Map]:
    if isinstance(what, Case):
        yield _Map(what, (_title(what, names), what.arrangement))
    elif isinstance(what, Caseload):
        yield from _numbered(what, names)
    elif isinstance(what, Pairing):
        for word, case in (("before", what.before), ("after", what.after)):
            yield _Map(case, (word, _title(case, names), case.arrangement))
    else:
        raise InvalidError(f"a {type(what).__name__} cannot be measured: give a case, a caseload or a comparison.")


def _numbered(cases: Iterable[Case], names: bool) -> Iterator[_Map]:
    """Number cases that would be headed alike: two children of nine are two children."""
    cases = tuple(cases)
    heads = [(_title(case, names), case.arrangement) for case in cases]
    counts, seen = Counter(heads), Counter[tuple[str, str]]()
    for case, head in zip(cases, heads, strict=True):
        seen[head] += 1
        yield _Map(case, (f"{head[0]} ({seen[head]})" if counts[head] > 1 else head[0], head[1]))


def _title(case: Case, names: bool) -> str:
    return (case.name if names else "") or case.heading


def _heading(what: Case | Caseload | Pairing, names: bool) -> str:
    if isinstance(what, Caseload):
        return what.title or f"{len(what)} case{'s' * (len(what) != 1)}"
    return _title(what if isinstance(what, Case) else what.after, names)


def _rows(flows: Flows, question: Question, names: bool, ranges: Mapping[Key, Range] | None) -> Iterator[tuple[Cell, ...]]:
    labels = flows.case.labels(names)
    for one in question.read(flows):
        about = words_of(flows, question.about, one.about, labels)
        yield (question.name, about, one.detail, "firm" if flows.firm else "any", one.value, one.count, one.of, one.words,
               _who(one, labels), one.reason, *_range(question, one, ranges))


def _range(question: Question, one: Reading, ranges: Mapping[Key, Range] | None) -> Range | tuple[()]:
    """Return the cells for lowest and highest: none where the table has no such columns; the value itself where all is known."""
    if ranges is None:
        return ()
    return ranges.get((question.name, one.about, one.detail), (one.value, one.value))


def _who(reading: Reading, labels: Mapping[str, str]) -> str:
    """Return the names behind a number, in words: "School; GP", or ordered pairs "School → GP", both orders as "School ↔ GP"."""
    who, named, _ = reading.evidence
    there = frozenset(named)
    places = {pair: at for at, pair in enumerate(named)}
    pairs = [f"{labels[a]} {'↔' if (b, a) in there else '→'} {labels[b]}" for a, b in places
             if (b, a) not in there or places[a, b] < places[b, a]]
    return "; ".join([labels[id] for id in who] + pairs)
