"""What gives a case away although it holds no name: facts that few children share, alone and together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from agencygraph.model import Case, Caseload
from agencygraph.model.case import must_be_case
from agencygraph.redaction.audiences import age_band
from agencygraph.redaction.further_names import further_names
from agencygraph.redaction.known_words import is_public
from agencygraph.table import Cell, Table

_WORD = re.compile(r"[^\W_]+")
# Services that every area has and most children of a caseload meet; any other points at fewer children.
_SERVICES = """
academy attendance behaviour camhs centre child children coordinator deputy doctor education ewo family foster gp head health
learning lsa mentor midwife nurse nursery officer police practitioner primary psychologist psychology school schools secondary
senco social support surgery teacher team visitor welfare worker service services care agency carer aider clinic council first
former home hospital housing manager medical parental pupil referral therapist unit youth
"""
_EVERYDAY = frozenset(_SERVICES.split())
_FEW = 5


@dataclass(frozen=True, slots=True)
class _Trait:
    """A fact about a case, the value under which other cases can share it, and what to write in its place."""

    what: str
    value: tuple[str, ...]
    why: str
    cure: str


def disclosure(case: Case, among: Caseload | None = None) -> Table:
    """Say by what somebody who knows the area could recognise the child, and what to write less exactly before sharing it.

    Parameters
    ----------
    case
        The case, best after `pseudonymise`.
    among
        The cases among which it will be seen. With them, each fact, and each two or three together, is counted: fewer than
        five cases alike is a warning, one alone is the child itself.

    Returns
    -------
    Table
        A row for each fact that tells: what, why, what to write instead, and how many cases share it (None where no
        caseload is given). The last rows are facts that tell together. It may be empty; that is no proof of safety.

    Examples
    --------
    >>> case = Case.of(age=9, actors={"child": "child", "refuge": {"kind": "agency", "label": "Refuge"}})
    >>> disclosure(case).column("what")
    ('exact age', 'unusual service: Refuge', 'together: age, services')
    """
    must_be_case(case)
    single, shared = list(_traits(case)), list(_shared(case))
    rows: list[tuple[Cell, ...]] = [(one.what, one.why, one.cure, None) for one in single]
    if among is None:
        rows += _guesses(case, single)
    else:
        rows += _counted(shared, among)
    note = ("Cases alike: how many cases of the caseload, this one included, share the fact." if among is not None else
            "Facts that tell together are a guess without a caseload to count them in.")
    return Table(("what", "why it tells", "what to write instead", "cases alike"), tuple(rows),
                 f"{case.heading}: what could give the case away", note)


def _traits(case: Case) -> Iterator[_Trait]:
    """Yield facts that tell by themselves."""
    if case.age is not None:
        yield _Trait("exact age", (), "Few children of one age meet the same services.", f"the band: {age_band(case.age)}")
    for actor in case.actors:
        label = case.labels()[actor.id]
        odd = _odd_words(f"{label} {actor.agency}")
        if not actor.is_family and odd:
            cure = f"the sector: {actor.sector}" if actor.sector else "a general word, such as Health service"
            yield _Trait(f"unusual service: {label}", (), f"Few children meet it ({', '.join(odd)}).", cure)
    children = sum(actor.kind == "child" for actor in case.actors)
    if children > 1:
        yield _Trait(f"{children} children on one map", (), "Siblings who are known together are few.", "one map for each child")
    if case.agreed_on is not None and case.agreed_on.day is not None:
        yield _Trait("day of the meeting", (), "The diary says whose meeting it was.", f"the year: {case.agreed_on.year}")
    days = sum(event.when.day is not None for event in case.chronology.events)
    if days:
        yield _Trait(f"{days} event{'s' * (days != 1)} dated to the day", (), "Dates join the case to other records.", "the year")
    if case.other_information:
        yield _Trait("other information", (), "It is not substantiated, and only few can have said it.", "nothing")
    found = len(further_names(case))
    if found:
        yield _Trait(f"{found} further name{'s' * (found != 1)} or number{'s' * (found != 1)} in the texts", (),
                     "See further_names.", "roles in place of names")


def _shared(case: Case) -> Iterator[_Trait]:
    """Yield facts that another case can share, under the value to be counted."""
    if case.age is not None:
        yield _Trait("age", (str(case.age),), "", f"the band: {age_band(case.age)}")
    yield _Trait("sectors", tuple(sorted({actor.sector for actor in case.actors if actor.sector})), "", "fewer, wider sectors")
    for field in ("complexity", "situation"):
        if getattr(case, field):
            yield _Trait(field, (getattr(case, field),), "", "nothing")
    odd = tuple(sorted({word for actor in case.actors if not actor.is_family for word in _odd_words(case.labels()[actor.id])}))
    if odd:
        yield _Trait("services", odd, "", "the sector of each")
    yield _Trait("family", tuple(sorted(actor.kind for actor in case.actors if actor.is_family or actor.kind == "carer")), "",
                 "Family member for each")
    yield _Trait("size", (str(len(case.actors)),), "", "no count of actors")


def _guesses(case: Case, single: list[_Trait]) -> list[tuple[Cell, ...]]:
    """Return the combination that nobody can count but everybody would recognise."""
    parts = [part for part, there in (("age", case.age is not None), ("services", any("unusual" in one.what for one in single)),
                                      ("situation", bool(case.situation)), ("complexity", bool(case.complexity))) if there]
    if len(parts) < 2:
        return []
    return [(f"together: {', '.join(parts)}", "Each alone fits many children, all of them few.", "leave out one of them", None)]


def _counted(shared: list[_Trait], among: Caseload) -> list[tuple[Cell, ...]]:
    """Return the facts, and the smallest sets of two or three, that fewer than five cases share."""
    load = [{one.what: one.value for one in _shared(other)} for other in among]
    rows: list[tuple[Cell, ...]] = []
    told: list[set[str]] = []
    for size in (1, 2, 3):
        for some in combinations(shared, size):
            names = {one.what for one in some}
            alike = sum(all(other.get(one.what) == one.value for one in some) for other in load)
            if alike < _FEW and not any(part <= names for part in told):
                told.append(names)
                who = "No other case has it." if alike <= 1 else f"Only {alike} cases have it."
                what = f"{'together: ' if size > 1 else ''}{', '.join(one.what for one in some)}"
                rows.append((what, who, "; or ".join(one.cure for one in some), alike))
    return rows


def _odd_words(text: str) -> list[str]:
    """Return the words of a label that not every area's services are called by."""
    return [word for word in _WORD.findall(text)
            if word.casefold() not in _EVERYDAY and not (is_public(word) and len(word) < 4) and not word.isdigit()]
