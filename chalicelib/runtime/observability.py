"""One logger and one set of metrics for all functions. Nothing personal is ever passed to either."""

import logging
import os

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "cordee")
logger = Logger(service="cordee", utc=True)
logging.getLogger("botocore").setLevel(logging.WARNING)


def count(name: str, value: int = 1) -> None:
    """Publish a counter as one line of embedded metrics, in the namespace `Cordee`."""
    metrics = Metrics(namespace="Cordee", service="cordee")
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
    metrics.flush_metrics()


def gauge_seconds(name: str, value: float) -> None:
    """Publish a duration in seconds as one line of embedded metrics."""
    metrics = Metrics(namespace="Cordee", service="cordee")
    metrics.add_metric(name=name, unit=MetricUnit.Seconds, value=value)
    metrics.flush_metrics()
