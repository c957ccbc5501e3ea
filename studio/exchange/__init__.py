"""Every format a model leaves by, each checked against the live model before it is called done."""

from studio.exchange.declare import ExchangeError, Format, UnknownFormatError, find_format, formats
from studio.exchange.exporting import ExportReport, export, missing_modules
from studio.exchange.origin import model_of_run
from studio.exchange.parity import Check, ParityError
from studio.exchange.weights import Fit, WeightsError, fit, load_weights, read_weights

__all__ = [
    "Check",
    "ExchangeError",
    "ExportReport",
    "Fit",
    "Format",
    "ParityError",
    "UnknownFormatError",
    "WeightsError",
    "export",
    "find_format",
    "fit",
    "formats",
    "load_weights",
    "missing_modules",
    "model_of_run",
    "read_weights",
]
