"""dashboard.py DASHBOARD METRICS: what each query of a Grafana dashboard asks
for is written in METRICS, as are the labels that it and its legend name.
Prints its queries as recording rules, for promtool to check; complaints go to
standard error."""
import json
import re
import sys

board = json.load(open(sys.argv[1], encoding="utf-8"))
written = {}
for line in open(sys.argv[2], encoding="utf-8"):
    sample = re.match(r"(goroleak_\w+)\{(.*)\} ", line)
    if sample:
        labels = re.findall(r'(\w+)="(?:[^"\\]|\\.)*"', sample.group(2))
        written.setdefault(sample.group(1), set()).update(labels)

faults = 0
queries = [(p["title"], t["expr"], t.get("legendFormat", ""))
           for p in board["panels"] for t in p.get("targets", [])]
for variable in board["templating"]["list"]:
    asked = re.match(r"label_values\((\w+), (\w+)\)", str(variable["query"]))
    if asked:
        queries.append((variable["name"], asked.group(1),
                        "{{" + asked.group(2) + "}}"))
print("groups:\n- name: dashboard\n  rules:")
for n, (title, expr, legend) in enumerate(queries):
    metrics = re.findall(r"goroleak_\w+", expr)
    labels = set(re.findall(r"(\w+)=~?\"", expr) + re.findall(r"\{\{(\w+)\}\}", legend))
    by = re.search(r"by \((.*?)\)", expr)
    if by:
        labels |= set(by.group(1).replace(" ", "").split(","))
    have = set.intersection(*(written.get(m, set()) for m in metrics)) if metrics else set()
    for label in sorted(labels - have):
        faults += 1
        print(f"{title}: {expr}: no label {label}", file=sys.stderr)
    if not metrics:
        faults += 1
        print(f"{title}: {expr}: no metric", file=sys.stderr)
    print(f"  - record: query_{n}\n    expr: {json.dumps(expr.replace('$process', '.*'))}")
if len(queries) < 2:
    faults += 1
    print("no queries", file=sys.stderr)
sys.exit(1 if faults else 0)
