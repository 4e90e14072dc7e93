"""The shape that all alarms share: one datapoint of five minutes, told to the `Alarms` topic."""

from typing import Any

from infra.packaging.cloudformation import Template, ref


def alarm(
    description: str,
    metric: tuple[str, str],
    dimensions: dict[str, Any],
    statistic: str = "Sum",
    threshold: float = 1,
) -> Template:
    """An alarm on `metric` = (namespace, name) at or above `threshold`; no data means that all is well."""
    namespace, name = metric
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": description,
            "Namespace": namespace,
            "MetricName": name,
            "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
            "Statistic": statistic,
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [ref("Alarms")],
        },
    }
