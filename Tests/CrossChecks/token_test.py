#!/usr/bin/env python3
"""Shows that other people's programs take our tokens: cwt verifies one, ZXing reads its QR code.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/token_test.py
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import cwt
import zxingcpp
from PIL import Image

WENHUI = os.environ.get("WENHUI", "wenhui")
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CLOCK = "2018-08-01T09:00:00+08:00"


def wenhui(*arguments):
    return subprocess.run([WENHUI, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def base45(text):
    """RFC 9285."""
    numbers, decoded = [ALPHABET.index(character) for character in text], bytearray()
    for place in range(0, len(numbers), 3):
        group = numbers[place : place + 3]
        decoded += sum(n * 45**i for i, n in enumerate(group)).to_bytes(len(group) - 1, "big")
    return bytes(decoded)


class TokenTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="token-check-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.data = ["--data", cls.folder / "data", "--ledger", "370782"]
        wenhui("demo", "--scale", "0.02", "--data", cls.folder / "data")
        keys = json.loads(wenhui("key", "list", "--json", *cls.data))
        if not keys["tokens"]:
            wenhui("key", "generate", "--clock", CLOCK, *cls.data)
            keys = json.loads(wenhui("key", "list", "--json", *cls.data))
        cls.key = keys["tokens"][0]
        cls.png = cls.folder / "token.png"
        minted = ["token", "mint", "1", "--clock", CLOCK, "--json", "--png", cls.png, "--scale", "4", *cls.data]
        cls.minted = json.loads(wenhui(*minted))

    def test_cwt_verifies_it(self):
        pem = wenhui("key", "export", self.key["id"], *self.data)
        key = cwt.COSEKey.from_pem(pem, kid=bytes.fromhex(self.key["id"]), alg=-19)
        coded = base45(self.minted["token"].removeprefix("WH1:"))
        self.assertEqual(len(coded), 116)
        protected, unprotected, payload = cwt.COSE.new().decode_with_headers(coded, key)
        self.assertEqual((protected, unprotected), ({1: -19, 4: bytes.fromhex(self.key["id"])}, {}))
        for place in range(len(coded) - 64, len(coded)):
            forged = coded[:place] + bytes([coded[place] ^ 1]) + coded[place + 1 :]
            with self.assertRaises(cwt.VerifyError):
                cwt.COSE.new().decode(forged, key)
        self.assertEqual(payload, cwt.COSE.new().decode(coded, key))

    def test_cwt_reads_the_exported_cose_key(self):
        exported = bytes.fromhex(wenhui("key", "export", self.key["id"], "--format", "cose", *self.data).strip())
        key = cwt.COSEKey.from_bytes(exported)
        self.assertEqual(key.kid, bytes.fromhex(self.key["id"]))
        cwt.COSE.new().decode(base45(self.minted["token"].removeprefix("WH1:")), key)

    def test_the_check_in_the_readme_works_as_pasted(self):
        for name in ("README.md", "README.zh-CN.md"):
            readme = Path(__file__).parents[2].joinpath(name).read_text()
            program = readme.split("```python\n")[1].split("```")[0]
            command = [sys.executable, "-c", program, self.minted["token"], self.key["publicKey"]]
            done = subprocess.run(command, capture_output=True, text=True)
            self.assertIn("ledger 370782 voucher 1", done.stdout, done)
            forged = subprocess.run([*command[:3], self.minted["token"].swapcase(), *command[4:]], capture_output=True)
            self.assertNotEqual(forged.returncode, 0)
            other = subprocess.run([*command[:4], "00" * 32], capture_output=True)
            self.assertNotEqual(other.returncode, 0)

    def test_zxing_reads_it(self):
        found = zxingcpp.read_barcodes(Image.open(self.png).convert("L"))
        self.assertEqual([code.text for code in found], [self.minted["token"]])


if __name__ == "__main__":
    unittest.main()
