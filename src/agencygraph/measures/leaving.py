"""M9 for one actor: what is lost if this one leaves?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agencygraph.flows import bits, flows_of
from agencygraph.measures.answers import readings, words_of
from agencygraph.measures.questions import QUESTIONS, Pair, Reading
from agencygraph.measures.single_points import lost_without, reached_by_each
from agencygraph.measures.wording import HAND_OFFS, capital, counted, listed, paragraphs
from agencygraph.model import Case
from agencygraph.scenarios import remove
from agencygraph.table import Cell, Table, show

QUESTIONS_ASKED = ("pairs talking", "route split", "islands", "isolation", "voice", "loop status")
_AVERAGES = ("isolation", "voice")
_SPOKEN = 6


@dataclass(frozen=True, slots=True, repr=False)
class Without:
    """What is lost if one actor leaves, said in sentences by `print`; made by `without`.

    Attributes
    ----------
    case, actor, firm, relay, names
        What was asked.
    after
        The case without the actor and without its ties.
    pairs
        Ordered pairs of ids of those, among the other practitioners, who could reach each other and no longer can.
    of
        How many ordered pairs of the other practitioners have a route now.
    cut_off
        Ids of the practitioners who exchange news with others now, and then with nobody.
    """

    case: Case
    actor: str
    firm: bool
    relay: str
    names: bool
    after: Case
    pairs: tuple[Pair, ...]
    of: int
    cut_off: tuple[str, ...]

    @property
    def table(self) -> Table:
        """The measures before and after, for the whole map and for all who stay."""
        rows = tuple(row for name in QUESTIONS_ASKED for row in self._rows(name))
        note = (f"Counted over {HAND_OFFS[self.firm]}. After the one has left there is one actor fewer, so that totals differ. "
                "A dash stands where there is no answer.")
        return Table(("measure", "about", "detail", "before", "after"), rows, f"If {self._words([self.actor])} left", note,
                     heads=("measure", "about"))

    def _rows(self, name: str) -> Iterator[tuple[Cell, ...]]:
        question, labels = QUESTIONS.get(name), self.case.labels(self.names)
        then = {(one.about, one.detail): one for one in readings(self.after, name, firm=self.firm, relay=self.relay)}
        for one in readings(self.case, name, firm=self.firm, relay=self.relay):
            later = then.get((tuple(id for id in one.about if id != self.actor), one.detail))
            if one.about == (self.actor,) or later is None:
                continue
            about = words_of(flows_of(self.case), question.about, one.about, labels)
            yield name, about, one.detail, *(_cell(which) if name not in _AVERAGES else show(which.value) for which in (one, later))

    def _words(self, ids: Iterable[str]) -> str:
        labels = self.case.labels(self.names)
        return listed([labels[id] for id in ids])

    def _lines(self) -> Iterator[str]:
        yield (f"If {self._words([self.actor])} left ({HAND_OFFS[self.firm]}), {len(self.pairs)} of {self.of} ways from one of the "
               "other practitioners to another would be lost.")
        ways = [f"{self._words([a])} to {self._words([b])}" for a, b in self.pairs]
        if ways:
            more = [f"{len(ways) - _SPOKEN} more"] * (len(ways) > _SPOKEN)
            yield f"No longer: {listed([*ways[:_SPOKEN], *more])}."
        elif self.of:
            yield "Whoever can reach each other now could still do so."
        if self.cut_off:
            yield f"{capital(self._words(self.cut_off))} would exchange news with no other practitioner."
        if self.actor in self.case.leads:
            yield "No lead would be named." if not self.after.leads else f"The lead left would be {self._words(self.after.leads)}."
        family = [id for id in self._only_doors() if id in self.after.ids]
        if family:
            yield f"{capital(self._words(family))} would have no practitioner to turn to."

    def _only_doors(self) -> Iterator[str]:
        """Yield those of the family whose only practitioner is the one who leaves."""
        flows = flows_of(self.case, firm=self.firm)
        own = flows.mask([self.actor])
        for at in bits(flows.family):
            if (flows.out[at] | flows.into[at]) & flows.practitioners == own:
                yield flows.ids[at]

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        return f"Without({self._words([self.actor])}: {len(self.pairs)} of {counted(self.of, 'way')} lost)"

    def _repr_html_(self) -> str:
        """The sentences and the table as a notebook shows them."""
        return paragraphs(self._lines()) + self.table._repr_html_()


def without(case: Case, actor: str, *, firm: bool = False, relay: str = "practitioners", names: bool = False) -> Without:
    """Say what is lost if this person or agency leaves: who could no longer reach whom, and who would be cut off.

    Parameters
    ----------
    case
        The case; ties that nobody could confirm do not count.
    actor
        Id of the one who leaves.
    firm
        True to count critical ties only.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    names
        True to show private names in place of public labels.

    Returns
    -------
    Without
        With the pairs by id, and a table of the measures before and after.

    Raises
    ------
    UnknownNameError
        Where the actor is not in the case.

    Source: cut vertices (Hopcroft & Tarjan 1973), counted over directed professional routes.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": {"kind": "agency", "label": "GP"}, "ssd": {"kind": "agency",
    ...                "label": "Social services"}}, ties=["gp => ssd", "ssd => school"])
    >>> print(without(case, "ssd"))
    If Social services left (any tie), 1 of 1 ways from one of the other practitioners to another would be lost.
    No longer: GP to School.
    School and GP would exchange news with no other practitioner.
    """
    flows = flows_of(case, firm=firm, relay=relay)
    own = flows.mask([actor])
    reached = {at: row & ~own for at, row in reached_by_each(flows).items() if not own >> at & 1}
    after = remove(case, actor)
    linked = _linked(case, firm, relay)
    still = _linked(after, firm, relay)
    return Without(case, actor, bool(firm), relay, bool(names), after, lost_without(flows, flows.ids.index(actor)),
                   sum(row.bit_count() for row in reached.values()),
                   tuple(id for id in linked if id in after.ids and id not in still))


def _linked(case: Case, firm: bool, relay: str) -> tuple[str, ...]:
    """Return the practitioners who exchange news with any other, either way."""
    flows = flows_of(case, firm=firm, relay=relay)
    told = reached_by_each(flows)
    heard = 0
    for row in told.values():
        heard |= row
    return tuple(flows.ids[at] for at, row in told.items() if row or heard >> at & 1)


def _cell(reading: Reading) -> Cell:
    """Return an answer as it is read: its status, its counts where they are all of it, or its number."""
    if reading.value is None:
        return reading.words or None
    if reading.of is None or reading.count is None:
        return round(reading.value, 9)
    return f"{reading.count} of {reading.of}"
