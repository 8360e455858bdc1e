#!/usr/bin/env python3
"""Does a published lottery again, with nothing of ours:  python3 lottery.py FOLDER"""

import csv
import hashlib
import json
import sys
from pathlib import Path


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaves):
    """The Merkle Tree Hash of RFC 6962, section 2.1."""
    if len(leaves) < 2:
        return sha256(b"\0", leaves[0]) if leaves else sha256()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", root(leaves[:half]), root(leaves[half:]))


def winners(folder):
    record = json.loads((folder / "lottery.json").read_text())
    marks = [bytes.fromhex(row["mark"]) for row in csv.DictReader((folder / "entries.csv").read_text().splitlines())]
    assert root(marks).hex() == record["root"], "the list is not the frozen one"
    seeds = [bytes.fromhex(party["seed"]) for party in record["parties"]]
    assert all(sha256(s).hex() == p["commitment"] for s, p in zip(seeds, record["parties"])), "a seed was changed"
    place = record["ledger"].to_bytes(4, "big") + record["batch"].to_bytes(4, "big")
    draw = sha256(b"wenhui/lottery-draw/1\0", place, root(marks), *seeds)
    assert draw.hex() == record["draw"], "the draw does not follow from the list and the seeds"
    ranked = sorted(range(1, len(marks) + 1), key=lambda number: sha256(draw, number.to_bytes(4, "big")))
    return ranked[: record["quota"]]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    published = [int(row["number"]) for row in csv.DictReader((folder / "winners.csv").read_text().splitlines())]
    sys.exit(None if published == winners(folder) else "other numbers have won")
