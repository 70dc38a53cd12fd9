"""Grids of the ground: heights and what follows from them, and how well land suits a use.

Pure: values in, values out. The names below speak of rasters as they come; factor grids,
curves, weights, suitability and the units of a scenario are in the modules beside.
"""

from geo.terrain.relief import MOST_CLASSES, aspect, counts, slope, span, value, window

__all__ = ["MOST_CLASSES", "aspect", "counts", "slope", "span", "value", "window"]
