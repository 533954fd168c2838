#!/usr/bin/env python3
"""Run a command and write down what it took.

    measure.py RESULT COMMAND [ARGUMENT…]

RESULT gets a JSON object: `wall_seconds`, `cpu_seconds` (user and system), `max_rss_mb` (MiB, the largest process of the
command), `code` (exit code). Standard output and error are the command's own; the exit code is 0 if it could be started.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time


def main() -> None:
    """Run and write."""
    result, command = sys.argv[1], sys.argv[2:]
    start = time.monotonic()
    code = subprocess.call(command)
    wall = time.monotonic() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "wall_seconds": wall,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "max_rss_mb": usage.ru_maxrss / 1024,
        "code": code,
    }
    with open(result, "w", encoding="utf-8") as out:
        json.dump(figures, out)


if __name__ == "__main__":
    main()
