#!/usr/bin/env python3
"""What banks are asked and what they answer, held to the schemas of ISO 20022 and to other readers of workbooks.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/payment_test.py
"""

import dataclasses
import importlib
import json
import os
import shutil
import subprocess
import tempfile
import typing
import unittest
from decimal import Decimal
from pathlib import Path

import openpyxl
import sepaxml
import xmlschema
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.models.datatype import XmlDate

WENHUI = os.environ.get("WENHUI", "wenhui")
ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "Fixtures"
PEOPLE = ["999900194901010017", "999900195602290025", "999900196608150036"]
RULE = """name: 惠民
document: 演练文旅发〔2030〕3号
kind: threshold
faces: [20.00]
validity: 30d
refund: forfeit
lapse: batch
"""


def build(kind, value):
    """A value of a class that was made from a schema, out of plain dictionaries keyed by the schema's names."""
    if not dataclasses.is_dataclass(kind):
        return kind(value) if isinstance(kind, type) and not isinstance(value, kind) else value
    if not isinstance(value, dict):
        # A code that later versions keep in a choice.
        names = [field.metadata.get("name", "") for field in dataclasses.fields(kind)]
        value = {"" if "" in names else "Cd": value}
    hints = typing.get_type_hints(kind)
    filled = {}
    for field in dataclasses.fields(kind):
        name = field.metadata.get("name", "")
        if name not in value:
            continue
        wanted, given = hints[field.name], value[name]
        arguments = [a for a in typing.get_args(wanted) if a is not type(None)]
        if typing.get_origin(wanted) in (list, typing.List):
            filled[field.name] = [build(arguments[0], item) for item in given]
        else:
            filled[field.name] = build(arguments[0] if arguments else wanted, given)
    if len(filled) != len(value):
        raise KeyError(f"{kind.__name__} has none of {set(value)}")
    return kind(**filled)


def entry(version, reference, yuan, debit, number, returned=None):
    """A booked entry with one transaction, as that version of camt.053 has it."""
    amount = {"": Decimal(yuan), "Ccy": "CNY"}
    details = {"Refs": {"EndToEndId": reference, "AcctSvcrRef": number}}
    if version < 3:
        details["AmtDtls"] = {"TxAmt": {"Amt": amount}}
    else:
        details |= {"Amt": amount, "CdtDbtInd": "DBIT" if debit else "CRDT"}
    if returned:
        details["RtrInf"] = {"Rsn": {"Cd": "AC04"}, "AddtlInf": [returned]}
    return {
        "Amt": amount,
        "CdtDbtInd": "DBIT" if debit else "CRDT",
        "Sts": "BOOK",
        "BookgDt": {"Dt": XmlDate(2030, 6, 4)},
        "BkTxCd": {"Prtry": {"Cd": "PMT"}},
        "NtryDtls": [{"TxDtls": [details]}],
    }


def statement(version, entries):
    """A camt.053 of a version, written by classes that were made from its schema."""
    module = importlib.import_module(f"pyiso20022.camt.camt_053_001_{version:02d}")
    from xsdata.models.datatype import XmlDateTime

    now = XmlDateTime(2030, 6, 4, 22, 0, 0)
    content = {
        "BkToCstmrStmt": {
            "GrpHdr": {"MsgId": "YL-1", "CreDtTm": now},
            "Stmt": [
                {
                    "Id": "YL-1",
                    "CreDtTm": now,
                    "Acct": {"Id": {"Othr": {"Id": "3700000100000001"}}},
                    "Bal": [
                        {
                            "Tp": {"CdOrPrtry": {"Cd": code}},
                            "Amt": {"": Decimal(yuan), "Ccy": "CNY"},
                            "CdtDbtInd": "CRDT",
                            "Dt": {"Dt": XmlDate(2030, 6, 4)},
                        }
                        for code, yuan in (("OPBD", "1000.00"), ("CLBD", "980.00"))
                    ],
                    "Ntry": entries,
                }
            ],
        }
    }
    return XmlSerializer().render(build(module.Document, content))


class PaymentTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = Path(tempfile.mkdtemp(prefix="payment-check-"))
        cls.addClassCleanup(shutil.rmtree, cls.template)
        rule = cls.template / "rule.yaml"
        rule.write_text(RULE)
        first = "2030-06-01T09:00:00+08:00"
        steps = [
            ("init",),
            ("ledger", "open", "370782", "--name", "诸城", "--practice"),
            ("fund", "create", "--level", "county", "--year", "2030", "--treasury", "诸城市国库", "--document", "文"),
            ("fund", "appropriate", "1", "1000.00", "--reference", "一"),
            *(
                (what, "import", FIXTURES / f"registry/{what}s.csv")
                for what in ("resident", "merchant", "outlet")
            ),
            ("programme", "submit", rule),
            ("programme", "approve", "1", "--as", "approver"),
            ("programme", "allocate", "1", "--fund", "1", "300.00"),
            ("batch", "propose", "--programme", "1", "--face", "20.00", "--quota", "9", "--fund", "1=1")
            + ("--from", first, "--until", "2030-06-30T09:00:00+08:00"),
            ("batch", "approve", "1", "--as", "approver"),
            *(("voucher", "claim", "--batch", "1", "--resident", person) for person in PEOPLE),
            *(
                ("redeem", str(n), "--outlet", outlet, "--bill", bill, "--order", f"订单-{n}")
                for n, outlet, bill in ((1, "YL-0001", "80.00"), (2, "YL-0002", "60.00"), (3, "YL-0002", "50.00"))
            ),
            ("settlement", "build", "--through", "2030-06-01", "--as", "finance"),
            ("settlement", "seal", "1", "--as", "finance"),
            ("settlement", "approve", "1", "--as", "boss"),
            ("settlement", "export", "1", "--output", cls.template / "payments.csv", "--as", "finance"),
        ]
        for number, step in enumerate(steps):
            day = 3 if step[0] == "settlement" else 1
            clock = ("--clock", f"2030-06-0{day}T10:{number:02d}:00+08:00")
            cls.run_wenhui(cls.template, *step, *(clock if step[0] != "init" else ()))

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="payment-check-"))
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(self.template, self.folder, dirs_exist_ok=True)

    @staticmethod
    def run_wenhui(folder, *arguments):
        command = [WENHUI, *map(str, arguments), "--data", str(folder / "data")]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(f"{command}: {done}")
        return done.stdout

    def test_pain_is_valid_by_its_schema(self):
        """pain.001.001.09 as written by the tests is valid by the schema that sepaxml has, and its sums agree."""
        schema = xmlschema.XMLSchema(Path(sepaxml.__file__).parent / "schemas/pain.001.001.09.xsd")
        document = schema.to_dict(FIXTURES / "payment/pain001.xml")
        header = document["CstmrCdtTrfInitn"]["GrpHdr"]
        blocks = document["CstmrCdtTrfInitn"]["PmtInf"]
        lines = [line for block in blocks for line in block["CdtTrfTxInf"]]
        self.assertEqual(len(lines), int(header["NbOfTxs"]))
        self.assertEqual(sum(Decimal(str(line["Amt"]["InstdAmt"]["$"])) for line in lines), Decimal(str(header["CtrlSum"])))
        self.assertEqual(len(blocks), 2)

    def test_our_camt_is_one(self):
        """The statement that our own tests read is read by classes made from the schema, too."""
        module = importlib.import_module("pyiso20022.camt.camt_053_001_02")
        text = (FIXTURES / "statements/camt053-02.xml").read_bytes()
        document = XmlParser().from_bytes(text, module.Document)
        self.assertEqual(len(document.bk_to_cstmr_stmt.stmt[0].ntry), 4)

    def test_every_version_of_camt(self):
        """Statements that other software wrote, versions 02 to 08, pay what they say and return what came back."""
        shown = json.loads(self.run_wenhui(self.folder, "settlement", "show", "1", "--json"))["lines"]
        self.assertEqual([line["amount"] for line in shown], [2000, 4000])
        for version in range(2, 9):
            with self.subTest(version=version):
                self.setUp()
                (first, second) = (line["reference"] for line in shown)
                text = statement(
                    version,
                    [
                        entry(version, first, "20.00", True, "YL0001"),
                        entry(version, second, "40.00", True, "YL0002"),
                        entry(version, second, "40.00", False, "YL0003", "账户已销户"),
                    ],
                )
                file = self.folder / "camt.xml"
                file.write_text(text)
                pay = ("settlement", "pay", file, "--as", "finance", "--json", "--clock", "2030-06-04T23:00:00+08:00")
                summary = json.loads(self.run_wenhui(self.folder, *pay))
                counts = {key: summary[key] for key in ("paid", "amount", "failed", "returned", "skipped")}
                self.assertEqual(counts, {"paid": 2, "amount": 6000, "failed": 0, "returned": 1, "skipped": 0})
                again = json.loads(self.run_wenhui(self.folder, *pay))
                self.assertEqual((again["paid"], again["replayed"]), (0, 3))
                lines = json.loads(self.run_wenhui(self.folder, "settlement", "show", "1", "--json"))["lines"]
                self.assertEqual([line["status"] for line in lines], ["paid", "undone"])
                self.run_wenhui(self.folder, "book", "check")

    def test_journal(self):
        """hledger checks the journal's assertions, day by day and event by event, and has the same balances."""
        told = json.loads(self.run_wenhui(self.folder, "book", "trial-balance", "--json"))
        rows = next(value for value in told.values() if isinstance(value, list))
        self.run_wenhui(self.folder, "redeem", "refund", "1", "--bill", "40.00", "--clock", "2030-06-04T09:00:00+08:00")
        for period in (("2030-06-01", "2030-06-03"), ("2030-06-01", "2030-06-04"), ("2030-06-04", "2030-06-05")):
            for detail in ((), ("--detail",)):
                with self.subTest(period=period, detail=detail):
                    file = self.folder / f"{'-'.join(period)}{len(detail)}.journal"
                    days = ("--from", period[0], "--through", period[1])
                    self.run_wenhui(self.folder, "report", "journal", *days, "--output", file, *detail)
                    subprocess.run(["hledger", "-f", file, "check"], check=True)
                    bent = file.read_text().replace("20.00 CNY", "20.01 CNY", 1)
                    if bent != file.read_text():
                        file.write_text(bent)
                        done = subprocess.run(["hledger", "-f", file, "check"], capture_output=True)
                        self.assertNotEqual(done.returncode, 0)
        file = self.folder / "all.journal"
        self.run_wenhui(self.folder, "report", "journal", "--from", "2030-06-01", "--through", "2030-06-03", "--output", file)
        shown = subprocess.run(
            ["hledger", "-f", file, "balance", "assets", "-N", "--format", "%(total)"], capture_output=True, text=True
        ).stdout.split()
        self.assertEqual(Decimal(shown[0]) * 100, sum(row["treasury"] for row in rows))

    def test_workbook(self):
        """openpyxl reads the merchant's statement, and its totals are the sums of its rows."""
        file = self.folder / "statement.xlsx"
        period = ("--from", "2030-06-01", "--through", "2030-06-30")
        told = json.loads(
            self.run_wenhui(self.folder, "merchant", "statement", "2", *period, "--output", file, "--json")
        )
        cached = openpyxl.load_workbook(file, data_only=True)
        self.assertEqual(cached.sheetnames, ["明细 lines", "网点 outlets", "付款 payouts"])
        formulas = openpyxl.load_workbook(file)
        for sheet in cached:
            rows = list(sheet.iter_rows(values_only=True))
            header = next(i for i, row in enumerate(rows) if row[0] and str(row[0]).split()[0] in ("业务日期", "网点", "结算单") and row[1])
            self.assertEqual(sheet.freeze_panes, f"B{header + 2}")
            end = next(i for i, row in enumerate(rows) if row[0] == "合计 total")
            for column, total in enumerate(rows[end]):
                formula = formulas[sheet.title].cell(end + 1, column + 1).value
                if not isinstance(formula, str) or not formula.startswith("=SUM("):
                    continue
                summed = sum(Decimal(str(row[column] or 0)) for row in rows[header + 1 : end])
                self.assertEqual(Decimal(str(total)), summed, (sheet.title, formula))
        lines = cached["明细 lines"]
        subsidy = [row for row in lines.iter_rows(values_only=True) if row[2] == "核销"]
        self.assertEqual(len(subsidy), 2)
        self.assertEqual(sum(Decimal(str(row[7])) for row in subsidy) * 100, told["total"])


if __name__ == "__main__":
    unittest.main(verbosity=1)
