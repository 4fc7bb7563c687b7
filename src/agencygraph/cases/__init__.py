"""The cases of the Bexley study, ready to measure and draw.

Peter, James and Tina are told in full there; fifteen more are told in brief. Each tie says whether the study states it or
whether it is read between the lines (`basis`), and where to look it up (`evidence`). What was read how, and what was left
out, stands in docs/cases.md.
"""

from __future__ import annotations

from functools import lru_cache

from agencygraph.cases.lineages import BECAME
from agencygraph.errors import UnknownNameError, did_you_mean
from agencygraph.model import Actor, Case, Caseload, Chronology, Lineage

__all__ = ["bexley", "groups", "integrated", "james", "load", "names", "pathway", "peter", "tina"]

_IN_FULL = tuple(BECAME)
_IN_BRIEF = tuple(f"case_{number}" for number in (*range(2, 16), 19))


def peter(narrative: bool = False) -> Case:
    """Show what the meeting saw of Peter, 9: a school that tells social services and is not told.

    Parameters
    ----------
    narrative
        Add what only the written history tells, its actors, ties and dated events, to what the agreed figure shows.

    Returns
    -------
    Case
        Separate agencies; social services is the lead.

    Source: Johnson's thesis, chapter 4, Peter, and Figure 6.

    Examples
    --------
    >>> peter()
    Case('Peter, 9', collaboration, 8 actors, 9 ties)
    >>> peter(narrative=True).chronology
    Chronology(13 events)
    """
    return load("peter", narrative)


def james(narrative: bool = False) -> Case:
    """Show what the meeting saw of James, 11: many at work, and social services as the one hinge between them.

    Parameters
    ----------
    narrative
        Add what only the written history tells to what the agreed figure shows.

    Returns
    -------
    Case
        Separate agencies; social services is the lead.

    Source: Johnson's thesis, chapter 4, James, and Figure 7; Appendix 8, Case 1.

    Examples
    --------
    >>> james()
    Case('James, 11', collaboration, 12 actors, 12 ties)
    """
    return load("james", narrative)


def tina(narrative: bool = False) -> Case:
    """Show what the meeting saw of Tina, 13: everybody knows the child, and nobody tells another.

    Parameters
    ----------
    narrative
        Add what only the written history tells to what the agreed figure shows.

    Returns
    -------
    Case
        Separate agencies; no lead, because the study says that nobody took the case on.

    Source: Johnson's thesis, chapter 4, Tina, and Figure 8.

    Examples
    --------
    >>> tina().leads
    ()
    """
    return load("tina", narrative)


def integrated(name: str = "peter", star: bool = False) -> Case:
    """Show the same child with one school-based team, to hold beside the map of separate agencies.

    The team is the study's, alike for every child; child and parent take name and label from the child's own map. Its
    lineage says who became whom, so that `compare` needs nothing more.

    Parameters
    ----------
    name
        peter, james or tina: the cases that the study tells in full.
    star
        Draw the team at its loosest, with members linked only through the lead, instead of every pair linked.

    Returns
    -------
    Case
        One team hosted by the school and led by the practice manager. Whoever the lineage leaves out has no successor.

    Raises
    ------
    UnknownNameError
        Where the name is none of the three.

    Source: Johnson's thesis, chapter 4, part three, Figures 14 and 15; for the star, part four, section b.

    Examples
    --------
    >>> after = integrated("tina")
    >>> after
    Case('Tina, 13', integration, 9 actors, 18 ties)
    >>> after.leads, len(integrated("tina", star=True).ties)
    (('practice_manager',), 11)
    """
    before, became = load(_known(name, _IN_FULL)), BECAME[name]
    team = _shipped("integration_star" if star else "integration")
    joined = tuple(id for id in team.ids if id not in [later for _, later in became])
    return team.replace(
        name=before.name, title=before.title, names_published=before.names_published, age=before.age,
        complexity=before.complexity, situation=before.situation, lineage=Lineage(became, joined),
        actors=tuple(_grown_from(actor, before, became) for actor in team.actors),
    )


def load(name: str, narrative: bool = False) -> Case:
    """Show one case of the study by its name, as `names` lists them.

    Parameters
    ----------
    name
        peter, james, tina, or case_2 and so on, by the number that the study gives the case.
    narrative
        Add what only the written history tells to what the agreed figure shows; the cases in brief have one account only.

    Returns
    -------
    Case
        Separate agencies around one child (once or twice, around two).

    Raises
    ------
    UnknownNameError
        Where there is no case of that name; it suggests the nearest.

    Source: Johnson's thesis, chapter 4 and Appendices 7 and 8.

    Examples
    --------
    >>> load("case_7")
    Case('Appendix 8, Case 7: boy with a younger sibling', collaboration, 9 actors, 12 ties)
    """
    whole = _shipped(_known(name, names()))
    return whole if narrative else _without_narrative(whole)


def names() -> tuple[str, ...]:
    """List the names of the cases that come with the library, for `load`.

    Returns
    -------
    tuple
        First the three cases told in full, then those told in brief by their number.

    Examples
    --------
    >>> names()[:4]
    ('peter', 'james', 'tina', 'case_2')
    """
    return _IN_FULL + _IN_BRIEF


def bexley(narrative: bool = False) -> Caseload:
    """Show all cases of the study side by side, to ask what they have in common.

    Parameters
    ----------
    narrative
        Add what only the written history tells to what the agreed figure shows of Peter, James and Tina.

    Returns
    -------
    Caseload
        Every case of `names`, in that order. The study gives a band of complexity for three of them and a situation for
        most others; where it gives none, the field is empty.

    Source: Johnson's thesis, chapter 4 and Appendices 7 and 8.

    Examples
    --------
    >>> len(bexley()), [case.complexity for case in bexley()][:3]
    (18, ['modest', 'significant', 'complex'])
    """
    return Caseload(tuple(load(name, narrative) for name in names()), title="Bexley, 2004 to 2005")


def pathway(which: str = "today") -> Case:
    """Show how a worry about a child travels from a school to the agencies: as it was, or as the schools could think of it.

    Parameters
    ----------
    which
        today or alternative.

    Returns
    -------
    Case
        Who does what to whom in the order of its chronology; `pathways.pathway_figures` counts it. There is no child on it:
        it is a pathway for every child.

    Source: Johnson's thesis, Appendix 9.

    Examples
    --------
    >>> pathway("today").chronology, pathway("alternative").chronology
    (Chronology(4 events), Chronology(5 events))
    """
    return _shipped(f"pathway_{_known(which, ('today', 'alternative'))}")


def groups(when: str = "after") -> Case:
    """Show how the groups of the study stood to one another and to the school: before the practitioner team, and with it.

    Parameters
    ----------
    when
        before or after.

    Returns
    -------
    Case
        The champion group, the analytical team, the practitioner team once there is one, and the school.

    Source: Johnson's thesis, chapter 4, part three, Figure 15; the map before is read from the text.

    Examples
    --------
    >>> len(groups("before").ties), len(groups("after").ties)
    (2, 6)
    """
    return _shipped(f"groups_{_known(when, ('before', 'after'))}")


def _known(name: str, known: tuple[str, ...]) -> str:
    """Return the name, or say which names there are."""
    if name not in known:
        hint = did_you_mean(str(name), known)
        raise UnknownNameError(f"'{name}' is not a case of the study.{hint} There are: {', '.join(known)}.")
    return name


@lru_cache(maxsize=32)
def _shipped(name: str) -> Case:
    """Read a case file of this folder, which need not be a folder on disc."""
    from importlib.resources import files

    from agencygraph.formats.case_yaml import read_yaml
    from agencygraph.formats.source import Source

    file = f"{name}.yaml"
    return read_yaml(Source(file, files(__name__).joinpath(file).read_text(encoding="utf-8")))


@lru_cache(maxsize=32)
def _without_narrative(whole: Case) -> Case:
    """Return the case as the figure shows it; half a chronology would mislead, so it goes as well."""
    told = {actor.id for actor in whole.actors if actor.layer == "narrative"}
    return whole.replace(
        actors=tuple(actor for actor in whole.actors if actor.id not in told),
        ties=tuple(tie for tie in whole.ties if tie.layer != "narrative"),
        gaps=tuple(gap for gap in whole.gaps if not {gap.source, gap.target} & told),
        chronology=Chronology(),
    )


def _grown_from(actor: Actor, before: Case, became: tuple[tuple[str, str], ...]) -> Actor:
    """Return a member of the family under the name and label of the one it is on the earlier map; others as they are."""
    import dataclasses

    if not actor.is_family:
        return actor
    earlier = before.actor(next(earlier for earlier, later in became if later == actor.id))
    return dataclasses.replace(actor, name=earlier.name, label=earlier.label)
