"""What a scenario is written in: ids, names, codes, amounts, and shapes of a set."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(max_length=2_000)]
Code = Annotated[str, Field(pattern=r"^\d{2}(\d{2}){0,2}$")]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Corner = tuple[float, float]  # longitude and latitude, EPSG:4490
Area = tuple[tuple[Corner, ...], ...]  # outer ring, then holes


class Table(BaseModel):
    """A table of the file: nothing in it that is not known, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Where(Table):
    """Shapes of a set; `ids` and `kinds` are those meant, empty for all."""

    set: Id
    ids: tuple[Name, ...] = ()
    kinds: tuple[Name, ...] = ()
    buffer_m: Amount = 0.0
