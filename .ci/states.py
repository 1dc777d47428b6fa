"""The definition of infra/organization.yaml as CloudFormation sends it, and its execution by moto's interpreter.

CloudFormation's provider writes the definition as JSON and then replaces each ${Name} as text, so that a parameter that is a
number arrives within quotes (DefinitionProcessor of aws-cloudformation/aws-cloudformation-resource-providers-stepfunctions).
"""

import io
import json
import re
import sys
import time
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parent.parent
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:audit"


def definition(**substitutions):
    """As text, with every substitution of the template made."""
    template = yaml_parse((ROOT / "infra/organization.yaml").read_text())
    properties = template["Resources"]["Audit"]["Properties"]
    parameters = {name: str(given.get("Default", "")) for name, given in template["Parameters"].items()}
    values = {"Partition": "aws", "AuditFunctionArn": FUNCTION}
    text = json.dumps(properties["Definition"])
    for name in properties["DefinitionSubstitutions"]:
        value = str(substitutions.get(name, values.get(name, parameters.get(name, ""))))
        text = text.replace("${" + name + "}", value)
    return text


def problems():
    """What the service would refuse: a number that is a text, a substitution that was not made."""
    text = definition()
    for left in set(re.findall(r"\$\{[A-Za-z]+\}", text)):
        yield f"infra/organization.yaml: nothing replaces {left}"
    yield from numbers(json.loads(text), "Definition")


NUMBERS = {"MaxConcurrency", "TimeoutSeconds", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "HeartbeatSeconds"}


def numbers(node, place):
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        text = isinstance(value, str) and not value.startswith("{%")
        if key in NUMBERS and text:
            yield f"infra/organization.yaml: {place}.{key} is the text {value!r}, not a number"
        yield from numbers(value, f"{place}.{key}")


class Stub:
    """Lambda and Organizations, as the state machine sees them."""

    def __init__(self, pages, answer, throttled=0):
        """throttled: how many calls for a second page are refused before one is answered."""
        self.pages, self.answer, self.throttled = pages, answer, throttled
        self.invoked, self.listed = [], 0

    def invoke(self, **call):
        payload = json.loads(call["Payload"])
        self.invoked.append(payload)
        error, body = self.answer(payload["account"], sum(p["account"] == payload["account"] for p in self.invoked))
        answer = {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": io.BytesIO(json.dumps(body).encode())}
        return {**answer, "FunctionError": error} if error else answer

    def list_accounts(self, **call):
        self.listed += 1
        if self.throttled > 0 and call:
            self.throttled -= 1
            from botocore.exceptions import ClientError

            error = {"Code": "TooManyRequestsException", "Message": "slow down"}
            raise ClientError({"Error": error, "ResponseMetadata": {"RequestId": "1", "HTTPStatusCode": 429}}, "ListAccounts")
        page = int(call.get("NextToken", "0"))
        answer = self.pages[page]
        more = {"NextToken": str(page + 1)} if page + 1 < len(self.pages) else {}
        return {"Accounts": answer["Accounts"], **more}


def execute(stub, **substitutions):
    """Runs the definition and returns status, output or error, and cause."""
    import boto3
    import jsonata
    from moto import mock_aws
    from moto.core.config import default_user_config  # noqa: F401  (fails early where moto has none)

    def evaluate(expression):
        value = jsonata.Jsonata(expression).evaluate(None)
        return json.loads(json.dumps(value, default=str))

    import moto.stepfunctions.parser.models  # noqa: F401

    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions"):
            if hasattr(module, "eval_jsonata_expression"):
                module.eval_jsonata_expression = evaluate
            if hasattr(module, "boto_client_for"):
                module.boto_client_for = lambda **_: stub
    from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl

    retrier_decl.time = type("NoTime", (), {"sleep": staticmethod(lambda _: None)})
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
        client = boto3.client("stepfunctions", region_name="eu-west-1", aws_access_key_id="test", aws_secret_access_key="test")
        role = "arn:aws:iam::111122223333:role/states"
        machine = client.create_state_machine(name="organization", definition=definition(**substitutions), roleArn=role)
        execution = client.start_execution(
            stateMachineArn=machine["stateMachineArn"], input=json.dumps({"time": "2026-11-29T06:00:00Z"})
        )["executionArn"]
        end = time.monotonic() + 300
        while time.monotonic() < end:
            found = client.describe_execution(executionArn=execution)
            if found["status"] != "RUNNING":
                return found["status"], found.get("error", found.get("output")), found.get("cause", "")
            time.sleep(0.1)
    raise TimeoutError("the execution did not end in 300 s")
