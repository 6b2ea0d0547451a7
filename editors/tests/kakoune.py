"""editors/other/kakrc in Kakoune with kak-lsp as a person sees it:  kakoune.py KAK KAK_LSP SERVER"""

import sys

from harness import CASES, REPOSITORY, Count, Place, expected, keep_screen, offered, see_fixed, shown
from tui import Tui

kak, kak_lsp, server = sys.argv[1:4]
count = Count()
# kak-lsp's own shell code calls it by its name.
place = Place(server, kak_lsp)
folder = place.config / "kak"
folder.mkdir()
(folder / "kakrc").write_text(f"""
set-option global startup_info_version 99999999
hook global BufCreate .*[.]vue %{{ set-option buffer filetype vue }}
hook global BufCreate .*[.]m %{{ set-option buffer filetype objc }}
evaluate-commands %sh{{ kak-lsp }}
source {REPOSITORY / "editors/other/kakrc"}
""")
env = {**place.env, "XDG_RUNTIME_DIR": str(place.root)}


def of_case(case):
    path = place.path(case)
    to_write = expected(case, path.read_text())
    name = f"kakoune-{path.name}"
    with Tui([kak, f"+{case['line']}:{case['column']}", str(path)], cwd=str(place.apps / case["app"]), env=env,
             columns=320) as tui:
        keep_screen(name, tui.wait(shown(case["says"])))
        count.check(True, "the finding")
        tui.command(":lsp-hover")
        keep_screen(f"{name}-hover", tui.wait(shown(case["hover"])))
        count.check(True, "the hover")
        # Else a busy Kakoune reads Escape and what is typed behind it as one key with Alt.
        tui.keys("Escape")
        tui.wait(shown(case["hover"]), gone=True)
        # While nobody types kak-lsp asks for the fixes itself.
        keep_screen(f"{name}-menu", tui.ask(":lsp-code-actions", offered(case)))
        tui.keys("Enter")
        see_fixed(count, tui, case, path, to_write)
        tui.command(":quit")


for each in CASES:
    count.attempt(each["file"], lambda: of_case(each))
place.close()
count.end("Kakoune on the screen")
