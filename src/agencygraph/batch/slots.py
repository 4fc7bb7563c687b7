"""Slots: which number stands where in the answers to a batch of cases; both kernels fill the same ones.

Whole numbers stand in one table with a row for each case, first those of the case, then those over any tie, then those over firm
ties; -1 stands where there is no answer. Fractions stand in a second table, NaN where there is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CASE: Mapping[str, str] = {
    "actors": "actors on the map",
    "practitioners": "practitioners, agencies, schools and carers",
    "family": "the child and the family",
    "leads": "lead practitioners and lead agencies",
    "units": "units: teams, else bases, else single practitioners",
    "ties": "ties that count; those that nobody could confirm do not",
    "pairs": "pairs of practitioners (of M7)",
    "pairs_between": "pairs of practitioners of different units (of M7)",
    "sector_cells": "ordered pairs of different sectors on the map (of M12)",
}
EACH: Mapping[str, str] = {
    "flows": "flows: one for a one-way tie, two for a two-way tie",
    "absent": "practitioners without any flow (M1)",
    "pairs_talking": "pairs of practitioners who talk (M7)",
    "pairs_talking_between": "pairs of practitioners of different units who talk (M7)",
    "two_way_pairs": "pairs of practitioners who talk both ways (M7)",
    "two_way_pairs_between": "pairs of practitioners of different units who talk both ways (M7)",
    "routes_professional": "ordered pairs of practitioners with a route among practitioners (M6)",
    "routes_via_family": "ordered pairs of practitioners whose only routes run through the family (M6)",
    "islands": "separate groups of practitioners (M8)",
    "alone": "practitioners linked with no other (M8)",
    "linked_pairs": "pairs of practitioners linked directly or through others (M8)",
    "single_points": "practitioners without whom some of the others lose their route (M9)",
    "single_point": "place in the list of the practitioner without whom most is lost (M9); missing where nothing is",
    "single_point_lost": "ordered pairs of the others who lose their route without this one (M9)",
    "single_point_of": "ordered pairs of the others who have a route (of M9)",
    "single_ties": "ties between practitioners without which some lose their route (M9)",
    "single_tie_lost": "ordered pairs of practitioners who lose their route without the tie that matters most (M9)",
    "loop_in": "practitioners in the loop with the lead (M3); missing where no lead is named, as all of M3",
    "loop_not_told": "practitioners who tell the lead, and are not told (M3)",
    "loop_not_heard": "practitioners who are told by the lead, and not heard (M3)",
    "loop_cut_off": "practitioners cut off from the lead (M3)",
    "loop_thin": "practitioners in the loop, but not over firm ties alone (M3)",
    "sector_cells_used": "ordered pairs of different sectors with a flow (M12)",
    "family_no_door": "members of the family tied to no practitioner (M11)",
    "school_tells": "practitioners whom the school tells (M1); missing where there is no school, as all of the school",
    "school_hears": "practitioners who tell the school (M1)",
    "school_told": "practitioners outside the school's unit whom it tells (of M2)",
    "school_no_return": "those of them who never tell it back (M2)",
    "school_thin_return": "those of them who tell it back more weakly (M2)",
    "school_outside": "practitioners outside the school's unit (of M4)",
    "school_hears_from": "those of them whose news comes to it (M4)",
    "school_heard_by": "those of them to whom its news comes (M4)",
    "school_knows": "practitioners who come to know what the school learns (M5)",
    "school_hand_offs": "hand-offs until all know what the school learns (M5); missing where somebody never does",
    "school_status": "where the school stands with the lead (M3)",
    "child_doors": "practitioners with whom the child deals (M11); missing where there is no child",
    "child_unit_doors": "units with which the child deals (M11)",
    "child_two_way_doors": "practitioners with whom the child deals, both ways (M11)",
}
FRACTIONS: Mapping[str, str] = {
    "school_isolation": "how cut off the school's unit is: 0 hears everybody at first hand, 1 hears nobody (M4)",
    "school_voice": "how well the school's unit is heard: 0 by nobody, 1 by everybody at first hand (M4)",
}
OF_UNITS: Mapping[str, str] = {
    "unit_isolation": "isolation of each unit, in the order of the case (M4)",
    "unit_voice": "voice of each unit, in the order of the case (M4)",
}
STRENGTHS = ("any", "firm")
CASE_SLOTS = {name: at for at, name in enumerate(CASE)}
EACH_SLOTS = {name: at for at, name in enumerate(EACH)}
INTS = len(CASE) + len(STRENGTHS) * len(EACH)
Settings = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a batch of cases.

    Attributes
    ----------
    ints
        One row for each case: `CASE`, then `EACH` over any tie, then `EACH` over firm ties; -1 for no answer.
    fractions
        One row for each case: `FRACTIONS` over any tie, then over firm ties; NaN for no answer.
    units
        One row for each actor of each case, the first rows of a case used by its units: the place of the unit's first member, then
        `OF_UNITS` over any tie and over firm ties; the place is NaN where a row is not used.
    chances
        One row for each case: for each setting how many practitioners come to know what the school learns on average, and the
        chance that the lead does; NaN for no answer.
    errors
        Like `chances`: the standard error of each, NaN where it is exact.
    unsolved
        The cases whose chances take more states than the budget allows.
    """

    ints: NDArray[np.int32]
    fractions: NDArray[np.float64]
    units: NDArray[np.float64]
    chances: NDArray[np.float64]
    errors: NDArray[np.float64]
    unsolved: NDArray[np.bool_]


def blank_answers(cases: int, actors: int, settings: Settings) -> Answers:
    """Return answers to so many cases with so many actors in all, none of them given yet.

    >>> blank_answers(2, 5, ((0.9, 0.5),)).chances.shape
    (2, 2)
    """
    import numpy as np

    strengths = len(STRENGTHS)
    return Answers(np.full((cases, INTS), -1, dtype=np.int32), np.full((cases, strengths * len(FRACTIONS)), np.nan),
                   np.full((actors, 1 + strengths * len(OF_UNITS)), np.nan), np.full((cases, 2 * len(settings)), np.nan),
                   np.full((cases, 2 * len(settings)), np.nan), np.zeros(cases, dtype=np.bool_))
