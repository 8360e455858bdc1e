#!/usr/bin/env python3
"""What leaves a ledger for others, and what looks odd in it, computed a second time from the tables.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/exchange_test.py
"""

import collections
import csv
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from report_test import WENHUI, Season, run

SEED = 7
CODES = {"treasury": "1001", "programme": "2001", "batch": "2002", "voucher": "2003", "payable": "2101",
         "clearing": "2102", "fund": "3001", "remitted": "3002"}
MINUTE = 60_000_000
RULES = """
risks:
  - {signal: resident-velocity, count: 2, within: 3h}
  - {signal: device-velocity, count: 3, within: 2h}
  - {signal: outlet-velocity, count: 4, within: 1h}
  - {signal: split-sales, count: 2, within: 12h}
  - {signal: odd-hours, hours: 19:00-10:00, count: 2}
  - {signal: expiry-burst, within: 120h, share: 40%, count: 2}
"""


def fen(text):
    return round(float(text) * 100)


class ExchangeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp()
        cls.season = Season(cls.root, SEED)
        cls.ledger = next(
            ledger for ledger in cls.season.ledgers
            if cls.season.rows("SELECT count(*) FROM redemptions WHERE ledger_id = ?", int(ledger))[0][0] > 100)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def ask(self, *arguments, status=0):
        return run(self.season.folder, *arguments, "--ledger", self.ledger, status=status)

    def records(self, name, *more):
        """The records of an export for auditors, as dictionaries, by their names."""
        folder = os.path.join(self.root, name)
        if not os.path.exists(folder):
            self.ask("report", "accounting-data", *more, "--output", folder)
        found = collections.defaultdict(list)
        for file in ("公共档案.xml", "总账.xml"):
            for record in ElementTree.parse(os.path.join(folder, file)).getroot():
                found[record.tag].append({field.tag: field.text or "" for field in record})
        return found

    def test_auditors_data_is_double_entry_and_leads_to_the_books(self):
        year = self.records("year", "2018")
        detail = self.records("detail", "2018", "--detail")
        balances = lambda data: [tuple(row.values()) for row in data["科目余额及发生额"]]
        self.assertEqual(balances(year), balances(detail), "vouchers of events and of days add up to the same")
        for data in (year, detail):
            vouchers = collections.defaultdict(lambda: [0, 0])
            turnover = collections.defaultdict(lambda: [0, 0])
            for row in data["记账凭证"]:
                month = (row["会计期间号"], row["记账凭证编号"])
                place = (row["会计期间号"], row["科目编号"], row["辅助项1编号"], row["辅助项2编号"])
                for side, field in enumerate(("借方本币金额", "贷方本币金额")):
                    vouchers[month][side] += fen(row[field])
                    turnover[place][side] += fen(row[field])
            self.assertTrue(vouchers)
            for number, (debit, credit) in vouchers.items():
                self.assertEqual(debit, credit, number)
            for month in {number[0] for number in vouchers}:
                numbers = sorted(int(number[1]) for number in vouchers if number[0] == month)
                self.assertEqual(numbers, list(range(1, len(numbers) + 1)), "no number is left out")
            held = {}
            debit_kept = {row["科目编号"] for row in data["会计科目"] if row["余额方向"] == "借"}
            for row in data["科目余额及发生额"]:
                place = (row["科目编号"], row["辅助项1编号"], row["辅助项2编号"])
                sign = lambda side: {"借": 1, "贷": -1, "平": 0}[side] * (1 if place[0] in debit_kept else -1)
                opening = sign(row["期初余额方向"]) * fen(row["期初本币余额"])
                closing = sign(row["期末余额方向"]) * fen(row["期末本币余额"])
                debit, credit = fen(row["借方本币金额"]), fen(row["贷方本币金额"])
                self.assertEqual(held.get(place, 0), opening, row)
                self.assertEqual(opening + (debit - credit) * (1 if place[0] in debit_kept else -1), closing, row)
                self.assertEqual(turnover[(row["会计期间号"], *place)], [debit, credit], row)
                held[place] = closing
            chains = self.season.figures(self.ledger, "year", "2018")["funds"]
            for chain in chains:
                for kind, code in CODES.items():
                    total = sum(amount for place, amount in held.items()
                                if place[0] == code and place[1] == chain["fund"])
                    self.assertEqual(total, chain["closing"].get(kind, 0), (chain["fund"], kind))
        named = {(row["档案编码"], row["档案值编码"]) for row in year["自定义档案值"]}
        named |= {("供应商", row["供应商编号"]) for row in year["供应商档案"]}
        archives = {(row["科目编号"], row["辅助项编号"]): row["对应档案"] for row in year["科目辅助核算"]}
        for row in year["科目余额及发生额"]:
            for place in ("1", "2"):
                if row[f"辅助项{place}编号"]:
                    self.assertIn((archives[(row["科目编号"], place)], row[f"辅助项{place}编号"]), named)

    def test_daily_batches_are_the_days_of_the_report_and_leave_no_gap(self):
        cells = {cell["key"]: cell["figures"]
                 for cell in self.season.figures(self.ledger, "month", "2018-06")["cells"]["day"]}
        outbox = os.path.join(self.root, "outbox")
        key = self.ask("platform", "keys")["keys"][0]["key"]
        following = None
        platform = {row[0] for row in self.season.rows(
            "SELECT platform_id FROM outlets WHERE ledger_id = ?", int(self.ledger))}
        people = {f"{row[0] & (2**64 - 1):x}" for row in self.season.rows(
            "SELECT DISTINCT pseudonym FROM vouchers WHERE ledger_id = ?", int(self.ledger))}
        for number in range(1, 31):
            day = f"2018-06-{number:02}"
            told = self.ask("platform", "send", day, "--output", outbox, "--as", "finance")
            path = os.path.join(outbox, f"{self.ledger}-{day}.jsonl")
            content = Path(path).read_bytes()
            self.assertEqual(hashlib.sha256(content).hexdigest(), told["digest"])
            head, *records = [json.loads(line) for line in content.decode().splitlines()]
            self.assertEqual(len(records), head["records"])
            figures = cells.get(day, {})
            for field, measure in (("claimed", "claimed"), ("gross", "gross"), ("subsidy", "subsidy"),
                                   ("refundedSubsidy", "refundedSubsidy"), ("awarded", "awarded"),
                                   ("lapsed", "lapsed")):
                total = sum(record.get(field, 0) for record in records)
                self.assertEqual(total, figures.get(measure, 0), (day, field))
                self.assertEqual(head.get(field, total), total)
            self.assertTrue({record["outlet"] for record in records if "outlet" in record} <= platform)
            self.assertFalse(any(person in content.decode() for person in people))
            if following is not None:
                self.assertEqual(head["first"], following, "an event between two days")
            following = head["next"]
            done = subprocess.run([WENHUI, "platform", "verify", path, "--key", key], capture_output=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        statuses = {row["day"]: row["status"] for row in self.ask("platform", "list", "--all")["days"]}
        self.assertEqual({statuses[day] for day in statuses if day.startswith("2018-06")}, {"sent"})

    def sales(self):
        """The redemptions as the tables have them: what an offline till sold, when it says so."""
        query = """
            SELECT r.event, coalesce(o.occurred_at, r.instant), r.day, r.outlet, r.terminal, v.pseudonym, v.expiry,
                o.occurred_at
            FROM redemptions r JOIN vouchers v ON v.ledger_id = r.ledger_id AND v.id = r.voucher
            LEFT JOIN offline_redemptions o ON o.ledger_id = r.ledger_id AND o.redemption = r.id
            WHERE r.ledger_id = ? ORDER BY r.event"""
        return self.season.rows(query, int(self.ledger))

    @staticmethod
    def day(instant):
        """The business day of a moment, where days end at midnight."""
        return (instant // MINUTE + 480) // 1440

    def bursts(self, sales, key, count, minutes):
        """For each key and day everything in a window of so many that touches the day."""
        groups = collections.defaultdict(list)
        for sale in sales:
            if key(sale) is not None:
                groups[key(sale)].append((sale[1], sale[0]))
        found = collections.Counter()
        for times in groups.values():
            times.sort()
            days = collections.defaultdict(set)
            for first in range(len(times) - count + 1):
                window = times[first:first + count]
                if window[-1][0] - window[0][0] <= minutes * MINUTE:
                    for instant, _ in window:
                        days[self.day(instant)] |= {event for _, event in window}
            found.update(map(frozenset, days.values()))
        return found

    def test_risks_are_those_of_the_tables(self):
        path = os.path.join(self.root, "risks.yaml")
        Path(path).write_text(RULES)
        self.ask("risk", "rules", path, "--as", "finance")
        path = os.path.join(self.root, "risks.csv")
        self.ask("risk", "list", "--from", "2018-03-01", "--through", "2018-12-31", "--output", path)
        told = collections.defaultdict(collections.Counter)
        numbers = []
        names = {row["name"]: row["signal"] for row in self.ask("risk", "rules")["rules"]}
        with open(path, encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                events = row["事件 events"].split()
                self.assertTrue(row["编号 risk"] not in numbers and "…" not in events)
                numbers.append(row["编号 risk"])
                told[names[row["信号 signal"]]][frozenset(map(int, events))] += 1
        for number in numbers[::max(1, len(numbers) // 25)]:
            self.assertEqual(self.ask("risk", "show", number)["risk"], number, "every number leads somewhere")
        sales = self.sales()
        self.assertEqual(told["resident-velocity"], self.bursts(sales, lambda s: s[5], 2, 180))
        self.assertEqual(told["device-velocity"], self.bursts(sales, lambda s: s[4] or None, 3, 120))
        self.assertEqual(told["outlet-velocity"], self.bursts(sales, lambda s: s[3], 4, 60))
        self.assertEqual(told["split-sales"], self.bursts(sales, lambda s: (s[5], s[3]), 2, 720))
        days = collections.defaultdict(list)
        for sale in sales:
            self.assertTrue(sale[7] or sale[2] == self.day(sale[1]))
            days[(sale[3], self.day(sale[1]))].append(sale)
        odd, late = collections.Counter(), collections.Counter()
        for of_day in days.values():
            at_night = [s[0] for s in of_day if not 10 * 60 <= (s[1] // MINUTE + 480) % 1440 < 19 * 60]
            if len(at_night) >= 2:
                odd[frozenset(at_night)] += 1
            expiring = [s[0] for s in of_day if s[1] + 120 * 60 * MINUTE >= s[6]]
            if len(expiring) >= 2 and len(expiring) * 100 >= 40 * len(of_day):
                late[frozenset(expiring)] += 1
        self.assertEqual(told["odd-hours"], odd)
        self.assertEqual(told["expiry-burst"], late)
        for signal in ("resident-velocity", "outlet-velocity", "odd-hours"):
            self.assertTrue(told[signal], f"the season has none: {signal}")

    def test_evidence_is_proved_without_us(self):
        path = os.path.join(self.root, "one.yaml")
        Path(path).write_text("risks: [{signal: outlet-velocity, count: 3, within: 24h}]\n")
        self.ask("risk", "rules", path, "--as", "finance")
        listed = self.ask("risk", "list", "--from", "2018-06-01", "--through", "2018-06-30")["risks"]
        pack = os.path.join(self.root, "pack")
        self.ask("risk", "evidence", listed[0]["risk"], "--output", pack)
        finding = json.loads(Path(pack, "finding.json").read_text())
        key = Path(pack, "keys").read_text().splitlines()[0]
        check = lambda: subprocess.run([WENHUI, "risk", "verify", pack, "--key", key], capture_output=True, text=True)
        self.assertEqual(check().returncode, 0, check().stderr)
        self.assertEqual(len(finding["events"]), len(list(Path(pack, "events").iterdir())))
        finding["events"].append(1)
        Path(pack, "finding.json").write_text(json.dumps(finding))
        self.assertNotEqual(check().returncode, 0, "an event without its proof")


if __name__ == "__main__":
    unittest.main()
