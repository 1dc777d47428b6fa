"""Reads Surefire's reports: prints what was skipped and why, and fails where the AWS collectors met no
emulator at all (tests of functions/aws). LocalStack needs Docker, moto does not; one of the two must have
run."""

import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMULATORS = ("LocalStackTest", "EmulatorTest", "MotoTest")


def main():
    reports = sorted(ROOT.glob("functions/*/target/surefire-reports/TEST-*.xml"))
    total = on_emulator = 0
    skipped = defaultdict(list)
    for report in reports:
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            total += 1
            name = case.get("classname", "")
            skip = case.find("skipped")
            if skip is not None:
                reason = skip.get("message") or (skip.text or "").strip() or "no reason given"
                reason = reason.splitlines()[0].removeprefix("org.opentest4j.TestAbortedException: ")
                skipped[name, reason].append(case.get("name") or "(all)")
            elif name.endswith(EMULATORS) and "/aws/target/" in report.as_posix():
                on_emulator += 1
    for (name, reason), cases in skipped.items():
        which = f".{cases[0]}" if len(cases) == 1 else f" ({len(cases)} tests)"
        print(f"skipped: {name}{which}: {reason}")
    skips = sum(map(len, skipped.values()))
    print(f"tests: {total - skips} ran, {on_emulator} of them with the AWS collectors against an emulator; {skips} skipped")
    if total == skips:
        print("tests: none ran", file=sys.stderr)
    if not on_emulator:
        print(
            f"tests: the collectors ran against no emulator; a class named *{' or *'.join(EMULATORS)}"
            " must run (moto_server on the PATH, or Docker)", file=sys.stderr)
    return 0 if on_emulator and total > skips else 1


if __name__ == "__main__":
    sys.exit(main())
