"""A program on a terminal's screen, driven as a person would: tmux, and nothing but the standard library."""

import os
import re
import subprocess
import time
import uuid

from harness import PATIENCE_SECONDS


class Tui:
    """Runs a program in a tmux server of its own, never the user's."""

    def __init__(self, argv, cwd=".", env=None, columns=160, rows=50):
        self.socket = "farewell-" + uuid.uuid4().hex[:8]
        inherited = {key: value for key, value in os.environ.items() if key not in ("TMUX", "TMUX_PANE")}
        self._env = {**inherited, **(env or {}), "TERM": "screen-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        argv = ["env", "TERM=tmux-256color", "COLORTERM=truecolor", *argv]
        size = ("-x", str(columns), "-y", str(rows))
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "m", *size, "-c", cwd, *argv)
        self.tmux("set-option", "-g", "remain-on-exit", "on")
        # Else Escape and the key behind it are read as one with Alt.
        self.tmux("set-option", "-s", "escape-time", "0")

    def tmux(self, *arguments):
        command = ["tmux", "-L", self.socket, *arguments]
        return subprocess.run(command, env=self._env, capture_output=True, text=True, timeout=30, check=False)

    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", "m").stdout

    def keys(self, *names):
        """Presses keys by tmux's names: Enter, Escape, Space, C-x."""
        for name in names:
            self.tmux("send-keys", "-t", "m", name)
            time.sleep(0.05)

    def text(self, text):
        self.tmux("send-keys", "-t", "m", "-l", text)
        time.sleep(0.05)

    def command(self, text):
        """Types an editor's command line."""
        self.text(text)
        self.keys("Enter")

    def wait(self, pattern, gone=False, seconds=PATIENCE_SECONDS):
        """Waits until a pattern is on the screen, or is gone from it, and returns the screen."""
        end = time.monotonic() + seconds
        while True:
            screen = self.screen()
            if bool(re.search(pattern, screen, re.S)) != gone:
                return screen
            if time.monotonic() > end:
                raise AssertionError(f"{'still' if gone else 'never'} on the screen: {pattern}\n{screen}")
            time.sleep(0.05)

    def ask(self, command, pattern):
        """Types a command until it shows something: an editor may drop a question that another one overtakes."""
        for _ in range(4):
            self.command(command)
            try:
                return self.wait(pattern, seconds=PATIENCE_SECONDS / 4)
            except AssertionError as error:
                unanswered = error
        raise unanswered

    def close(self):
        self.tmux("kill-server")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
