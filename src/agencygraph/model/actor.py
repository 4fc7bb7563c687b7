"""Actor: somebody on the map."""

from __future__ import annotations

from dataclasses import dataclass

from agencygraph.errors import InvalidError, Problem
from agencygraph.model import words


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """Who stands on the map: the child, a family member, the school, an agency or a practitioner.

    Parameters
    ----------
    id
        How ties name the actor: a slug such as ``school_nurse``. It may hold a person's name, so no output shows it.
    kind
        child, parent, carer, family, school, agency or practitioner (``professional`` is read as practitioner).
    label
        The public words on the map, such as "Mother" or "School nurse". Left out, they are made from kind and sector.
    name
        Private: the person's or school's own name. No output shows it unless ``names=True`` is asked for.
    agency
        The organisation that a practitioner works for, in public words.
    sector
        education, social care, health, police and justice, community, or a label of your own.
    based_at
        The id of the actor at whose place this one works: a nurse based at the school.
    lead
        True for the lead practitioner or lead agency of the case.
    note
        Private remark; it enters no map.
    layer
        Which account of the case the actor belongs to, where a file holds more than one ("narrative").

    Raises
    ------
    InvalidError
        With every field that breaks a rule.

    Examples
    --------
    >>> Actor("school_nurse", "practitioner", label="School nurse", based_at="school")
    Actor('school_nurse', practitioner, 'School nurse')
    """

    id: str
    kind: str
    label: str = ""
    name: str = ""
    agency: str = ""
    sector: str = ""
    based_at: str = ""
    lead: bool = False
    note: str = ""
    layer: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.kind, str):
            object.__setattr__(self, "kind", words.KIND_ALIASES.get(self.kind, self.kind))
        if isinstance(self.sector, str):
            object.__setattr__(self, "sector", words.SECTOR_ALIASES.get(self.sector, self.sector))
        problems = words.check_id(self.id, "id") + words.check_word(self.kind, "kind", words.KINDS)
        for field in ("label", "name", "agency", "sector", "layer"):
            problems += words.check_text(getattr(self, field), field)
        problems += words.check_text(self.note, "note", lines=True) + words.check_flag(self.lead, "lead")
        if self.based_at != "":
            problems += words.check_id(self.based_at, "based_at")
        if not problems and self.lead and self.is_family:
            message = f"a {self.kind} cannot be the lead: the lead is the practitioner or agency that answers for the case."
            problems.append(Problem(message, ("lead",)))
        if problems:
            raise InvalidError(problems)

    @property
    def is_family(self) -> bool:
        """True for the child and the family, who may tell and be told but are never asked to pass news on."""
        return self.kind in words.FAMILY_KINDS

    def __repr__(self) -> str:
        return f"Actor({self.id!r}, {self.kind}{f', {self.label!r}' if self.label else ''}{', lead' if self.lead else ''})"
