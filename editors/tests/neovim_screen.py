"""The plugin in Neovim as a person sees it:  neovim_screen.py NVIM SERVER"""

import json
import re
import sys

from harness import CASES, REPOSITORY, Count, Place, expected, keep_screen, shown, wait_for_text
from tui import Tui

# Neovim 0.11 shows a lens behind its line and behind the finding.
WIDE = 600

nvim, server = sys.argv[1:3]
count = Count()
place = Place(server)
(place.config / "nvim").mkdir()
(place.config / "nvim/init.lua").write_text(f"""
vim.opt.swapfile = false
vim.opt.shada = ""
vim.opt.runtimepath:prepend({json.dumps(str(REPOSITORY / "editors/neovim"))})
require("farewell").setup({{ cmd = {{ {json.dumps(server)}, "lsp" }} }})
vim.diagnostic.config({{ virtual_text = true }})
""")


def of_case(case):
    path = place.path(case)
    to_write = expected(case, path.read_text())
    name = f"neovim-{path.name}"
    with Tui([nvim, str(path)], cwd=str(place.apps / case["app"]), env=place.env, columns=WIDE) as tui:
        tui.text(f"{case['line']}G{case['column']}|")
        tui.wait(re.escape(case["lens"]))
        keep_screen(name, tui.wait(shown(case["says"])))
        count.check(True, "the finding and its lens")
        tui.command(":lua vim.diagnostic.open_float()")
        tui.wait(case["rule"])
        count.check(True, "the finding in its window")
        tui.text("hl")
        tui.text("K")
        keep_screen(f"{name}-hover", tui.wait(shown(case["hover"])))
        count.check(True, "the hover")
        tui.text("h")
        tui.wait(shown(case["hover"]), gone=True)
        tui.text("l")
        tui.command(":FarewellPath")
        keep_screen(f"{name}-path", tui.wait(re.escape(case["path"][0])))
        tui.command(":lclose")
        count.check(True, "the path")
        tui.text("gra")
        screen = tui.wait(rf"1: {re.escape(case['fix'])}")
        keep_screen(f"{name}-menu", screen)
        tui.text("1")
        tui.keys("Enter")
        tui.wait(shown(case["says"]), gone=True)
        tui.wait(re.escape(case["call"]))
        tui.wait(r"✓ ")
        count.check(True, "the fix, and a lens that says so")
        tui.command(":write")
        wait_for_text(path, to_write)
        count.check(True, "the saved file")
        tui.command(":FarewellAudit")
        keep_screen(f"{name}-map", tui.wait(r"\[released\].*→"))
        count.check(True, "the map")
        tui.command(":FarewellExplain missing-anonymize")
        tui.wait("A way out of the app keeps Fullstory's identity")
        count.check(True, "the rule's page")
        tui.command(":qall!")


for each in CASES:
    count.attempt(each["file"], lambda: of_case(each))
place.close()
count.end("Neovim on the screen")
