"""How a raw sample becomes what the network takes, as plain facts that are saved with the model."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import torch
from torch.nn import functional

from studio.data import tokens
from studio.data.tokens import PADDING as PADDING
from studio.data.tokens import UNKNOWN as UNKNOWN
from studio.graph import Message, NetwrightError

if TYPE_CHECKING:  # it stands on what stands on this
    from studio.data.features import Feature

Kind = Literal["image", "vector", "tokens", "series"]
"""What one sample is."""

_INK = 0.1
"""How bright a pixel is at least that belongs to a drawing."""

_INK_SHARE = 0.26
_THICKEST = 8
_LONGEST_SIDE = 8192


class PreprocessingError(NetwrightError):
    """The sample is not of the kind that the network was trained on."""


@dataclass(frozen=True)
class Preprocessing:
    """The facts.

    Attributes:
        kind: what one sample is.
        shape: the sizes of one input: channels, height and width; or columns; or the number of tokens; or
            steps and columns of a series.
        mean: what is taken away, for each channel or column; empty for nothing.
        std: what is divided by then, likewise.
        box: a drawing is cut out and brought to this size, centred, as the training pictures were; 0 leaves
            it where it is.
        grid: a drawing goes through a raster of this side, as the training pictures did; 0 for none.
        columns: names of the columns of a vector.
        vocabulary: the word of each token number.
        units: what a token is, of texts; see `tokens.UNITS`.
        model: what learned pieces of words (BPE) need to cut a text.
        target_mean: what was taken away from a number to predict.
        target_std: what it was divided by.
        features: how each column of a table becomes numbers of a vector.
        targets: names of the numbers to predict, where there are several.
        target_means: what was taken away from each of them.
        target_stds: what each was divided by.
    """

    kind: Kind
    shape: tuple[int, ...]
    mean: tuple[float, ...] = ()
    std: tuple[float, ...] = ()
    box: int = 0
    grid: int = 0
    columns: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    target_mean: float = 0.0
    target_std: float = 1.0
    features: tuple[Feature, ...] = ()
    targets: tuple[str, ...] = ()
    target_means: tuple[float, ...] = ()
    target_stds: tuple[float, ...] = ()
    units: str = "words"
    model: str = ""

    # -- to an input -----------------------------------------------------------------------------------

    def image(self, pixels: Sequence[Sequence[float]]) -> torch.Tensor:
        """Give the input for a drawing.

        Args:
            pixels: rows of brightness from 0 (ground) to 1 (ink), of any size.

        Raises:
            PreprocessingError: the network takes no pictures, or this is none.
        """
        self._expect("image")
        drawing = _checked(pixels)
        channels, height, width = self.shape
        if self.box:
            drawing = self._centred(drawing, height, width)
        elif drawing.shape != (height, width):
            drawing = _resized(drawing, height, width)
        return self.normalised(drawing.clamp(0, 1).expand(channels, height, width))

    def vector(self, values: Sequence[float]) -> torch.Tensor:
        """Give the input for a row of numbers.

        Raises:
            PreprocessingError: the network takes no rows, or this one has other columns.
        """
        self._expect("vector")
        expected = math.prod(self.shape)
        if len(values) != expected or not all(map(math.isfinite, values)):
            raise PreprocessingError(
                Message(
                    "Expected {expected} finite {expected:number|numbers}, received {received}.",
                    expected=expected,
                    received=len(values),
                )
            )
        row = torch.tensor(list(values), dtype=torch.float32)
        return ((row - torch.tensor(self.mean)) / torch.tensor(self.std) if self.mean else row).reshape(
            self.shape
        )

    def series(self, steps: Sequence[Sequence[float]]) -> torch.Tensor:
        """Give the input for a stretch of a time series: rows of numbers, the oldest first.

        Raises:
            PreprocessingError: the network takes no series, or one of another length or width.
        """
        self._expect("series")
        found = torch.tensor([list(step) for step in steps], dtype=torch.float64)
        if tuple(found.shape) != self.shape or not bool(found.isfinite().all()):
            raise PreprocessingError(
                Message(
                    "Expected {length} steps of {width} finite {width:number|numbers}, received {received}.",
                    length=self.shape[0],
                    width=self.shape[1],
                    received=" × ".join(map(str, found.shape)),
                )
            )
        mean, std = (torch.tensor(values, dtype=torch.float64) for values in (self.mean, self.std))
        return ((found - mean) / std).float()

    def row(self, cells: Mapping[str, object]) -> torch.Tensor:
        """Give the input for a row of a table, whose cells are as they stand in it.

        Args:
            cells: by column; one that is not there is missing, and filled as in the training.

        Raises:
            PreprocessingError: the network takes no rows of a table, or a cell is not what its column holds.
        """
        self._expect("vector")
        if not self.features:
            return self.vector([cast(float, cells.get(name, math.nan)) for name in self.columns])
        numbers: list[float] = []
        for feature in self.features:
            try:
                numbers += feature.cell(cells.get(feature.name))
            except ValueError as error:
                raise PreprocessingError(
                    Message(
                        "“{cell}” is not what the column “{name}” holds.",
                        cell=str(cells[feature.name])[:60],
                        name=feature.name,
                    )
                ) from error
        return torch.tensor(numbers, dtype=torch.float32)

    def tokens(self, text: str) -> torch.Tensor:
        """Give the input for a sentence: its token numbers, cut or filled to the length.

        Raises:
            PreprocessingError: the network takes no sentences.
        """
        row = self.numbers(text)
        (length,) = self.shape
        row = row[:length]
        return torch.tensor(row + [PADDING] * (length - len(row)), dtype=torch.int64)

    def numbers(self, text: str) -> list[int]:
        """Give the numbers of all tokens of a text, however many.

        Raises:
            PreprocessingError: the network takes no texts.
        """
        self._expect("tokens")
        return tokens.numbers(text, self.units, self.vocabulary, self.model)

    def normalised(self, image: torch.Tensor) -> torch.Tensor:
        """Give pictures of brightness 0 to 1 as the network takes them: channels, height, width last."""
        if not self.mean:
            return image.contiguous()
        mean, std = (torch.tensor(values).view(-1, 1, 1) for values in (self.mean, self.std))
        return ((image - mean) / std).contiguous()

    # -- and back --------------------------------------------------------------------------------------

    def pixels(self, image: torch.Tensor) -> tuple[int, int, int, bytes]:
        """Give an input as a picture to look at: width, height, channels (1 or 3), and its bytes by rows."""
        self._expect("image")
        image = image.detach().to("cpu", torch.float32)
        if self.mean:
            mean, std = (torch.tensor(values).view(-1, 1, 1) for values in (self.mean, self.std))
            image = image * std + mean
        channels = 3 if len(image) >= 3 else 1
        shown = (image[:channels].nan_to_num().clamp(0, 1) * 255).round().to(torch.uint8)
        _, height, width = shown.shape
        return width, height, channels, shown.permute(1, 2, 0).contiguous().numpy().tobytes()

    def in_unit(self, values: torch.Tensor) -> torch.Tensor:
        """Give numbers to predict in the unit of the data; where there are several, they stand last."""
        values = values.double()
        if self.target_means and values.shape[-1:] == (len(self.target_means),):
            mean, std = (
                torch.tensor(found, dtype=torch.float64, device=values.device)
                for found in (self.target_means, self.target_stds)
            )
            return values * std + mean
        return values * self.target_std + self.target_mean

    def words(self, numbers: torch.Tensor) -> str:
        """Give token numbers as text."""
        self._expect("tokens")
        return tokens.text_of(numbers.flatten().tolist(), self.units, self.vocabulary, self.model)

    def json(self) -> dict[str, object]:
        """Give the facts as JSON takes them."""
        plain = {found.name: getattr(self, found.name) for found in dataclasses.fields(self)}
        plain["features"] = [feature.json() for feature in self.features]
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}

    @classmethod
    def from_json(cls, values: Mapping[str, object]) -> Preprocessing:
        """Take the facts from JSON again.

        Raises:
            PreprocessingError: they are not facts that this version knows.
        """
        from studio.data.features import Feature

        known = {found.name for found in dataclasses.fields(cls)}
        try:
            features = tuple(
                Feature.from_json(found)
                for found in cast(list[dict[str, object]], values.get("features", []))
            )
            plain = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in values.items()
                if name in known
            }
            return cls(**{**plain, "features": features})  # type: ignore[arg-type]  # as `json` gave them
        except (TypeError, KeyError) as error:
            raise PreprocessingError(
                Message("What is saved about the preparation of the data is incomplete.")
            ) from error

    # -- the steps -------------------------------------------------------------------------------------

    def _expect(self, kind: Kind) -> None:
        if self.kind != kind:
            raise PreprocessingError(
                Message(
                    "This network was trained on data of kind “{expected}”, not on “{received}”.",
                    expected=self.kind,
                    received=kind,
                )
            )

    def _centred(self, drawing: torch.Tensor, height: int, width: int) -> torch.Tensor:
        """Cut the drawing out, bring it to the box and set it in the middle, as the training pictures are."""
        ink = drawing > _INK
        if not bool(ink.any()):
            return torch.zeros(height, width)
        rows, columns = (ink.any(dim).nonzero().squeeze(1) for dim in (1, 0))
        glyph = drawing[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        if self.grid:
            return self._rastered(glyph, height, width)
        scale = self.box / max(glyph.shape)
        glyph = _resized(glyph, *(max(1, round(side * scale)) for side in glyph.shape))
        weights = glyph.clamp(min=0)
        top, left = (
            round((side - 1) / 2 - _middle(weights.sum(1 - dim))) for dim, side in enumerate((height, width))
        )
        return _placed(glyph, height, width, top, left)

    def _rastered(self, glyph: torch.Tensor, height: int, width: int) -> torch.Tensor:
        """Write the drawing as scikit-learn's digits were: as high as the page, counted in a raster of 4 x 4.

        The scanned digits fill 32 x 32 from top to bottom and at most about 0.7 of it in width, and their
        strokes are thick: 0.3 of the page is ink. What is kept is how many of the 16 points of each cell are
        ink. A thin drawing is thickened until it is like them; measured on drawn digits, that tells 0.8 of
        them right where 0.3 were.
        """
        side = 4 * self.grid
        wide = min(max(round(glyph.shape[1] * side / glyph.shape[0]), 3), round(side * 0.7))
        for strokes in range(_THICKEST):
            drawn = _resized(glyph, side - strokes, max(wide - strokes, 3))
            page = (_placed(drawn, side, side, strokes // 2, (side - drawn.shape[1]) // 2) > 0.5).float()
            for turn in range(strokes):
                edge = (0, 1, 0, 1) if turn % 2 else (1, 0, 1, 0)
                page = functional.max_pool2d(functional.pad(page[None, None], edge), 2, 1)[0, 0]
            if float(page.mean()) >= _INK_SHARE:
                break
        cells = functional.avg_pool2d(page[None, None], 4)
        return bilinear(cells, height, width)[0, 0]


def bilinear(images: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """Bring a batch of pictures to another size, as data sources and drawings both do it."""
    return functional.interpolate(images, (height, width), mode="bilinear", align_corners=False)


def _checked(pixels: Sequence[Sequence[float]]) -> torch.Tensor:
    height, width = len(pixels), len(pixels[0]) if len(pixels) else 0
    if not (0 < height <= _LONGEST_SIDE and 0 < width <= _LONGEST_SIDE) or any(
        len(row) != width for row in pixels
    ):
        raise PreprocessingError(Message("Expected a picture: rows of equal length, at least one."))
    return torch.tensor([list(row) for row in pixels], dtype=torch.float32).nan_to_num().clamp(0, 1)


def _resized(image: torch.Tensor, height: int, width: int) -> torch.Tensor:
    return functional.interpolate(
        image[None, None], (height, width), mode="bilinear", align_corners=False, antialias=True
    )[0, 0]


def _middle(weights: torch.Tensor) -> float:
    """Give the centre of mass along one side."""
    total = float(weights.sum())
    return (
        float((weights * torch.arange(len(weights))).sum()) / total if total > 0 else (len(weights) - 1) / 2
    )


def _placed(glyph: torch.Tensor, height: int, width: int, top: int, left: int) -> torch.Tensor:
    """Lay a drawing on an empty page; what would stick out is moved in."""
    page = torch.zeros(height, width)
    glyph = glyph[:height, :width]
    top = min(max(top, 0), height - glyph.shape[0])
    left = min(max(left, 0), width - glyph.shape[1])
    page[top : top + glyph.shape[0], left : left + glyph.shape[1]] = glyph
    return page
