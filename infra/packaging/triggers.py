"""Schedules, stream readers, subscriptions and rules on events, generated from the table in `infra/triggers.yaml`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.packaging import functions as parts
from infra.packaging.cloudformation import Template, allow, arn, load, ref, role
from infra.packaging.names import Function

STREAM_ACTIONS = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
]


KINDS = ("schedules", "streams", "topics", "events")


class TriggerWithoutFunction(Exception):
    """`infra/triggers.yaml` names a function that `.chalice/config.json` does not have."""


@dataclass
class Triggers:
    """The rows of the table whose function exists, and the ids of those that do not."""

    schedules: dict[str, dict[str, str]]
    streams: dict[str, str]
    topics: dict[str, str]
    events: dict[str, dict[str, Any]]
    missing: list[str] = field(default_factory=list)

    @property
    def asynchronous(self) -> list[str]:
        """The ids of all functions that nobody waits for."""
        return sorted({*self.schedules, *self.streams, *self.topics, *self.events})


def read(path: Path, known: dict[str, Function]) -> Triggers:
    """The table at `path`; raises TriggerWithoutFunction when it says that every function must exist."""
    table = load(path)
    kinds = {kind: table.get(kind) or {} for kind in KINDS}
    missing = sorted({each for rows in kinds.values() for each in rows if each not in known})
    if missing and table["every_function_must_exist"]:
        raise TriggerWithoutFunction(
            f"{path.name} names {', '.join(missing)}: add each to .chalice/config.json, or remove its row."
        )
    present = {kind: {k: v for k, v in rows.items() if k in known} for kind, rows in kinds.items()}
    return Triggers(**present, missing=missing)


def resources(triggers: Triggers, known: dict[str, Function]) -> Template:
    """All resources that start a function without anybody waiting for it."""
    made: Template = {}
    for name in triggers.asynchronous:
        made |= parts.dead_letters(known[name]) | parts.errors_alarm(known[name])
    for name in sorted(set(triggers.asynchronous) - set(triggers.streams)):
        made |= {known[name].logical_id: {"Properties": {"DeadLetterQueue": _queue(known[name])}}}
    for name, row in triggers.schedules.items():
        made |= {f"{known[name].logical_id}Schedule": _schedule(known[name], row)}
    for name, table in triggers.streams.items():
        made |= {f"{known[name].logical_id}Stream": _stream(known[name], table)}
    for name, topic in triggers.topics.items():
        made |= _subscription(known[name], topic)
    for name, row in triggers.events.items():
        made |= _rule(known[name], row)
    if triggers.schedules:
        made |= {"SchedulesRole": _schedules_role([known[name] for name in triggers.schedules])}
    return made


def statements(triggers: Triggers, name: str, known: dict[str, Function]) -> list[dict[str, Any]]:
    """What the function `name` must be granted because of its triggers."""
    granted = [parts.dead_letter_statement(known[name])] if name in triggers.asynchronous else []
    if name in triggers.streams:
        stream = {"Fn::GetAtt": [triggers.streams[name], "StreamArn"]}
        granted.append(allow(STREAM_ACTIONS, stream))
    return granted


def _queue(function: Function) -> dict[str, Any]:
    return {"Type": "SQS", "TargetArn": arn(function.dead_letters)}


def _schedule(function: Function, row: dict[str, str]) -> Template:
    return {
        "Type": "AWS::Scheduler::Schedule",
        "Properties": {
            "Description": row["why"],
            "ScheduleExpression": row["when"],
            "ScheduleExpressionTimezone": "Europe/Paris",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {
                "Arn": function.arn,
                "RoleArn": arn("SchedulesRole"),
                "RetryPolicy": {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 3600},
                "DeadLetterConfig": {"Arn": arn(function.dead_letters)},
            },
        },
    }


def _schedules_role(scheduled: list[Function]) -> Template:
    invoke = allow(["lambda:InvokeFunction"], [each.arn for each in scheduled])
    give_up = allow(["sqs:SendMessage"], [arn(each.dead_letters) for each in scheduled])
    return role("scheduler.amazonaws.com", "Schedules", [invoke, give_up])


def _stream(function: Function, table: str) -> Template:
    return {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {
            "EventSourceArn": {"Fn::GetAtt": [table, "StreamArn"]},
            "FunctionName": ref(function.logical_id),
            "StartingPosition": "TRIM_HORIZON",
            "BatchSize": 10,
            "MaximumRetryAttempts": 3,
            "BisectBatchOnFunctionError": True,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "FilterCriteria": {"Filters": [{"Pattern": '{"eventName": ["INSERT"]}'}]},
            "DestinationConfig": {"OnFailure": {"Destination": arn(function.dead_letters)}},
        },
    }


def _subscription(function: Function, topic: str) -> Template:
    return {
        f"{function.logical_id}Subscription": {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"TopicArn": ref(topic), "Protocol": "lambda", "Endpoint": function.arn},
        },
        f"{function.logical_id}TopicPermission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": ref(function.logical_id),
                "Principal": "sns.amazonaws.com",
                "SourceArn": ref(topic),
            },
        },
    }


def _rule(function: Function, row: dict[str, Any]) -> Template:
    """The rule, its right to call the function, and its right to give up on an event that it cannot hand over."""
    rule, queue = f"{function.logical_id}Rule", function.dead_letters
    target = {"Id": function.id, "Arn": function.arn, "DeadLetterConfig": {"Arn": arn(queue)}}
    return {
        rule: {
            "Type": "AWS::Events::Rule",
            "Properties": {"Description": row["why"], "EventPattern": row["pattern"], "Targets": [target]},
        },
        f"{rule}Permission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": ref(function.logical_id),
                "Principal": "events.amazonaws.com",
                "SourceArn": arn(rule),
            },
        },
        f"{queue}Policy": {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {"Queues": [ref(queue)], "PolicyDocument": _given_up_by(rule, queue)},
        },
    }


def _given_up_by(rule: str, queue: str) -> dict[str, Any]:
    statement = {
        **allow(["sqs:SendMessage"], arn(queue)),
        "Principal": {"Service": "events.amazonaws.com"},
        "Condition": {"ArnEquals": {"aws:SourceArn": arn(rule)}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
