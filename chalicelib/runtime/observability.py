"""One logger and one set of metrics for all functions. Nothing personal is ever passed to either."""

import logging
import os

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from chalicelib.runtime import config

os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "cordee")
logger = Logger(service="cordee", utc=True)
logging.getLogger("botocore").setLevel(logging.WARNING)


def count(name: str, value: int = 1) -> None:
    """Publish a counter, in the namespace `Cordee`, for this stage."""
    _publish(name, MetricUnit.Count, value)


def gauge_seconds(name: str, value: float) -> None:
    """Publish a duration in seconds."""
    _publish(name, MetricUnit.Seconds, value)


def _publish(name: str, unit: MetricUnit, value: float) -> None:
    """One line of embedded metrics; the stage keeps two deployments of one account apart."""
    metrics = Metrics(namespace="Cordee", service="cordee")
    metrics.add_dimension(name="stage", value=config.stage())
    metrics.add_metric(name=name, unit=unit, value=value)
    metrics.flush_metrics()


def place_of(error: BaseException) -> str:
    """File and line of the innermost frame: enough to find the fault, with nobody's data in it."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "unknown"
