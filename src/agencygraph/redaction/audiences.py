"""What of a case an audience may read: practitioners of the meeting, the family, researchers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from agencygraph.errors import InvalidError, UnknownNameError, did_you_mean
from agencygraph.model import ActionPlan, Case, Chronology, Event, Tie, When
from agencygraph.redaction.pseudonyms import Key, pseudonymise, redact

_BANDS = ((0, "under 1"), (4, "1 to 4"), (9, "5 to 9"), (15, "10 to 15"))
_OLDEST = "16 and over"


def for_audience(case: Case, audience: str, *, names: bool = False, other_information: bool = False,
                 key: Key | None = None) -> Case:
    """Make the copy of a case that an audience may read, so that nothing has to be struck out by hand before a meeting.

    For everybody names in texts become labels, unless they are published, and other information stays behind unless it is
    asked for by name. **practitioners** read everything else. **family** reads no practitioner's private note and not who
    reported what. **research** reads no text of the story at all: neutral ids, an age band, years in place of days.

    Parameters
    ----------
    case
        The case.
    audience
        practitioners, family or research.
    names
        True to leave private names and texts as they are; never for research.
    other_information
        True to show practitioners the unsubstantiated suspicions too.
    key
        For research: the key of the child's earlier map, so that both can be compared.

    Returns
    -------
    Case
        The copy.

    Raises
    ------
    UnknownNameError
        Where there is no such audience.
    InvalidError
        Where an audience is to see what it may not.

    Examples
    --------
    >>> case = Case.of(age=9, actors={"rose": {"kind": "child", "note": "shy"}}, other_information="Rumours.")
    >>> for_audience(case, "family").actors[0].note, for_audience(case, "research").heading
    ('', 'Child, 5 to 9')
    """
    if audience not in _VIEWS:
        raise UnknownNameError(f"'{audience}' is no audience.{did_you_mean(str(audience), _VIEWS)} There are: {', '.join(_VIEWS)}.")
    if other_information and audience != "practitioners":
        raise InvalidError(f"other information is never shown to {audience}: leave other_information out.")
    if names and audience == "research":
        raise InvalidError("research never sees names: leave names out.")
    told = case if other_information else case.replace(other_information="")
    if audience == "research":
        return _for_research(pseudonymise(told, key)[0])
    return _VIEWS[audience](told if names or case.names_published else redact(told))


def age_band(age: int | None) -> str:
    """Return the band of an age, as England's statistics of children in need have it; empty where no age is given.

    Parameters
    ----------
    age
        Whole years; None where it is not given.

    Returns
    -------
    str
        Such as "5 to 9".

    Examples
    --------
    >>> age_band(9), age_band(0), age_band(16), age_band(None)
    ('5 to 9', 'under 1', '16 and over', '')
    """
    return "" if age is None else next((band for last, band in _BANDS if age <= last), _OLDEST)


def _for_practitioners(case: Case) -> Case:
    return case


def _for_family(case: Case) -> Case:
    return case.replace(
        actors=tuple(dataclasses.replace(actor, note="") for actor in case.actors),
        gaps=tuple(dataclasses.replace(gap, note="") for gap in case.gaps),
        chronology=Chronology(tuple(dataclasses.replace(event, note="") for event in case.chronology.events)),
        ties=_joined(dataclasses.replace(tie, note="", reported_by="") for tie in case.ties),
    )


def _joined(ties: Iterable[Tie]) -> tuple[Tie, ...]:
    """Return ties, of which two that differ in direction alone, now that less is said of them, are one two-way tie."""
    kept: list[Tie] = []
    for tie in ties:
        back = dataclasses.replace(tie, source=tie.target, target=tie.source)
        if not tie.two_way and back in kept:
            kept[kept.index(back)] = dataclasses.replace(back, two_way=True)
        else:
            kept.append(tie)
    return tuple(kept)


def _for_research(case: Case) -> Case:
    """Return what is left for counting: who, their sectors, the ties, the order of events."""
    band = age_band(case.age)
    return _for_family(case).replace(
        title=f"Child, {band}" if band else "Child", age=None, informants=(), source="", description="", history="",
        key_issues=(), proposals=(), plan=ActionPlan(), agreed_on=None if case.agreed_on is None else When(case.agreed_on.year),
        actors=tuple(dataclasses.replace(actor, note="", agency="") for actor in case.actors), chronology=_by_year(case.chronology),
        ties=_joined(dataclasses.replace(tie, note="", reported_by="", evidence="") for tie in case.ties),
    )  # fmt: skip


def _by_year(chronology: Chronology) -> Chronology:
    """Return events known by their year alone, numbered so that their order stays."""
    order = sorted(range(len(chronology)), key=lambda at: (chronology.events[at].when.earliest, chronology.events[at].seq, at))
    rank = {at: number for number, at in enumerate(order, 1)}
    return Chronology(tuple(Event(When(event.when.year), event.senders, event.receivers, rank[at], event.way)
                            for at, event in enumerate(chronology.events)))


_VIEWS: Mapping[str, Callable[[Case], Case]] = {
    "practitioners": _for_practitioners, "family": _for_family, "research": _for_research,
}  # fmt: skip
