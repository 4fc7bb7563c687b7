"""Roles: who counts as one over many cases, and in how many of them one tells another; case by case, or all at once by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agencygraph.flows import Flows, bits, flows_of
from agencygraph.measures.sectors import NO_SECTOR
from agencygraph.model import Actor, Caseload

if TYPE_CHECKING:
    from agencygraph.caseloads.columns import Columns

OTHERS = "others"
SCHOOL = "School"
HOW = ("firm", "peripheral", "none")
# For each pair of roles in how many cases the one tells the other in each of these ways.
Counts = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Role:
    """An agency, a role or a sector: its public name, its sector (empty where it has several), on how many maps it stands.

    Parameters
    ----------
    name
        The public name.
    sector
        Empty where it has several.
    cases
        On how many maps it stands.
    """

    name: str
    sector: str
    cases: int


@dataclass(frozen=True, slots=True)
class Link:
    """What one role tells another: in how many cases firmly, only by a peripheral tie, or not at all though both are there.

    Parameters
    ----------
    source, target
        Who tells, and who is told: names of roles.
    firm, peripheral, none
        Numbers of cases.
    """

    source: str
    target: str
    firm: int
    peripheral: int
    none: int

    @property
    def both(self) -> int:
        """In how many cases both are on the map."""
        return self.firm + self.peripheral + self.none


def count_cases(load: Caseload, by: str, threshold: int | None) -> tuple[tuple[Role, ...], tuple[Link, ...]]:
    """Return the roles, and in how many cases each tells each other, case by case."""
    compiled = [(flows_of(case), flows_of(case, firm=True)) for case in load]
    roles, names = _roles([flows for flows, _ in compiled], by, threshold)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for (loose, firm), named in zip(compiled, names, strict=True):
        for pair, how in _links(loose, firm, named).items():
            counts.setdefault(pair, Counter())[how] += 1
    return roles, _links_of(roles, counts)


def count_columns(columns: Columns, by: str, threshold: int | None) -> tuple[tuple[Role, ...], tuple[Link, ...]]:
    """Return the same, all cases at once: by column an actor is known by its kind and its sector alone."""
    from agencygraph.batch.telling import SORTS, sorts_of

    actors = {at: Actor("one", SORTS[at][0], sector=SORTS[at][1]) for at in sorts_of(columns)}
    names = {at: _word(actor, by) for at, actor in actors.items() if not actor.is_family}
    cases, counts = _counts(columns, names)
    rare = _rare(cases, threshold)
    if rare:
        names = {at: OTHERS if name in rare else name for at, name in names.items()}
        cases, counts = _counts(columns, names)
    sectors: dict[str, dict[str, None]] = {}
    for at, name in names.items():
        sectors.setdefault(name, {})[actors[at].sector] = None
    roles = _ordered(cases, sectors)
    return roles, _links_of(roles, counts)


def _counts(columns: Columns, names: Mapping[int, str]) -> tuple[dict[str, int], Counts]:
    """Return on how many maps each role stands, and how often it tells each other; `names` says the role of a sort of actor."""
    from agencygraph.batch.telling import SORTS, count_telling

    numbers = {name: at for at, name in enumerate(dict.fromkeys(names.values()))}
    found = count_telling(columns, [numbers[names[at]] if at in names else -1 for at in range(len(SORTS))])
    both, told, firm = (square.tolist() for square in (found.both, found.told, found.firm))
    counts = {(one, other): {"firm": firm[a][b], "peripheral": told[a][b] - firm[a][b], "none": both[a][b] - told[a][b]}
              for one, a in numbers.items() for other, b in numbers.items() if both[a][b]}
    return dict(zip(numbers, found.cases.tolist(), strict=True)), counts


def _links_of(roles: Sequence[Role], counts: Counts) -> tuple[Link, ...]:
    """Return a link for each ordered pair of roles that stands on a map together, in the order of the roles."""
    names = [role.name for role in roles]
    return tuple(Link(one, other, *(counts[one, other].get(how, 0) for how in HOW))
                 for one in names for other in names if (one, other) in counts)


def _roles(maps: Sequence[Flows], by: str, threshold: int | None) -> tuple[tuple[Role, ...], list[dict[int, str]]]:
    """Return the roles, and for each map the role of each of its practitioners."""
    spelling: dict[str, str] = {}
    words = [{at: _word(flows.case.actors[at], by) for at in bits(flows.practitioners)} for flows in maps]
    names = [{at: spelling.setdefault(word.casefold(), word) for at, word in named.items()} for named in words]
    rare = _rare(Counter(name for named in names for name in dict.fromkeys(named.values())), threshold)
    names = [{at: OTHERS if name in rare else name for at, name in named.items()} for named in names]
    cases = Counter(name for named in names for name in dict.fromkeys(named.values()))
    sectors: dict[str, dict[str, None]] = {}
    for flows, named in zip(maps, names, strict=True):
        for at, name in named.items():
            sectors.setdefault(name, {})[flows.case.actors[at].sector] = None
    return _ordered(cases, sectors), names


def _rare(cases: Mapping[str, int], threshold: int | None) -> set[str]:
    """Return the roles that stand on too few maps to be shown by themselves."""
    return {name for name, count in cases.items() if threshold is not None and count < threshold}


def _ordered(cases: Mapping[str, int], sectors: Mapping[str, Mapping[str, None]]) -> tuple[Role, ...]:
    """Return the roles, those on most maps first."""
    ordered = sorted(cases, key=lambda name: (name == OTHERS, -cases[name], name))
    one = {name: next(iter(found)) if len(found) == 1 and name != OTHERS else "" for name, found in sectors.items()}
    return tuple(Role(name, one[name], cases[name]) for name in ordered)


def _word(actor: Actor, by: str) -> str:
    """Return the public word for what an actor counts as; never a name."""
    if by == "sector":
        return actor.sector or NO_SECTOR
    if actor.kind == "school":
        return SCHOOL
    made = f"{actor.sector} {actor.kind}".strip()
    return " ".join(((by == "agency" and actor.agency) or actor.label or f"{made[:1].upper()}{made[1:]}").split())


def _links(loose: Flows, firm: Flows, named: dict[int, str]) -> dict[tuple[str, str], str]:
    """Return how each role of a map tells each other role: firm, peripheral, none. A role that is there once tells not itself."""
    members: dict[str, int] = {}
    for at, name in named.items():
        members[name] = members.get(name, 0) | 1 << at
    found = {}
    for source, tellers in members.items():
        for target, listeners in members.items():
            if source == target and tellers.bit_count() == 1:
                continue
            is_firm, is_told = (any(flows.out[at] & listeners for at in bits(tellers)) for flows in (firm, loose))
            found[source, target] = "firm" if is_firm else "peripheral" if is_told else "none"
    return found
