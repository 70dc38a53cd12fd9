"""Files as people have them: read in a jail, written as other programs expect."""

from geo.formats.doors import peek, read
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

__all__ = ["Choice", "Kind", "Layer", "Peek", "Reading", "peek", "read"]
