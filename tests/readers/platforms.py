"""Holds the release workflow's platforms to those of the packages for npm."""

import json

import yaml

with open(".github/workflows/release.yml", encoding="utf-8") as file:
    matrix = yaml.safe_load(file)["jobs"]["build"]["strategy"]["matrix"]["include"]
with open("npm/platforms.json", encoding="utf-8") as file:
    platforms = json.load(file)
built = [(it["name"], it["rust"], it["program"]) for it in matrix]
packed = [(it["name"], it["rust"], "farewell.exe" if "win32" in it["os"] else "farewell") for it in platforms]
assert built == packed, f"built: {built}\npacked: {packed}"
