"""editors/helix/languages.toml in Helix as a person sees it:  helix_screen.py HX SERVER"""

import os
import re
import sys

from harness import CASES, REPOSITORY, Count, Place, expected, keep_screen, wait_for_text
from tui import Tui

helix, server = sys.argv[1:3]
count = Count()
place = Place()
folder = place.config / "helix"
folder.mkdir()
(folder / "config.toml").write_text("""
theme = "default"
[editor]
true-color = true
end-of-line-diagnostics = "hint"
[editor.inline-diagnostics]
cursor-line = "hint"
""")
# The file is used as it is: `farewell` is found on PATH.
(folder / "languages.toml").write_bytes((REPOSITORY / "editors/helix/languages.toml").read_bytes())
programs = place.root / "bin"
programs.mkdir()
(programs / "farewell").symlink_to(os.path.abspath(server))
env = {**place.env, "PATH": f"{programs}:{os.environ['PATH']}"}
log = place.root / "helix.log"


def of_case(case):
    path = place.path(case)
    to_write = expected(case, path.read_text())
    name = f"helix-{path.name}"
    with Tui([helix, "-vv", "--log", str(log), f"{path}:{case['line']}:{case['column'] + 1}"],
             cwd=str(place.apps / case["app"]), env=env) as tui:
        keep_screen(name, tui.wait("leaves the (page|screen|view).{0,40}here"))
        count.check(True, "the finding")
        tui.keys("Space", "k")
        keep_screen(f"{name}-hover", tui.wait("is not released before it"))
        count.check(True, "the hover")
        tui.keys("Escape")
        tui.wait("is not released before it", gone=True)
        tui.keys("Space", "d")
        keep_screen(f"{name}-picker", tui.wait("missing-anonymize"))
        count.check(True, "the list of findings")
        tui.keys("Escape")
        tui.wait("missing-anonymize", gone=True)
        tui.keys("Space", "a")
        screen = tui.wait(re.escape(case["fix"]))
        keep_screen(f"{name}-menu", screen)
        actions = re.findall(r"(Anonymize before \w+(?: \w+)*|Ignore missing-anonymize)", screen)
        count.check(actions[0] == case["fix"], f"{case['file']}: the menu begins with {actions[0]}")
        tui.keys("Enter")
        tui.wait(re.escape(case["call"]))
        tui.wait("leaves the (page|screen|view).{0,40}here", gone=True)
        count.check(True, "the fix, and the finding goes")
        tui.command(":write")
        wait_for_text(path, to_write)
        count.check(True, "the saved file")
        # Over the call that was written: this file's platform comes first.
        call = re.escape(case["call"].lstrip("[")).replace("'", "['']").split("\\(")[0]
        tui.command(f"/{call}" + (r"\(" if "(" in case["call"] else ""))
        tui.keys("Space", "k")
        # Other than the hint behind the line, which releases the identity as well.
        screen = tui.wait("Fullstory · releases the identity · ")
        keep_screen(f"{name}-call", screen)
        count.check(re.search(f"Fullstory · releases the identity · {case['platform']}", screen), f"{case['file']}: hover")
        tui.keys("Escape")
        tui.command(":lsp-restart")
        tui.command(":quit!")


for each in CASES:
    count.attempt(each["file"], lambda: of_case(each))
if count.failed and log.exists():
    print(log.read_text()[-3000:])
place.close()
count.end("Helix on the screen")
