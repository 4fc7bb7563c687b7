"""Maps and measures of the relationships around a child.

Write a case as people say it, measure who tells whom, and draw separate agencies beside one school-based team:

>>> import agencygraph as ag
>>> peter = ag.cases.peter()
>>> change = ag.compare(peter, ag.cases.integrated("peter"))
>>> ag.draw(change).text.splitlines()[0]
'Peter, 9 — before and after'

Nothing heavy is loaded by the import itself: each name is fetched from its room when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # not imported from typing, which alone would take most of the time that the import may take
if TYPE_CHECKING:
    from agencygraph import cases, errors, measures, model
    from agencygraph.caseloads import read_caseload
    from agencygraph.charts import chart
    from agencygraph.comparison import Comparison, compare
    from agencygraph.conclusions import findings
    from agencygraph.drawing import Map, draw
    from agencygraph.formats import read, write
    from agencygraph.glossary import explain
    from agencygraph.graph import from_networkx, to_networkx
    from agencygraph.matrices import matrix
    from agencygraph.measures import measure
    from agencygraph.measures.best_links import best_links
    from agencygraph.measures.certainty import how_sure
    from agencygraph.measures.chance import chance
    from agencygraph.measures.leaving import without
    from agencygraph.measures.routes import route
    from agencygraph.measures.scales import score_scale
    from agencygraph.measures.spreading import spread
    from agencygraph.measures.who_knew import who_knew
    from agencygraph.model import ActionPlan, Actor, Case, Caseload, Chronology, Lineage, Team, Tie
    from agencygraph.packs import pack
    from agencygraph.partnership import network
    from agencygraph.redaction import disclosure, pseudonymise
    from agencygraph.scenarios import integrate
    from agencygraph.table import Table
    from agencygraph.themes import Theme

__version__ = "0.1.0"

__all__ = [
    "ActionPlan",
    "Actor",
    "Case",
    "Caseload",
    "Chronology",
    "Comparison",
    "Lineage",
    "Map",
    "Table",
    "Team",
    "Theme",
    "Tie",
    "best_links",
    "cases",
    "chance",
    "chart",
    "compare",
    "disclosure",
    "draw",
    "errors",
    "explain",
    "findings",
    "from_networkx",
    "how_sure",
    "integrate",
    "matrix",
    "measure",
    "measures",
    "model",
    "network",
    "pack",
    "pseudonymise",
    "read",
    "read_caseload",
    "route",
    "score_scale",
    "spread",
    "to_networkx",
    "who_knew",
    "without",
    "write",
]

_ROOMS = {
    "ActionPlan": "model",
    "Actor": "model",
    "Case": "model",
    "Caseload": "model",
    "Chronology": "model",
    "Comparison": "comparison",
    "Lineage": "model",
    "Map": "drawing",
    "Table": "table",
    "Team": "model",
    "Theme": "themes",
    "Tie": "model",
    "best_links": "measures.best_links",
    "chance": "measures.chance",
    "chart": "charts",
    "compare": "comparison",
    "disclosure": "redaction",
    "draw": "drawing",
    "explain": "glossary",
    "findings": "conclusions",
    "from_networkx": "graph",
    "how_sure": "measures.certainty",
    "integrate": "scenarios",
    "matrix": "matrices",
    "measure": "measures",
    "network": "partnership",
    "pack": "packs",
    "pseudonymise": "redaction",
    "read": "formats",
    "read_caseload": "caseloads",
    "route": "measures.routes",
    "score_scale": "measures.scales",
    "spread": "measures.spreading",
    "to_networkx": "graph",
    "who_knew": "measures.who_knew",
    "without": "measures.leaving",
    "write": "formats",
}


def __getattr__(name: str) -> object:
    """Fetch a public name from its room the first time it is used."""
    from importlib import import_module

    if name in _ROOMS:
        value = getattr(import_module(f"agencygraph.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value
    if name in __all__:
        return import_module(f"agencygraph.{name}")
    from agencygraph.errors import did_you_mean

    raise AttributeError(f"agencygraph has no '{name}'.{did_you_mean(name, __all__)}")


def __dir__() -> list[str]:
    """Show what the library offers, and nothing else."""
    return [*__all__, "__version__"]
