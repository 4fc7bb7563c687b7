"""M18: which one new link, or one tie made two-way, would help most?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from agencygraph.errors import InvalidError
from agencygraph.measures.chance import check_options
from agencygraph.measures.link_search import BetterLink, Options, Search
from agencygraph.model import Case

if TYPE_CHECKING:
    from agencygraph.table import Table


class Further(TypedDict, total=False):
    """What may be asked for besides.

    Attributes
    ----------
    firm
        True to count critical ties only.
    relay
        Who passes news on: "practitioners" (everybody outside the family) or "anyone".
    critical, peripheral
        For the audience only: the chance, from 0 to 1, with which a critical and a peripheral flow works. A new flow is as
        strong as the tie that is confirmed, or as the way back of a tie made two-way, else critical.
    """

    firm: bool
    relay: str
    critical: float
    peripheral: float


@dataclass(frozen=True, slots=True, repr=False)
class BestLinks:
    """Which new links would help most; made by `best_links`.

    Attributes
    ----------
    case
        The map as it is.
    aim, about
        What should be better: routes, isolation, voice or audience; and the ids of the unit or actor it is about.
    now, of
        The measure as it is, and the highest number it could be, or how many practitioners there are to hear from or to tell.
    links
        The links to add one after the other, the best first; each is the best one once those before it are there. The first is
        the best of all; for several together better sets may exist. Empty where nothing would help.
    alone
        Every possible link by itself, the best first.
    """

    case: Case
    aim: str
    about: tuple[str, ...]
    now: float
    of: int
    links: tuple[BetterLink, ...]
    alone: tuple[BetterLink, ...]

    @property
    def table(self) -> Table:
        """The links to add one after the other, under public labels."""
        from agencygraph.measures.link_words import link_table

        return link_table(self, self.links, "Each row is the best link once those above it are there.")

    @property
    def ranking(self) -> Table:
        """Every possible link by itself, the best first, under public labels."""
        from agencygraph.measures.link_words import link_table

        return link_table(self, self.alone, "Each row is one link by itself.")

    def sentences(self, names: bool = False) -> tuple[str, ...]:
        """Return what each link would gain, as plain sentences under public labels or the private names."""
        from agencygraph.measures.link_words import say_link

        return tuple(say_link(self, link, self.case.labels(names)) for link in self.links)

    def __str__(self) -> str:
        from agencygraph.measures.link_words import say_now

        numbered = [f"{rank}. {sentence}" for rank, sentence in enumerate(self.sentences(), 1)]
        return "\n".join([say_now(self, self.case.labels()), *(numbered or ["No single new link would change that."])])

    def __repr__(self) -> str:
        gains = ", ".join(f"{link.gain:g}" for link in self.links)
        return f"BestLinks({self.case.heading!r}, for {self.aim}, gains: {gains or 'none'})"

    def _repr_html_(self) -> str:
        """The links to add, as a notebook shows them."""
        return self.table._repr_html_()


def best_links(case: Case, k: int = 3, *, for_: str = "routes", **options: Unpack[Further]) -> BestLinks:
    """Which one new link between practitioners, or one tie made two-way, would help most; and which next?

    Parameters
    ----------
    case
        The map as it is; a tie that nobody could confirm counts as missing.
    k
        How many links to add. The first is the best of all; each further one is the best once those before it are there.
    for_
        What should be better. "routes": for how many ordered pairs of practitioners news gets from one to the other.
        "isolation:school" (or only "school"): how cut off the unit of this actor, or a team by its name, is from what others
        know. "voice:school": how well the others hear it. "audience:school": how many practitioners learn what this actor
        learns, on average, if ties sometimes fail; `critical` and `peripheral` must then be given.
    options
        firm, relay, critical and peripheral: see `Further`.

    Returns
    -------
    BestLinks
        Prints as sentences; `.table` holds the links to add, `.ranking` every link by itself. Of links that gain the same, the
        one with fewer new flows comes first, then the order of the case.

    Raises
    ------
    UnknownNameError, InvalidError, UndefinedError
        Where `for_` names nobody in the case; where k is no positive whole number, or a chance is missing or outside 0 to 1;
        where there is no other practitioner.

    Source: this library; what is gained is reach (M6), harmonic closeness (M4), or expected audience (M17).

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "gp": "agency", "police": {"kind": "agency", "label": "Police"}},
    ...                ties=["school => gp", "gp => police"])
    >>> print(best_links(case, k=1))
    Now: news gets from one practitioner to another on 3 of 6 ways.
    1. Police → School (new): 3 ways more, 6 of 6. No other link would gain as much.
    >>> best_links(case, for_="school").links[0].flows
    (('police', 'school'),)
    """
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise InvalidError(f"k is {k!r}; it must be a whole number of links, 1 or more.")
    check_options("best_links", options, Further)
    search = Search.of(case, for_, Options(**options))
    alone = search.rank(search.flows.out)
    return BestLinks(case, search.name, search.flows.ids_of(search.about), search.shown(search.aim.score(search.flows.out)),
                     search.of_all, tuple(_in_turn(search, alone, k)), alone)


def _in_turn(search: Search, ranked: tuple[BetterLink, ...], k: int) -> Iterator[BetterLink]:
    """Yield the best link, then the best once it is there, and so on, as long as one helps."""
    out = search.flows.out
    for left in range(k - 1, -1, -1):
        if not ranked or ranked[0].gain <= 0:
            return
        yield ranked[0]
        out = search.added(out, ranked[0])
        ranked = search.rank(out) if left else ()
