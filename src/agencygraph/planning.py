"""From what stands out on a map to what a meeting may ask and agree: suggested questions for the action plan."""

from __future__ import annotations

from agencygraph.comparison import Comparison
from agencygraph.conclusions import findings
from agencygraph.model import ActionPlan, Case, Question


def suggest(what: Case | Comparison, *, names: bool = False) -> ActionPlan:
    """Offer the meeting questions to begin with: one for each thing that stands out, marked as suggested.

    Parameters
    ----------
    what
        A case, or a comparison of two.
    names
        True to show private names in place of public labels.

    Returns
    -------
    ActionPlan
        Questions under the four themes, most telling first, each with the sentence and the ties that it rests on. Owner,
        date, proposals and consensus are the meeting's to add, and each question is its to strike out.

    Source: the continuum of the Bexley study, chapter 4, part two, and chapter 5, Figures 16 and 17.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "ssd": {"kind": "agency", "label": "Social services", "lead": True}},
    ...                ties=["school => ssd"])
    >>> suggest(case)[0].evidence
    'News from School comes to Social services, the lead, and none comes back. (School → Social services)'
    """
    asked: dict[tuple[str, str], Question] = {}
    for one in findings(what, names=names):
        shown = f" ({'; '.join(one.evidence)})" if one.evidence else ""
        question = Question(one.theme, one.question, suggested=True, evidence=one.sentence + shown)
        asked.setdefault((one.theme, one.question), question)
    return ActionPlan(tuple(asked.values()))


def with_suggestions(case: Case, *, names: bool = False) -> Case:
    """Return the case with suggested questions behind those of its own plan, none of them twice.

    Suggestions that an earlier call left behind give way to new ones, as the map may have changed; whatever a group has made
    its own (no longer marked as suggested, or given an owner, a date, a proposal or a consensus) stays.

    Parameters
    ----------
    case
        The case.
    names
        True to show private names in place of public labels.

    Returns
    -------
    Case
        The case with the longer plan.

    Examples
    --------
    >>> case = Case.of(actors={"school": "school", "ssd": {"kind": "agency", "lead": True}}, ties=["school => ssd"])
    >>> len(with_suggestions(case).plan) == len(suggest(case)) == len(with_suggestions(with_suggestions(case)).plan)
    True
    """
    own = [one for one in case.plan if not one.suggested or one.owner or one.due or one.proposals or one.consensus]
    texts = {(one.theme, one.text) for one in own}
    new = [one for one in suggest(case, names=names) if (one.theme, one.text) not in texts]
    return case.replace(plan=ActionPlan((*own, *new)))
