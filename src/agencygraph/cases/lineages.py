"""Who of each child's map became whom in the practitioner team.

The study names the team and its members but matches nobody: the pairs are read from the roles, and two of them are
judgements (the SENCO as behaviour support worker, the health visitor as school health advisor). Whoever is not named here
has no successor, so that the same pairs serve a map with and without the narrative.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BECAME: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType({
    "peter": (
        ("peter", "child"),
        ("mother", "parent"),
        ("school", "school"),
        ("senco", "behaviour_support"),
        ("school_nurse", "school_health_advisor"),
        ("ssd", "practice_manager"),
    ),
    "james": (
        ("james", "child"),
        ("mother", "parent"),
        ("school", "school"),
        ("ssd", "practice_manager"),
        ("ewo", "ewo"),
        ("behaviour_support", "behaviour_support"),
    ),
    "tina": (
        ("tina", "child"),
        ("mother", "parent"),
        ("secondary_school", "school"),
        ("social_worker", "practice_manager"),
        ("health_visitor", "school_health_advisor"),
    ),
})
