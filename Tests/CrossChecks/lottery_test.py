#!/usr/bin/env python3
"""Runs a lottery by the commands, does it again with thirty lines of Python, and tries to bend it.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/lottery_test.py
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import lottery

WENHUI = os.environ.get("WENHUI", "wenhui")
RULES = Path(__file__).parents[2] / "Fixtures/programmes/shandong-wenhui.yaml"
PEOPLE, QUOTA = 40, 7


def identity_number(number):
    """A demonstration person's identity number (GB 11643)."""
    digits = f"99990019900101{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


class LotteryTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lottery-check-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.residents = [identity_number(number) for number in range(1, PEOPLE + 1)]
        people = self.folder / "residents.csv"
        rows = [f"演练{i},{number},139000{i:05d}" for i, number in enumerate(self.residents)]
        people.write_text("\n".join(["name,id_number,phone", *rows]) + "\n")
        for command in (
            ("init",),
            ("ledger", "open", "370782", "--name", "诸城", "--practice", "--clock", self.day(20)),
            ("fund", "create", "--level", "county", "--year", "2018", "--treasury", "库", "--document", "文", "--clock", self.day(20)),
            ("fund", "appropriate", "1", "5000.00", "--reference", "一", "--clock", self.day(20)),
            ("programme", "submit", RULES, "--clock", self.day(21)),
            ("programme", "approve", "1", "--as", "approver", "--clock", self.day(21)),
            ("programme", "allocate", "1", "--fund", "1", "2000.00", "--clock", self.day(21)),
            ("resident", "import", people, "--clock", self.day(21)),
        ):
            self.do(*command)

    @staticmethod
    def day(day, hour=9):
        return f"2018-06-{day:02d}T{hour:02d}:00:00+08:00"

    def run_wenhui(self, *arguments):
        command = [WENHUI, *map(str, arguments), "--data", str(self.folder / "data")]
        return subprocess.run(command, capture_output=True, text=True)

    def do(self, *arguments):
        done = self.run_wenhui(*arguments)
        if done.returncode:
            raise AssertionError(f"{arguments}: {done.stderr}")
        return done.stdout

    def refused(self, code, *arguments):
        done = self.run_wenhui(*arguments)
        self.assertEqual(done.returncode, 3, done)
        self.assertIn(f"[{code}", done.stderr)

    def propose(self):
        """A batch with a lottery, open for entries on the 22nd, its seeds due before the 24th."""
        made = self.do(
            "batch", "propose", "--programme", "1", "--face", "50.00", "--quota", QUOTA, "--fund", "1=1",
            "--release", "lottery", "--party", "officer", "--party", "notary", "--reveal-by", self.day(24),
            "--from", self.day(22), "--until", self.day(22, 20), "--clock", self.day(21, 10), "--json",
        )  # fmt: skip
        batch = json.loads(made)["batch"]
        self.do("batch", "approve", batch, "--as", "approver", "--clock", self.day(21, 10))
        return batch

    def seed(self, batch, party):
        return self.folder / f"{batch}-{party}.seed"

    def commit(self, batch):
        for party in ("officer", "notary"):
            file = self.seed(batch, party)
            self.do("lottery", "commit", batch, "--seed-file", file, "--as", party, "--clock", self.day(21, 12))
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)

    def enter(self, batch, resident, hour=10):
        return ("lottery", "enter", batch, "--resident", resident, "--clock", self.day(22, hour))

    def reveal(self, batch, party, day=23):
        file = self.seed(batch, party)
        return ("lottery", "reveal", batch, "--seed-file", file, "--as", party, "--clock", self.day(day))

    def test_a_lottery_that_anybody_can_do_again(self):
        batch = self.propose()
        self.refused("lottery.not-committed", *self.enter(batch, self.residents[0]))
        self.commit(batch)
        claims = self.folder / "entries-to-make.csv"
        rows = [f"{self.day(22, 11)},e{i},{who},enter,{batch}," for i, who in enumerate(self.residents[1:])]
        claims.write_text("\n".join(["time,key,id_number,action,batch,voucher", *rows]) + "\n")
        mine = json.loads(self.do(*self.enter(batch, self.residents[0]), "--json"))
        self.refused("lottery.entered", *self.enter(batch, self.residents[0]))
        self.do("voucher", "file", claims, "--clock", self.day(22, 11))
        self.refused("lottery.entries-open", "lottery", "freeze", batch, "--clock", self.day(22, 12))
        self.refused("lottery.not-frozen", *self.reveal(batch, "officer", 22))
        self.refused("lottery.not-frozen", "lottery", "publish", batch, self.folder / "early")
        self.do("lottery", "freeze", batch, "--clock", self.day(23))
        self.refused("batch.window-over", *self.enter(batch, self.residents[0], 23))
        self.refused("lottery.reveal-order", *self.reveal(batch, "notary"))
        frozen = self.folder / "frozen"
        self.do("lottery", "publish", batch, frozen)
        self.do(*self.reveal(batch, "officer"))
        self.do(*self.reveal(batch, "notary"))
        drawn = self.folder / "drawn"
        self.do("lottery", "publish", batch, drawn)
        self.assertEqual((frozen / "entries.csv").read_bytes(), (drawn / "entries.csv").read_bytes())
        self.assertIn(f"{mine['number']},{mine['mark']}\n", (drawn / "entries.csv").read_text())

        script = subprocess.run([sys.executable, lottery.__file__, drawn], capture_output=True, text=True)
        self.assertEqual((script.returncode, script.stderr), (0, ""))
        expected = lottery.winners(drawn)
        self.assertEqual(len(expected), QUOTA)

        self.do("lottery", "issue", batch, "--clock", self.day(23, 12))
        self.do("lottery", "issue", batch, "--clock", self.day(23, 12))
        vouchers = {
            number + 1
            for number, resident in enumerate(self.residents)
            if "中签，已发放" in self.do("lottery", "show", batch, "--resident", resident)
        }
        self.assertEqual(vouchers, set(expected))
        self.do("book", "check")

        key = self.do("key", "list", "--note").split("\n")[0]
        for folder in (frozen, drawn):
            verdict = json.loads(self.verify(folder, key).stdout)
            self.assertTrue(verdict["verified"])
        self.assertEqual(verdict["winners"], QUOTA)
        self.assertEqual(verdict["steps"], 6)
        self.assertIn("not checked", self.verify(drawn).stdout)
        self.bend(drawn, key)

    def verify(self, folder, key=None):
        trust = ["--key", key] if key else []
        return subprocess.run([WENHUI, "lottery", "verify", str(folder), "--json", *trust], capture_output=True, text=True)

    def bend(self, drawn, key):
        """Whoever changes what was published is found out; most of it even without the log."""

        def record(change):
            def edit(folder):
                file = folder / "lottery.json"
                content = json.loads(file.read_text())
                change(content)
                file.write_text(json.dumps(content))

            return edit

        def text(name, change):
            def edit(folder):
                lines = (folder / name).read_text().splitlines(keepends=True)
                change(lines)
                (folder / name).write_text("".join(lines))

            return edit

        def swap(lines):
            lines[1], lines[2] = (
                lines[1].split(",")[0] + "," + ",".join(lines[2].split(",")[1:]),
                lines[2].split(",")[0] + "," + ",".join(lines[1].split(",")[1:]),
            )

        def reseed(content):
            party = content["parties"][1]
            party["seed"] = "ab" * 32
            party["commitment"] = lottery.sha256(bytes.fromhex(party["seed"])).hex()

        def forge(folder):
            """A whole other lottery, right in itself."""
            record(reseed)(folder)
            content = json.loads((folder / "lottery.json").read_text())
            marks = [line.split(",")[1].strip() for line in (folder / "entries.csv").read_text().splitlines()[1:]]
            seeds = [bytes.fromhex(party["seed"]) for party in content["parties"]]
            place = content["ledger"].to_bytes(4, "big") + content["batch"].to_bytes(4, "big")
            draw = lottery.sha256(b"wenhui/lottery-draw/1\0", place, bytes.fromhex(content["root"]), *seeds)
            record(lambda made: made.update(draw=draw.hex()))(folder)
            rows = [f"{i + 1},{n},{marks[n - 1]}\n" for i, n in enumerate(lottery.winners(folder))]
            (folder / "winners.csv").write_text("place,number,mark\n" + "".join(rows))

        def steps(folder):
            return sorted((folder / "receipts").iterdir(), key=lambda file: int(file.stem))

        alone = {
            "a winner exchanged": text("winners.csv", swap),
            "a winner added": text("winners.csv", lambda lines: lines.append(f"{QUOTA + 1},1,{'00' * 32}\n")),
            "a winner dropped": text("winners.csv", lambda lines: lines.pop()),
            "entries exchanged": text("entries.csv", swap),
            "an entry dropped": text("entries.csv", lambda lines: lines.pop()),
            "an entry twice": text("entries.csv", lambda lines: lines.append(f"{PEOPLE + 1},{lines[1].split(',')[1]}")),
            "a file cut off": text("entries.csv", lambda lines: lines.append(lines.pop().rstrip())),
            "another seed": record(lambda content: content["parties"][0].update(seed="00" * 32)),
            "parties in another order": record(lambda content: content["parties"].reverse()),
            "another root": record(lambda content: content.update(root="00" * 32)),
            "another draw": record(lambda content: content.update(draw="00" * 32)),
            "another quota": record(lambda content: content.update(quota=8)),
            "another batch": record(lambda content: content.update(batch=content["batch"] + 1)),
            "no winners": lambda folder: (folder / "winners.csv").unlink(),
            "no record": lambda folder: (folder / "lottery.json").write_text("{}"),
        }
        only_by_the_log = {
            "a seed and its commitment": forge,
            "a step missing": lambda folder: steps(folder)[3].unlink(),
            "a step under another number": lambda folder: steps(folder)[5].rename(folder / "receipts/7777.tlog-proof"),
            "a receipt changed": text(f"receipts/{steps(drawn)[4].name}", lambda lines: lines.pop(3)),
            "another name": record(lambda content: content["parties"][1].update(name="鬼")),
        }
        self.assertEqual(self.verify(drawn, key).returncode, 0)
        for what, edit in [*alone.items(), *only_by_the_log.items()]:
            with self.subTest(what):
                copy = self.folder / "bent"
                shutil.copytree(drawn, copy)
                self.addCleanup(shutil.rmtree, copy, ignore_errors=True)
                edit(copy)
                done = self.verify(copy, key)
                self.assertEqual(done.returncode, 5, f"{what}: {done}")
                self.assertNotIn("verified", done.stdout)
                self.assertEqual(self.verify(copy).returncode, 5 if what in alone else 0, what)
                shutil.rmtree(copy)

    def test_a_missing_seed_makes_it_void_and_nothing_else_does(self):
        batch = self.propose()
        self.commit(batch)
        again = ("lottery", "commit", batch, "--commitment", "ab" * 32, "--as", "officer", "--clock", self.day(21, 12))
        self.refused("lottery.committed", *again)
        other = self.propose()
        copied = ("lottery", "commit", other, "--seed-file", self.seed(batch, "officer"), "--clock", self.day(21, 13))
        self.refused("lottery.commitment-used", *copied)
        self.refused("lottery.not-a-party", *copied[:-2], "--as", "stranger", *copied[-2:])
        for resident in self.residents[:3]:
            self.do(*self.enter(batch, resident))
        self.do("lottery", "freeze", batch, "--clock", self.day(23))
        self.do(*self.reveal(batch, "officer"))
        self.seed(batch, "notary").write_text("cd" * 32)
        self.refused("lottery.seed-mismatch", *self.reveal(batch, "notary"))
        self.refused("lottery.reveal-open", "lottery", "void", batch, "--clock", self.day(23))
        self.refused("lottery.under-way", "batch", "close", batch, "--clock", self.day(24))
        self.refused("lottery.reveal-over", *self.reveal(batch, "notary", 24))
        self.do("lottery", "void", batch, "--clock", self.day(24))
        self.do("batch", "close", batch, "--clock", self.day(24))
        void = self.folder / "void"
        self.do("lottery", "publish", batch, void)
        key = self.do("key", "list", "--note").split("\n")[0]
        self.assertTrue(json.loads(self.verify(void, key).stdout)["void"])


if __name__ == "__main__":
    unittest.main()
