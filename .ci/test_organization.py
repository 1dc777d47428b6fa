"""Executes the state machine of infra/organization.yaml, as CloudFormation would send it, with stubs for the audit and Organizations."""

import json
import logging
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import states

logging.disable(logging.CRITICAL)


def account(number, state="ACTIVE"):
    return {"Id": f"{number:012d}", "State": state}


def answered(complete):
    return lambda name, attempt: (None, {"accounts": [{"account": name, "complete": complete}]})


ERROR = ("Unhandled", {"errorType": "FunctionException", "errorMessage": "1 of 1 accounts are not finished"})


class Organization(unittest.TestCase):
    def test_definition_is_one_that_the_service_takes(self):
        self.assertEqual([], list(states.problems()))
        self.assertIn('"{% 25 %}"', states.definition(MaxConcurrency=25))

    def test_a_number_within_quotes_is_found(self):
        self.assertEqual(
            ["infra/organization.yaml: Definition.States.Map.MaxConcurrency is the text '10', not a number"],
            list(states.numbers({"States": {"Map": {"MaxConcurrency": "10"}}}, "Definition")),
        )

    def test_every_active_account_once_and_nothing_wrong(self):
        stub = states.Stub([{"Accounts": [account(1), account(2, "SUSPENDED")]}, {"Accounts": []}, {"Accounts": [account(3)]}], answered(True))
        status, output, _ = states.execute(stub)
        self.assertEqual("SUCCEEDED", status, output)
        self.assertEqual({"failed": [], "incomplete": []}, json.loads(output))
        self.assertEqual(["000000000001", "000000000003"], sorted(call["account"] for call in stub.invoked))
        self.assertEqual({("organization", "2026-11-29T06:00:00Z")}, {(call["trigger"], call["time"]) for call in stub.invoked})

    def test_an_organization_without_active_accounts(self):
        stub = states.Stub([{"Accounts": [account(1, "SUSPENDED")]}], answered(True))
        self.assertEqual("SUCCEEDED", states.execute(stub)[0])
        self.assertEqual([], stub.invoked)

    def test_one_account_that_could_not_be_read_is_named(self):
        status, error, cause = states.execute(states.Stub([{"Accounts": [account(7)]}], answered(False)))
        self.assertEqual(("FAILED", "AccountsNotAudited"), (status, error))
        self.assertEqual("Not audited: none. Not completely read: 000000000007.", cause)

    def test_an_answer_without_the_account_is_no_success(self):
        stub = states.Stub([{"Accounts": [account(7)]}], lambda name, attempt: (None, {"accounts": []}))
        self.assertEqual("Not audited: none. Not completely read: 000000000007.", states.execute(stub)[2])

    def test_many_accounts_of_every_kind(self):
        """Some fail for good, some once, some cannot be read, some are suspended or excluded; the list is throttled meanwhile."""
        active = [account(number) for number in range(1, 201)]
        pages = [{"Accounts": active[:80] + [account(900, "SUSPENDED")]}, {"Accounts": active[80:]}]

        def answer(name, attempt):
            if name.endswith("9") or (name.endswith("8") and attempt == 1):
                return ERROR
            return answered(not name.endswith("7"))(name, attempt)

        stub = states.Stub(pages, answer, throttled=3)
        status, error, cause = states.execute(stub, ExcludedAccounts="000000000001,000000000002")
        failed = [f"{number:012d}" for number in range(9, 201, 10)]
        unread = [f"{number:012d}" for number in range(7, 201, 10)]
        self.assertEqual(("FAILED", "AccountsNotAudited"), (status, error))
        told, read = cause.removeprefix("Not audited: ").removesuffix(".").split(". Not completely read: ")
        self.assertEqual((failed, unread), (sorted(told.split(", ")), sorted(read.split(", "))))
        asked = {call["account"] for call in stub.invoked}
        self.assertEqual({f"{number:012d}" for number in range(3, 201)}, asked)
        self.assertEqual(5, stub.listed)


if __name__ == "__main__":
    unittest.main(verbosity=2)
