"""Training: engine, events, recipes, checkpoints, runs, devices, and the judgement of what came out."""

from studio.train.control import Control
from studio.train.events import (
    Best,
    CheckpointSaved,
    EpochDone,
    Event,
    Failed,
    Finished,
    SampleMade,
    Started,
    StepDone,
    Validated,
    Warned,
)
from studio.train.judging.evaluate import (
    ClassFigures,
    Evaluation,
    WrongSample,
    evaluate,
    opened,
)
from studio.train.judging.trying import predict, predict_sample
from studio.train.loop.random_stream import order_seed
from studio.train.machine.choices import Choices
from studio.train.machine.devices import Device, DeviceError, choose, devices
from studio.train.made import Look, Made
from studio.train.metrics import MetricLog
from studio.train.plans.calls import optimizer_arguments
from studio.train.recipe import TrainError
from studio.train.recipes.generating import generate
from studio.train.recipes.translation import answer
from studio.train.runs.background import Background
from studio.train.runs.record import (
    RunFolderError,
    RunRecord,
    new_run_dir,
    require_ended,
    require_run_folder,
    runs_folder,
)
from studio.train.runs.record import read_record as load_run
from studio.train.runs.session import networks, run
from studio.train.runs.store import RunStore, adopt, runs_of
from studio.train.runs.words import end_of, state_of

__all__ = [
    "Background",
    "Best",
    "CheckpointSaved",
    "Choices",
    "ClassFigures",
    "Control",
    "Device",
    "DeviceError",
    "EpochDone",
    "Evaluation",
    "Event",
    "Failed",
    "Finished",
    "Look",
    "Made",
    "MetricLog",
    "RunFolderError",
    "RunRecord",
    "RunStore",
    "SampleMade",
    "Started",
    "StepDone",
    "TrainError",
    "Validated",
    "Warned",
    "WrongSample",
    "adopt",
    "answer",
    "choose",
    "devices",
    "end_of",
    "evaluate",
    "generate",
    "load_run",
    "networks",
    "new_run_dir",
    "opened",
    "optimizer_arguments",
    "order_seed",
    "predict",
    "predict_sample",
    "require_ended",
    "require_run_folder",
    "run",
    "runs_folder",
    "runs_of",
    "state_of",
]
