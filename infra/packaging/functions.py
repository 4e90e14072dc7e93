"""What every function gets beside its code: a readable name, its own logs, and the grants of its plumbing.

The policies in `.chalice/` say what the code of a function may do. What being a Lambda needs (its logs,
its dead letters, its stream) is added here, for exactly that resource.
"""

from typing import Any

from infra.packaging.alarms import alarm
from infra.packaging.cloudformation import Template, allow, arn, log_group, ref, sub
from infra.packaging.names import Function

LOG_ACTIONS = ["logs:CreateLogStream", "logs:PutLogEvents"]


def naming(function: Function) -> Template:
    """The function's name and its log group."""
    name = f"${{AWS::StackName}}-{function.id}"
    logs = f"{function.logical_id}Logs"
    settings = {"FunctionName": sub(name), "LoggingConfig": {"LogGroup": ref(logs)}}
    return {
        function.logical_id: {"Properties": settings},
        logs: log_group(f"/aws/lambda/{name}"),
    }


def dead_letters(function: Function) -> Template:
    """The queue of what an asynchronous function could not do, with its alarm."""
    queue = function.dead_letters
    return {
        queue: {
            "Type": "AWS::SQS::Queue",
            "Properties": {"SqsManagedSseEnabled": True, "MessageRetentionPeriod": 14 * 24 * 3600},
        },
        f"{queue}Alarm": alarm(
            f"{function.id} gave up on an event: read the queue, mend, send it again.",
            ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
            {"QueueName": {"Fn::GetAtt": [queue, "QueueName"]}},
            statistic="Maximum",
        ),
    }


def errors_alarm(function: Function) -> Template:
    """An alarm on failures; not for workflow tasks, whose errors are answers that the machine catches."""
    description = f"{function.id} failed."
    metric = ("AWS/Lambda", "Errors")
    return {
        f"{function.logical_id}Errors": alarm(description, metric, {"FunctionName": ref(function.logical_id)})
    }


def log_statement(function: Function) -> dict[str, Any]:
    """The grant to write to the function's own log group."""
    group = f"log-group:/aws/lambda/${{AWS::StackName}}-{function.id}:*"
    return allow(
        LOG_ACTIONS, sub(f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:{group}")
    )


def dead_letter_statement(function: Function) -> dict[str, Any]:
    """The grant to give up on an event."""
    return allow(["sqs:SendMessage"], arn(function.dead_letters))


def grant(template: Template, function: Function, statements: list[dict[str, Any]]) -> None:
    """Add `statements` to the policy of the function's role, once."""
    policy = template["Resources"][function.role_id]["Properties"]["Policies"][0]
    written = policy["PolicyDocument"]["Statement"]
    written.extend(each for each in statements if each not in written)
