"""The handful of figures that a meeting reads first, before beside after."""

from __future__ import annotations

from collections.abc import Callable

from agencygraph.comparison.outcome import Comparison
from agencygraph.measures import readings
from agencygraph.model import Case
from agencygraph.table import Table

NOT_THERE = "no school on the map"


def key_figures(change: Comparison) -> Table:
    """Say in nine rows what the two maps differ in: who talks, how news travels, and how the school stands.

    Every count stands beside its total, because the number of practitioners changes too. Rows about the school follow the
    first school of each map.

    Parameters
    ----------
    change
        A comparison of two maps.

    Returns
    -------
    Table
        Columns: figure, before, after.

    Examples
    --------
    >>> from agencygraph import cases, comparison
    >>> table = key_figures(comparison.compare(cases.tina(), cases.integrated("tina")))
    >>> table.where(figure="Pairs of them who talk")[0]["before"]
    '0 of 28'
    """
    rows: tuple[tuple[str, Callable[[Case], str]], ...] = (
        ("Practitioners, schools and agencies on the map", lambda case: str(sum(not actor.is_family for actor in case.actors))),
        ("Pairs of them who talk", lambda case: _counted(case, "pairs talking", "all pairs")),
        ("Ways for news from one to another: among themselves", lambda case: _counted(case, "route split", "professional")),
        ("... only through the child or family", lambda case: _counted(case, "route split", "only via family")),
        ("... none", lambda case: _counted(case, "route split", "none")),
        ("Those outside the school's own base from whom it never hears", lambda case: _of_school(case, "isolation")),
        ("The same over critical ties alone", lambda case: _of_school(case, "isolation", firm=True)),
        ("The school and the lead", lambda case: _of_school(case, "loop status")),
        ("Those whom the child deals with", _front_doors),
    )
    return Table(("figure", "before", "after"), tuple((words, tell(change.before), tell(change.after)) for words, tell in rows),
                 caption=f"{change.before.heading}: the maps in figures")


def _counted(case: Case, name: str, detail: str) -> str:
    found = next((reading for reading in readings(case, name) if reading.detail == detail), None)
    return "nobody to count" if found is None or not found.of else f"{found.count} of {found.of}"


def _of_school(case: Case, name: str, *, firm: bool = False) -> str:
    school = next((actor.id for actor in case.actors if actor.kind == "school"), None)
    found = next((reading for reading in readings(case, name, firm=firm) if school in reading.about), None)
    if found is None:
        return NOT_THERE
    return found.words or (f"{found.count} of {found.of}" if found.of else found.reason)


def _front_doors(case: Case) -> str:
    children = [actor.id for actor in case.actors if actor.kind == "child"]
    found = [reading for reading in readings(case, "front doors")
             if reading.about[0] in children and reading.detail == "practitioners"]
    labels = case.labels()
    if len(found) == 1:
        return f"{found[0].count} of {found[0].of}"
    return "; ".join(f"{labels[reading.about[0]]}: {reading.count} of {reading.of}" for reading in found) or "no child on the map"
