"""What was measured, as text and as JSON."""

import json
import os
import platform
import time

from .bench import median


def number(value):
    if value is None:
        return ""
    if value >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def text(rows):
    """An aligned table; figures are the medians of the rounds."""
    lines = [("work", "yardstick", "unit", "ours", "yardstick's", "ratio", "reach", "CPU µs", "p99 ms")]
    for row in rows:
        processor, p99 = median(row.details.get("processor", [])), median(row.details.get("p99", []))
        lines.append((
            row.work, row.yardstick, row.unit, number(median(row.ours)), number(median(row.theirs)),
            "" if row.ratio is None else f"{row.ratio:.2f}", row.reach, number(processor),
            number(p99 and p99 / 1e3),
        ))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    table = "\n".join(
        "  ".join(
            value.ljust(width) if column < 3 else value.rjust(width)
            for column, (value, width) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    )
    return f"{table}\n\nCPU µs is the daemon's processor time for each request, p99 what 99 in 100 were answered within."


def document(rows, size):
    """Every sample of every row."""
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    return json.dumps({
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "machine": {"processor": model, "cores": os.cpu_count(), "kernel": platform.release()},
        "size": size,
        "rows": [
            {
                "work": row.work, "yardstick": row.yardstick or None, "unit": row.unit, "reach": row.reach or None,
                "ours": median(row.ours), "yardsticks": median(row.theirs), "ratio": row.ratio,
                "samples": {"ours": row.ours, "yardstick": row.theirs}, **row.details,
            }
            for row in rows
        ],
    }, indent=2, ensure_ascii=False)
