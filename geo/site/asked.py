"""What is asked of a site check: the site, what the rules read, and the office's own numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.model import Boundaries, Raster, Source
from geo.site.prepared import Prepared


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A question: whether this may be built here.

    Parameters
    ----------
    shape
        Polygon or multipolygon that is checked.
    use
        Proposed use, a ydyh code of 2, 4 or 6 digits; empty if none was said.
    registered_m2
        Area in the title register, if known.
    variant
        ``drawn`` or ``registered``: which of the two shapes `shape` is.
    other
        The other of the two, kept apart; None if there is one only.
    """

    id: str
    name: str
    shape: BaseGeometry
    use: str = ""
    registered_m2: float | None = None
    variant: str = "drawn"
    other: BaseGeometry | None = None

    def __post_init__(self) -> None:
        _check_shape(self.shape, self.name or self.id)
        if self.other is not None:
            _check_shape(self.other, self.name or self.id)
        if self.use and not (self.use.isdecimal() and len(self.use) in (2, 4, 6)):
            raise DataError(
                f"拟用途 {self.use!r} 不是用地用海分类代码，请填 2、4 或 6 位数字", "SITE_USE"
            )
        if self.registered_m2 is not None and not self.registered_m2 > 0:
            raise DataError(f"登记面积 {self.registered_m2} 应大于 0，请更正", "SITE_REGISTERED")

    def switched(self) -> "Site":
        """The same site asked with its other shape."""
        if self.other is None:
            raise DataError(f"地块 {self.name} 只有一种图形，无法切换", "SITE_VARIANT")
        variant = "drawn" if self.variant == "registered" else "registered"
        return replace(self, shape=self.other, other=self.shape, variant=variant)


def _check_shape(shape: BaseGeometry, name: str) -> None:
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise DataError(f"选址 {name} 没有面状图形，请画或上传面", "SITE_SHAPE")
    if not shape.is_valid:
        why = shapely.is_valid_reason(shape)
        raise DataError(f"选址 {name} 的图形有误（{why}），请修正后再核查", "SITE_INVALID")


@dataclass(frozen=True, slots=True)
class LayerInput:
    """A set that is there, with its index.

    `facts` are columns kept elsewhere, id → value, e.g. ``status`` from the supply ledger;
    they win over the table's own. `known` is the version they rest on. `covers` is the area
    (EPSG:4490) in which the set is complete, None where that is not said; then `unsaid` has
    every clear answer tell so.
    """

    boundaries: Boundaries
    prepared: Prepared
    facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    known: int = 0
    covers: BaseGeometry | None = None
    unsaid: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A set of numbers on a grid, such as slope in degrees."""

    raster: Raster
    source: Source
    since: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A set we do not hold."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A set that could not be read."""

    message: str


Layer = LayerInput | Grid | Missing | Failed


@dataclass(frozen=True, slots=True)
class Settings:
    """What the office decides; nothing here is law.

    Parameters
    ----------
    parameters
        Value of each parameter of the rules, by its id; absent is blank.
    usable
        Percent of the land under a rule that stays usable, by rule.
    left_out
        Rules that the office does not apply, with the reason, which every report prints.
    """

    parameters: Mapping[str, float] = field(default_factory=dict)
    usable: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
