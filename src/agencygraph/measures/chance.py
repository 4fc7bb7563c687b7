"""M17: if ties sometimes fail, what is the chance that the message gets there?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from agencygraph.errors import InvalidError, Problem, UndefinedError, did_you_mean
from agencygraph.flows import Flows, bits, flows_of
from agencygraph.measures.questions import NOBODY_ELSE
from agencygraph.measures.sampling import SEED, draw_works, estimate, sample_importance, spread
from agencygraph.measures.state_sum import BUDGET, Net, find_importance, net_of, sum_states
from agencygraph.model import Case
from agencygraph.table import Table

SETTINGS = ((0.9, 0.5), (0.7, 0.3))
_NOTE = ("What if, not a forecast: each tie is taken to pass news on, or not, by itself and with the chance that was set. "
         "Importance: what the result would gain if the flow always worked, against its never working.")


class Options(TypedDict, total=False):
    """What may be asked for besides.

    Attributes
    ----------
    firm
        True to count critical ties only; `peripheral` may then be left out.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone". Who knows it at first always tells.
    seed
        Another number draws other samples, where samples are drawn.
    budget
        The most states to sum. On denser maps 10,240 samples are drawn, and a standard error is given; the same flows work in
        the same samples before and after a change.
    """

    firm: bool
    relay: str
    seed: int
    budget: int


@dataclass(frozen=True, slots=True)
class Setting:
    """How often ties are taken to work: a chance for critical ties, and one for peripheral ties (None where they do not count).

    Parameters
    ----------
    critical, peripheral
        Chances from 0 to 1.

    Examples
    --------
    >>> str(Setting(0.9, 0.5))
    '90 % for critical and 50 % for peripheral ties'
    """

    critical: float
    peripheral: float | None

    def __str__(self) -> str:
        if self.peripheral is None:
            return f"{100 * self.critical:g} % for critical ties, the only ones that count"
        return f"{100 * self.critical:g} % for critical and {100 * self.peripheral:g} % for peripheral ties"


@dataclass(frozen=True, slots=True)
class Arrival:
    """The chance that one actor learns it; `error` is the standard error, None where the chance is exact.

    Parameters
    ----------
    who
        The actor's id.
    chance
        From 0 to 1.
    error
        The standard error; None where the chance is exact.
    """

    who: str
    chance: float
    error: float | None = None


@dataclass(frozen=True, slots=True)
class FlowImportance:
    """How much the result would gain if a flow always worked, against its never working.

    Parameters
    ----------
    source, target
        Ids: who tells, and who is told.
    importance
        The gain, in the unit of the result.
    error
        The standard error; None where it is exact.
    """

    source: str
    target: str
    importance: float
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer at one setting.

    Attributes
    ----------
    setting
        How often ties are taken to work.
    arrivals
        One chance for each actor that was asked for, in the order of the case.
    expected
        The sum of these chances: how many of them learn it on average; the chance itself where one actor was asked for.
    error
        The standard error of `expected`; None where it is exact.
    importance
        The flows on which the result hangs, the most important first; those on which it does not hang are left out.
    """

    setting: Setting
    arrivals: tuple[Arrival, ...]
    expected: float
    error: float | None
    importance: tuple[FlowImportance, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Chance:
    """With what chance news from one actor arrives, at each setting; made by `chance`.

    Attributes
    ----------
    case, start, goal
        The case; the ids of who knows it and of who should learn it. The goal is empty where all practitioners were asked for.
    outcomes
        One answer for each setting.
    """

    case: Case
    start: str
    goal: str
    outcomes: tuple[Outcome, ...]

    @property
    def value(self) -> float:
        """The chance (or the expected audience) where one setting was given.

        Raises
        ------
        UndefinedError
            Where there are several settings, because no one of them is the truth.
        """
        if len(self.outcomes) != 1:
            raise UndefinedError("there is one answer for each setting: see `outcomes`, or give critical=... and peripheral=...")
        return self.outcomes[0].expected

    @property
    def table(self) -> Table:
        """One row for each setting and each actor asked for, under public labels."""
        from agencygraph.measures.chance_words import arrival_table

        return arrival_table(self, _NOTE)

    @property
    def importance(self) -> Table:
        """One row for each setting and each flow on which the result hangs, the most important first, under public labels."""
        from agencygraph.measures.chance_words import importance_table

        return importance_table(self, _NOTE)

    def sentences(self, names: bool = False) -> tuple[str, ...]:
        """Return the answer at each setting as a plain sentence, under public labels or the private names."""
        from agencygraph.measures.chance_words import say_outcome

        return tuple(dict.fromkeys(say_outcome(self, outcome, self.case.labels(names)) for outcome in self.outcomes))

    def __str__(self) -> str:
        return "\n".join([*self.sentences(), _NOTE.partition(" Importance")[0]])

    def __repr__(self) -> str:
        labels = self.case.labels()
        to = labels[self.goal] if self.goal else "all practitioners"
        return f"Chance({labels[self.start]} → {to}: {', '.join(f'{outcome.expected:.2f}' for outcome in self.outcomes)})"

    def _repr_html_(self) -> str:
        """The chances and the flows they hang on, as a notebook shows them."""
        return replace(self.table, note="")._repr_html_() + self.importance._repr_html_()


def chance(case: Case, a: str, b: str | None = None, *, critical: float | None = None, peripheral: float | None = None,
           **options: Unpack[Options]) -> Chance:
    """If ties sometimes fail, what is the chance that what one actor learns reaches another, or each of the practitioners?

    Parameters
    ----------
    case
        The case; a tie that nobody could confirm is left out.
    a, b
        Ids: who knows it, who should learn it. Without `b` every practitioner is asked for, and how many learn it on average.
    critical, peripheral
        The chance, from 0 to 1, with which a critical and a peripheral flow pass news on, each independently. No value is the
        truth: left out, the answer is given at two settings, 0.9 with 0.5, and 0.7 with 0.3.
    options
        firm, relay, seed and budget: see `Options`.

    Returns
    -------
    Chance
        Prints as sentences; `.table`, `.importance` and `.outcomes` hold the numbers. Chances are from 0 to 1; exactly 0
        where no route leads there.

    Raises
    ------
    UnknownNameError, InvalidError, UndefinedError
        Where an actor is not in the case; for a chance outside 0 to 1, one without the other, or a and b the same; where all
        practitioners are asked for and there is no other one.

    Source: two-terminal reliability (Colbourn 1987) over professional routes; expected audience: the spread of an independent
    cascade (Kempe, Kleinberg & Tardos 2003); importance: Birnbaum 1969.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": {"kind": "agency", "label": "Police"}},
    ...                ties=["school => gp", "gp -> police", "school -> police"])
    >>> chance(case, "school", "police", critical=0.9, peripheral=0.5).value
    0.725
    >>> chance(case, "school", "police")
    Chance(School → Police: 0.72, 0.45)
    """
    check_options("chance", options, Options)
    known = _Options(**options)
    flows = flows_of(case, firm=known.firm, relay=known.relay)
    settings, start = read_settings(critical, peripheral, known.firm), flows.mask([a])
    wanted = flows.mask([b]) if b is not None else flows.practitioners & ~start
    if b == a:
        raise InvalidError(f"'{a}' knows already what it knows: give another actor as b, or leave b out for all practitioners.")
    if not wanted:
        raise UndefinedError(f"nobody can be told, because {NOBODY_ELSE}.")
    return Chance(case, a, b or "", tuple(_answers(flows, start.bit_length() - 1, wanted, settings, known)))


def check_options(verb: str, options: Mapping[str, object], known: type) -> None:
    """Refuse an option that a verb does not have, as Python does for any other argument; `known` lists those it has."""
    names = ("critical", "peripheral", *known.__annotations__)
    for name in options:
        if name not in names:
            raise TypeError(f"{verb}() has no option '{name}'.{did_you_mean(name, names)}")


@dataclass(frozen=True, slots=True)
class _Options:
    firm: bool = False
    relay: str = "practitioners"
    seed: int = SEED
    budget: int = BUDGET


def read_settings(critical: float | None, peripheral: float | None, firm: bool) -> tuple[Setting, ...]:
    """Return the settings that are asked for, checked; peripheral ties have none where they do not count."""
    problems = [Problem(f"{name} is {value!r}; it must be a chance from 0 to 1, such as 0.9.", (name,))
                for name, value in (("critical", critical), ("peripheral", peripheral))
                if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1)]
    if problems:
        raise InvalidError(problems)
    if critical is None and peripheral is None:
        return tuple(Setting(firmly, None if firm else loosely) for firmly, loosely in SETTINGS)
    if critical is None or (peripheral is None and not firm):
        raise InvalidError("give a chance for critical and one for peripheral ties: critical=0.9, peripheral=0.5; or neither.")
    return (Setting(float(critical), None if firm or peripheral is None else float(peripheral)),)


def _answers(flows: Flows, start: int, wanted: int, settings: tuple[Setting, ...], options: _Options) -> Iterator[Outcome]:
    budget = options.budget
    for setting in settings:
        outcome = _answer(flows, start, wanted, setting, replace(options, budget=budget))
        # How many states there are depends on the map alone: what was too much once need not be tried again.
        budget = budget if outcome.error is None else 0
        yield outcome


def _answer(flows: Flows, start: int, wanted: int, setting: Setting, options: _Options) -> Outcome:
    odds = (setting.critical, setting.peripheral or 0.0)
    net = net_of(flows.out, flows.critical, start, flows.relays, odds)
    found = sum_states(net, wanted, options.budget)
    if found is None:
        return _sampled(flows, net, wanted, setting, options.seed)
    arrivals = tuple(Arrival(flows.ids[at], value) for at, value in found.chances.items())
    slopes = [FlowImportance(flows.ids[at], flows.ids[to], slope) for (at, to), slope in find_importance(found).items()]
    return Outcome(setting, arrivals, found.expected, None, _most_important(slopes))


def _sampled(flows: Flows, net: Net, wanted: int, setting: Setting, seed: int) -> Outcome:
    works = draw_works(net, flows.ids, seed)
    told, can_be_told = spread(net, works), spread(net, dict.fromkeys(net.arcs, 1), samples=1)
    arrivals = []
    for at in bits(wanted):
        found = estimate([told[at]])
        arrivals.append(Arrival(flows.ids[at], found.value, found.error if can_be_told[at] else None))
    together = estimate([told[at] for at in bits(wanted)])
    slopes = [FlowImportance(flows.ids[at], flows.ids[to], slope.value, slope.error)
              for (at, to), slope in sample_importance(net, works, wanted).items()]
    return Outcome(setting, tuple(arrivals), together.value, together.error, _most_important(slopes))


def _most_important(slopes: list[FlowImportance]) -> tuple[FlowImportance, ...]:
    """Return the flows that matter, the most important first; equal ones (but for rounding) in the order of the case."""
    return tuple(sorted((slope for slope in slopes if slope.importance > 0), key=lambda slope: -round(slope.importance, 12)))
