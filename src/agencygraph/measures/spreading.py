"""M5 for one actor: if this one learns something today, who knows when, and who never?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agencygraph.flows import flows_of, rings
from agencygraph.measures.wording import HAND_OFFS, counted, listed, paragraphs
from agencygraph.model import Case
from agencygraph.table import Cell, Table


@dataclass(frozen=True, slots=True, repr=False)
class Spread:
    """Who comes to know what one actor learns, said in sentences by `print`; made by `spread`.

    Attributes
    ----------
    case, start, firm, relay, names
        What was asked.
    rounds
        Ids of those who are first told at each hand-off, the family included.
    never
        Ids of the practitioners who never come to know.
    family_never
        Ids of the child and the family members who never come to know.
    """

    case: Case
    start: str
    firm: bool
    relay: str
    names: bool
    rounds: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    family_never: tuple[str, ...]

    @property
    def knows(self) -> tuple[str, ...]:
        """Ids of the practitioners who come to know, in the order in which they do."""
        return tuple(id for told in self.rounds for id in self._practitioners(told))

    @property
    def time(self) -> int | None:
        """After how many hand-offs every other practitioner knows; None where somebody never does or there is no other."""
        last = [number for number, told in enumerate(self.rounds, 1) if self._practitioners(told)]
        return last[-1] if last and not self.never else None

    @property
    def table(self) -> Table:
        """One row for each actor: after how many hand-offs it knows; None where it never does."""
        rounds = {id: number for number, told in enumerate(self.rounds, 1) for id in told}
        labels = self.case.labels(self.names)
        rows: list[tuple[Cell, ...]] = [(labels[actor.id], "family" if actor.is_family else "practitioner", rounds.get(actor.id))
                                        for actor in self.case.actors if actor.id != self.start]
        return Table(("who", "side", "hand-offs"), tuple(rows), f"Who comes to know what {labels[self.start]} learns",
                     f"Counted over {HAND_OFFS[self.firm]}. A dash: never.")

    def _practitioners(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(id for id in ids if not self.case.actor(id).is_family)

    def _words(self, ids: Iterable[str]) -> str:
        labels = self.case.labels(self.names)
        return listed([labels[id] for id in ids])

    def _lines(self) -> Iterator[str]:
        others = len(self.knows) + len(self.never)
        yield (f"News that starts with {self._words([self.start])} comes to {len(self.knows)} of {others} other practitioners "
               f"({HAND_OFFS[self.firm]}).")
        for number, told in enumerate(self.rounds, 1):
            if workers := self._practitioners(told):
                yield f"After {counted(number, 'hand-off')}: {self._words(workers)}."
        if others:
            yield f"Never: {self._words(self.never)}."
        family = [f"{self._words([id])} (after {counted(number, 'hand-off')})" for number, ids in enumerate(self.rounds, 1)
                for id in ids if self.case.actor(id).is_family]
        if family or self.family_never:
            silent = f"; never {self._words(self.family_never)}" if self.family_never else ""
            yield f"Of the child and the family: {listed(family)}{silent}."

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        return f"Spread(from {self._words([self.start])}: {len(self.knows)} of {len(self.knows) + len(self.never)} come to know)"

    def _repr_html_(self) -> str:
        """The sentences as a notebook shows them."""
        return paragraphs(self._lines())


def spread(case: Case, start: str, *, firm: bool = False, relay: str = "practitioners", names: bool = False) -> Spread:
    """Say who knows after one, two, three hand-offs what one actor learns today, and who never does.

    Parameters
    ----------
    case
        The case; ties that nobody could confirm do not count.
    start
        Id of the one who learns something; it may be of the family.
    firm
        True to count critical ties only.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    names
        True to show private names in place of public labels.

    Returns
    -------
    Spread
        The members of the family are named apart: they may be told, but do not pass news on.

    Raises
    ------
    UnknownNameError
        Where the actor is not in the case.

    Source: breadth-first search over professional routes.

    Examples
    --------
    >>> case = Case.of(actors={"child": "child", "school": "school", "gp": {"kind": "agency", "label": "GP"}},
    ...                ties=["school <=> child"])
    >>> print(spread(case, "school"))
    News that starts with School comes to 0 of 1 other practitioners (any tie).
    Never: GP.
    Of the child and the family: Child (after 1 hand-off).
    """
    flows = flows_of(case, firm=firm, relay=relay)
    own = flows.mask([start])
    found = rings(flows, own)
    unreached = flows.everyone & ~own & ~sum(found)
    return Spread(case, start, bool(firm), relay, bool(names), tuple(flows.ids_of(ring) for ring in found),
                  flows.ids_of(unreached & flows.practitioners), flows.ids_of(unreached & flows.family))
