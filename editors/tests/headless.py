"""Runs a test without a screen, on copies of the apps:

headless.py SERVER NVIM SCRIPT.lua ARGUMENT...    in Neovim; the script is given these arguments, the folder of the
                                                  copies, that of the plugin and the cases
headless.py SERVER EMACS SCRIPT.el                in Emacs; the script is given the repository and the copies
"""

import json
import os
import subprocess
import sys

from harness import HERE, REPOSITORY, Place

server, editor, script, *arguments = sys.argv[1:]
place = Place(server)


def neovim():
    given = [*arguments, str(place.apps), str(REPOSITORY / "editors/neovim"), str(HERE / "cases.json")]
    # The script runs in the event loop, when Neovim is there as it is for a person: plugins ask for that.
    run = f"""
    arguments = {{ {", ".join(json.dumps(each) for each in given)} }}
    vim.schedule(function()
      local ended, trouble = xpcall(dofile, debug.traceback, {json.dumps(str(HERE / script))})
      io.stdout:write(tostring(trouble))
      os.exit(1)
    end)"""
    return [editor, "--clean", "--headless", "-c", "lua " + " ".join(run.split())]


def emacs():
    return [editor, "-Q", "--batch", "-l", str(HERE / script), "--", str(REPOSITORY), str(place.apps)]


command = neovim() if script.endswith(".lua") else emacs()
try:
    ended = subprocess.run(command, env={**os.environ, **place.env}, check=False)
finally:
    place.close()
sys.exit(ended.returncode)
