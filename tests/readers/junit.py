"""Holds a JUnit report, read by junitparser, to the findings of the JSON report."""

import json
import sys

import junitparser

report = junitparser.JUnitXml.fromfile(sys.argv[1])
with open(sys.argv[2], encoding="utf-8") as file:
    findings = json.load(file)["findings"]

report_counts = (report.tests, report.failures, report.errors)
report.update_statistics()
assert (report.tests, report.failures, report.errors) == report_counts, "the counts are not those of the cases"
cases = [case for suite in report for case in suite]
assert findings and len(cases) == len(findings), (len(cases), len(findings))
for case, finding in zip(cases, findings):
    [failure] = case.result
    assert isinstance(failure, junitparser.Failure), failure
    assert case.classname == finding["path"], (case.classname, finding["path"])
    assert failure.message == finding["message"], (failure.message, finding["message"])
    assert failure.type == finding["severity"], (failure.type, finding["severity"])
