"""TypeScript's own server and Farewell in one Helix:  helix_beside.py HX SERVER TYPESCRIPT_LANGUAGE_SERVER"""

import re
import sys

from harness import CASES, REPOSITORY, Count, Place, expected, keep_screen, offered, shown, wait_for_text
from tui import Tui

helix, server, typescript = sys.argv[1:4]
count = Count()
place = Place(server, typescript)
folder = place.config / "helix"
folder.mkdir()
(folder / "config.toml").write_text('[editor]\nend-of-line-diagnostics = "hint"\n')
(folder / "languages.toml").write_bytes((REPOSITORY / "editors/helix/languages.toml").read_bytes())
case = next(each for each in CASES if each["file"] == "src/services/http.ts")
path = place.path(case)
to_write = expected(case, path.read_text())


def both():
    at = f"{path}:{case['line']}:{case['column']}"
    with Tui([helix, at], cwd=str(place.apps / case["app"]), env=place.env) as tui:
        tui.wait(shown(case["says"]))
        count.check(True, "Farewell's finding")
        # TypeScript cannot find the packages of the copy, and says so.
        keep_screen("helix-beside", tui.wait("Cannot find module 'axios'"))
        count.check(True, "TypeScript's")
        tui.keys("Space", "d")
        screen = tui.wait("missing-anonymize.*2307|2307.*missing-anonymize")
        keep_screen("helix-beside-picker", screen)
        count.check(True, "both in the list")
        tui.keys("Escape")
        tui.wait("missing-anonymize", gone=True)
        tui.keys("Space", "a")
        screen = tui.wait(offered(case))
        keep_screen("helix-beside-menu", screen)
        count.check(screen.count(case["fix"]) == 1, "the fix is in the menu once")
        # Helix 25.01 lists the servers one after the other, later ones list fixes first.
        if "Move to a new file" in screen[: screen.index(case["fix"])]:
            tui.keys("Down")
        tui.keys("Enter")
        tui.wait(re.escape(case["call"]))
        tui.wait(shown(case["says"]), gone=True)
        count.check(True, "the fix, and the finding goes")
        tui.wait("Cannot find module 'axios'")
        count.check(True, "TypeScript's diagnostic stays")
        tui.command(":write")
        wait_for_text(path, to_write)
        count.check(True, "the saved file")
        tui.command(":quit!")


count.attempt("both servers", both)
place.close()
count.end("Helix beside TypeScript")
