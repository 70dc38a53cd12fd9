"""The same factor grids and site checks in parts: in this process, on this machine, on a cluster.

A door beside the shell: it reads a zone, cuts a job into parts that do not depend on how many
workers there are, has each part done by the very functions a page calls, and puts the answers
together in order. So the answer has the same bits wherever the parts were done. Dask is loaded
only when somebody asks for workers; without it everything runs here, one part after another.
"""

from geo.cluster.checks import Batch, Checked, Rows, check, gathered
from geo.cluster.grids import Job, Laid, laid, suitability
from geo.cluster.images import Image, opened
from geo.cluster.link import HERE, Link, joined

__all__ = [
    "HERE",
    "Batch",
    "Checked",
    "Image",
    "Job",
    "Laid",
    "Link",
    "Rows",
    "check",
    "gathered",
    "joined",
    "laid",
    "opened",
    "suitability",
]
