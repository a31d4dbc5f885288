#!/usr/bin/env python3
"""Makes instances, the same for the same seed: needs numpy 2.

  instances.py tp NAME L R --room ample|scarce --kind real|sparse|random|dup [--seed S] --out DIR
  instances.py lap NAME N --kind uniform|geometric|machol|twocost [--seed S] --out DIR
  instances.py csv L R [--room ample|scarce] --out DIR      leads_L.csv and reps_R.csv of the `real` kind (no radius: dense)

Costs are to be minimised: 1,000,000 - score, or INELIGIBLE; leaving a lead out costs 2, 4 or 8 million by its
priority. Little-endian binary files:
  .tpb: b"TPB1" u32 L u32 R u32 0 | i32 room[R] | i32 left_out[L] | i32 cost[L*R], lead by lead
  .lap: b"LAP1" u32 n u32 n u32 0 | i32 cost[n*n], row by row
"""
import argparse
import os
import struct

import numpy as np

INELIGIBLE = 1 << 29
WORST = 1_000_000


def rooms(rng, leads, reps, room):
    total = int(round(leads * {"ample": 1.3, "scarce": 0.8}[room]))
    weight = rng.lognormal(0.0, 0.35, reps)
    room = np.maximum(1, np.floor(total * weight / weight.sum()).astype(np.int64))
    missing = max(total, reps) - int(room.sum())
    order = rng.permutation(reps)
    at = 0
    while missing != 0:
        rep = order[at % reps]
        if missing > 0:
            room[rep] += 1
            missing -= 1
        elif room[rep] > 1:
            room[rep] -= 1
            missing += 1
        at += 1
    return room.astype(np.int32)


def world(rng, leads, reps):
    """Leads and reps around sixty cities, with skills, levels, free time and radius."""
    cities = 60
    lat = rng.uniform(28, 48, cities)
    lon = rng.uniform(-122, -72, cities)
    size = 1.0 / np.arange(1, cities + 1) ** 0.8
    size /= size.sum()
    spread = rng.uniform(0.15, 0.9, cities)
    city = rng.choice(cities, leads, p=size)
    lead = dict(
        lat=lat[city] + rng.normal(0, 1, leads) * spread[city],
        lon=lon[city] + rng.normal(0, 1, leads) * spread[city] * 1.2,
    )
    skills = 12
    need = np.zeros(leads, np.uint16)
    for draw in range(3):
        pick = rng.integers(0, skills, leads)
        use = rng.random(leads) < (1.0 if draw == 0 else 0.45)
        need |= np.where(use, np.uint16(1) << pick.astype(np.uint16), 0).astype(np.uint16)
    lead["need"] = need
    lead["tier"] = rng.choice(5, leads, p=[0.3, 0.3, 0.2, 0.15, 0.05]) + 1
    lead["prio"] = rng.choice(3, leads, p=[0.7, 0.22, 0.08])
    weight = size**0.8
    weight /= weight.sum()
    city = rng.choice(cities, reps, p=weight)
    rep = dict(lat=lat[city] + rng.normal(0, 0.3, reps), lon=lon[city] + rng.normal(0, 0.3, reps))
    held = np.zeros(reps, np.uint16)
    for skill in range(skills):
        held |= np.where(rng.random(reps) < 0.4, np.uint16(1 << skill), 0).astype(np.uint16)
    rep["skill"] = held
    rep["level"] = rng.choice(5, reps, p=[0.15, 0.25, 0.25, 0.2, 0.15]) + 1
    rep["free"] = rng.beta(4, 2, reps)
    rep["radius"] = rng.choice([150.0, 400.0, 900.0, 6000.0], reps, p=[0.3, 0.4, 0.2, 0.1])
    return lead, rep


def cost_block(lead, rep, start, end, kind):
    single = np.float32
    radians = lambda degrees: np.radians(degrees).astype(single)
    lead_lat, lead_lon = radians(lead["lat"][start:end])[:, None], radians(lead["lon"][start:end])[:, None]
    rep_lat, rep_lon = radians(rep["lat"])[None], radians(rep["lon"])[None]
    east = (lead_lon - rep_lon) * np.cos((lead_lat + rep_lat) * single(0.5))
    north = lead_lat - rep_lat
    km = single(6371) * np.sqrt(east * east + north * north)
    need = lead["need"][start:end]
    shared = np.bitwise_count(need[:, None] & rep["skill"][None]).astype(single)
    overlap = shared / np.bitwise_count(need)[:, None].astype(single)
    level = np.where(rep["level"][None] >= lead["tier"][start:end][:, None], single(1), single(0.7))
    score = single(0.45) * overlap * level + single(0.35) * np.exp(-km / single(300))
    score = score + single(0.20) * rep["free"].astype(single)[None]
    units = np.rint(score * WORST).astype(np.int32)
    if kind == "dup":
        units = (units // 10000) * 10000
    cost = WORST - units
    if kind == "sparse":
        cost[(km > rep["radius"][None].astype(single)) | (overlap <= 0)] = INELIGIBLE
    return cost


def make_transport(name, leads, reps, room, kind, seed, out):
    rng = np.random.default_rng(seed)
    room = rooms(rng, leads, reps, room)
    path = os.path.join(out, name + ".tpb")
    if kind == "random":
        left_out = np.array([2, 4, 8], np.int32)[rng.choice(3, leads, p=[0.7, 0.22, 0.08])] * WORST
    else:
        if kind == "dup":  # every lead ten times
            base = -(-leads // 10)
            lead, rep = world(rng, base, reps)
            order = rng.permutation(np.repeat(np.arange(base), 10)[:leads])
            lead = {key: values[order] for key, values in lead.items()}
        else:
            lead, rep = world(rng, leads, reps)
        left_out = (np.array([2, 4, 8], np.int32)[lead["prio"]] * WORST).astype(np.int32)
    with open(path, "wb") as file:
        file.write(b"TPB1" + struct.pack("<III", leads, reps, 0))
        file.write(room.astype("<i4").tobytes())
        file.write(left_out.astype("<i4").tobytes())
        step = max(1, 4_000_000 // reps)
        for start in range(0, leads, step):
            end = min(leads, start + step)
            if kind == "random":
                block = rng.integers(0, WORST + 1, (end - start, reps), dtype=np.int32)
            else:
                block = cost_block(lead, rep, start, end, kind)
            file.write(np.ascontiguousarray(block, "<i4").tobytes())


def load_transport(path):
    with open(path, "rb") as file:
        header = file.read(16)
        assert header[:4] == b"TPB1"
        leads, reps, _ = struct.unpack("<III", header[4:])
        room = np.fromfile(file, "<i4", reps)
        left_out = np.fromfile(file, "<i4", leads)
        return leads, reps, room, left_out, np.fromfile(file, "<i4", leads * reps).reshape(leads, reps)


def make_square(name, size, kind, seed, out):
    rng = np.random.default_rng(seed)
    if kind == "uniform":
        cost = rng.integers(0, WORST + 1, (size, size), dtype=np.int32)
    elif kind == "twocost":
        cost = np.where(rng.random((size, size)) < 0.5, 1, 100).astype(np.int32)
    elif kind == "machol":  # Machol and Wien: i * j
        number = np.arange(1, size + 1, dtype=np.int32)
        cost = number[:, None] * number[None]
    else:  # geometric: distances of points in a square, in thousandths
        one = rng.uniform(0, 1000, (size, 2)).astype(np.float32)
        other = rng.uniform(0, 1000, (size, 2)).astype(np.float32)
        cost = np.empty((size, size), np.int32)
        for start in range(0, size, 500):
            step = one[start : start + 500, None] - other[None]
            cost[start : start + 500] = np.rint(1000 * np.sqrt((step * step).sum(-1)))
    with open(os.path.join(out, name + ".lap"), "wb") as file:
        file.write(b"LAP1" + struct.pack("<III", size, size, 0))
        file.write(np.ascontiguousarray(cost, "<i4").tobytes())


def load_square(path):
    with open(path, "rb") as file:
        header = file.read(16)
        assert header[:4] == b"LAP1"
        size, _, _ = struct.unpack("<III", header[4:])
        return size, np.fromfile(file, "<i4", size * size).reshape(size, size)


def make_csv(leads, reps, room, seed, out):
    rng = np.random.default_rng(seed)
    room = rooms(rng, leads, reps, room)
    lead, rep = world(rng, leads, reps)
    priority = ["high", "medium", "low"]
    skills = [f"skill{skill:02d}" for skill in range(12)]
    listed = lambda bits: "|".join(skills[skill] for skill in range(12) if bits >> skill & 1)
    value = rng.integers(100, 100000, leads)
    with open(os.path.join(out, f"leads_{leads}.csv"), "w") as file:
        file.write("lead_id,company,lat,lon,required_skills,tier,priority,value\n")
        for at in range(leads):
            file.write(
                f"L{at:07d},Company {at:07d} Ltd,{lead['lat'][at]:.5f},{lead['lon'][at]:.5f},"
                f"{listed(int(lead['need'][at]))},{lead['tier'][at]},{priority[lead['prio'][at]]},{value[at]}\n"
            )
    with open(os.path.join(out, f"reps_{reps}.csv"), "w") as file:
        file.write("rep_id,name,lat,lon,skills,level,availability,max_open\n")
        for at in range(reps):
            file.write(
                f"R{at:05d},Rep {at:05d},{rep['lat'][at]:.5f},{rep['lon'][at]:.5f},"
                f"{listed(int(rep['skill'][at]))},{rep['level'][at]},{rep['free'][at]:.3f},{room[at]}\n"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    tp, lap, csv = (commands.add_parser(name) for name in ("tp", "lap", "csv"))
    for command in (tp, lap):
        command.add_argument("name")
    for command in (tp, csv):
        command.add_argument("leads", type=int)
        command.add_argument("reps", type=int)
        command.add_argument("--room", choices=["ample", "scarce"], default="ample")
    lap.add_argument("size", type=int)
    tp.add_argument("--kind", choices=["real", "sparse", "random", "dup"], default="real")
    lap.add_argument("--kind", choices=["uniform", "geometric", "machol", "twocost"], default="uniform")
    for command in (tp, lap, csv):
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--out", default=".")
    asked = parser.parse_args()
    if asked.command == "tp":
        make_transport(asked.name, asked.leads, asked.reps, asked.room, asked.kind, asked.seed, asked.out)
    elif asked.command == "lap":
        make_square(asked.name, asked.size, asked.kind, asked.seed, asked.out)
    else:
        make_csv(asked.leads, asked.reps, asked.room, asked.seed, asked.out)
