"""Two maps of one child: who became whom, what changed, before beside after."""

from agencygraph.comparison.blocks import Block
from agencygraph.comparison.caseloads import CaseloadComparison, Shift, compare_caseloads
from agencygraph.comparison.changes import Change
from agencygraph.comparison.outcome import Comparison, compare

__all__ = ["Block", "CaseloadComparison", "Change", "Comparison", "Shift", "compare", "compare_caseloads"]
