"""Asks a network why: how much each part of a sample speaks for an answer.

Everything here runs one network of its own in evaluation mode, draws from no random numbers but its own, and
leaves weights and gradients as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import torch
from torch import nn
from torch.nn import functional

from studio.data import Dataset
from studio.data.tokens import PADDING, UNKNOWN
from studio.graph import Message
from studio.project import Plan
from studio.train.judging.trying import Answer, Tried, answer, judged_of, outputs_of, reading_of
from studio.train.recipe import TrainError

Method = Literal["gradient", "smooth", "integrated", "occlusion", "gradcam"]
"""How it is found out; see `explain`."""

SAMPLES = 24
"""Noisy copies whose gradients are averaged by `smooth`."""

NOISE = 0.15
"""Their noise, as a part of the range of the sample."""

STEPS = 32
"""Steps from the blank sample to the real one in `integrated`."""

PATCHES = 7
"""Patches that `occlusion` covers along the shorter side of a picture, before they overlap."""

_USUAL = 256
"""So many samples are read from the disk to tell what is usual: evenly spread ones."""

_BATCH = 32

Told = Callable[[float], None]
"""Told the share that is done; whatever it raises ends the work."""


@dataclass(frozen=True)
class Heat:
    """How much each part of a sample speaks for an answer.

    Attributes:
        method: how it was found out.
        target: the number of the class, or of the answer, that is explained.
        score: what the network gave to it: its probability where there is one.
        sizes: (height, width) of a picture, (length,) of a text or a row, or other sizes of one sample.
        values: from -1 (against it) to 1 (for it); from 0 where there is no direction.
        signed: whether there is a direction.
        largest: what 1 stands for.
    """

    method: Method
    target: int
    score: float
    sizes: tuple[int, ...]
    values: tuple[float, ...]
    signed: bool
    largest: float


@contextmanager
def asked(model: nn.Module) -> Iterator[None]:
    """Have a network answer as it does when nothing is learned, and leave it as it was."""
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        yield
    finally:
        for module, training in modes:
            module.training = training


def convolutions(model: nn.Module) -> list[str]:
    """Give the dotted names of all convolutions, in the order in which they were drawn."""
    return [name for name, one in model.named_modules() if isinstance(one, nn.modules.conv._ConvNd)]


def methods_for(model: nn.Module, tried: Tried) -> tuple[Method, ...]:
    """Give the ways in which a sample can be explained."""
    values = next(iter(tried.inputs.values()))
    found: list[Method] = ["gradient"]
    if values.is_floating_point():
        found.append("smooth")
    found += ["integrated", "occlusion"]
    if values.dim() in (3, 4) and values.is_floating_point() and convolutions(model):
        found.insert(0, "gradcam")
    return tuple(found)


def explain(
    model: nn.Module,
    data: Dataset,
    tried: Tried,
    method: Method,
    *,
    target: int | None = None,
    layer: str = "",
    plan: Plan | None = None,
    told: Told = lambda _share: None,
) -> Heat:
    """Find out how much each part of a sample speaks for an answer.

    - `gradient`: how fast the score rises as the part is made larger (saliency); for rows and texts times its
      distance from the usual.
    - `smooth`: the same, averaged over noisy copies (SmoothGrad).
    - `integrated`: gradients along the way from a blank sample (integrated gradients): they add up to the
      difference of both scores.
    - `occlusion`: how much probability is lost when the part is covered.
    - `gradcam`: where the maps of a convolution speak for it (Grad-CAM).

    Args:
        model: the network.
        data: what it was trained on.
        tried: the sample.
        method: which of these.
        target: the class, or the number, that is explained; what the network answers when not given.
        layer: for `gradcam`, the dotted name of the convolution; the last one when empty.
        plan: how it was trained.
        told: told the share that is done.

    Raises:
        NetwrightError: the network cannot be asked this.
    """
    with asked(model):
        probe = _Probe(model, data, tried, plan, target)
        if method == "gradient":
            found, signed = probe.gradient(), not probe.pictured
        elif method == "smooth":
            found, signed = probe.smooth(told), not probe.pictured
        elif method == "integrated":
            found, signed = probe.integrated(told), True
        elif method == "occlusion":
            found, signed = probe.occluded(told), True
        else:
            found, signed = probe.gradcam(layer), False
    largest = float(found.abs().max()) if found.numel() else 0.0
    values = (found / largest if largest > 0 else found).flatten().tolist()
    return Heat(method, probe.target, probe.score, tuple(found.shape), tuple(values), signed, largest)


class _Probe:
    """One sample at a network, and the score of one answer."""

    def __init__(
        self, model: nn.Module, data: Dataset, tried: Tried, plan: Plan | None, target: int | None
    ) -> None:
        self._model, self._data, self._tried = model, data, tried
        self._name, self._values = next(iter(tried.inputs.items()))
        self.pictured = tried.shown.picture is not None and self._values.dim() == 4
        self._embeds = not self._values.is_floating_point()
        with torch.no_grad():
            outputs = outputs_of(model, tried.inputs)
        self._reading = reading_of(outputs, data, plan)
        self._answer = answer(model, data, tried, plan)
        self.target = self._likeliest() if target is None else target
        with torch.no_grad():
            self.score = float(self._chances(judged_of(outputs, self._reading, data))[0])

    def _likeliest(self) -> int:
        found: Answer = self._answer
        if found.kind in ("classes", "labels"):
            return max(range(len(found.chances)), key=lambda place: found.chances[place][1])
        if found.places:
            # The first class is often the ground, which is nearly everywhere: what stands on it says more.
            counts = {place: found.places.count(place) for place in sorted(set(found.places))}
            return max(counts, key=lambda place: (place > 0 or len(counts) == 1, counts[place]))
        return 0

    # -- scores ----------------------------------------------------------------------------------------

    def _scores(self, output: torch.Tensor) -> torch.Tensor:
        """Give the raw score of the answer, one for each sample."""
        flat = output.flatten(1)
        if self._answer.places:
            # The class at all places where it is what the network says.
            said = torch.tensor(self._answer.places, device=flat.device) == self.target
            if flat.shape[1] == len(said):
                return (flat * (said if self.target else ~said)).sum(1) * (1 if self.target else -1)
            return (output[:, self.target].flatten(1) * said).sum(1)
        if self._answer.kind == "classes" and flat.shape[1] == 1:
            return flat[:, 0] if self.target == 1 else -flat[:, 0]
        return flat[:, self.target]

    def _chances(self, output: torch.Tensor) -> torch.Tensor:
        """Give the probability of the answer where there is one, else its score."""
        scores = self._scores(output)
        if self._answer.places or self._answer.kind == "numbers":
            return scores
        if self._reading.form == "classes" and output.shape[1] > 1:
            return output.softmax(1)[:, self.target]
        return scores if self._reading.form == "chances" and self.target else scores.sigmoid()

    def _judged(self, values: torch.Tensor) -> torch.Tensor:
        """Run samples that differ from the tried one in its first input only."""
        inputs = {
            name: values if name == self._name else other.expand(len(values), *other.shape[1:])
            for name, other in self._tried.inputs.items()
        }
        return judged_of(outputs_of(self._model, inputs), self._reading, self._data)

    # -- what is varied: numbers as they are, or the vectors of tokens ---------------------------------

    def _begin(self, tokens: torch.Tensor | None = None) -> torch.Tensor:
        if not self._embeds:
            return self._values.detach()
        kept: list[torch.Tensor] = []

        def keep(output: torch.Tensor) -> torch.Tensor:
            kept.append(output)
            return output

        with self._embedded(keep), torch.no_grad():
            self._judged(self._values if tokens is None else tokens)
        if not kept:
            raise TrainError(
                Message("This network takes whole numbers without an Embedding: it has no gradient for them.")
            )
        return kept[0].detach()

    @contextmanager
    def _embedded(self, change: Callable[[torch.Tensor], torch.Tensor]) -> Iterator[None]:
        """Have what leaves the first embedding changed."""
        seen: list[nn.Module] = []

        def hook(module: nn.Module, _args: Any, output: torch.Tensor) -> torch.Tensor | None:
            if seen and seen[0] is not module:
                return None
            seen.append(module)
            return change(output)

        hooks = [
            module.register_forward_hook(hook)
            for module in self._model.modules()
            if isinstance(module, nn.Embedding)
        ]
        try:
            yield
        finally:
            for each in hooks:
                each.remove()

    def _at(self, varied: torch.Tensor) -> torch.Tensor:
        """Give the scores for samples that are varied so."""
        if not self._embeds:
            return self._scores(self._judged(varied))
        with self._embedded(lambda _output: varied):
            values = self._values.expand(len(varied), *self._values.shape[1:])
            return self._scores(self._judged(values))

    def _slope(self, varied: torch.Tensor) -> torch.Tensor:
        varied = varied.detach().requires_grad_()
        with torch.enable_grad():
            (found,) = torch.autograd.grad(self._at(varied).sum(), varied, allow_unused=True)
        return torch.zeros_like(varied) if found is None else found.detach()

    def _blank(self, begin: torch.Tensor) -> torch.Tensor:
        """Give a sample that says nothing: the ground of a picture, usual numbers, unknown words."""
        if self._embeds:
            return self._begin(self._cover())
        return self._cover().expand_as(begin)

    def _usual(self) -> torch.Tensor:
        split = self._data.train
        if split.stream is not None:
            split = split.take(torch.arange(0, len(split), -(-len(split) // _USUAL))).here()
        return split.inputs[self._name].float().mean(0, keepdim=True)

    def _ground(self) -> torch.Tensor:
        return self._values.flatten(2).median(2).values[:, :, None, None]

    def _by_part(self, found: torch.Tensor, *, signed: bool) -> torch.Tensor:
        """Give one number for each part of the sample: pixels without channels, tokens without features."""
        found = found[0]
        if self.pictured:
            return found.sum(0) if signed else found.abs().amax(0)
        return found.sum(-1) if self._embeds else found

    # -- methods ---------------------------------------------------------------------------------------

    def gradient(self) -> torch.Tensor:
        begin = self._begin()
        slope = self._slope(begin)
        if self.pictured:
            return self._by_part(slope, signed=False)
        return self._by_part(slope * (begin - self._blank(begin)), signed=True)

    def smooth(self, told: Told) -> torch.Tensor:
        begin = self._begin()
        generator = torch.Generator().manual_seed(0)
        reach = NOISE * float(begin.max() - begin.min())
        total = torch.zeros_like(begin)
        for place in range(0, SAMPLES, _BATCH // 4):
            noise = torch.randn((_BATCH // 4, *begin.shape[1:]), generator=generator) * reach
            total += self._slope(begin + noise.to(begin)).sum(0, keepdim=True) / SAMPLES
            told((place + _BATCH // 4) / SAMPLES)
        if self.pictured:
            return self._by_part(total, signed=False)
        return self._by_part(total * (begin - self._blank(begin)), signed=True)

    def integrated(self, told: Told) -> torch.Tensor:
        begin = self._begin()
        blank = self._blank(begin)
        total = torch.zeros_like(begin)
        # The middle of each step: that adds up to the difference much better than its ends.
        shares = (torch.arange(STEPS) + 0.5) / STEPS
        for part in shares.split(_BATCH // 4):
            share = part.to(begin).reshape(-1, *[1] * (begin.dim() - 1))
            total += self._slope(blank + share * (begin - blank)).sum(0, keepdim=True) / STEPS
            told(float(part[-1]))
        return self._by_part(total * (begin - blank), signed=True)

    def occluded(self, told: Told) -> torch.Tensor:
        covers = self._covers()
        values, ground = self._values, self._cover()
        loss, times = torch.zeros(covers[0].shape), torch.zeros(covers[0].shape)
        with torch.no_grad():
            for place in range(0, len(covers), _BATCH):
                part = torch.stack(list(covers[place : place + _BATCH]))
                hidden = part.unsqueeze(1) if self.pictured else part
                covered = torch.where(hidden.to(values.device), ground, values)
                lost = self.score - self._chances(self._judged(covered)).cpu()
                loss += (part * lost.reshape(-1, *[1] * (part.dim() - 1))).sum(0)
                times += part.sum(0)
                told(min(1.0, (place + _BATCH) / len(covers)))
        return loss / times.clamp(min=1)

    def _cover(self) -> torch.Tensor:
        if self.pictured:
            return self._ground()
        if self._embeds:
            unknown = len(self._data.preprocessing.vocabulary) > UNKNOWN
            return torch.full_like(self._values, UNKNOWN if unknown else PADDING)
        return self._usual()

    def _covers(self) -> Sequence[torch.Tensor]:
        """Give what is covered in turn: overlapping patches of a picture, single words, single numbers."""
        sizes = self._values.shape[2:] if self.pictured else self._values.shape[1:]
        if not self.pictured:
            count = int(torch.Size(sizes).numel())
            step = -(-count // 512)  # of very many numbers, neighbours are covered together
            place = torch.arange(count).reshape(sizes) // step
            return [place == number for number in range(-(-count // step))]
        height, width = sizes
        side = max(1, round(min(height, width) / PATCHES))
        stride = max(1, side // 2)
        found = []
        for top in range(0, max(height - side, 0) + stride, stride):
            for left in range(0, max(width - side, 0) + stride, stride):
                cover = torch.zeros(height, width, dtype=torch.bool)
                cover[top : top + side, left : left + side] = True
                found.append(cover)
        return found

    def gradcam(self, layer: str) -> torch.Tensor:
        names = convolutions(self._model)
        if not names:
            raise TrainError(Message("Grad-CAM looks at maps of a convolution, and this network has none."))
        module = self._model.get_submodule(layer if layer in names else names[-1])
        kept: list[torch.Tensor] = []

        def hook(_module: nn.Module, _args: Any, output: torch.Tensor) -> torch.Tensor:
            # What comes after may compute in its place: it gets a copy.
            kept.append(output if output.requires_grad else output.requires_grad_())
            return output.clone()

        handle = module.register_forward_hook(hook)
        try:
            with torch.enable_grad():
                score = self._scores(self._judged(self._values)).sum()
                (slope,) = torch.autograd.grad(score, kept[-1], allow_unused=True)
        finally:
            handle.remove()
        maps = kept[-1].detach()
        slope = torch.zeros_like(maps) if slope is None else slope
        weights = slope.flatten(2).mean(2).reshape(*slope.shape[:2], *[1] * (maps.dim() - 2))
        found = (weights * maps).sum(1, keepdim=True).relu()
        sizes = self._values.shape[2:]
        mode: Mapping[int, str] = {1: "linear", 2: "bilinear", 3: "trilinear"}
        if found.dim() - 2 != len(sizes):
            raise TrainError(
                Message("The maps of this convolution do not lie over the sample. Choose another one.")
            )
        return functional.interpolate(found, tuple(sizes), mode=mode[len(sizes)], align_corners=False)[
            0, 0
        ].cpu()
