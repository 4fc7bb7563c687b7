"""Many cases: read and written in files of any size, and made up where no child's data may be used."""

from agencygraph.caseloads.folders import read_caseload, write_caseload
from agencygraph.caseloads.generator import generate

__all__ = ["generate", "read_caseload", "write_caseload"]
