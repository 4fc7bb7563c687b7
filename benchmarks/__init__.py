"""Benchmarks: how the library compares, in one run on one machine, with the same questions asked by plain networkx calls."""
