"""Plants one fault at a time into the real templates and expects check_template.py to name it."""

import json
import tempfile
import unittest
import zipfile
from pathlib import Path

import check_template as check

TEXT = (check.ROOT / "template.yaml").read_text()


def with_fault(old, new):
    assert old in TEXT, old
    return check.translated(TEXT.replace(old, new))


class SchedulesTest(unittest.TestCase):
    def test_units_agree_with_values(self):
        for good in ("rate(1 hour)", "rate(12 hours)", "cron(0 6 * * ? *)", "cron(0 6 ? * MON-FRI *)"):
            self.assertIsNone(check.bad_schedule(good), good)
        for bad in ("rate(1 hours)", "rate(2 hour)", "rate(0 days)", "cron(0 6 * * *)", "cron(0 6 * * * *)", "daily"):
            self.assertIsNotNone(check.bad_schedule(bad), bad)

    def test_default_of_a_parameter(self):
        problems = list(check.schedules(with_fault("Default: cron(0 6 * * ? *)", "Default: rate(1 hours)")))
        self.assertEqual(1, len(problems), problems)
        self.assertIn("rate(1 hours)", problems[0])

    def test_parameter_that_takes_anything(self):
        pattern = next(line for line in TEXT.splitlines() if "AllowedPattern: ^cron" in line)
        problems = list(check.schedules(with_fault(pattern, "    AllowedPattern: .*")))
        self.assertEqual(4, len(problems), problems)


class ActionsTest(unittest.TestCase):
    def test_unknown_action(self):
        problems = list(check.actions(with_fault("- eks:DescribeCluster\n", "- eks:DescribeClusterz\n")))
        self.assertEqual(["AuditRole read-account: eks:DescribeClusterz is no action of IAM"], problems)

    def test_star_where_a_resource_can_be_named(self):
        problems = list(check.actions(with_fault(
            "Action: sns:Publish, Resource: !Ref AlertTopic}", "Action: sns:Publish, Resource: '*'}")))
        self.assertEqual(["AlertRole tell: sns:Publish can name a resource, but has *"], problems)

    def test_wildcard_in_a_role(self):
        problems = list(check.actions(with_fault("Action: sns:Publish, Resource: !Ref AlertTopic}", "Action: sns:*, Resource: '*'}")))
        self.assertEqual(["AlertRole tell: sns:* is no action of IAM"], problems)


class ReadsTest(unittest.TestCase):
    def test_action_that_is_missing(self):
        problems = list(check.reads(with_fault("                  - eks:ListAddons\n", ""), "AuditRole"))
        self.assertEqual(["AuditRole: does not allow eks:ListAddons, which docs/permissions.md lists"], problems)

    def test_action_too_many(self):
        problems = list(check.reads(with_fault("- eks:ListAddons\n", "- eks:ListAddons\n                  - eks:DeleteAddon\n"), "AuditRole"))
        self.assertEqual(["AuditRole: allows eks:DeleteAddon, which docs/permissions.md does not list"], problems)


class FunctionsTest(unittest.TestCase):
    def test_variable_that_the_template_lacks_or_nobody_reads(self):
        template = with_fault("EXTERNAL_ID: !Ref ExternalId\n      Events:", "EXTERNAL_IDS: !Ref ExternalId\n      Events:")
        problems = list(check.environment(template, check.yaml_parse(TEXT)))
        self.assertIn("SecurityHubFunction: its code reads EXTERNAL_ID, which the template does not set", problems)
        self.assertIn("SecurityHubFunction: the template sets EXTERNAL_IDS, which its code does not read", problems)

    def test_fixed_value_and_missing_zip(self):
        template = with_fault("HEARTBEAT: !Ref Heartbeat", "HEARTBEAT: 'true'")
        source = check.yaml_parse(TEXT)
        self.assertIn(
            "AlertFunction: HEARTBEAT is fixed to 'true'; take it from a parameter or a resource",
            list(check.environment(template, source)))
        source["Resources"]["AlertFunction"]["Properties"]["CodeUri"] = "functions/alert/target/none.zip"
        self.assertIn(
            "AlertFunction: functions/alert/target/none.zip does not exist; run mvn package",
            list(check.zips(template, source)))

    def test_handler_that_the_zip_does_not_have(self):
        template, source = check.translated(TEXT), check.yaml_parse(TEXT)
        with tempfile.TemporaryDirectory(dir=check.ROOT) as folder:
            jar, zipped = Path(folder) / "own.jar", Path(folder) / "alert.zip"
            with zipfile.ZipFile(jar, "w") as archive:
                archive.writestr("io/github/eksidentity/alert/Other.class", b"")
            with zipfile.ZipFile(zipped, "w") as archive:
                archive.write(jar, "lib/own.jar")
            source["Resources"]["AlertFunction"]["Properties"]["CodeUri"] = str(zipped.relative_to(check.ROOT))
            problems = [problem for problem in check.zips(template, source) if problem.startswith("AlertFunction")]
        self.assertEqual(1, len(problems), problems)
        self.assertIn("has no class io/github/eksidentity/alert/AlertHandler.class", problems[0])


def matches(pattern, value):
    """Whether Lambda's filter lets a value through, for the operators that the template uses."""
    if isinstance(pattern, dict):
        return all(matches(inner, value.get(name) if isinstance(value, dict) else None) for name, inner in pattern.items())
    return any(
        value is None if rule == {"exists": False}
        else isinstance(value, str) and value.startswith(rule["prefix"]) if isinstance(rule, dict)
        else value == rule
        for rule in pattern)


def stream_filter(name):
    mapping = check.resource(check.translated(TEXT), name)
    return json.loads(mapping["FilterCriteria"]["Filters"][0]["Pattern"])


def payload(name):
    return json.loads((check.ROOT / "events" / name).read_text())["Records"][0]


class FiltersTest(unittest.TestCase):
    def test_alert_hears_of_a_run_once(self):
        pattern, run = stream_filter("AlertFunctionCompletedRuns"), payload("completed-run.json")
        self.assertTrue(matches(pattern, run))
        run["dynamodb"]["NewImage"]["alertedAt"] = {"S": "2026-11-25T06:03:45Z"}
        self.assertFalse(matches(pattern, run))

    def test_alert_hears_of_nothing_else(self):
        pattern, run = stream_filter("AlertFunctionCompletedRuns"), payload("completed-run.json")
        run["dynamodb"]["NewImage"]["state"] = {"S": "running"}
        self.assertFalse(matches(pattern, run))
        self.assertFalse(matches(pattern, payload("transitions.json")))

    def test_security_hub_hears_of_transitions_only(self):
        pattern = stream_filter("SecurityHubFunctionTransitions")
        self.assertTrue(matches(pattern, payload("transitions.json")))
        self.assertFalse(matches(pattern, payload("completed-run.json")))


class OthersTest(unittest.TestCase):
    def test_version(self):
        source = check.yaml_parse(TEXT)
        source["Metadata"]["AWS::ServerlessRepo::Application"]["SemanticVersion"] = "9.9.9"
        self.assertEqual(1, len(list(check.version(source))))

    def test_forwarder_that_lacks_an_event(self):
        forwarder = check.yaml_parse((check.ROOT / "infra/change-forwarder.yaml").read_text())
        forwarder["Resources"]["Changes"]["Properties"]["EventPattern"]["detail"]["eventName"].pop()
        self.assertEqual(1, len(list(check.change_events(check.translated(TEXT), forwarder))))

    def test_definition_of_the_state_machine(self):
        text = (check.ROOT / "infra/organization.yaml").read_text()
        self.assertEqual([], list(check.state_machine(text)))
        self.assertEqual(1, len(list(check.state_machine(text.replace("Type: Succeed", "Type: Success")))))


if __name__ == "__main__":
    unittest.main()
