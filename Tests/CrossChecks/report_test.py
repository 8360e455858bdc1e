#!/usr/bin/env python3
"""Figures of whole seasons, computed a second time from the tables, and read by another reader of workbooks.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/report_test.py
"""

import csv
import datetime
import hashlib
import html.parser
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import openpyxl

WENHUI = os.environ.get("WENHUI", "wenhui")
SEEDS = (2018, 42)
EPOCH = datetime.date(1970, 1, 1)
KINDS = ["", "appropriate", "receive", "remit", "allocate", "open", "issue", "redeem", "lapse", "refund", "settle",
         "pay", "recover", "close", "reclaim", "return", "absorb", "award", "earn", "exchange", "expire"]
ACCOUNTS = ["", "treasury", "fund", "remitted", "programme", "batch", "voucher", "payable", "clearing"]


def run(folder, *arguments, status=0):
    """What a command says as JSON."""
    done = subprocess.run([WENHUI, *map(str, arguments), "--data", folder, "--json"], capture_output=True, text=True)
    assert done.returncode == status, (arguments, done.stdout, done.stderr)
    return json.loads(done.stdout) if done.stdout else json.loads(done.stderr)


class Season:
    """A demonstration in a folder, with its tables."""

    def __init__(self, root, seed):
        self.folder = os.path.join(root, f"season-{seed}")
        subprocess.run([WENHUI, "demo", "--scale", "0.2", "--seed", str(seed), "--data", self.folder],
                       check=True, capture_output=True)
        self.ledgers = [row["code"] for row in run(self.folder, "ledger", "list")["ledgers"]]
        self.tables = sqlite3.connect(f"file:{self.folder}/read.db?mode=ro", uri=True)

    def figures(self, ledger, kind, period):
        path = os.path.join(self.folder, f"{ledger}-{kind}-{period}.json")
        if not os.path.exists(path):
            told = run(self.folder, "report", kind, period, "--output", path, "--ledger", ledger)
            assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == told["digest"]
        return json.loads(Path(path).read_text())

    def rows(self, query, *values):
        return self.tables.execute(query, values).fetchall()


class Page(html.parser.HTMLParser):
    """The tables of a page, and whether every element is closed."""

    VOID = {"meta", "link", "br", "path", "rect"}

    def __init__(self):
        super().__init__()
        self.open, self.cells, self.scripts = [], 0, 0

    def handle_starttag(self, tag, attributes):
        self.scripts += tag == "script" or any(name in ("src", "href") for name, _ in attributes)
        self.cells += tag == "td"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag, tag


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp()
        cls.seasons = [Season(cls.root, seed) for seed in SEEDS]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def every(self):
        for season in self.seasons:
            for ledger in season.ledgers:
                yield season, ledger

    def months(self, season, ledger):
        days = season.rows(
            "SELECT min(day), max(day) FROM redemptions WHERE ledger_id = ?", int(ledger))[0]
        if days[0] is None:
            return []
        first, last = (EPOCH + datetime.timedelta(days=day) for day in days)
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return [f"{first.year + (first.month - 1 + i) // 12}-{(first.month - 1 + i) % 12 + 1:02}"
                for i in range(count)]

    def buyers(self, season, ledger, month, dimension, cell):
        """How many people bought in a cell of a month, by the tables; None where they do not say."""
        year, number = map(int, month.split("-"))
        first = (datetime.date(year, number, 1) - EPOCH).days
        last = (datetime.date(year + number // 12, number % 12 + 1, 1) - EPOCH).days - 1
        column = {"town": "o.town", "category": "r.category", "channel": "r.channel"}.get(dimension)
        if column is None or cell["key"] == "其余":
            return None
        return season.rows(
            "SELECT count(DISTINCT v.pseudonym) FROM redemptions r "
            "JOIN outlets o ON o.ledger_id = r.ledger_id AND o.id = r.outlet "
            "JOIN vouchers v ON v.ledger_id = r.ledger_id AND v.id = r.voucher "
            f"WHERE r.ledger_id = ? AND r.day BETWEEN ? AND ? AND {column} = ?",
            int(ledger), first, last, cell["key"])[0][0]

    def test_totals_are_those_of_the_tables(self):
        seen = 0
        for season, ledger in self.every():
            for month in self.months(season, ledger):
                figures = season.figures(ledger, "month", month)
                year, number = map(int, month.split("-"))
                first = (datetime.date(year, number, 1) - EPOCH).days
                last = (datetime.date(year + number // 12, number % 12 + 1, 1) - EPOCH).days - 1
                sales = season.rows(
                    "SELECT count(*), total(bill), total(subsidy) FROM redemptions "
                    "WHERE ledger_id = ? AND day BETWEEN ? AND ?", int(ledger), first, last)[0]
                back = season.rows(
                    "SELECT count(*), total(bill), total(subsidy) FROM refunds "
                    "WHERE ledger_id = ? AND day BETWEEN ? AND ? AND bill > 0", int(ledger), first, last)[0]
                total = figures["total"]
                self.assertEqual((total["sales"], total["gross"], total["subsidy"]), sales, month)
                self.assertEqual((total["refunds"], total["refundedGross"], total["refundedSubsidy"]), back, month)
                for dimension, column in (("town", "o.town"), ("category", "r.category"), ("channel", "r.channel"),
                                          ("cluster", "o.cluster"), ("outletClass", "o.outlet_class")):
                    told = {cell["key"]: (cell["figures"]["sales"], cell["figures"]["gross"],
                                          cell["figures"]["subsidy"])
                            for cell in figures["cells"].get(dimension, []) if cell["figures"]["sales"]}
                    rows = season.rows(
                        f"SELECT {column}, count(*), total(r.bill), total(r.subsidy) FROM redemptions r "
                        "JOIN outlets o ON o.ledger_id = r.ledger_id AND o.id = r.outlet "
                        f"WHERE r.ledger_id = ? AND r.day BETWEEN ? AND ? GROUP BY 1", int(ledger), first, last)
                    self.assertEqual(told, {key: tuple(values) for key, *values in rows}, (month, dimension))
                seen += total["sales"]
        self.assertGreater(seen, 1000)

    def test_every_cut_adds_up_and_the_year_is_its_months(self):
        for season, ledger in self.every():
            months = self.months(season, ledger)
            for month in months:
                figures = season.figures(ledger, "month", month)
                for dimension in ("programme", "batch", "outlet", "merchant", "town", "rural", "category", "day"):
                    cells = figures["cells"][dimension]
                    for measure in ("sales", "gross", "subsidy", "refundedSubsidy", "corrected"):
                        self.assertEqual(sum(cell["figures"][measure] for cell in cells),
                                         figures["total"][measure], (month, dimension, measure))
                paid = sum(leaf["subsidy"] for leaf in figures["budget"])
                self.assertEqual(paid, figures["total"]["subsidy"], month)
            for year in sorted({month[:4] for month in months}):
                whole = season.figures(ledger, "year", year)
                parts = [season.figures(ledger, "month", f"{year}-{number:02}") for number in range(1, 13)]
                for measure, value in whole["total"].items():
                    self.assertEqual(value, sum(part["total"][measure] for part in parts), (year, measure))

    def test_chains_are_the_postings_and_conserve_money(self):
        funds = 0
        for season, ledger in self.every():
            for year in ("2017", "2018", "2019"):
                for chain in season.figures(ledger, "year", year)["funds"]:
                    balance = {kind: chain["opening"].get(kind, 0) for kind in ACCOUNTS[1:]}
                    moved = lambda kind: chain["moved"].get(kind, 0) - chain["moved"].get("undo " + kind, 0)
                    balance["treasury"] += moved("appropriate") + moved("receive") + moved("recover")
                    balance["treasury"] -= moved("pay") + moved("return")
                    closing = {kind: amount for kind, amount in chain["closing"].items()}
                    self.assertEqual(balance["treasury"], closing.get("treasury", 0), chain)
                    others = sum(amount for kind, amount in closing.items() if kind != "treasury")
                    self.assertEqual(closing.get("treasury", 0), others, chain)
                    if chain["opening"].get("payable", 0) == 0 and chain["opening"].get("clearing", 0) == 0:
                        # Σ paid + held + carried = Σ payable.
                        owed = moved("redeem") + moved("absorb") + moved("award") + moved("recover") - moved("refund")
                        self.assertEqual(
                            moved("pay") + closing.get("clearing", 0) + closing.get("payable", 0), owed, chain)
                    funds += bool(chain["moved"])
        self.assertGreater(funds, 3)

    def programmes(self, season, ledger, first, end):
        """What programmes had before an event, what came and went until another, and what they have then, by the tables."""
        found = {}
        rows = season.rows(
            "WITH m AS (SELECT event, fund, debit_kind kind, debit_owner owner, credit_kind other, -amount amount "
            "FROM postings WHERE ledger_id = ?1 UNION ALL SELECT event, fund, credit_kind, credit_owner, debit_kind, "
            "amount FROM postings WHERE ledger_id = ?1) SELECT m.fund, m.kind, m.other, m.event >= ?2, sum(m.amount), "
            "CASE m.kind WHEN 4 THEN m.owner WHEN 5 THEN (SELECT programme FROM batches b WHERE b.ledger_id = ?1 AND "
            "b.id = m.owner) ELSE (SELECT b.programme FROM vouchers v JOIN batches b ON b.ledger_id = ?1 AND "
            "b.id = v.batch WHERE v.ledger_id = ?1 AND v.id = m.owner) END programme "
            "FROM m WHERE m.kind IN (4, 5, 6) AND m.event < ?3 GROUP BY 1, 6, 2, 3, 4", int(ledger), first, end)
        for fund, kind, other, is_new, amount, programme in rows:
            sums = found.setdefault((fund, programme), {"opening": 0, "fund": 0, "payable": 0, "closing": {}})
            sums["closing"][ACCOUNTS[kind]] = sums["closing"].get(ACCOUNTS[kind], 0) + amount
            if not is_new:
                sums["opening"] += amount
            elif ACCOUNTS[other] in ("fund", "payable"):
                sums[ACCOUNTS[other]] += amount
        return {key: sums for key, sums in found.items()
                if any(sums["closing"].values()) or sums["opening"] or sums["fund"] or sums["payable"]}

    def test_programmes_had_and_got_what_they_spent_and_have(self):
        seen = {"opening": 0, "allocated": 0, "reclaimed": 0, "spent": 0}
        for season, ledger in self.every():
            first = season.figures(ledger, "month", "2017-12")["events"]
            for month in [f"2018-{number:02}" for number in range(1, 13)] + ["2019-01"]:
                figures = season.figures(ledger, "month", month)
                by_tables = self.programmes(season, ledger, first, figures["events"])
                told = {}
                for branch in figures["programmes"]:
                    key = tuple(int(branch[name].split("-")[1]) for name in ("fund", "programme"))
                    told[key] = {
                        "opening": branch["opening"], "fund": branch["allocated"] - branch["reclaimed"],
                        "payable": -branch["spent"], "closing": branch["closing"]}
                    leaves = [leaf for leaf in figures["budget"]
                              if (leaf["fund"], leaf["programme"]) == (branch["fund"], branch["programme"])]
                    self.assertEqual(
                        sum(leaf["subsidy"] - leaf["returned"] + leaf["awarded"] for leaf in leaves), branch["spent"],
                        (month, branch))
                    for measure in seen:
                        seen[measure] += branch[measure] != 0
                for sums in by_tables.values():
                    sums["closing"] = {kind: amount for kind, amount in sums["closing"].items() if amount}
                # What only went round inside a programme leaves it with nothing to tell.
                self.assertEqual({key: sums for key, sums in told.items() if any(sums.values())}, by_tables, month)
                for chain in figures["funds"]:
                    branches = [branch for branch in figures["programmes"] if branch["fund"] == chain["fund"]]
                    for measure, kind in (("allocated", "allocate"), ("reclaimed", "reclaim")):
                        self.assertEqual(sum(branch[measure] for branch in branches),
                                         chain["moved"].get(kind, 0), (month, chain))
                    for kind in ("programme", "batch", "voucher"):
                        self.assertEqual(sum(branch["closing"].get(kind, 0) for branch in branches),
                                         chain["closing"].get(kind, 0), (month, chain, kind))
                first = figures["events"]
        self.assertTrue(all(count > 1 for count in seen.values()), seen)

    def test_workbook_page_and_lines_say_the_same(self):
        season, ledger = self.seasons[0], next(l for l in self.seasons[0].ledgers if self.months(self.seasons[0], l))
        month = self.months(season, ledger)[0]
        figures = season.figures(ledger, "month", month)
        book_path, page_path = (os.path.join(self.root, name) for name in ("month.xlsx", "month.html"))
        run(season.folder, "report", "month", month, "--output", book_path, "--ledger", ledger)
        run(season.folder, "report", "month", month, "--output", page_path, "--ledger", ledger)
        book = openpyxl.load_workbook(book_path, data_only=True)
        towns = next(sheet for sheet in book if sheet.title.startswith("按镇街"))
        header = next(row for row in towns.iter_rows() if row[0].value == "镇街")
        column = next(cell.column for cell in header if cell.value == "补贴金额 subsidy")
        values = [towns.cell(row, column).value for row in range(header[0].row + 1, towns.max_row + 1)]
        self.assertEqual(round(sum(values[:-1]) * 100), figures["total"]["subsidy"])
        self.assertEqual(round(values[-1] * 100), figures["total"]["subsidy"], "the formula's value")
        self.assertGreater(len(towns._charts), 0)
        page = Page()
        page.feed(Path(page_path).read_text())
        self.assertEqual((page.open, page.scripts), (["html"], 0) if page.open else ([], 0))
        self.assertGreater(page.cells, 200)
        town = next(cell for cell in figures["cells"]["town"] if cell["figures"]["sales"] and cell["key"])
        lines = os.path.join(self.root, "lines.csv")
        run(season.folder, "report", "lines", "month", month, "--by", "town", "--key", town["key"], "--output", lines,
            "--ledger", ledger)
        with open(lines, encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        yuan = sum(round(float(row["补贴 subsidy"]) * 100) for row in rows)
        self.assertEqual(yuan, town["figures"]["subsidy"])
        for row in rows[:3]:
            proof = run(season.folder, "audit", "prove", row["事件 event"], "--ledger", ledger)
            self.assertTrue(proof)

    def test_the_demonstration_ends_signed_and_closed(self):
        for season in self.seasons:
            told = run(season.folder, "difference", "list", "--all", "--ledger", "370782")
            self.assertEqual(sorted((row["kind"], row["status"]) for row in told["differences"]),
                             [("短款", "resolved"), ("金额不符", "resolved"), ("长款", "resolved")])
            reports = run(season.folder, "report", "list", "--ledger", "370782")
            self.assertEqual(reports["closedThrough"], "2018-06-30")
            run(season.folder, "report", "check", "1", "--ledger", "370782")
            folder = Path(season.folder) / "reports"
            self.assertEqual(sorted(path.name for path in folder.iterdir()),
                             ["2018-06.html", "2018-06.json", "2018-06.xlsx", "2018.journal", "merchant-1.xlsx"])
            for name in ("2018-06.xlsx", "merchant-1.xlsx"):
                self.assertGreater(len(openpyxl.load_workbook(folder / name).sheetnames), 2)
            subprocess.run(["hledger", "-f", folder / "2018.journal", "check"], check=True)

    def test_nothing_small_is_published(self):
        small = 0
        for season, ledger in self.every():
            for month in self.months(season, ledger):
                path = os.path.join(season.folder, f"public-{ledger}-{month}.json")
                figures = season.figures(ledger, "month", month)
                if 0 < figures["crowd"] < 10:
                    run(season.folder, "report", "month", month, "--public", "--output", path, "--ledger", ledger,
                        status=64)
                    continue
                run(season.folder, "report", "month", month, "--public", "--output", path, "--ledger", ledger)
                public = json.loads(Path(path).read_text())
                # What was given back or lapsed may be one person's, in a total as in a cell; and so may the accounts
                # from which it could be told.
                for measure in ("refunds", "refundedGross", "refundedSubsidy", "corrected", "lapsed", "awarded"):
                    self.assertEqual(public["total"][measure], 0)
                for measure in ("sales", "gross", "subsidy", "claimed"):
                    self.assertEqual(public["total"][measure], figures["total"][measure])
                for fund in public["funds"]:
                    self.assertLessEqual({name.removeprefix("undo ") for name in fund["moved"]},
                                         {"appropriate", "receive", "remit", "allocate", "reclaim", "open", "close", "pay",
                                          "return"})
                    self.assertLessEqual(set(fund["closing"]) | set(fund["opening"]), {"treasury", "fund", "remitted"})
                page = path.replace(".json", ".html")
                run(season.folder, "report", "month", month, "--public", "--output", page, "--ledger", ledger)
                text = Path(page).read_text()
                for word in ("退款", "失效", "更正", "奖补"):
                    self.assertNotIn(word, text)
                small += sum(0 < cell["buyers"] < 10 for cells in figures["cells"].values() for cell in cells)
                # None of these is a part of another, so that no difference of two cells is a third.
                self.assertLessEqual(
                    set(public["cells"]), {"programme", "category", "channel", "town", "group", "day"})
                for dimension, cells in public["cells"].items():
                    whole = {cell["key"]: cell["figures"] for cell in figures["cells"][dimension]}
                    hidden = set(whole) - {cell["key"] for cell in cells}
                    for cell in cells:
                        for measure in ("refunds", "refundedGross", "corrected", "lapsed", "awarded"):
                            self.assertEqual(cell["figures"][measure], 0)
                    for measure in ("sales", "gross", "claimed"):
                        rest = sum(cell["figures"][measure] for cell in cells if cell["key"] == "其余")
                        self.assertEqual(rest, sum(whole[key][measure] for key in hidden))
                    self.assertNotEqual(len(hidden), 1, "one alone would be told by subtraction")
                    for cell in cells:
                        people = self.buyers(season, ledger, month, dimension, cell)
                        self.assertTrue(people is None or people == 0 or people >= 10, (dimension, cell["key"]))
        self.assertGreater(small, 0, "the seasons have small cells")

    def test_a_province_sums_its_ledgers_and_pairs_transfers(self):
        season = self.seasons[0]
        paths = []
        for ledger in season.ledgers:
            season.figures(ledger, "year", "2018")
            paths.append(os.path.join(season.folder, f"{ledger}-year-2018.json"))
        done = subprocess.run(
            [WENHUI, "report", "roll-up", "370000", *paths, "--json", "--output",
             os.path.join(self.root, "province.json")], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        told = json.loads(done.stdout)
        parts = [json.loads(Path(path).read_text()) for path in paths]
        self.assertEqual(told["subsidy"], sum(part["total"]["subsidy"] for part in parts))
        sent = sum(not t["incoming"] for part in parts for t in part["transfers"])
        if len(season.ledgers) > 1:
            self.assertEqual(told["transfers"], sent)
            self.assertNotIn("open", told)
        for change in (lambda f: f.update(people=2**63 - 1), lambda f: f.update(through="2017-01-01"),
                       lambda f: f["total"].update(gross=2**63 - 1), lambda f: f.update(sources=[])):
            bent = json.loads(Path(paths[0]).read_text())
            change(bent)
            path = os.path.join(self.root, "bent.json")
            Path(path).write_text(json.dumps(bent, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
            refused = subprocess.run([WENHUI, "report", "roll-up", "370000", path], capture_output=True)
            self.assertEqual(refused.returncode, 64, refused)
        twice = subprocess.run([WENHUI, "report", "roll-up", "370000", paths[0], paths[0]], capture_output=True)
        self.assertNotEqual(twice.returncode, 0)

    def test_a_region_publishes_the_sum_of_what_its_ledgers_publish(self):
        season = self.seasons[0]
        paths = []
        for ledger in season.ledgers:
            path = os.path.join(season.folder, f"published-{ledger}.json")
            done = subprocess.run([WENHUI, "report", "year", "2018", "--public", "--output", path, "--ledger", ledger,
                                   "--data", season.folder], capture_output=True)
            if done.returncode == 0:
                paths.append(path)
        self.assertGreater(len(paths), 1)
        city = os.path.join(self.root, "published-city.json")
        run_alone("report", "roll-up", "370000", *paths, "--output", city)
        parts, whole = [json.loads(Path(path).read_text()) for path in paths], json.loads(Path(city).read_text())
        self.assertTrue(whole["isPublic"])
        self.assertEqual(whole["total"]["gross"], sum(part["total"]["gross"] for part in parts))
        for dimension, cells in whole["cells"].items():
            for cell in cells:
                same = [one for part in parts for one in part["cells"].get(dimension, [])
                        if cell["key"] in (one["key"], f"{part['ledger']} {one['key']}")]
                self.assertEqual(cell["figures"]["gross"], sum(one["figures"]["gross"] for one in same))
                self.assertTrue(cell["buyers"] == 0 or cell["buyers"] >= 10)
        own = os.path.join(season.folder, f"{season.ledgers[0]}-year-2018.json")
        season.figures(season.ledgers[0], "year", "2018")
        mixed = subprocess.run([WENHUI, "report", "roll-up", "370000", own, paths[1]], capture_output=True, text=True)
        self.assertEqual(mixed.returncode, 64)
        self.assertIn("for the public", mixed.stderr)

    def test_transfers_that_do_not_pair_are_named(self):
        season = self.seasons[0]
        parts = {}
        for ledger in season.ledgers:
            season.figures(ledger, "year", "2018")
            parts[ledger] = json.loads(Path(season.folder, f"{ledger}-year-2018.json").read_text())
        sender = next(ledger for ledger, part in parts.items() if any(not t["incoming"] for t in part["transfers"]))
        sent = next(t for t in parts[sender]["transfers"] if not t["incoming"])
        receiver = sent["ledger"]

        def received(part):
            return next(t for t in part["transfers"] if t["incoming"] and t["remit"] == sent["remit"])

        def told(*changes, ledgers=(sender, receiver)):
            paths = []
            for ledger in ledgers:
                part = json.loads(json.dumps(parts[ledger]))
                for change in changes:
                    change(ledger, part)
                path = os.path.join(self.root, f"bent-{ledger}.json")
                Path(path).write_text(
                    json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n")
                paths.append(path)
            report = run_alone("report", "roll-up", "370000", *paths)
            return [(row["standing"].split("(")[-1].rstrip(")"), row["event"]) for row in report.get("open", [])
                    if (row["sender"], row["event"]) == (sender, sent["remit"])]

        def lost(ledger, part):
            if ledger == receiver:
                part["transfers"].remove(received(part))

        def never(ledger, part):
            if ledger == sender:
                part["transfers"] = [t for t in part["transfers"] if t["remit"] != sent["remit"]]

        def other(ledger, part):
            if ledger == receiver:
                received(part)["amount"] += 1

        def undone(ledger, part):
            if ledger == receiver:
                received(part)["isUndone"] = True

        self.assertEqual(told(), [])
        for change, standing in ((lost, "in-transit"), (never, "unsent"), (other, "amount"), (undone, "undone")):
            self.assertEqual(told(change), [(standing, sent["remit"])])
        self.assertEqual(told(ledgers=(sender,)), [("outside", sent["remit"])])

    def test_a_funds_lines_are_its_chain(self):
        for season, ledger in self.every():
            figures = season.figures(ledger, "year", "2018")
            for fund in figures["funds"]:
                path = os.path.join(season.folder, f"fund-{ledger}-{fund['fund']}.csv")
                run(season.folder, "report", "lines", "year", "2018", "--fund", fund["fund"], "--output", path,
                    "--ledger", ledger)
                moved = {}
                with open(path, encoding="utf-8-sig") as file:
                    for row in csv.DictReader(file):
                        kind = row["分录 posting"]
                        moved[kind] = moved.get(kind, 0) + round(float(row["金额 amount"]) * 100)
                self.assertEqual(moved, fund["moved"])


def run_alone(*arguments):
    """What a command that needs no ledger says as JSON."""
    done = subprocess.run([WENHUI, *map(str, arguments), "--json"], capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stdout, done.stderr)
    return json.loads(done.stdout)


if __name__ == "__main__":
    unittest.main()
