"""The chance that news arrives, in tables and in sentences under public labels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from agencygraph.measures.sampling import SAMPLES
from agencygraph.table import Table

if TYPE_CHECKING:
    from agencygraph.measures.chance import Arrival, Chance, Outcome


def arrival_table(chance: Chance, note: str) -> Table:
    """Return the chance of each actor that was asked for, at each setting."""
    labels = chance.case.labels()
    rows = tuple((outcome.setting.critical, outcome.setting.peripheral, labels[one.who], one.chance, one.error, _how(one.error))
                 for outcome in chance.outcomes for one in outcome.arrivals)
    said = "" if chance.goal else "".join(f"{_audience(chance, outcome)} " for outcome in chance.outcomes)
    return Table(("critical", "peripheral", "who", "chance", "standard error", "how"), rows,
                 f"{chance.case.heading}: the chance that what {labels[chance.start]} learns arrives", said + note, heads=("who",))


def importance_table(chance: Chance, note: str) -> Table:
    """Return what each flow matters to the result, at each setting, the most important first."""
    labels = chance.case.labels()
    rows = tuple((outcome.setting.critical, outcome.setting.peripheral, labels[one.source], labels[one.target], one.importance,
                  one.error, _how(one.error)) for outcome in chance.outcomes for one in outcome.importance)
    aim = f"what {labels[chance.start]} learns reaching {labels[chance.goal] if chance.goal else 'each practitioner'}"
    return Table(("critical", "peripheral", "from", "to", "importance", "standard error", "how"), rows,
                 f"{chance.case.heading}: the flows that matter to {aim}", note, heads=("from", "to"))


def say_outcome(chance: Chance, outcome: Outcome, labels: Mapping[str, str]) -> str:
    """Say the answer at one setting aloud.

    >>> from agencygraph.measures.chance import chance
    >>> from agencygraph.model import Case
    >>> case = Case.of(actors={"school": "school", "gp": "agency"}, ties=["school => gp"])
    >>> say_outcome(found := chance(case, "gp", "school"), found.outcomes[0], case.labels())
    'What Agency learns cannot reach School on this map: no route leads there.'
    """
    knows, most = f"what {labels[chance.start]} learns", outcome.importance[:1]
    if not outcome.expected and outcome.error is None:
        return _say_never(chance, outcome, labels)
    hangs = "".join(f" It hangs most on {labels[one.source]} → {labels[one.target]}." for one in most)
    if chance.goal:
        how_likely = f"{_percent(outcome.expected)}{_error(outcome.error, points=True)}"
        return f"At {outcome.setting}, {knows} reaches {labels[chance.goal]} with a chance of {how_likely}.{hangs}"
    of = f"{outcome.expected:.1f} of {len(outcome.arrivals)} other practitioners on average{_error(outcome.error)}"
    each = ", ".join(f"{labels[one.who]} {_percent(one.chance)}" for one in _likeliest(outcome))
    never = ", ".join(labels[one.who] for one in outcome.arrivals if _is_never(one))
    return f"At {outcome.setting}, {knows} reaches {of}: {each}.{f' Never: {never}.' if never else ''}{hangs}"


def _say_never(chance: Chance, outcome: Outcome, labels: Mapping[str, str]) -> str:
    goal = labels[chance.goal] if chance.goal else "any other practitioner"
    if 0 in (outcome.setting.critical, outcome.setting.peripheral):
        return f"At {outcome.setting}, what {labels[chance.start]} learns never reaches {goal}."
    return f"What {labels[chance.start]} learns cannot reach {goal} on this map: no route leads there."


def _is_never(one: Arrival) -> bool:
    return not one.chance and one.error is None


def _audience(chance: Chance, outcome: Outcome) -> str:
    return f"At {outcome.setting}: {outcome.expected:.1f} of {len(outcome.arrivals)} on average{_error(outcome.error)}."


def _likeliest(outcome: Outcome) -> list[Arrival]:
    return sorted((one for one in outcome.arrivals if not _is_never(one)), key=lambda one: -round(one.chance, 12))


def _how(error: float | None) -> str:
    return "exact" if error is None else f"{SAMPLES:,} samples"


def _error(error: float | None, points: bool = False) -> str:
    if error is None:
        return ""
    return f" (standard error {f'{100 * error:.1f} points' if points else f'{error:.2f}'}, {SAMPLES:,} samples)"


def _percent(chance: float) -> str:
    """Return a chance in hundredths, as the table rounds it; what is not quite certain or impossible is not rounded to that."""
    whole = round(100 * float(f"{chance:.2f}"))
    if whole == 100 and chance < 1 - 1e-12:
        return "over 99 %"
    return f"{whole} %" if whole else "under 1 %"
