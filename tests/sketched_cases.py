"""Made-up cases of 3 to 40 actors as cases that can be drawn: the sketch of a number and a size, before and after.

`pair_of(seed, size)` gives the same two cases for the same numbers on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from agencygraph.model import Case
from agencygraph.scene import Bond
from generated_cases import Dice, sketch

AGREED = 84  # of a hundred ties; of the others half are disputed and half unknown


def case_of(seed: int, size: int, doubts: bool = False) -> Case:
    """The map of separate agencies; with doubts some ties are disputed or not known."""
    made, dice = sketch(seed, size), Dice(seed * 1000 + size + 500)
    actors = {piece.key: {"kind": made.kinds[piece.key], "label": made.labels[piece.key], "sector": piece.sector}
              for piece in made.pieces}  # fmt: skip
    ties = [_sentence(bond, dice if doubts else None) for bond in made.scenarios[0].bonds]
    return Case.of(age=9, title="A made-up case", actors=actors, ties=ties)


def pair_of(seed: int, size: int, doubts: bool = False) -> tuple[Case, Case | None]:
    """The case before, and after with a team hosted by the school (none where there are fewer than three agencies)."""
    before, scenarios = case_of(seed, size, doubts), sketch(seed, size).scenarios
    if len(scenarios) == 1:
        return before, None
    (team,) = scenarios[1].teams
    met = {frozenset((tie.source, tie.target)) for tie in before.ties}
    lead = team.members[0]
    more = [f"{lead} <=> {hub}" for hub in ("n1", "n2") if frozenset((lead, hub)) not in met]
    teams = [{"name": "Practitioner team", "members": list(team.members), "lead": lead, "host": team.host}]
    whole = Case.of(actors={actor.id: actor.kind for actor in before.actors}, ties=more, teams=teams)
    return before, before.replace(arrangement="integration", ties=(*before.ties, *whole.ties), teams=whole.teams)


def _sentence(bond: Bond, dice: Dice | None) -> str:
    """A bond as the sentence of a tie."""
    doubt = _doubt(dice) if dice else ""
    way = f"{'<' if bond.two_way else ''}{'=' if bond.critical else '-'}>"
    return f"{bond.source} {doubt}{way} {bond.target}"


def _doubt(dice: Dice) -> Sequence[str]:
    if dice.chance(AGREED):
        return ""
    return "?" if dice.chance(50) else "~"
