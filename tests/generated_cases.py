"""Made-up cases in the shape of the study's: a child, a family, a school as hub, practitioners of five sectors.

`sketch(seed, size)` gives the same case for the same numbers on every machine. It speaks the words of the layouts and the
router (pieces, bonds, teams), so that both can be tested without a case; nothing in it stems from a real child.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agencygraph.layouts import Piece, Scenario, Team
from agencygraph.scene import Bond

SECTORS = ("education", "health", "social care", "police", "voluntary")
FAMILY = ("Mother", "Father", "Foster carer", "Sister", "Grandmother", "Uncle", "Brother", "Aunt")
SERVICES = (
    ("Social services", "social care"), ("SENCO", "education"), ("School nurse", "health"), ("GP", "health"),
    ("Education welfare officer", "education"), ("CAMHS", "health"), ("Family centre", "social care"),
    ("Police", "police"), ("NSPCC", "voluntary"), ("Behaviour support", "education"), ("Drug worker", "voluntary"),
    ("Pupil referral unit", "education"), ("Health visitor", "health"), ("Youth offending team", "police"),
    ("Fostering team", "social care"), ("Educational psychologist", "education"), ("Paediatrician", "health"),
    ("Learning mentor", "education"), ("Refuge", "voluntary"), ("Encopresis clinic", "health"),
    ("Probation", "police"), ("Medical centre", "health"), ("Home visitor", "social care"),
    ("Young carers", "voluntary"), ("Speech therapist", "health"), ("Court officer", "police"),
    ("Housing support", "voluntary"), ("Adult services", "social care"), ("Hospital", "health"), ("Nursery", "education"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sketch:
    """A made-up case: its pieces, what stands on their cards, its kinds, and its arrangements (before, after)."""

    pieces: tuple[Piece, ...]
    labels: Mapping[str, str]
    kinds: Mapping[str, str]
    scenarios: tuple[Scenario, ...]
    lead: str


class Dice:
    """A small generator of whole numbers of its own, so that no library's version can change a case."""

    def __init__(self, seed: int) -> None:
        self.state = (seed * 2862933555777941757 + 3037000493) % 2**64

    def below(self, limit: int) -> int:
        """A whole number from 0 to below a limit."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def chance(self, percent: int) -> bool:
        """Yes, so many times in a hundred."""
        return self.below(100) < percent

    def shuffled(self, things: Sequence[str]) -> list[str]:
        """The same things in another order."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(len(left))]


def sketch(seed: int, size: int) -> Sketch:
    """Make up a case with so many actors (3 to 40): the before map and, from 6 actors on, a school-hosted team after."""
    dice = Dice(seed * 1000 + size)
    relatives = min(1 + dice.below(1 + min(4, size // 4)), max(0, size - 3))
    names = {"n1": "Child", "n2": "Primary school"}
    kinds, sectors = {"n1": "child", "n2": "school"}, {"n2": "education"}
    for number in range(size - 2):
        key = f"n{number + 3}"
        if number < relatives:
            names[key], kinds[key] = FAMILY[number], "parent"
        else:
            names[key], sectors[key] = SERVICES[(number - relatives) % len(SERVICES)]
            kinds[key] = "agency"
    bonds = tuple(_bonds(dice, names, kinds, size * (120 + dice.below(61)) // 100))
    scenarios = [Scenario(tuple(names), bonds)]
    workers = [key for key in names if kinds[key] == "agency"]
    if len(workers) >= 3:
        members = tuple(sorted([workers[0], *dice.shuffled(workers[1:])[: min(len(workers), 2 + dice.below(4))]]))
        scenarios.append(_integrated(tuple(names), bonds, members))
    ties = {key: max(sum(key in (b.source, b.target) for b in s.bonds) for s in scenarios) for key in names}
    pieces = tuple(_piece(key, kinds[key], sectors.get(key, ""), ties[key]) for key in names)
    return Sketch(pieces, names, kinds, tuple(scenarios), workers[0] if workers else "")


def _piece(key: str, kind: str, sector: str, ties: int) -> Piece:
    """The card of an actor, two points higher for each tie over five."""
    if kind == "child":
        return Piece(key, "child", 78.0, 54.0, "", "family")
    if kind == "parent":
        return Piece(key, "person", 84.0, 34.0, "", "family")
    if kind == "school":
        return Piece(key, "school", 108.0, 56.0, sector, "school")
    return Piece(key, "card", 100.0, 38.0 + 2 * max(0, ties - 5), sector, "practitioner")


def _bonds(dice: Dice, names: Mapping[str, str], kinds: Mapping[str, str], wanted: int) -> Iterator[Bond]:
    """So many bonds: the child and the school first, then a lead service, then whoever is left alone, then any."""
    family = [key for key in names if kinds[key] == "parent"]
    workers = [key for key in names if kinds[key] == "agency"]
    hub = workers[0] if workers else "n2"
    pairs = [("n1", "n2", 100)] + [("n1", key, 80) for key in family] + [(key, "n2", 45) for key in family]
    pairs += [("n2", key, 45) for key in dice.shuffled(workers)] + [("n1", key, 30) for key in dice.shuffled(workers)]
    pairs += [(hub, key, 35) for key in dice.shuffled(workers + family)]
    drawn: dict[frozenset[str], tuple[str, str]] = {}
    for one, two, percent in pairs:
        if one != two and len(drawn) < wanted - len(names) // 5 and dice.chance(percent):
            drawn.setdefault(frozenset((one, two)), (one, two))
    everybody = list(names)
    alone = [key for key in everybody if not any(key in pair for pair in drawn)]
    for key in alone[: len(alone) - int(dice.chance(25))]:
        other = everybody[dice.below(len(everybody))]
        if other != key:
            drawn.setdefault(frozenset((key, other)), (key, other))
    tries = 0
    while len(drawn) < min(wanted, len(names) * (len(names) - 1) // 2) and tries < 500:
        one, two, tries = everybody[dice.below(len(names))], everybody[dice.below(len(names))], tries + 1
        if one != two:
            drawn.setdefault(frozenset((one, two)), (one, two))
    for one, two in drawn.values():
        start, end = (two, one) if dice.chance(50) else (one, two)
        critical, two_way = dice.chance(40), dice.chance(50)
        yield Bond(start, end, critical, two_way)
        if not two_way and dice.chance(8):
            yield Bond(end, start, not critical, False)


def _integrated(keys: tuple[str, ...], bonds: Sequence[Bond], members: tuple[str, ...]) -> Scenario:
    """The arrangement in which a school-hosted team stands for its members."""
    team = Team("n99", members, "n2")
    met: dict[frozenset[str], Bond] = {frozenset((team.key, "n1")): Bond(team.key, "n1", True, True),
                                       frozenset((team.key, "n2")): Bond("n2", team.key, True, True)}  # fmt: skip
    for bond in bonds:
        start = team.key if bond.source in members else bond.source
        end = team.key if bond.target in members else bond.target
        if start != end:
            met.setdefault(frozenset((start, end)), Bond(start, end, bond.critical, bond.two_way))
    return Scenario(keys, tuple(met.values()), (team,))
