"""Prints what two runs over one application found: a row of the table in real-code.md, and below it each
finding of which judged.tsv does not say that it is right."""

import json
import pathlib
import sys

app, commit, platform, folder, judged_file = sys.argv[1:6]


def read(way):
    """The findings of one run, as `(path:line, rule, severity, message)`, and the run's summary."""
    text = pathlib.Path(f"{folder}.{way}.json").read_text()
    report = json.loads(text) if text.strip() else {"findings": [], "summary": {}}
    places = [
        (f"{one['path']}:{one['range']['start']['line']}", one["rule"], one["severity"], one["message"])
        for one in report["findings"]
    ]
    return places, report["summary"]


def count_of(findings):
    """How many findings, and how many of them are hints."""
    hints = sum(severity == "hint" for _, _, severity, _ in findings)
    return f"{len(findings)} ({hints} hints)" if hints else str(len(findings))


judged = {}
for line in pathlib.Path(judged_file).read_text().splitlines():
    if line and not line.startswith("#"):
        name, place, rule, verdict, *_ = line.split("\t")
        if name == app:
            judged[place, rule] = verdict

stands, _ = read("stands")
assumed, summary = read("assumed")
verdicts = {"right": 0, "wrong": 0, "new": 0}
told = []
for place, rule, severity, message in assumed:
    verdict = judged.get((place, rule), "new")
    if verdict == "mended":
        verdict = "wrong"
    verdicts[verdict] += 1
    if verdict != "right":
        told.append(f"  {verdict}\t{place}\t{rule}\t{severity}\t{message}")
seen = {(place, rule) for place, rule, *_ in assumed}
told += [f"  gone\t{place}\t{rule}" for (place, rule), verdict in judged.items() if verdict != "mended" and (place, rule) not in seen]
mended = sum(verdict == "mended" for verdict in judged.values())
columns = [
    app,
    f"`{commit[:12]}`",
    platform,
    f"{summary.get('files_seen', 0):,}",
    f"{summary.get('bytes_seen', 0) / 1e6:.1f}",
    summary.get("flows", 0),
    count_of(stands),
    count_of(assumed),
    verdicts["right"],
    mended,
    verdicts["wrong"],
    f"{summary.get('elapsed_ms', 0) / 1000:.1f}",
]
print("| " + " | ".join(str(column) for column in columns) + " |")
print("\n".join(told), end="\n" if told else "", flush=True)
