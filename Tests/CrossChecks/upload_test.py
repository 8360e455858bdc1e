"""Statements that are sent: what the interface makes of a file is what the command makes of it, to the hash.

Bills in three forms go up as a form with several files, made by another program's encoder; what is wrong changes nothing.

    WENHUI=.build/release/wenhui .build/python/bin/python Tests/CrossChecks/upload_test.py
"""

import csv
import gzip
import hashlib
import io
import random
import re
import subprocess
import unittest
from pathlib import Path

import requests

from history_test import Server
from planted_test import FIRST, FIXTURES, FORMS, LAST, PlantedSeason, moment, wechat, yuan
from report_test import run

MAPPINGS = FIXTURES / "mappings"
BANK_MAPPING = "name: 演练银行\ncolumns:\n  reference: 摘要\n  amount: 金额\n  time: 时间\n"


class Interface:
    """Somebody with a key."""

    def __init__(self, server, ledger, key):
        self.base = f"http://127.0.0.1:{server.port}/v1/ledgers/{ledger}/"
        self.key = key
        self.count = 0

    def ask(self, method, path, status=200, idempotency=None, **more):
        self.count += 1
        headers = {"Authorization": f"Bearer {self.key}", "Accept-Language": "en"} | more.pop("headers", {})
        if method != "GET":
            headers["Idempotency-Key"] = idempotency or f"upload-{self.key[-6:]}-{self.count}"
        answer = requests.request(method, self.base + path, headers=headers, timeout=60, **more)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer.json() if "json" in answer.headers["Content-Type"] else answer.content

    def post(self, path, body=None, status=200, **more):
        return self.ask("POST", path, status, json=body, **more)

    def bill(self, files, status=200, idempotency=None, **query):
        query = {"from": FIRST, "through": LAST} | query
        return self.ask("POST", "reconciliations/bills", status, idempotency, files=files,
                        params={name: value for name, value in query.items() if value is not None})


class UploadTest(PlantedSeason):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        def key(name, *scopes):
            options = [option for scope in scopes for option in ("--scope", scope)]
            return run(cls.season.folder, "api-key", "create", name, *options, "--ledger", cls.ledger)["key"]

        keys = key("bureau", "settlements", "read", "dispute", "trade", "audit"), key("checker", "settlements.approve", "read")
        cls.server = Server(cls.season.folder)
        assert cls.server.start()
        cls.bureau, cls.checker = (Interface(cls.server, cls.ledger, one) for one in keys)

    @classmethod
    def tearDownClass(cls):
        cls.stop()
        super().tearDownClass()

    @classmethod
    def stop(cls):
        process = cls.server.process
        process.terminate()
        assert process.wait(60) == 0, "the server did not end well"
        process.stdout.close()

    def files(self, bill, form, mapping, name):
        text, encoding = form(bill)
        files = {"bill": (name, text.encode(encoding), "text/csv")}
        if mapping:
            files["mapping"] = (mapping, (MAPPINGS / mapping).read_bytes(), "application/yaml")
        return files

    def events(self):
        return self.bureau.ask("GET", "book/trial-balance")["events"]

    def test_the_interface_says_what_the_command_says(self):
        before = self.events()
        told = {}
        for seed in range(6):
            form, mapping, may_fail = FORMS[seed % len(FORMS)]
            bill, _ = self.plant(random.Random(seed), may_fail)
            answer = self.bureau.bill(
                self.files(bill, form, mapping, f"sent-{seed}"), channel=self.channel, preview="true")
            self.assertNotIn("event", answer)
            told[seed] = (bill, form, mapping, answer)
        self.assertEqual(self.events(), before)
        # The command needs the folder for itself.
        self.stop()
        try:
            self.compare(told)
        finally:
            self.assertTrue(self.server.start())

    def compare(self, told):
        for seed, (bill, form, mapping, answer) in told.items():
            by_command = self.reconcile(bill, form, mapping, f"sent-{seed}")
            self.assertEqual(
                [answer["result"], answer["matched"], answer["matchedAmount"], answer["balanced"],
                 answer["ledgerLines"], answer["statementLines"], answer["inputs"][0]],
                [by_command[name] for name in
                 ("hash", "matched", "matchedAmount", "balanced", "ledger", "statement", "digest")])
            found = [(one["kind"], one["reference"], one.get("ledger", {}).get("amount"),
                      one.get("statement", {}).get("amount")) for one in answer["found"]]
            self.assertEqual(found, [(row["kind"].split("(")[1].rstrip(")"), row["reference"], row["ledger"],
                                      row["statement"]) for row in by_command["differences"]])
            self.assertEqual(answer["differences"], len(found))

    def test_a_recorded_run_is_worked_by_two_persons(self):
        bill, expected = self.plant(random.Random(100), True)
        text, _ = wechat(bill)
        packed = gzip.compress(text.encode())
        sha1 = hashlib.sha1(text.encode()).hexdigest()
        files = {"bill": ("微信账单.csv.gz", packed, "application/gzip")}
        first = self.bureau.bill(files, channel=self.channel, sha1=sha1, idempotency="once")
        self.assertEqual((first["known"], first["inputs"][0]), (False, hashlib.sha256(packed).hexdigest()))
        events = self.events()
        # Under the same key, under another, and under another name: it is on record, and stays there once.
        renamed = {"bill": ("bill", packed, "application/octet-stream")}
        for sent, key in ((files, "once"), (files, None), (renamed, None)):
            again = self.bureau.bill(sent, channel=self.channel, sha1=sha1, idempotency=key)
            self.assertEqual((again["known"], again["event"], again["result"]),
                             (True, first["event"], first["result"]))
        reused = self.bureau.bill(self.files(self.lines, wechat, None, "x"), 422, "once", channel=self.channel)
        self.assertEqual(reused["code"], "key.reused")
        self.assertEqual(self.events(), events)
        self.assertEqual(self.checker.bill(files, 403)["status"], 403)
        recorded = [one for one in self.bureau.ask("GET", "reconciliations")["items"] if one["event"] == first["event"]]
        self.assertEqual([one["differences"] for one in recorded], [len(expected)])
        queue = [one for one in self.bureau.ask("GET", "differences?limit=500")["items"] if one["run"] == first["event"]]
        self.assertEqual(sorted((one["kind"], one["reference"]) for one in queue),
                         sorted((kind, reference) for kind, reference, *_ in expected))

        path = f"differences/{queue[0]['difference']}"
        made = self.bureau.post(f"{path}/resolutions", {"note": "渠道测试"}, 201)["resolutions"][-1]["resolution"]
        self.checker.post(f"{path}/rejection", {"resolution": made, "reason": "凭据不足"})
        second = self.bureau.post(f"{path}/resolutions", {"note": "渠道已书面说明"}, 201)["resolutions"][-1]["resolution"]
        before = self.events()
        # Whoever looked at the first one does not decide on the second.
        for step, more in (("approval", {}), ("rejection", {"reason": "再看"})):
            stale = self.checker.post(f"{path}/{step}", {"resolution": made} | more, 400)
            self.assertIn(second, stale["detail"])
        self.assertEqual(self.events(), before)
        done = self.checker.post(f"{path}/approval", {"resolution": second}, idempotency="approve-once")
        self.assertEqual(done["status"], "resolved")
        same = self.checker.post(f"{path}/approval", {"resolution": second}, idempotency="approve-once")
        self.assertEqual(same["resolutions"], done["resolutions"])
        # The key is this decision's and no other's.
        other = f"differences/{queue[1]['difference']}"
        made = self.bureau.post(f"{other}/resolutions", {"note": "渠道测试"}, 201)["resolutions"][-1]["resolution"]
        reused = self.checker.post(f"{other}/approval", {"resolution": made}, 422, idempotency="approve-once")
        self.assertEqual(reused["code"], "key.reused")
        self.assertEqual(self.bureau.ask("GET", other)["status"], "proposed")

    def test_three_sides(self):
        bill = [line for line in self.lines if not line.is_refund]
        paid, missing, ghost = bill[:-1], bill[-1], "银行孤账-1"
        rows = ["摘要,金额,时间"] + [f"{line.reference},{yuan(line.amount)},{moment(line.instant)}" for line in paid]
        rows.append(f"{ghost},5.00,{FIRST} 09:00:00")
        refunds = [line for line in self.lines if line.is_refund]
        rows += [f"{line.reference},-{yuan(line.amount)},{moment(line.instant)}" for line in refunds]
        files = self.files(self.lines, wechat, None, "bill.csv") | {
            "bank": ("bank.csv", "\n".join(rows).encode(), "text/csv"),
            "bankMapping": ("bank.yaml", BANK_MAPPING.encode(), "application/yaml")}
        answer = self.bureau.bill(files, channel=self.channel, preview="true")
        self.assertEqual((answer["matched"], answer["banked"], answer["bankLines"]),
                         (len(self.lines), len(self.lines) - 1, len(self.lines)))
        self.assertEqual(sorted((one["kind"], one["reference"], "bank" in one, "ledger" in one)
                                for one in answer["found"]),
                         sorted([("single", ghost, True, False), ("short", missing.reference, False, True)]))
        exact = files | {"rules": ("rules.yaml", (MAPPINGS / "rules.yaml").read_bytes(), "application/yaml")}
        self.assertEqual(self.bureau.bill(exact, channel=self.channel, preview="true")["matched"], len(self.lines))
        camt = files | {"bank": ("bank.xml", (FIXTURES / "statements" / "camt053-02.xml").read_bytes(), "text/xml")}
        del camt["bankMapping"]
        self.assertGreater(self.bureau.bill(camt, channel=self.channel, preview="true")["bankLines"], 0)
        del files["bank"]
        self.assertEqual(self.bureau.bill(files, 400)["field"], "bankMapping")

    def test_what_is_wrong_is_said_and_changes_nothing(self):
        before = self.events()
        files = self.files(self.lines, wechat, None, "bill.csv")
        good = files["bill"]
        lines = good[1].split(b"\r\n")
        cases = [
            ({}, {"mapping": ("m", b"name: x", "text/plain")}, "bill", "missing"),
            ({}, files | {"bills": good}, "bills", "no such file"),
            ({}, [("bill", good), ("bill", good)], "bill", "twice"),
            ({"sha1": "0" * 40}, files, None, "download it again"),
            ({"from": LAST, "through": FIRST}, files, "through", "before from"),
            ({"channel": "x" * 33}, files, "channel", "32 bytes"),
            ({"merchant": "999999"}, files, None, "999999"),
            ({"amount": "tip"}, files, "amount", "bill, paid, coupon"),
            ({"preview": "maybe"}, files, "preview", "true or false"),
            ({"far": "1"}, files, "far", ""),
            ({}, files | {"mapping": ("m", b"name: x\ncolumns: {reference: a}\n", "text/plain")}, "mapping", "time"),
            ({}, files | {"rules": ("r", b"steps:\n  - by: guess\n", "text/plain")}, "rules", "line 2"),
            # A line that is cut, a summary that lies, a download that broke off.
            ({}, {"bill": ("b", b"\r\n".join(lines[:3] + [lines[3][:40]] + lines[4:]), "text/csv")}, "bill", "line 4"),
            ({}, {"bill": ("b", good[1].replace(lines[2], b""), "text/csv")}, "bill", ""),
            ({}, {"bill": ("b", gzip.compress(good[1])[:-30], "application/gzip")}, "bill", "gzip"),
            ({}, {"bill": ("b", b"", "text/csv")}, "bill", ""),
        ]
        for query, sent, field, words in cases:
            answer = self.bureau.bill(sent, 404 if "merchant" in query else 400, **query)
            self.assertEqual(answer.get("field"), field, answer)
            self.assertIn(words, answer["detail"])
        self.assertEqual(self.events(), before)

    def test_a_body_that_is_no_form_is_refused(self):
        whole = requests.Request("POST", "http://x", files=self.files(self.lines[:5], wechat, None, "b.csv")).prepare()
        kind, body = whole.headers["Content-Type"], whole.body
        boundary = kind.split("boundary=")[1].encode()
        path = "reconciliations/bills"
        for type_, sent, status in [
            (kind, body[:-8], 400), (kind, body[:40], 400), (kind, b"", 400), (kind, b"--" + boundary + b"--\r\n", 400),
            (kind, body.replace(b"Content-Disposition", b"Content-Position"), 400),
            (kind, body.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1), 400),
            (kind + "x", body, 400), ("multipart/form-data", body, 400), ("multipart/form-data; boundary=", body, 400),
            ("text/csv", body, 415), ("multipart/mixed; boundary=x", body, 415), (kind, body + b"x" * (33 << 20), 413),
        ]:
            self.bureau.ask("POST", path, status, data=sent, headers={"Content-Type": type_})
        # Quoted, with more parameters, and with what may stand behind the last boundary.
        quoted = f'multipart/form-data; charset=utf-8; boundary="{boundary.decode()}"'
        self.bureau.ask("POST", path, 200, data=body + b"epilogue", headers={"Content-Type": quoted},
                        params={"preview": "true", "channel": self.channel})

    def test_orders_and_a_bank_return(self):
        ledger = int(self.ledger)
        sold = self.season.rows(
            "SELECT r.reference, m.credit_code, r.subsidy, r.instant FROM redemptions r "
            "JOIN merchants m ON m.ledger_id = r.ledger_id AND m.id = r.merchant WHERE r.ledger_id = ? AND NOT EXISTS "
            "(SELECT 1 FROM refunds f WHERE f.ledger_id = r.ledger_id AND f.redemption = r.id) "
            "ORDER BY r.id LIMIT 20", ledger)
        orders = "order,credit_code,amount_yuan,time,status\n" + "".join(
            f"{reference},{code},{yuan(amount)},{moment(instant, '%Y-%m-%dT%H:%M:%S+08:00')},succeeded\n"
            for reference, code, amount, instant in sold)
        days = {"from": moment(min(row[3] for row in sold), "%Y-%m-%d"),
                "through": moment(max(row[3] for row in sold), "%Y-%m-%d")}
        kind = {"headers": {"Content-Type": "text/csv"}, "data": orders.encode()}
        trial = self.bureau.ask("POST", "reconciliations/orders", params=days | {"preview": "true"}, **kind)
        self.assertEqual((trial["matched"], trial["statementLines"]), (20, 20))
        self.assertNotIn("event", trial)
        run_ = self.bureau.ask("POST", "reconciliations/orders", params=days, **kind)
        self.assertEqual((run_["result"], run_["counterparty"]), (trial["result"], "商户订单"))
        self.assertEqual(self.bureau.ask("POST", "reconciliations/orders", 400, params={"from": FIRST}, **kind)["field"],
                         "through")
        bad = self.bureau.ask("POST", "reconciliations/orders", 400, params=days, headers=kind["headers"],
                              data=orders.replace(yuan(sold[0][2]), "八元", 1).encode())
        self.assertIn("line 2, amount_yuan", bad["detail"])

        returned = Path(self.season.folder, "inputs", "bank-return-1.csv").read_bytes()
        path = "settlements/1/reconciliation"
        told = self.bureau.ask("POST", path, headers=kind["headers"], data=returned)
        self.assertEqual((told["matched"] + told["differences"], told["statementLines"]), (told["ledgerLines"],) * 2)
        self.assertGreater(told["matched"], 0)
        changed = re.sub(rb",paid,[^,\r\n]*,", ",failed,,账户异常".encode(), returned, count=1)
        other = self.bureau.ask("POST", path, params={"preview": "true"}, headers=kind["headers"], data=changed)
        self.assertEqual([one["kind"] for one in other["found"]], ["status"])
        wrong = self.bureau.ask("POST", path, 400, headers=kind["headers"], data=b"reference\n")
        self.assertIn("amount_yuan", wrong["detail"])
        self.bureau.ask("POST", "settlements/999999/reconciliation", 404, headers=kind["headers"], data=returned)

    def test_what_is_behind_a_figure(self):
        asked = {"kind": "month", "period": "2018-06"}
        figures = self.bureau.ask("GET", "figures", params=asked)

        def lines(**more):
            return list(csv.DictReader(io.StringIO(
                self.bureau.ask("GET", "figure-lines.csv", params=asked | more).decode("utf-8-sig"))))

        def fen(rows):
            return sum(round(float(row["补贴 subsidy"] or 0) * 100) for row in rows)

        self.assertEqual(fen(lines()), figures["total"]["subsidy"])
        for cell in figures["cells"]["category"]:
            self.assertEqual(fen(lines(by="category", key=cell["key"])), cell["figures"]["subsidy"])
        self.bureau.ask("GET", "figure-lines.csv", 400, params=asked | {"by": "category", "key": "没有的品类"})
        for more, field in (({"by": "town"}, "key"), ({"key": "x"}, "by"), ({"by": "moon", "key": "x"}, "by")):
            answer = self.bureau.ask("GET", "figure-lines.csv", 400, params=asked | more)
            self.assertEqual(answer["field"], field)

    def test_the_journal_is_one_for_hledger(self):
        journal = self.bureau.ask("GET", "journal", params={"from": "2018-01-01", "through": "2018-12-31"})
        path = Path(self.root, "year.journal")
        path.write_bytes(journal)
        subprocess.run(["hledger", "-f", str(path), "check"], check=True)
        self.assertIn(self.ledger.encode(), journal)

    def test_the_calendar_is_data(self):
        self.assertNotIn("calendar", self.bureau.ask("GET", "report-calendar"))
        text = (FIXTURES / "reports" / "calendar.yaml").read_text()
        kept = self.bureau.post("report-calendar", {"calendar": text})
        self.assertEqual(kept["calendar"], text)
        self.assertEqual(self.bureau.ask("GET", "report-calendar"), kept)
        wrong = self.bureau.post("report-calendar", {"calendar": "reports: [{name: x}]\n"}, 400)
        self.assertEqual(wrong["field"], "calendar")
        self.assertEqual(self.bureau.ask("GET", "report-calendar"), kept)

    def test_what_a_settlement_leaves_is_told(self):
        number = self.bureau.ask("GET", "settlements")["items"][0]["settlement"]
        waiting = self.bureau.ask("GET", f"settlements/{number}/waiting")["items"]
        # The demonstration blacklists a merchant that is still owed something.
        stopped = [money for money in waiting if money["code"] == "merchant.blacklisted"]
        self.assertGreater(len(stopped), 0)
        for money in stopped:
            self.assertIn("黑名单", money["reason"])
            self.assertGreater(money["amount"], 0)
            status, = self.season.rows("SELECT status FROM merchants WHERE ledger_id = ? AND id = ?", int(self.ledger),
                                       int(money["merchant"].split("-")[1]))[0]
            self.assertEqual(status, 3)
        self.bureau.ask("GET", "settlements/999999/waiting", 404)

    def test_a_merchants_lines_are_its_statement(self):
        period = {"from": "2018-06-01", "through": "2018-06-30"}
        told = self.bureau.ask("GET", "merchants/1/statement", params=period)
        text = self.bureau.ask("GET", "merchants/1/statement.csv", params=period).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual([int(row["事件 event"]) for row in rows], [line["event"] for line in told["lines"]])
        self.assertEqual(round(sum(float(row["补贴 subsidy"]) for row in rows) * 100), told["total"])

    def test_a_merchant_sees_what_became_of_its_disputes(self):
        event, merchant = self.season.rows(
            "SELECT event, merchant FROM redemptions WHERE ledger_id = ? ORDER BY id LIMIT 1", int(self.ledger))[0]
        path = f"merchants/{merchant}/disputes"
        self.assertEqual(self.bureau.ask("GET", path)["items"], [])
        self.bureau.ask("GET", "merchants/999999/disputes", 404)
        opened = self.bureau.post(path, {"event": event, "claimed": 3_000, "text": "应补三十元"}, 201)
        self.assertEqual(self.bureau.ask("GET", path)["items"], [opened])
        self.assertEqual((opened["event"], opened["claimed"], opened["status"]), (event, 3_000, "open"))
        difference = f"differences/{opened['difference']}"
        made = self.bureau.post(f"{difference}/resolutions", {"note": "按券面金额结算"}, 201)["resolutions"][0]
        self.assertEqual(self.bureau.ask("GET", path)["items"][0]["status"], "proposed")
        self.assertNotIn("note", self.bureau.ask("GET", path)["items"][0])
        self.checker.post(f"{difference}/approval", {"resolution": made["resolution"]})
        answer, = self.bureau.ask("GET", path)["items"]
        self.assertEqual((answer["status"], answer["manner"], answer["note"]), ("resolved", "reason", "按券面金额结算"))


if __name__ == "__main__":
    unittest.main()
