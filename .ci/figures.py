"""Prints what tests and StartBenchmark measured of each function: its zip, the time from the start of its process
to the answer to its first event, the processor time of that, and the most memory. Each against its goal; what is
over is told and fails nothing, since a busy machine takes longer."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024
ZIP_GOALS = {"audit": 20, "alert": 12, "slack": 12, "securityhub": 12}
START_GOAL = 1.5
MEMORY_GOAL = 512


def against(value, goal, form):
    return f"{form.format(value)} of {goal}" + (" OVER" if value > goal else "")


def measured():
    file = ROOT / "functions/endtoend/target/figures.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


def row(name, starts):
    archive = ROOT / f"functions/{name}/target/{name}.zip"
    size = against(archive.stat().st_size / MIB, ZIP_GOALS[name], "{:.1f}") if archive.exists() else "not built"
    if not starts:
        return name, size, "not measured", "", "", ""
    # The middle one: the slowest one read its zip from disk.
    ordered = sorted(starts, key=lambda it: it["initMillis"] + it["firstEventMillis"])
    middle = ordered[len(ordered) // 2]
    return (
        name,
        size,
        against((middle["initMillis"] + middle["firstEventMillis"]) / 1000, START_GOAL, "{:.1f}"),
        f"{middle['initMillis'] / 1000:.1f} + {middle['firstEventMillis'] / 1000:.1f}",
        f"{middle['cpuMillis'] / 1000:.1f}",
        against(max(it["peakKiB"] for it in starts) / 1024, MEMORY_GOAL, "{:.0f}"),
    )


def main():
    figures = measured()
    rows = [("function", "zip, MiB", "start, s", "init + event", "CPU, s", "peak, MiB")]
    rows += [row(name, [it for it in figures if it["function"] == name]) for name in ZIP_GOALS]
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    for cells in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip())


if __name__ == "__main__":
    main()
