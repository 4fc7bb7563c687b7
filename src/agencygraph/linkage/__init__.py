"""Linkage: one network of many cases in which the same worker, agency or family is one actor, and what travels through it."""

from agencygraph.linkage.brokers import Brokers, brokers_of
from agencygraph.linkage.islands import Islands, islands_of
from agencygraph.linkage.linking import link_cases, link_flows
from agencygraph.linkage.network import LinkedNetwork
from agencygraph.linkage.profiles import crossings_of, degrees_of
from agencygraph.linkage.reach import Reach, reach_of

__all__ = ["Brokers", "Islands", "LinkedNetwork", "Reach", "brokers_of", "crossings_of", "degrees_of", "islands_of", "link_cases",
           "link_flows", "reach_of"]  # fmt: skip
