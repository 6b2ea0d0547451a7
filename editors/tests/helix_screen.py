"""editors/helix/languages.toml in Helix as a person sees it:  helix_screen.py HX SERVER"""

import re
import sys

from harness import CASES, REPOSITORY, Count, Place, expected, keep_screen, offered, see_fixed, shown
from tui import Tui

helix, server = sys.argv[1:3]
count = Count()
place = Place(server)
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
log = place.root / "helix.log"


def of_case(case):
    path = place.path(case)
    to_write = expected(case, path.read_text())
    name = f"helix-{path.name}"
    with Tui([helix, "-vv", "--log", str(log), f"{path}:{case['line']}:{case['column']}"],
             cwd=str(place.apps / case["app"]), env=place.env) as tui:
        keep_screen(name, tui.wait(shown(case["says"])))
        count.check(True, "the finding")
        tui.keys("Space", "k")
        keep_screen(f"{name}-hover", tui.wait(shown(case["hover"])))
        count.check(True, "the hover")
        tui.keys("Escape")
        tui.wait(shown(case["hover"]), gone=True)
        tui.keys("Space", "d")
        keep_screen(f"{name}-picker", tui.wait(case["rule"]))
        count.check(True, "the list of findings")
        tui.keys("Escape")
        tui.wait(case["rule"], gone=True)
        tui.keys("Space", "a")
        screen = tui.wait(offered(case))
        keep_screen(f"{name}-menu", screen)
        actions = re.findall(rf"((?:Anonymize|Move) \w+(?: \w+)*|Ignore {case['rule']})", screen)
        count.check(actions[0] == case["fix"], f"{case['file']}: the menu begins with {actions[0]}")
        tui.keys("Enter")
        see_fixed(count, tui, case, path, to_write)
        # Over the call that was written: this file's platform comes first.
        tui.command("/" + re.sub(r"\W", ".", case["call"].lstrip("[")))
        # From the end of what was found to its beginning. (tmux ends a command at a bare semicolon.)
        tui.keys(r"M-\;")
        tui.keys("Space", "k")
        # Other than the hint behind the line, which releases the identity as well.
        screen = tui.wait("Fullstory · releases the identity · ")
        keep_screen(f"{name}-call", screen)
        count.check(re.search(f"Fullstory · releases the identity · {case['platform']}", screen), f"{case['file']}: hover")
        tui.keys("Escape")
        tui.wait("Fullstory · releases the identity · ", gone=True)
        tui.command(":lsp-restart")
        tui.command(":quit!")


for each in CASES:
    count.attempt(each["file"], lambda: of_case(each))
if count.failed and log.exists():
    print(log.read_text()[-1000:])
place.close()
count.end("Helix on the screen")
