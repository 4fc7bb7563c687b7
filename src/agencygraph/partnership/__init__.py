"""The partnership as a whole: over many cases who tells whom, and how many cases there are of each kind."""

from agencygraph.partnership.groups import GROUPINGS, tabulate
from agencygraph.partnership.roles import OTHERS, Link, Role
from agencygraph.partnership.who_tells_whom import BY, Network, network

__all__ = ["BY", "GROUPINGS", "OTHERS", "Link", "Network", "Role", "network", "tabulate"]
