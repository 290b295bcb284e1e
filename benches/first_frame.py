"""Starts a program with a letter on a display of its own, and prints how long it took until the letter was drawn, in
milliseconds, and its memory then, in MB: first_frame.py PROGRAM ARGUMENTS...

The letter is drawn when the display has stopped changing; a blinking caret is no change."""

import operator
import os
import signal
import subprocess
import sys
import time

if "DRAWN" not in os.environ:
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24"]
    os.execvpe(screen[0], [*screen, sys.executable, *sys.argv], {**os.environ, "DRAWN": "1"})

CARET = 400  # bytes of pixels that may change without anything having been drawn
QUIET, MOST = 2.0, 60.0  # seconds without a change after the first, and for the first


def picture():
    return subprocess.run(["xwd", "-root", "-silent"], capture_output=True, check=True).stdout


def memory(group):
    """Of all processes of a group, in MB: what each has for itself, and its part of what they share."""
    found = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.getpgid(int(process)) == group:
                rollup = open(f"/proc/{process}/smaps_rollup", encoding="ascii").read()
                found += int(rollup.split("Pss:")[1].split()[0])
        except OSError:
            pass
    return found // 1024


start = time.monotonic()
program = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
drawn, last = start, picture()
while time.monotonic() - drawn < (QUIET if drawn > start else MOST):
    taken, seen = time.monotonic(), picture()
    if sum(map(operator.ne, last, seen)) > CARET:
        drawn, last = taken, seen
used = memory(program.pid)
os.killpg(program.pid, signal.SIGKILL)
if drawn == start:
    sys.exit("nothing was drawn")
print(round((drawn - start) * 1000), used)
