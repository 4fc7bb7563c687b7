"""Charts of what a map says: how cut off each unit is, who knows when, which services talk to which."""

from agencygraph.charts.picture import Chart
from agencygraph.charts.sheet import chart

__all__ = ["Chart", "chart"]
