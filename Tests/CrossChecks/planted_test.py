#!/usr/bin/env python3
"""Known differences planted into a season's bills: the program finds exactly those, for many seeds and forms of bills.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/planted_test.py
"""

import datetime
import os
import random
import shutil
import tempfile
import unittest
from pathlib import Path

from report_test import EPOCH, Season, run

SEEDS = range(36)
FIXTURES = Path(__file__).resolve().parents[2] / "Fixtures"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = 86_400_000_000
FIRST, LAST = "2018-06-05", "2018-06-16"
TITLES = ("交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,"
          "代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注")
TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"


def moment(microseconds, form="%Y-%m-%d %H:%M:%S"):
    return datetime.datetime.fromtimestamp(microseconds // 1_000_000, SHANGHAI).strftime(form)


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02}"


class Line:
    """A sale or a refund, as the ledger has it or as a bill tells it."""

    def __init__(self, reference, amount, instant, place, is_refund, failed=False):
        self.reference, self.amount, self.instant, self.place = reference, amount, instant, place
        self.is_refund, self.failed = is_refund, failed

    def changed(self, **values):
        copy = Line(self.reference, self.amount, self.instant, self.place, self.is_refund, self.failed)
        for name, value in values.items():
            setattr(copy, name, value)
        return copy

    @property
    def told(self):
        return -self.amount if self.is_refund else self.amount


def wechat(lines):
    rows, bills, refunds = [TITLES], 0, 0
    for number, line in enumerate(lines):
        sale, refund = (0, line.amount) if line.is_refund else (line.amount, 0)
        bills, refunds = bills + sale, refunds + refund
        state = "REFUND" if line.is_refund else "REVOKED" if line.failed else "SUCCESS"
        fields = [moment(line.instant), "wx0000000000000000", "1900000001", "0", line.place, f"42{number:026}",
                  line.reference, "oDEMO", "JSAPI", state, "OTHERS", "CNY", yuan(sale), "0.00", f"50{number:08}",
                  f"T{number}", yuan(refund), "0.00", "ORIGINAL" if refund else "",
                  ("CHANGE" if line.failed else "SUCCESS") if refund else "", "演练,商品", "", "0.00", "0.60%",
                  yuan(sale), yuan(refund), ""]
        rows.append(",".join("`" + field for field in fields))
    totals = [str(len(lines)), yuan(bills), yuan(refunds), "0.00", "0.00", yuan(bills), yuan(refunds)]
    rows += [TOTALS, ",".join("`" + field for field in totals)]
    return "\ufeff" + "\r\n".join(rows) + "\r\n", "utf-8"


def alipay(lines):
    rows = ["#支付宝业务明细查询", "业务流水号,商户订单号,业务类型,完成时间,门店编号,订单金额（元）"]
    for number, line in enumerate(lines):
        kind = "退款" if line.is_refund else "交易"
        rows.append(f"{number}\t,{line.reference}\t,{kind},{moment(line.instant)},{line.place},{yuan(line.amount)}")
    sales, refunds = sum(not line.is_refund for line in lines), sum(line.is_refund for line in lines)
    rows += ["#-----------------------------------------业务明细列表结束", f"#交易合计：{sales}笔，商家实收共1.00元",
             f"#退款合计：{refunds}笔，商家实收退款共0.00元"]
    return "\n".join(rows) + "\n", "gb18030"


def unionpay(lines):
    rows = ["订单号|交易金额|交易时间|终端号|应答码|交易类型"]
    for line in lines:
        rows.append("|".join([
            line.reference, str(line.amount), moment(line.instant, "%Y%m%d%H%M%S"), line.place,
            "51" if line.failed else "00", "退货" if line.is_refund else "消费"]))
    turnover = sum(line.amount for line in lines if not line.failed)
    return "\n".join(rows + [f"TOTAL|{len(lines)}|{turnover}"]) + "\n", "utf-8"


FORMS = [(wechat, None, True), (alipay, "alipay.yaml", False), (unionpay, "unionpay.yaml", True)]


class PlantedSeason(unittest.TestCase):
    """A demonstration with a channel whose sales are billed."""

    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp()
        cls.season = Season(cls.root, 11)
        cls.ledger = max(cls.season.ledgers, key=lambda ledger: cls.season.rows(
            "SELECT count(*) FROM redemptions WHERE ledger_id = ?", int(ledger))[0][0])
        days = [(datetime.date.fromisoformat(day) - EPOCH).days for day in (FIRST, LAST)]
        sales = cls.season.rows(
            "SELECT r.reference, r.bill, r.instant, o.platform_id, 0, r.channel FROM redemptions r "
            "JOIN outlets o ON o.ledger_id = r.ledger_id AND o.id = r.outlet "
            "WHERE r.ledger_id = ? AND r.day BETWEEN ? AND ?", int(cls.ledger), *days)
        refunds = cls.season.rows(
            "SELECT r.reference, f.bill, f.instant, o.platform_id, 1, r.channel FROM refunds f "
            "JOIN redemptions r ON r.ledger_id = f.ledger_id AND r.id = f.redemption "
            "JOIN outlets o ON o.ledger_id = r.ledger_id AND o.id = r.outlet "
            "WHERE f.ledger_id = ? AND f.day BETWEEN ? AND ? AND f.bill > 0", int(cls.ledger), *days)
        channels = [channel for *_, channel in sales]
        cls.channel = max(set(channels), key=channels.count)
        cls.lines = [Line(*row[:4], bool(row[4])) for row in sales + refunds if row[5] == cls.channel]
        cls.lines.sort(key=lambda line: line.instant)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def plant(self, chance, may_fail):
        """A bill with differences, and what must be said of them: kind, reference, ledger, statement."""
        counts = {}
        for line in self.lines:
            counts[line.reference] = counts.get(line.reference, 0) + 1
        alone = [line for line in self.lines if counts[line.reference] == 1 and not line.is_refund]
        picked = iter(chance.sample(alone, 12))
        bill, expected = list(self.lines), []

        def replace(line, *others):
            place = bill.index(line)
            bill[place:place + 1] = others

        for kind in chance.choices(["short", "long", "amount", "status", "day", "duplicate", "refund"], k=12):
            line = next(picked)
            if kind == "short":
                replace(line)
                expected.append((kind, line.reference, line.amount, None))
            elif kind == "long":
                ghost = line.changed(reference=f"渠道测试-{chance.randrange(10**9)}")
                replace(line, line, ghost)
                expected.append((kind, ghost.reference, None, ghost.amount))
            elif kind == "amount":
                other = line.amount + chance.choice([1, 99, 500, -1])
                replace(line, line.changed(amount=other))
                expected.append((kind, line.reference, line.amount, other))
            elif kind == "status" and may_fail:
                replace(line, line.changed(failed=True))
                expected.append((kind, line.reference, line.amount, line.amount))
            elif kind == "day":
                # Within the days of the run.
                later = moment(line.instant, "%Y-%m-%d") < "2018-06-11"
                replace(line, line.changed(instant=line.instant + (DAY if later else -DAY)))
                expected.append((kind, line.reference, line.amount, line.amount))
            elif kind == "duplicate":
                replace(line, line, line)
                expected.append((kind, line.reference, None, line.amount))
            elif kind == "refund":
                back = line.changed(amount=chance.randrange(1, line.amount + 1), is_refund=True)
                replace(line, line, back)
                expected.append(("long", line.reference, None, back.told))
        chance.shuffle(bill)
        return bill, expected

    def reconcile(self, bill, form, mapping, name):
        text, encoding = form(bill)
        path = os.path.join(self.root, name)
        Path(path).write_bytes(text.encode(encoding))
        more = ["--mapping", str(FIXTURES / "mappings" / mapping)] if mapping else []
        return run(self.season.folder, "reconcile", "bill", path, *more, "--channel", self.channel, "--from", FIRST,
                   "--through", LAST, "--ledger", self.ledger)


class PlantedTest(PlantedSeason):
    def test_exactly_what_was_planted_is_found(self):
        self.assertGreater(len(self.lines), 200)
        kinds, forms = set(), set()
        for seed in SEEDS:
            chance = random.Random(seed)
            form, mapping, may_fail = FORMS[seed % len(FORMS)]
            bill, expected = self.plant(chance, may_fail)
            told = self.reconcile(bill, form, mapping, f"bill-{seed}")
            found = [(row["kind"].split("(")[1].rstrip(")"), row["reference"], row["ledger"], row["statement"])
                     for row in told["differences"]]
            self.assertEqual(sorted(map(str, found)), sorted(map(str, expected)), (seed, form.__name__))
            self.assertEqual(told["balanced"], not expected)
            kinds |= {kind for kind, *_ in expected}
            forms.add(form)
        self.assertEqual(kinds, {"short", "long", "amount", "status", "day", "duplicate"})
        self.assertEqual(len(forms), 3)

    def test_what_agrees_is_balanced_and_nothing_is_not(self):
        for form, mapping, _ in FORMS:
            told = self.reconcile(self.lines, form, mapping, f"whole-{form.__name__}")
            self.assertEqual((told["differences"], told["balanced"]), ([], True))
            self.assertEqual(told["matched"], len(self.lines))
            none = self.reconcile([], form, mapping, f"empty-{form.__name__}")
            self.assertEqual((none["matched"], none["balanced"]), (0, False))
            self.assertEqual(len(none["differences"]), len(self.lines))


if __name__ == "__main__":
    unittest.main()
