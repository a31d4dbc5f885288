#!/usr/bin/env python3
"""Measures `dealt` and other solvers side by side, from instances to table; see README.md.

  run.py DATA [--quick] [--only GROUP ...] [--runs 5] [--slow-runs 5] [--limit 300] [--raw FILE]

Makes the instances that DATA lacks, builds the programs, runs every solver on every instance in turn, run after
run, appends one line of JSON per run to DATA/raw.jsonl, and prints the tables of all that this file holds.
"""
import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import time

import table

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RELEASE = os.path.join(ROOT, "target", "release")
OURS = os.path.join(RELEASE, "examples", "solve_file")
ROWS = os.path.join(RELEASE, "examples", "solve_rows")
PROGRAM = os.path.join(RELEASE, "dealt")
PACKAGES = ["numpy", "scipy", "ortools", "POT", "pylmcf", "lapx", "lapjv", "laprust", "lapcpp"]
FLOW = ["ortools.mcf", "pot.emd", "pylmcf"]
SQUARE = ["scipy", "lapx", "lapjv", "laprust", "lapcpp", "ortools.lsa"]
SIZES = {"1k_20": (1000, 20), "10k_100": (10_000, 100), "100k_200": (100_000, 200), "100k_2000": (100_000, 2000), "1m_500": (1_000_000, 500)}
DENSE = [f"{room}_{kind}" for kind in ("real", "random", "dup") for room in ("ample", "scarce")]
SPARSE = ["ample_sparse", "scarce_sparse"]


def transport(size, families):
    return [f"{size}_{family}.tpb" for family in families]


def squares(sizes, kinds):
    return [f"lap{size}_{kind}.lap" for size in sizes for kind in kinds]


def made(family, leads, reps, *more):
    return {"name": f"made {family} {leads} x {reps}" + "".join(f" {word}" for word in more), "family": family, "leads": leads, "reps": reps, "more": list(more)}


# Each group: instances, the other solvers that are tried on them, and whether `--quick` measures it.
GROUPS = {
    "1k": (transport("1k_20", DENSE + SPARSE), FLOW, True),
    "10k": (transport("10k_100", DENSE + SPARSE), FLOW, True),
    "dense": (transport("100k_200", DENSE), FLOW, False),
    "sparse": (transport("100k_200", SPARSE), ["ortools.mcf", "pylmcf"], False),
    "lap": (squares((1000, 2000, 5000), ("uniform", "geometric", "twocost")), SQUARE, False),
    "lap-quick": (squares((1000,), ("uniform", "geometric", "twocost")), SQUARE, True),
    "machol": (squares((2000,), ("machol",)), ["ortools.lsa"], False),
    "many-reps": (transport("100k_2000", ["ample_real", "scarce_real"]) + [made("real", 100_000, 2000), made("real", 100_000, 2000, "--room", "scarce")], [], False),
    "million-dense": (transport("1m_500", ["ample_real"]), [], False),
    "million-sparse": (transport("1m_500", ["ample_sparse"]), ["ortools.mcf"], False),
    "tiers": ([f"{name} --tiers {tiers}" for name in transport("100k_200", ["scarce_real", "scarce_random", "scarce_dup", "scarce_sparse"]) for tiers in (3, 8)], [], False),
    "tiers-base": (transport("100k_200", ["scarce_real", "scarce_random", "scarce_dup", "scarce_sparse"]), [], False),
    "hard": ([made(family, 100_000, 200) for family in ("rank-one", "equal", "wanted", "closed", "nobody")] + [made("rank-one", 100_000, 200, "--room", "scarce")], [], False),
    "few-leads": ([made("real", 200, 4000)], [], True),
    "grow-leads": ([made("real", leads, 100) for leads in (1000, 3162, 10_000, 31_623, 100_000, 316_228, 1_000_000)], [], False),
    "grow-reps": ([made("real", 40_000, reps) for reps in (10, 32, 100, 316, 1000, 2000, 4000)], [], False),
    "rows": (["csv 1000000 500"], [], False),
    "rows-quick": (["csv 10000 100"], [], True),
    "end-to-end": (["run 1000000 500", "run 1000000 1000"], [], False),
}


def tables_of(words, data):
    """The tables of an instance in CSV: leads and reps of one world."""
    folder = os.path.join(data, f"csv_{words[1]}_{words[2]}")
    return [os.path.join(folder, f"leads_{words[1]}.csv"), os.path.join(folder, f"reps_{words[2]}.csv")]


def command(solver, instance, asked):
    """The command of a run."""
    data = asked.data
    if isinstance(instance, dict):
        return [OURS, "--family", instance["family"], "--leads", str(instance["leads"]), "--reps", str(instance["reps"]), *instance["more"]]
    words = instance.split()
    if words[0] == "csv":
        return [ROWS, *tables_of(words, data)]
    if words[0] == "run":
        out = os.path.join(data, "out")
        shutil.rmtree(out, ignore_errors=True)
        return [PROGRAM, "run", *tables_of(words, data), "--as-of", "2026-06-01", "--out", out, "--quiet"]
    path = os.path.join(data, words[0])
    if solver == "dealt":
        return [OURS, path, *words[1:]]
    if solver.startswith("rust:"):
        return [asked.rust_peers, solver[5:], path]
    return [sys.executable, os.path.join(HERE, "peers.py"), solver, path]


def run(solver, group, instance, asked):
    """Runs a solver once and returns the line about it."""
    name = instance["name"] if isinstance(instance, dict) else instance
    line = {"group": group, "solver": solver, "inst": name}
    arguments = command(solver, instance, asked)
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        out, error = process.communicate(timeout=asked.limit)
        lines = [text for text in out.decode().splitlines() if text.startswith("{")]
        if process.returncode == 0 and name.startswith("run "):
            line["rss_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1)
        elif process.returncode == 0 and lines:
            line = {**json.loads(lines[-1]), **line}
        else:
            line.update(status=f"exit {process.returncode}", error=error.decode()[-200:].strip())
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        line["status"] = f"over {asked.limit:.0f} s"
    line["process_s"] = round(time.perf_counter() - start, 3)
    line.setdefault("status", "ok")
    return line


def forked(solver, group, instance, asked):
    """As `run`; end-to-end runs in a process of their own, since the peak of children never falls."""
    if not (isinstance(instance, str) and instance.startswith("run ")):
        return run(solver, group, instance, asked)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, json.dumps(run(solver, group, instance, asked)).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as pipe:
        return json.loads(pipe.read())


def prepare(instance, data):
    """Makes an instance unless it is there."""
    if isinstance(instance, dict):
        return
    words = instance.split()
    script = [sys.executable, os.path.join(HERE, "instances.py")]
    if words[0] in ("csv", "run"):
        files = tables_of(words, data)
        if not all(os.path.exists(file) for file in files):
            folder = os.path.dirname(files[0])
            os.makedirs(folder, exist_ok=True)
            subprocess.run([*script, "csv", words[1], words[2], "--out", folder], check=True)
        return
    name, kind = os.path.splitext(words[0])
    if os.path.exists(os.path.join(data, words[0])):
        return
    if kind == ".lap":
        size, family = name.removeprefix("lap").split("_")
        subprocess.run([*script, "lap", name, size, "--kind", family, "--out", data], check=True)
    else:
        size, room, family = name.rsplit("_", 2)
        leads, reps = SIZES[size]
        subprocess.run([*script, "tp", name, str(leads), str(reps), "--room", room, "--kind", family, "--out", data], check=True)


def machine():
    """What this is measured on, and with which versions."""
    said = lambda *words: subprocess.run(words, capture_output=True, text=True, cwd=ROOT).stdout.strip()
    line = {"machine": platform.processor() or platform.machine(), "cores": os.cpu_count(), "system": platform.platform()}
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            line["machine"] = next((text.split(":")[1].strip() for text in file if text.startswith("model name")), line["machine"])
    line["memory_gb"] = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    line["date"] = datetime.date.today().isoformat()
    line["commit"] = said("git", "rev-parse", "--short", "HEAD")
    line["rust"] = said("rustc", "--version")
    line["python"] = platform.python_version()
    for package in PACKAGES:
        try:
            line[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            line[package] = None
    return line


def solvers(peers, asked):
    peers = [peer for peer in peers if asked.peers is None or peer in asked.peers]
    if asked.rust_peers and "pylmcf" in peers:
        peers.append("rust:mcmf")
    return ["dealt", *peers]


def measure(group, asked, keep):
    """Runs every solver of a group on every instance, in turn, so that a slow moment hits all alike."""
    instances, peers, _ = GROUPS[group]
    for instance in instances:
        prepare(instance, asked.data)
        counts = {solver: 0 for solver in solvers(peers, asked)}
        done = set()
        for turn in range(asked.runs):
            for solver in counts:
                if solver in done:
                    continue
                line = forked(solver, group, instance, asked)
                keep(line)
                counts[solver] += 1
                slow = line["process_s"] > 20 and counts[solver] >= asked.slow_runs
                if line["status"] != "ok" or slow:
                    done.add(solver)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", help="folder of instances and raw lines")
    parser.add_argument("--quick", action="store_true", help="small instances only, two runs each")
    parser.add_argument("--only", nargs="+", choices=list(GROUPS), help="these groups alone")
    parser.add_argument("--peers", nargs="*", help="these other solvers alone")
    parser.add_argument("--rust-peers", help="a program with solver `mcmf`, called as PROGRAM mcmf FILE")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--slow-runs", type=int, default=5, help="runs of a solver that takes over 20 s")
    parser.add_argument("--limit", type=float, default=300, help="seconds after which a run is given up")
    parser.add_argument("--raw", help="default DATA/raw.jsonl")
    asked = parser.parse_args()
    os.makedirs(asked.data, exist_ok=True)
    raw = asked.raw or os.path.join(asked.data, "raw.jsonl")
    if asked.quick:
        asked.runs = min(asked.runs, 2)
    examples = [word for name in ("solve_file", "solve_rows") for word in ("--example", name)]
    subprocess.run(["cargo", "build", "--release", "--quiet", "--bin", "dealt", *examples], check=True, cwd=ROOT)

    def keep(line):
        with open(raw, "a") as file:
            file.write(json.dumps(line) + "\n")
        print(" ".join(str(line.get(key)) for key in ("group", "inst", "solver", "status", "obj", "build_s", "solve_s", "rss_mb")), file=sys.stderr, flush=True)

    keep(machine())
    for group in asked.only or [name for name, (_, _, quick) in GROUPS.items() if quick == asked.quick or (quick and "quick" not in name)]:
        measure(group, asked, keep)
    with open(raw) as file:
        print(table.tables([json.loads(line) for line in file]))


if __name__ == "__main__":
    main()
