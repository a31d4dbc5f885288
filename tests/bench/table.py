#!/usr/bin/env python3
"""Turns raw lines of run.py into tables in Markdown: table.py RAW.jsonl [--into FILE]

Times are medians of all runs of a solver on an instance: ours the seconds in the solver, other solvers' the seconds
to build their model and to solve it, whole runs' the seconds of the process. With --into, what stands in FILE
between the lines `<!-- tables -->` and `<!-- end of tables -->` is replaced.
"""
import json
import math
import statistics
import sys
from collections import defaultdict

LEMON = ["pot.emd", "pylmcf", "rust:mcmf"]
FLOW = ["ortools.mcf", *LEMON]
SQUARE = ["scipy", "lapx", "lapjv", "laprust", "lapcpp", "ortools.lsa"]
# Work, group, the solvers whose best is compared with, times faster: must and aim.
RATIOS = [
    ("100k × 200 dense, against OR-Tools' SimpleMinCostFlow", "dense", ["ortools.mcf"], 50, 150),
    ("100k × 200 dense, against the best of LEMON's wrappers", "dense", LEMON, 80, 250),
    ("100k × 200 sparse, against OR-Tools", "sparse", ["ortools.mcf"], 10, 30),
    ("10k × 100, against the best of all", "10k", FLOW, 8, 20),
    ("1k × 20, against the best of all", "1k", FLOW, 1, 1),
    ("1M × 500 sparse, against OR-Tools", "million-sparse", ["ortools.mcf"], 25, 60),
    ("square 1000 to 5000, against the best of all", "lap", SQUARE, 1.5, 3),
    ("square 1000, against the best of all", "lap-quick", SQUARE, 1.5, 3),
    ("square Machol and Wien 2000, against OR-Tools", "machol", ["ortools.lsa"], 1, 2),
]
# Work, group, how an instance's name begins; seconds and MiB: must and aim. Memory without a resident matrix.
BOUNDS = [
    ("1M × 500 dense, rows on demand out of CSV", "rows", "", 4, 500, 1.2, 200),
    ("10k × 100 dense, rows on demand out of CSV", "rows-quick", "", None, None, None, None),
    ("100k × 2000 dense", "many-reps", "", 6, 600, 3, None),
    ("1M × 500 from CSV to outputs", "end-to-end", "run 1000000 500", 12, 2048, 4, 1024),
    ("1M × 1000 from CSV to outputs", "end-to-end", "run 1000000 1000", 25, 4096, 8, None),
    ("costs of rank 1", "hard", "made rank-one", 3, 600, 1, None),
    ("all costs equal", "hard", "made equal", 3, 600, 1, None),
    ("one rep wanted by all", "hard", "made wanted", 3, 600, 1, None),
    ("no room", "hard", "made closed", 3, 600, 1, None),
    ("no eligible pair", "hard", "made nobody", 3, 600, 1, None),
    ("200 × 4000", "few-leads", "", 1, None, 0.2, None),
]


class Runs:
    """All lines, by group, instance and solver."""

    def __init__(self, lines):
        self.machines = [line for line in lines if "machine" in line]
        self.lines = defaultdict(list)
        for line in lines:
            if "group" in line:
                self.lines[line["group"], line["inst"], line["solver"]].append(line)

    def instances(self, group):
        return list(dict.fromkeys(inst for of, inst, _ in self.lines if of == group))

    def good(self, group, inst, solver):
        return [line for line in self.lines[group, inst, solver] if line["status"] == "ok"]

    def seconds(self, group, inst, solver):
        def of(line):
            if "solve_s" not in line:
                return line["process_s"]
            return line["solve_s"] + (line.get("build_s", 0) if solver != "dealt" else 0)

        times = [of(line) for line in self.good(group, inst, solver)]
        return statistics.median(times) if times else None

    def memory(self, group, inst, solver="dealt", own=False):
        sizes = [line["rss_mb"] - (line.get("base_mb", 0) if own else 0) for line in self.good(group, inst, solver) if line.get("rss_mb")]
        return statistics.median(sizes) if sizes else None


def number(value):
    if value is None:
        return "–"
    digits = 0 if value >= 100 else 2 - math.floor(math.log10(value)) if value > 0 else 0
    return f"{value:.{min(max(digits, 0), 4)}f}"


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def head(*cells):
    return [row(*cells), row(*["---"] * len(cells))]


def ratios(runs):
    lines = head("work", "ours, s", "best other, s", "times faster: least", "median", "must", "aim", "")
    for work, group, peers, must, aim in RATIOS:
        found = []
        for inst in runs.instances(group):
            ours = runs.seconds(group, inst, "dealt")
            others = [time for time in (runs.seconds(group, inst, peer) for peer in peers) if time is not None]
            if ours and others:
                found.append((min(others) / ours, ours, min(others)))
        if found:
            least = min(found)
            ours, other = (statistics.median(column) for column in list(zip(*found))[1:])
            verdict = "aim" if least[0] >= aim else "must" if least[0] >= must else "**missed**"
            cells = (number(ours), number(other), number(least[0]), number(statistics.median(entry[0] for entry in found)))
            lines.append(row(work, *cells, f"{must}", f"{aim}", verdict))
    return lines


def bounds(runs):
    lines = head("work", "s", "MiB", "must", "aim", "")
    for work, group, prefix, most_s, most_mb, aim_s, aim_mb in BOUNDS:
        instances = [inst for inst in runs.instances(group) if inst.startswith(prefix) and runs.seconds(group, inst, "dealt") is not None]
        if not instances:
            continue
        seconds = max(runs.seconds(group, inst, "dealt") for inst in instances)
        memory = max(runs.memory(group, inst, own=True) or 0 for inst in instances)
        within = lambda s, mb: (s is None or seconds <= s) and (mb is None or memory <= mb)
        verdict = "" if most_s is None else "aim" if within(aim_s, aim_mb) else "must" if within(most_s, most_mb) else "**missed**"
        said = lambda s, mb: ", ".join(text for text in (f"{s} s" if s else "", f"{mb} MiB" if mb else "") if text) or "–"
        lines.append(row(work, number(seconds), number(memory), said(most_s, most_mb), said(aim_s, aim_mb), verdict))
    for inst in runs.instances("tiers"):
        base, tiers = runs.seconds("tiers-base", inst.split()[0], "dealt"), runs.seconds("tiers", inst, "dealt")
        if base and tiers:
            times = tiers / base
            verdict = "aim" if times <= 1.2 else "must" if times <= 2 else "**missed**"
            lines.append(row(f"`{inst}`, times the seconds without tiers: {number(times)}", number(tiers), number(runs.memory("tiers", inst, own=True)), "2 times", "1.2 times", verdict))
    return lines


def every(runs):
    solvers = list(dict.fromkeys(solver for _, _, solver in runs.lines))
    lines = head("instance", *[f"{solver}, s" for solver in solvers], "ours, MiB", "least other, MiB")
    for group in dict.fromkeys(group for group, _, _ in runs.lines):
        if group.startswith("grow"):
            continue
        for inst in runs.instances(group):
            times = [number(runs.seconds(group, inst, solver)) for solver in solvers]
            others = [memory for memory in (runs.memory(group, inst, solver) for solver in solvers if solver != "dealt") if memory]
            lines.append(row(f"`{inst}`", *times, number(runs.memory(group, inst)), number(min(others, default=None))))
    return lines


def growth(runs, group, size):
    lines = head("instance", "s", "MiB", "grows with " + size + " to the power of")
    before = None
    for inst in runs.instances(group):
        found = runs.good(group, inst, "dealt")
        if not found:
            continue
        seconds, at = runs.seconds(group, inst, "dealt"), found[0][size]
        power = f"{math.log(seconds / before[0]) / math.log(at / before[1]):.2f}" if before and seconds > 0 and before[0] > 0 else ""
        lines.append(row(f"{found[0]['leads']:,} × {found[0]['reps']:,}", number(seconds), number(runs.memory(group, inst)), power))
        before = (seconds, at)
    return lines


def doubts(runs):
    """Instances on which solvers disagree, and runs of ours without proof or without end."""
    found = []
    for group, inst in dict.fromkeys((group, inst) for group, inst, _ in runs.lines):
        objectives = defaultdict(set)
        for (of, at, solver), lines in runs.lines.items():
            if (of, at) != (group, inst):
                continue
            for line in lines:
                if line["status"] != "ok":
                    found.append(f"`{inst}`, {solver}: {line['status']}")
                elif "obj" in line:
                    objectives[line["obj"]].add(solver)
                if line.get("proven") is False:
                    found.append(f"`{inst}`: not proven, gap {line['gap']}")
        if len(objectives) > 1:
            found.append(f"`{inst}`: objectives differ: " + "; ".join(f"{objective} of {', '.join(sorted(solvers))}" for objective, solvers in objectives.items()))
    return list(dict.fromkeys(found))


def tables(lines):
    runs = Runs(lines)
    parts = []
    for machine in runs.machines[-1:]:
        versions = ", ".join(f"{key} {value}" for key, value in machine.items() if key not in ("machine", "cores", "memory_gb", "system", "date", "commit", "rust") and value)
        parts.append(f"{machine['date']}, commit {machine['commit']}: {machine['machine']}, {machine['cores']} cores, {machine['memory_gb']} GiB, {machine['system']}; {machine['rust']}; {versions}.")
    for title, body in (
        ("Beside other solvers", ratios(runs)),
        ("By itself", bounds(runs)),
        ("Growth with leads", growth(runs, "grow-leads", "leads")),
        ("Growth with reps", growth(runs, "grow-reps", "reps")),
        ("Every instance", every(runs)),
    ):
        if len(body) > 2:
            parts.append(f"### {title}\n\n" + "\n".join(body))
    wrong = doubts(runs)
    parts.append("### Doubts\n\n" + ("\n".join(f"- {line}" for line in wrong) if wrong else "None: wherever several solvers finished, all found the same objective, and every run of ours is proven."))
    return "\n\n".join(parts)


def main(raw, into=None):
    with open(raw) as file:
        text = tables([json.loads(line) for line in file])
    if into is None:
        print(text)
        return
    with open(into) as file:
        before, rest = file.read().split("<!-- tables -->\n", 1)
        _, after = rest.split("<!-- end of tables -->", 1)
    with open(into, "w") as file:
        file.write(f"{before}<!-- tables -->\n\n{text}\n\n<!-- end of tables -->{after}")


if __name__ == "__main__":
    arguments = [word for word in sys.argv[1:] if word != "--into"]
    main(*arguments[:2])
