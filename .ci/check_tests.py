"""Reads Surefire's reports: prints what was skipped and why, and fails where the AWS collectors met no
emulator at all (tests of functions/aws). LocalStack needs Docker, moto does not; one of the two must have
run."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EMULATORS = ("LocalStackTest", "EmulatorTest", "MotoTest")


def main():
    reports = sorted(ROOT.glob("functions/*/target/surefire-reports/TEST-*.xml"))
    total = skipped = on_emulator = 0
    for report in reports:
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            total += 1
            name = case.get("classname", "")
            skip = case.find("skipped")
            if skip is not None:
                skipped += 1
                reason = skip.get("message") or (skip.text or "").strip() or "no reason given"
                reason = reason.splitlines()[0].removeprefix("org.opentest4j.TestAbortedException: ")
                print(f"skipped: {name}.{case.get('name') or '(all)'}: {reason}")
            elif name.endswith(EMULATORS) and "/aws/target/" in report.as_posix():
                on_emulator += 1
    print(f"tests: {total - skipped} ran, {skipped} skipped, {on_emulator} of them against an emulator")
    if total == skipped:
        print("tests: none ran", file=sys.stderr)
    if not on_emulator:
        print(
            f"tests: the collectors ran against no emulator; a class named *{' or *'.join(EMULATORS)}"
            " must run (moto_server on the PATH, or Docker)", file=sys.stderr)
    return 0 if on_emulator and total > skipped else 1


if __name__ == "__main__":
    sys.exit(main())
