"""editors/other/vimrc in Vim with ALE as a person sees it:  vim_ale.py VIM SERVER"""

import re
import sys

from harness import CASES, REPOSITORY, Count, Place, expected, keep_screen, see_fixed, shown
from tui import Tui

vim, server = sys.argv[1:3]
count = Count()
place = Place(server)
(place.root / "vimrc").write_text(f"""
set nocompatible noswapfile viminfo= laststatus=2 encoding=utf-8
filetype plugin on
autocmd BufNewFile,BufRead *.svelte setfiletype svelte
autocmd BufNewFile,BufRead *.vue setfiletype vue
let g:ale_linters = {{}}
let g:ale_virtualtext_cursor = 'all'
let g:ale_hover_to_floating_preview = 1
packadd! ale
source {REPOSITORY / "editors/other/vimrc"}
for s:filetype in g:farewell_filetypes
  let g:ale_linters[s:filetype] = ['farewell']
endfor
""")


def of_case(case):
    path = place.path(case)
    to_write = expected(case, path.read_text())
    with Tui([vim, "-u", str(place.root / "vimrc"), str(path)], cwd=str(place.apps / case["app"]), env=place.env,
             columns=320) as tui:
        keep_screen(f"vim-{path.name}", tui.wait(shown(case["says"])))
        count.check(True, "the finding")
        tui.command(f":call cursor({case['line']}, {case['column']})")
        tui.command(":ALEHover")
        keep_screen(f"vim-{path.name}-hover", tui.wait(shown(case["hover"])))
        count.check(True, "the hover")
        tui.text("hl")
        tui.command(":ALECodeAction")
        entry = rf"(\d+)\W+{re.escape(case['fix'])}"
        tui.command(re.search(entry, tui.wait(entry)).group(1))
        see_fixed(count, tui, case, path, to_write)
        tui.command(":qall!")


for each in CASES:
    count.attempt(each["file"], lambda: of_case(each))
place.close()
count.end("Vim with ALE on the screen")
