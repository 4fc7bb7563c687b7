"""What a meeting can read out: the few sentences that a map, or a change between two maps, comes down to."""

from agencygraph.conclusions.finders import FINDERS, THEMES, Finder, View, findings
from agencygraph.conclusions.finding import Finding, Findings

__all__ = ["FINDERS", "THEMES", "Finder", "Finding", "Findings", "View", "findings"]
