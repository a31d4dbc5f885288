#!/usr/bin/env python3
"""Runs one other solver on one instance and prints one line of JSON: peers.py SOLVER FILE.tpb|FILE.lap

obj is added up again from the assignment, which is checked to be possible. load_s reads the file, build_s turns
arrays into the solver's model, solve_s solves; rss_mb is the peak of the whole process. Packages: README.md.
"""
import json
import os
import resource
import sys
import time

import numpy as np

from instances import INELIGIBLE, load_square, load_transport

seconds = {}


class timed:
    def __init__(self, part):
        self.part = part

    def __enter__(self):
        self.start = time.perf_counter()

    def __exit__(self, *_):
        seconds[self.part + "_s"] = round(time.perf_counter() - self.start, 4)


def flow_model(leads, reps, room, left_out, cost):
    """Tails, heads, capacities and costs of arcs: leads 0.., reps after them, a sink; the pairs come first."""
    lead, rep = np.nonzero(cost < INELIGIBLE)
    sink = leads + reps
    all_leads, all_reps = np.arange(leads), np.arange(leads, sink)
    tail = np.concatenate([lead, all_leads, all_reps])
    head = np.concatenate([leads + rep, np.full(leads + reps, sink)])
    capacity = np.concatenate([np.ones(len(lead) + leads, np.int64), room.astype(np.int64)])
    cost = np.concatenate([cost[lead, rep], left_out, np.zeros(reps, np.int64)]).astype(np.int64)
    supply = np.zeros(sink + 1, np.int64)
    supply[:leads] = 1
    supply[-1] = -leads
    return lead, rep, tail, head, capacity, cost, supply


def dealt(leads, lead, rep, flow):
    to = np.full(leads, -1)
    used = flow > 0
    to[lead[used]] = rep[used]
    return to


def ortools_flow(leads, reps, room, left_out, cost):
    from ortools.graph.python import min_cost_flow

    with timed("build"):
        lead, rep, tail, head, capacity, costs, supply = flow_model(leads, reps, room, left_out, cost)
        solver = min_cost_flow.SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), capacity, costs)
        solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    with timed("solve"):
        status = solver.solve()
    assert status == solver.OPTIMAL, status
    return dealt(leads, lead, rep, np.asarray(solver.flows(np.arange(len(lead), dtype=np.int32))))


def pylmcf(leads, reps, room, left_out, cost):
    import pylmcf as package

    solve = package.lmcf if hasattr(package, "lmcf") else package.pylmcf_cpp.lmcf
    with timed("build"):
        lead, rep, tail, head, capacity, costs, supply = flow_model(leads, reps, room, left_out, cost)
        tail, head = tail.astype(np.int64), head.astype(np.int64)
    with timed("solve"):
        flow = solve(supply, tail, head, capacity, costs)
    return dealt(leads, lead, rep, np.asarray(flow)[: len(lead)])


def pot(leads, reps, room, left_out, cost):
    import ot

    with timed("build"):
        # One more rep takes what is left out, one more lead fills what room is left.
        supply = np.ones(leads + 1)
        supply[leads] = room.sum()
        demand = np.empty(reps + 1)
        demand[:reps] = room
        demand[reps] = leads
        matrix = np.zeros((leads + 1, reps + 1))
        matrix[:leads, :reps] = cost
        matrix[:leads, reps] = left_out
    with timed("solve"):
        plan, log = ot.emd(supply, demand, matrix, numItermax=2_000_000_000, log=True)
    assert not log.get("warning"), log.get("warning")
    assert float(np.abs(plan[:leads] - np.rint(plan[:leads])).max()) < 1e-6
    to = plan[:leads].argmax(1)
    to[to == reps] = -1
    return to


def square_scipy(size, cost):
    from scipy.optimize import linear_sum_assignment

    with timed("build"):
        matrix = cost.astype(np.float64)
    with timed("solve"):
        _, column = linear_sum_assignment(matrix)
    return column


def square_of(package, solve):
    def run(size, cost):
        module = __import__(package)
        with timed("build"):
            matrix = cost.astype(np.float64)
        with timed("solve"):
            column = solve(module, matrix)
        return np.asarray(column)

    return run


def square_ortools(size, cost):
    from ortools.graph.python import linear_sum_assignment

    with timed("build"):
        solver = linear_sum_assignment.SimpleLinearSumAssignment()
        row, column = np.divmod(np.arange(size * size, dtype=np.int64), size)
        solver.add_arcs_with_cost(row.astype(np.int32), column.astype(np.int32), cost.ravel().astype(np.int64))
    with timed("solve"):
        status = solver.solve()
    assert status == solver.OPTIMAL, status
    return np.array([solver.right_mate(row) for row in range(size)])


TRANSPORT = {"ortools.mcf": ortools_flow, "pot.emd": pot, "pylmcf": pylmcf}
SQUARE = {
    "scipy": square_scipy,
    "lapx": square_of("lap", lambda module, matrix: module.lapjv(matrix)[1]),
    "lapjv": square_of("lapjv", lambda module, matrix: module.lapjv(matrix)[0]),
    "laprust": square_of("laprust", lambda module, matrix: module.lapjv(matrix)[2]),
    "lapcpp": square_of("lapcpp", lambda module, matrix: module.lapjv(matrix)[2]),
    "ortools.lsa": square_ortools,
}


def main(name, path):
    line = {"solver": name, "inst": os.path.basename(path)}
    if path.endswith(".lap"):
        with timed("load"):
            size, cost = load_square(path)
        column = SQUARE[name](size, cost)
        assert len(set(column.tolist())) == size, "a column is used twice"
        line["obj"] = int(cost[np.arange(size), column].astype(np.int64).sum())
    else:
        with timed("load"):
            leads, reps, room, left_out, cost = load_transport(path)
        to = TRANSPORT[name](leads, reps, room, left_out, cost)
        is_dealt = to >= 0
        pairs = cost[np.nonzero(is_dealt)[0], to[is_dealt]]
        assert (np.bincount(to[is_dealt], minlength=reps) <= room).all(), "more leads than room"
        assert (pairs < INELIGIBLE).all(), "a rep may not take its lead"
        line["obj"] = int(pairs.astype(np.int64).sum() + left_out[~is_dealt].astype(np.int64).sum())
        line["unassigned"] = int((~is_dealt).sum())
    line.update(seconds)
    line["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(line))


if __name__ == "__main__":
    main(*sys.argv[1:3])
