"""What the tests in editors share: the cases, copies of the apps, an editor's own folders, the count."""

import json
import os
import pathlib
import re
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
# One finding or more of each app, lines and columns from 1. `says` is of its message, `hover` of the hover at it.
CASES = json.loads((HERE / "cases.json").read_text())
# This machine may be busy with other things: what is waited for comes, or the test fails.
PATIENCE_SECONDS = 60


def expected(case, before):
    """The text that the preferred fix has to leave: each edit's first text is in it once."""
    for old, new in case["edits"]:
        assert before.count(old) == 1, old
        before = before.replace(old, new)
    return before


def shown(text):
    """A pattern of a text that an editor may have wrapped."""
    return r"\W{0,60}".join(re.escape(word) for word in text.split())


def offered(case):
    """A pattern of the fix in a menu: a finding's own words may say the same, with a full stop."""
    return re.escape(case["fix"]) + r"(?!\.)"


class Place:
    """A folder with copies of the apps, folders for an editor that are not the user's, and the server on PATH."""

    def __init__(self, server, *programs):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="farewell-editors-"))
        self.apps = self.root / "apps"
        shutil.copytree(REPOSITORY / "tests/apps", self.apps)
        self.config = self.root / "config"
        self.config.mkdir()
        own = self.root / "bin"
        own.mkdir()
        (own / "farewell").symlink_to(os.path.abspath(server))
        folders = [str(own), *(os.path.dirname(program) for program in programs)]
        self.env = {"HOME": str(self.root), "PATH": ":".join([*folders, os.environ["PATH"]])}
        for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
            self.env[f"XDG_{kind}_HOME"] = str(self.root / kind.lower())

    def path(self, case):
        return self.apps / case["app"] / case["file"]

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)


class Count:
    """Counts what holds, and tells of what does not. A failed wait ends its case, not the run."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"not ok: {what}", flush=True)

    def attempt(self, what, act):
        """Runs one case; an assertion that fails in it is a failure of that case."""
        try:
            act()
        except (AssertionError, OSError) as error:
            self.failed += 1
            print(f"not ok: {what}: {error}", flush=True)

    def end(self, name):
        print(name)
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)


def wait_for_text(path, text):
    """Waits until a file on the disk has exactly this text."""
    end = time.monotonic() + PATIENCE_SECONDS
    while path.read_bytes() != text.encode():
        if time.monotonic() > end:
            raise AssertionError(f"{path} is not what it has to be:\n{path.read_text()}")
        time.sleep(0.05)


def see_fixed(count, tui, case, path, to_write):
    """The preferred fix was chosen: its call comes, the finding goes, and what is saved is what it has to be."""
    tui.wait(re.escape(case["call"]))
    tui.wait(shown(case["says"]), gone=True)
    count.check(True, "the fix, and the finding goes")
    tui.command(":write")
    wait_for_text(path, to_write)
    count.check(True, "the saved file")


def keep_screen(name, screen):
    """Keeps what was on the screen where FAREWELL_SCREENS names a folder."""
    folder = os.environ.get("FAREWELL_SCREENS")
    if folder:
        path = pathlib.Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{name}.txt").write_text(screen)
