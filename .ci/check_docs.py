"""Checks that the documentation is true: links lead somewhere, and commands print what is shown.

A fenced `console` block holds lines `$ ./eks-identity ...`, each followed by exactly what the
command prints on standard output; a line that is only an ellipsis stands for any lines. Blocks with
another command are not run.
"""

import os
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FENCE = re.compile(r"^(`{3,})(\w*)[^\n]*\n(.*?)^\1`*[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)|!\[[^\]]*\]\(([^)\s]+)\)")
ELLIPSIS = {"…", "..."}


def tracked_markdown():
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.md"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(ROOT / name for name in listing.split("\0") if name)


def anchors(markdown):
    """The anchors that GitHub makes of the headings."""
    seen = {}
    for heading in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", FENCE.sub("", markdown), re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield slug if count == 0 else f"{slug}-{count}"
    yield from re.findall(r"<a (?:id|name)=\"([^\"]+)\"", markdown)


def broken_links(file, markdown):
    for match in LINK.finditer(FENCE.sub("", re.sub(r"`[^`\n]*`", "", markdown))):
        target = match.group(1) or match.group(2)
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = (file.parent / urllib.parse.unquote(path)).resolve() if path else file
        if not goal.exists():
            yield f"link to {target}, which does not exist"
        elif anchor and goal.suffix == ".md" and anchor not in set(anchors(goal.read_text())):
            yield f"link to {target}, which has no such heading"


def transcripts(markdown):
    for _, language, body in FENCE.findall(markdown):
        if language != "console":
            continue
        command, shown = None, []
        for line in body.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line)
        if command:
            yield command, shown


def matches(shown, printed):
    """Whether the printed lines are those shown, an ellipsis standing for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() in ELLIPSIS else re.escape(line.rstrip()) + r"[ \t]*\n"
        for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def stale_transcripts(markdown):
    for command, shown in transcripts(markdown):
        if not command.startswith("./eks-identity"):
            continue
        environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "TZ": "UTC"}
        run = subprocess.run(
            ["sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True,
            timeout=120)
        while shown and not shown[-1].strip():
            shown.pop()
        if not matches(shown, run.stdout.rstrip().splitlines()):
            yield f"`{command}` (exit code {run.returncode}) now prints:\n{run.stdout}{run.stderr}"


def main():
    problems, commands = [], 0
    files = tracked_markdown()
    for file in files:
        markdown = file.read_text(encoding="utf-8")
        commands += sum(command.startswith("./eks-identity") for command, _ in transcripts(markdown))
        for problem in [*broken_links(file, markdown), *stale_transcripts(markdown)]:
            problems.append(f"{file.relative_to(ROOT)}: {problem}")
    print(*problems, sep="\n", file=sys.stderr, end="\n" if problems else "")
    print(f"docs: {len(files)} pages, {commands} commands run, {len(problems)} problems")
    if not commands:
        print("docs: no page shows a command; the README must show the demo", file=sys.stderr)
    return 1 if problems or not commands else 0


if __name__ == "__main__":
    sys.exit(main())
