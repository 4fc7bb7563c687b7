"""What goes into a pack, as its audience may read it: cases and comparisons without the names of anybody on either map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agencygraph.comparison import Comparison, compare
from agencygraph.errors import InvalidError
from agencygraph.model import ActionPlan, Case, Caseload
from agencygraph.redaction import for_audience, pseudonymise, redact_pair
from agencygraph.templates import Template

Item = Case | Comparison


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the pack, and what they may see of it."""

    audience: str = "practitioners"
    names: bool = False
    other_information: bool = False
    notes: bool = False


def items_of(what: Item | Caseload | Sequence[Item], beside: Sequence[object] = ()) -> tuple[Item, ...]:
    """Return the cases that a pack is made of, one by one; none where there is something beside them.

    Raises
    ------
    InvalidError
        Where there is nothing, or something that is neither a case nor a comparison.

    >>> items_of(Caseload())
    Traceback (most recent call last):
    agencygraph.errors.InvalidError: there is no case to make a pack of.
    """
    found: tuple[object, ...] = tuple(what) if isinstance(what, (Caseload, list, tuple)) else (what,)
    if not found and not beside:
        raise InvalidError("there is no case to make a pack of.")
    kept = tuple(one for one in found if isinstance(one, (Case, Comparison)))
    if len(kept) < len(found):
        strange = next(one for one in found if not isinstance(one, (Case, Comparison)))
        if isinstance(strange, (Template, ActionPlan)):
            raise InvalidError(f"a {type(strange).__name__} is no case: hand it over as arrangements=[...].")
        raise InvalidError("a pack takes a case, a comparison, a caseload or a list of them, and was given a "
                           f"{type(strange).__name__}; agencygraph.read makes a case of a file.")  # fmt: skip
    return kept


def view_of(item: Item, reader: Reader) -> Item:
    """Return a case or a comparison as a reader may see it; names of one map are taken out of the texts of the other too."""
    if isinstance(item, Case):
        return _seen(item, reader)
    # The later case carries who became whom, so that ids may change on both maps alike.
    before, after = item.before, item.after.replace(lineage=item.lineage)
    if not reader.names:
        before, after = redact_pair(before, after)
    if reader.audience == "research":
        key = pseudonymise(before)[1]
        before, after = (for_audience(case, "research", names=reader.names, other_information=reader.other_information, key=key)
                         for case in (before, after))  # fmt: skip
        return compare(before, after)
    return compare(_seen(before, reader), _seen(after, reader))


def _seen(case: Case, reader: Reader) -> Case:
    return for_audience(case, reader.audience, names=reader.names, other_information=reader.other_information)


def heading_of(item: Item, names: bool) -> str:
    """Return the public title, or the private name where names were asked for.

    >>> heading_of(Case.of("Rose", age=9), False), heading_of(Case.of("Rose", age=9), True)
    ('Child, 9', 'Rose, 9')
    """
    case = item if isinstance(item, Case) else item.before
    if names and case.name and not case.title:
        return case.name if case.age is None else f"{case.name}, {case.age}"
    return case.heading

