"""What the tests in editors share: the cases, copies of the apps, an editor's own folders, the count."""

import json
import os
import pathlib
import shutil
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
CASES = json.loads((HERE / "cases.json").read_text())


def expected(case, before):
    """The text that the preferred fix has to leave: each edit's first text is in it once."""
    for old, new in case["edits"]:
        assert before.count(old) == 1, old
        before = before.replace(old, new)
    return before


class Place:
    """A folder with copies of the apps, and folders for an editor that are not the user's."""

    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="farewell-editors-"))
        self.apps = self.root / "apps"
        shutil.copytree(REPOSITORY / "tests/apps", self.apps)
        self.config = self.root / "config"
        self.config.mkdir()
        self.env = {"HOME": str(self.root)}
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


def wait_for_text(path, text, seconds=10):
    """Waits until a file on the disk has exactly this text."""
    end = time.monotonic() + seconds
    while path.read_bytes() != text.encode():
        if time.monotonic() > end:
            raise AssertionError(f"{path} is not what it has to be:\n{path.read_text()}")
        time.sleep(0.05)


def keep_screen(name, screen):
    """Keeps what was on the screen where FAREWELL_SCREENS names a folder."""
    folder = os.environ.get("FAREWELL_SCREENS")
    if folder:
        path = pathlib.Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        (path / f"{name}.txt").write_text(screen)
