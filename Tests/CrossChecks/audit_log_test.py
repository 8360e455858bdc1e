#!/usr/bin/env python3
"""Shows that audit_log.py accepts an export of ours and refuses it once it was tampered with.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/audit_log_test.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

WENHUI = os.environ.get("WENHUI", "wenhui")
CHECK = [sys.executable, str(Path(__file__).with_name("audit_log.py"))]


def wenhui(*arguments):
    return subprocess.run([WENHUI, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


class AuditLogTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="cross-check-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        data = ["--data", cls.folder / "data", "--ledger", "370782"]
        wenhui("demo", "--scale", "0.02", "--data", cls.folder / "data")
        wenhui("audit", "export", cls.folder / "log", *data)
        wenhui("audit", "export", cls.folder / "other", "--data", cls.folder / "data", "--ledger", "370000")
        cls.receipt = wenhui("receipt", "show", "1", *data)
        cls.key, cls.other_key = ((cls.folder / name / "keys").read_text().strip() for name in ("log", "other"))

    def setUp(self):
        self.log = self.folder / "copy"
        shutil.copytree(self.folder / "log", self.log)
        self.addCleanup(shutil.rmtree, self.log)

    def check(self, *more, key=None):
        command = [*CHECK, str(self.log), "--key", key or self.key, *map(str, more)]
        return subprocess.run(command, capture_output=True, text=True)

    def refused(self, word, *more, key=None):
        done = self.check(*more, key=key)
        self.assertEqual(done.returncode, 1, done)
        self.assertRegex(done.stderr, "^refused: ")
        self.assertIn(word, done.stderr)

    def flip(self, path, place):
        data = bytearray(path.read_bytes())
        data[place] ^= 1
        path.write_bytes(data)

    def test_export_and_receipt_are_good(self):
        path = self.folder / "r.tlog-proof"
        path.write_text(self.receipt)
        done = self.check("--receipt", path)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("is in the log", done.stdout)

    def test_flipped_byte_of_any_file(self):
        for name in sorted(path for path in self.log.rglob("*") if path.name not in ("keys", "policy")):
            if name.is_dir():
                continue
            original = name.read_bytes()
            for place in (0, len(original) // 2, len(original) - 1):
                self.flip(name, place)
                self.refused("checkpoint" if name.name == "checkpoint" else "tile/")
                name.write_bytes(original)

    def test_missing_longer_and_shorter_files(self):
        for path in [path for path in (self.log / "tile").rglob("*") if path.is_file()]:
            original, name = path.read_bytes(), str(path.relative_to(self.log))
            for change in (original[:-1], original + b"x", b"", None):
                path.unlink() if change is None else path.write_bytes(change)
                self.refused(name)
                path.write_bytes(original)

    def test_other_key_and_other_log(self):
        self.refused("not signed", key=self.other_key)
        shutil.copy(self.folder / "other" / "checkpoint", self.log / "checkpoint")
        self.refused("not signed")

    def test_forged_receipts(self):
        path = self.folder / "forged"
        lines = self.receipt.split("\n")
        for forged in (
            [*lines[:2], "index 3", *lines[3:]],
            [*lines[:3], *lines[4:]],
            [*lines[:4], *lines[3:]],
            [lines[0], "extra AAAA", *lines[2:]],
        ):
            path.write_text("\n".join(forged))
            self.refused("receipt", "--receipt", path)


if __name__ == "__main__":
    unittest.main()
