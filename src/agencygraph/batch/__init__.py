"""Batches: every core measure of many cases at once, from Arrow to Arrow, from file to file, or as a table."""

from agencygraph.batch.files import measure_file
from agencygraph.batch.record_batch import measure_batch, outcome_schema
from agencygraph.batch.whole import measure_caseload

__all__ = ["measure_batch", "measure_caseload", "measure_file", "outcome_schema"]
