"""Runs the program on a terminal: terminal.py PROGRAM FOLDER, where FOLDER takes a while to check."""

import os
import pty
import select
import signal
import sys
import time

PROGRAM, FOLDER = sys.argv[1:]
LONGEST = 60


def run(arguments, until=None, **environment):
    """What comes to the terminal until the program ends, or until some bytes come, upon which Ctrl-C is pressed."""
    child, terminal = pty.fork()
    if child == 0:
        # A shell lets what it starts in the background ignore Ctrl-C, and whatever that starts.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        inherited = {key: value for key, value in os.environ.items() if key not in ("CI", "NO_COLOR")}
        os.chdir(FOLDER)
        os.execve(PROGRAM, [PROGRAM, *arguments], {**inherited, "TERM": "xterm", **environment})
    shown, end = b"", time.monotonic() + LONGEST
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        shown += part
        if not part:
            break
        if until and until in shown:
            os.write(terminal, b"\x03")
            until = None
    else:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return shown, status


findings = ["check", "--format", "compact"]
shown, _ = run(findings)
assert b"\r\x1b[2KAnalysing [" in shown, shown[:500]
head, _, rest = shown.rpartition(b"\r\x1b[2K")
assert b" files" not in rest and b"warning[" in rest and b"warning[" not in head, "the line has to be gone before the report"
for quiet in ({"CI": "true"}, {"TERM": "dumb"}):
    shown, _ = run(findings, **quiet)
    assert b"Analysing" not in shown and b"\x1b" not in shown, (quiet, shown[:500])

shown, status = run(["check", "--watch"], until=b"Ctrl-C ends it.\r\n")
assert b"\x1b[2J" in shown and os.WTERMSIG(status) == signal.SIGINT, (shown[-500:], status)
assert shown.endswith(b"Ctrl-C ends it.\r\n") or shown.endswith(b"^C"), shown[-200:]
