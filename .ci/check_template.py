"""Checks of the CloudFormation templates that cfn-lint does not make, on what SAM translates them to.

Names of IAM actions and whether they take a resource come from AWS's Service Authorization Reference, as the
package policy-sentry ships it.
"""

import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import policy_sentry
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parent.parent
# The translator warns of statistics that nobody collects.
logging.getLogger("samtranslator").setLevel(logging.ERROR)
TEMPLATES = ["template.yaml", *sorted(
    str(path.relative_to(ROOT)) for path in ROOT.glob("infra/**/*.yaml") if "AWSTemplateFormatVersion" in path.read_text())]
ACTIONS = json.loads(
    (Path(policy_sentry.__file__).parent / "shared/data/iam-definition.json").read_text(encoding="utf-8"))
# Lambda makes these calls before it knows the interface, and checks for them on every resource.
ANY_RESOURCE = {"Network", "NotTheFunctionItself"}
UNITS = "minute|hour|day"
CRON = (r"cron\((?P<minutes>\S+) (?P<hours>\S+) (?P<day>\S+) (?P<month>\S+) (?P<weekday>\S+) (?P<year>\S+)\)")


class NoManagedPolicies:
    """What the translator asks for names of managed policies; the template uses none."""

    def load(self):
        return {}


def translated(text):
    """The CloudFormation template that SAM makes; CodeUri must be in S3 for that."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
    template = yaml_parse(re.sub(r"(CodeUri: )functions/\S+", r"\1s3://bucket/key", text))
    return transform(template, {}, NoManagedPolicies()) if "Transform" in template else template


def resources(template, *types):
    return [(name, it["Properties"]) for name, it in template["Resources"].items() if it["Type"] in types]


def listed(value):
    return value if isinstance(value, list) else [value]


def branches(value):
    """A value, or both values of a condition."""
    if isinstance(value, dict) and "Fn::If" in value:
        return [leaf for branch in value["Fn::If"][1:] for leaf in branches(branch)]
    return [] if value == {"Ref": "AWS::NoValue"} else [value]


def bad_schedule(expression):
    """What is wrong with a schedule expression, or nothing."""
    if re.fullmatch(rf"rate\((1 ({UNITS})|([2-9]|[1-9]\d+) ({UNITS})s)\)", expression):
        return None
    cron = re.fullmatch(CRON, expression)
    if cron is None:
        return "is neither rate(value unit), with minute for 1 and minutes for more, nor cron with six fields"
    if (cron["day"] == "?") == (cron["weekday"] == "?"):
        return "needs ? for the day of the month or for the day of the week, not for both or neither"
    return None


def schedules(template):
    for name, it in resources(template, "AWS::Scheduler::Schedule", "AWS::Events::Rule"):
        expression = it.get("ScheduleExpression")
        if isinstance(expression, dict):
            parameter = template["Parameters"][expression["Ref"]]
            expression = parameter["Default"]
            for wrong in ("rate(1 hours)", "rate(2 hour)", "cron(0 6 * * ?)", "every day"):
                if re.search(parameter["AllowedPattern"], wrong):
                    yield f"{name}: its parameter takes {wrong}"
        if expression is not None and (problem := bad_schedule(expression)):
            yield f"{name}: {expression} {problem}"


def statements(template):
    """Each statement of a policy with where it stands, and whether it is one of a role."""
    for name, role in resources(template, "AWS::IAM::Role"):
        for policy in [leaf for policy in role.get("Policies", []) for leaf in branches(policy)]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield from ((f"{name} {policy['PolicyName']}", leaf, True) for leaf in branches(statement))
    for name, it in resources(
            template, "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::KMS::Key", "AWS::Events::EventBusPolicy"):
        document = it.get("PolicyDocument") or it.get("KeyPolicy") or it
        for statement in listed(document["Statement"]):
            yield from ((name, leaf, False) for leaf in branches(statement))


def takes_resource(action):
    """Whether an action can be narrowed to a resource; None for one that does not exist."""
    service, _, verb = action.partition(":")
    known = ACTIONS.get(service, {}).get("privileges", {}).get(verb)
    return None if known is None else any(known["resource_types"])


def actions(template):
    for where, statement, of_role in statements(template):
        for action in listed(statement["Action"]):
            if action.endswith(":*") and not of_role and action.split(":")[0] in ACTIONS:
                continue
            narrow = takes_resource(action)
            if narrow is None:
                yield f"{where}: {action} is no action of IAM"
            elif narrow and of_role and "*" in listed(statement["Resource"]) and statement.get("Sid") not in ANY_RESOURCE:
                yield f"{where}: {action} can name a resource, but has *"


def granted(template, role, policies):
    """The actions that a role's policies of these names allow."""
    return {
        action
        for policy in [leaf for policy in resource(template, role)["Policies"] for leaf in branches(policy)]
        if policy["PolicyName"] in policies
        for statement in policy["PolicyDocument"]["Statement"]
        for action in listed(statement["Action"])}


def resource(template, name):
    return template["Resources"][name]["Properties"]


def documented_reads():
    """The actions of both policies in docs/permissions.md, which a test keeps equal to what collectors call."""
    blocks = re.findall(r"^```json\n(.*?)^```", (ROOT / "docs/permissions.md").read_text(), re.MULTILINE | re.DOTALL)
    return {
        action for block in blocks for statement in json.loads(block)["Statement"] for action in statement["Action"]}


def reads(template, role):
    allowed, documented = granted(template, role, {"read-account", "read-trail"}), documented_reads()
    for action in sorted(documented - allowed):
        yield f"{role}: does not allow {action}, which docs/permissions.md lists"
    for action in sorted(allowed - documented - {"cloudtrail:LookupEvents"}):
        yield f"{role}: allows {action}, which docs/permissions.md does not list"


def module_of(source, name):
    """The folder under functions/ of a function's zip."""
    return Path(source["Resources"][name]["Properties"]["CodeUri"]).parts[1]


def variables_read(module):
    """The environment variables that a function's own code reads, those of Lambda itself left out."""
    sources = (ROOT / "functions" / module / "src/main/java").rglob("*.java")
    names = {
        name
        for file in sources
        for name in re.findall(r"\b(?:required|optional|list|flag|number|seconds)\(\s*\"([A-Z][A-Z0-9_]+)\"", file.read_text())}
    return {name for name in names if not name.startswith(("AWS_", "LAMBDA_"))}


def environment(template, source):
    for name, function in resources(template, "AWS::Lambda::Function"):
        values = function.get("Environment", {}).get("Variables", {})
        for variable, value in values.items():
            if not isinstance(value, dict):
                yield f"{name}: {variable} is fixed to {value!r}; take it from a parameter or a resource"
        read = variables_read(module_of(source, name))
        for variable in sorted(read - set(values)):
            yield f"{name}: its code reads {variable}, which the template does not set"
        for variable in sorted(set(values) - read):
            yield f"{name}: the template sets {variable}, which its code does not read"


def zips(template, source):
    for name, function in resources(template, "AWS::Lambda::Function"):
        path = ROOT / source["Resources"][name]["Properties"]["CodeUri"]
        if not path.is_file():
            yield f"{name}: {path.relative_to(ROOT)} does not exist; run mvn package"
            continue
        handler = function["Handler"].partition("::")[0].replace(".", "/") + ".class"
        with zipfile.ZipFile(path) as archive:
            jars = [entry for entry in archive.namelist() if re.fullmatch(r"lib/[^/]+\.jar", entry)]
            if not any(handler in zipfile.ZipFile(io.BytesIO(archive.read(jar))).namelist() for jar in jars):
                yield f"{name}: {path.relative_to(ROOT)} has no class {handler}"


def version(source):
    wanted = re.search(r"<version>([^<]+)</version>", (ROOT / "pom.xml").read_text()).group(1)
    stated = source["Metadata"]["AWS::ServerlessRepo::Application"]["SemanticVersion"]
    if stated != wanted.removesuffix("-SNAPSHOT"):
        yield f"SemanticVersion is {stated}, the version in pom.xml {wanted}"


def change_events(template, forwarder):
    here = resource(template, "ChangesHere")["EventPattern"]
    elsewhere = resource(forwarder, "Changes")["EventPattern"]
    if here != elsewhere:
        yield "infra/change-forwarder.yaml forwards other events than ChangesHere of template.yaml takes"


def state_machine(text):
    """cfn-lint's checks of the definition, for which the partition must stand in it, and a number: it knows no expression for one."""
    filled = text.replace("${Partition}", "aws").replace("ignore_checks: [E3601]", "ignore_checks: []")
    filled = filled.replace('"{% ${MaxConcurrency} %}"', "10")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "organization.yaml"
        file.write_text(filled)
        linter = Path(sys.executable).with_name("cfn-lint")
        run = subprocess.run([linter, "-c", "I", "-t", file], capture_output=True, text=True)
        if run.returncode:
            yield f"infra/organization.yaml: {run.stdout}{run.stderr}"


def kubernetes():
    """Nothing but lists, and never Secrets; the probe's right is the one exception, and names its objects."""
    for file in sorted((ROOT / "infra/kubernetes").glob("*.yaml")):
        if "AWSTemplateFormatVersion" in file.read_text():
            continue
        for document in file.read_text().split("\n---\n"):
            for rule in yaml_parse(document).get("rules", []):
                probe = rule["resources"] == ["serviceaccounts/token"] and rule.get("resourceNames") and rule["verbs"] == ["create"]
                if not probe and (rule["verbs"] != ["list"] or {"secrets", "*"} & set(rule["resources"])):
                    yield f"{file.relative_to(ROOT)}: {rule}"


def problems():
    for name in TEMPLATES:
        template = translated((ROOT / name).read_text())
        for check in (schedules, actions):
            yield from (f"{name}: {problem}" for problem in check(template))
    text = (ROOT / "template.yaml").read_text()
    template, source = translated(text), yaml_parse(text)
    member = translated((ROOT / "infra/member-account-role.yaml").read_text())
    yield from reads(template, "AuditRole")
    yield from reads(member, "MemberRole")
    yield from environment(template, source)
    yield from zips(template, source)
    yield from version(source)
    yield from change_events(template, translated((ROOT / "infra/change-forwarder.yaml").read_text()))
    yield from state_machine((ROOT / "infra/organization.yaml").read_text())
    yield from kubernetes()


def main():
    found = list(problems())
    print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
    print(f"templates: {len(TEMPLATES)} checked, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
