#!/usr/bin/env python3
"""Shows that our SM2, SM3, SM4 and HMAC-SM3 and those of gmssl, which is Python from end to end, agree.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/guomi_test.py

Ours answer through CrossCheckDriver, which is built beside wenhui. The numbers come from a generator whose seed is
printed; SEED=… repeats a run. Then a ledger of the profile guomi is opened: what it signs is verified by gmssl and by
the openssl command, and what it seals is opened here.
"""

import base64
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from datetime import datetime
from pathlib import Path

import cbor2
from gmssl import sm2, sm3, sm4

WENHUI = os.environ.get("WENHUI", "wenhui")
DRIVER = Path(os.environ.get("WENHUI", "wenhui")).with_name("CrossCheckDriver")
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
ORDER = int(sm2.default_ecc_table["n"], 16)
PRIME, A, B = (int(sm2.default_ecc_table[name], 16) for name in "pab")
FIXTURES = Path(__file__).parents[2] / "Fixtures"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LENGTHS = [0, 1, 15, 16, 17, 31, 32, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 1000]


def ours(*questions):
    """The answers to questions of a verb and byte strings; None where something was refused."""
    lines = [" ".join([verb, *(word.hex() or "-" for word in words)]) for verb, *words in questions]
    done = subprocess.run([DRIVER], input="\n".join(lines) + "\n", check=True, capture_output=True, text=True)
    answers = done.stdout.split()
    assert len(answers) == len(lines), done
    return [None if answer == "no" else bytes.fromhex(answer.strip("-")) for answer in answers]


def digest(message):
    return bytes.fromhex(sm3.sm3_hash(list(message)))


def hmac(key, message):
    key = (digest(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = digest(bytes(byte ^ 0x36 for byte in key) + message)
    return digest(bytes(byte ^ 0x5C for byte in key) + inner)


def derived(key, use):
    """HKDF (RFC 5869) with SM3, no salt and one block."""
    return hmac(hmac(bytes(32), key), use + b"\1")


def counter_mode(key, counter, message):
    cipher = sm4.CryptSM4(padding_mode=None)
    cipher.set_key(key, sm4.SM4_ENCRYPT)
    first, stream = int.from_bytes(counter, "big"), b""
    for block in range((len(message) + 15) // 16):
        stream += bytes(cipher.one_round(cipher.sk, list(((first + block) % (1 << 128)).to_bytes(16, "big"))))
    return bytes(left ^ right for left, right in zip(message, stream))


def sealed(key, counter, message, context):
    body = counter + counter_mode(derived(key, b"SM4-CTR")[:16], counter, message)
    bits = (len(context) * 8).to_bytes(8, "big")
    return body + hmac(derived(key, b"HMAC-SM3"), context + body + bits)


def signer(scalar=None, point=b""):
    """gmssl's view of a key. It strips every 0 and 4 off the front of a point, so it gets the point afterwards."""
    key = sm2.CryptSM2(private_key=scalar.hex() if scalar else "", public_key="")
    key.public_key = point[1:].hex()
    return key


def wenhui(*arguments):
    done = subprocess.run([WENHUI, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done
    return done.stdout


def base45(text):
    """RFC 9285."""
    numbers, decoded = [ALPHABET.index(character) for character in text], bytearray()
    for place in range(0, len(numbers), 3):
        group = numbers[place : place + 3]
        decoded += sum(n * 45**i for i, n in enumerate(group)).to_bytes(len(group) - 1, "big")
    return bytes(decoded)


def uncompressed(point):
    x = int.from_bytes(point[1:], "big")
    y = pow(x**3 + A * x + B, (PRIME + 1) // 4, PRIME)
    y = y if y % 2 == point[0] - 2 else PRIME - y
    assert (y * y - x**3 - A * x - B) % PRIME == 0 and len(point) == 33
    return b"\4" + x.to_bytes(32, "big") + y.to_bytes(32, "big")


def public(scalar):
    return bytes.fromhex("04" + signer()._kg(scalar, sm2.default_ecc_table["g"]))


def der(signature):
    """r ‖ s as a sequence of two integers (X.690)."""
    numbers = b""
    for half in (signature[:32], signature[32:]):
        digits = half.lstrip(b"\0")
        digits = b"\0" + digits if digits[0] >= 0x80 else digits
        numbers += bytes([2, len(digits)]) + digits
    return bytes([0x30, len(numbers)]) + numbers


def pem(point):
    head = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
    body = base64.encodebytes(head + point).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}-----END PUBLIC KEY-----\n"


class GuomiTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(f"{SEED} {self.id()}")

    def key(self):
        scalar = self.random.randrange(1, ORDER - 1)
        point = signer()._kg(scalar, sm2.default_ecc_table["g"])
        return scalar.to_bytes(32, "big"), bytes.fromhex("04" + point)

    def test_digests(self):
        messages = [self.random.randbytes(length) for length in LENGTHS]
        self.assertEqual(ours(*(("sm3", message) for message in messages)), [digest(each) for each in messages])

    def test_codes(self):
        for length in (0, 1, 32, 63, 64, 65, 200):
            key = self.random.randbytes(length)
            messages = [self.random.randbytes(length) for length in LENGTHS]
            answers = ours(*(("hmac-sm3", key, message) for message in messages))
            self.assertEqual(answers, [hmac(key, message) for message in messages])

    def test_public_keys(self):
        for _ in range(10):
            scalar, point = self.key()
            short = bytes([2 + point[-1] % 2]) + point[1:33]
            answers = ours(("sm2-public", scalar), ("sm2-read", point), ("sm2-read", short))
            self.assertEqual(answers, [point] * 3)

    def test_they_accept_our_signatures(self):
        for length in LENGTHS:
            (scalar, point), message = self.key(), self.random.randbytes(length)
            [signature] = ours(("sm2-sign", scalar, message))
            key = signer(point=point)
            self.assertTrue(key.verify_with_sm3(signature.hex(), message))
            self.assertFalse(key.verify_with_sm3(signature.hex(), message + b"\0"))

    def test_we_accept_their_signatures_and_no_changed_one(self):
        for length in LENGTHS:
            (scalar, point), message = self.key(), self.random.randbytes(length)
            nonce = f"{self.random.randrange(1, ORDER):064x}"
            signature = bytes.fromhex(signer(scalar, point).sign_with_sm3(message, nonce))
            changed = bytearray(signature)
            changed[self.random.randrange(64)] ^= 1 << self.random.randrange(8)
            answers = ours(
                ("sm2-verify", signature, message, point),
                ("sm2-verify", changed, message, point),
                ("sm2-verify", signature, message + b"\0", point),
                ("sm2-verify", signature, message, self.key()[1]),
            )
            self.assertEqual(answers, [b"", None, None, None])

    def test_the_other_s_of_a_signature_takes_the_private_key_and_gives_it_away(self):
        for _ in range(8):
            (scalar, point), message = self.key(), self.random.randbytes(20)
            [signature] = ours(("sm2-sign", scalar, message))
            d, r, s = (int.from_bytes(number, "big") for number in (scalar, signature[:32], signature[32:]))
            twin = -(s + 2 * r * d * pow(1 + d, -1, ORDER)) % ORDER
            negated = ORDER - s
            answers = ours(
                *(
                    ("sm2-verify", signature[:32] + other.to_bytes(32, "big"), message, point)
                    for other in (s, twin, negated)
                )
            )
            self.assertEqual(answers, [b"", b"", None])
            self.assertEqual(-(s + twin) * pow(s + twin + 2 * r, -1, ORDER) % ORDER, d)

    def test_sealing(self):
        for length in LENGTHS:
            key, message = self.random.randbytes(32), self.random.randbytes(length)
            context = self.random.randbytes(self.random.randrange(40))
            theirs = sealed(key, self.random.randbytes(16), message, context)
            carrying = sealed(key, b"\xff" * 16, message, context)
            ours_sealed, opened, carried, refused = ours(
                ("sm4-seal", key, message, context),
                ("sm4-open", key, theirs, context),
                ("sm4-open", key, carrying, context),
                ("sm4-open", key, theirs, context + b"\0"),
            )
            self.assertEqual((opened, carried, refused), (message, message, None))
            self.assertEqual(ours_sealed, sealed(key, ours_sealed[:16], message, context))


class LedgerTest(unittest.TestCase):
    """A ledger of the profile guomi, as the program keeps it."""

    RESIDENT = "999900194901010017"
    CLOCK = "2018-06-02T12:00:00+08:00"

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="guomi-check-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.data = ["--data", cls.folder / "data"]
        wenhui("init", *cls.data)
        fund = ["--level", "county", "--year", "2018", "--treasury", "诸城市国库", "--document", "诸财预〔2018〕3号"]
        batch = ["--programme", "1", "--face", "50.00", "--quota", "10", "--fund", "1=1"]
        window = ["--from", "2018-06-01T10:00:00+08:00", "--until", "2018-06-30T00:00:00+08:00"]
        for command in (
            ["ledger", "open", "370782", "--name", "诸城", "--practice", "--profile", "guomi"],
            ["fund", "create", *fund],
            ["fund", "appropriate", "1", "1000.00", "--reference", "拨款单"],
            ["programme", "submit", FIXTURES / "programmes/shandong-wenhui.yaml"],
            ["programme", "approve", "1", "--as", "approver"],
            ["programme", "allocate", "1", "--fund", "1", "1000.00"],
            ["batch", "propose", *batch, *window],
            ["resident", "import", FIXTURES / "registry/residents.csv"],
            ["merchant", "import", FIXTURES / "registry/merchants.csv"],
            ["batch", "approve", "1", "--as", "approver"],
        ):
            wenhui(*command, "--clock", "2018-05-20T10:00:00+08:00", *cls.data)
        wenhui("voucher", "claim", "--batch", "1", "--resident", cls.RESIDENT, "--clock", cls.CLOCK, *cls.data)
        wenhui("key", "generate", "--clock", cls.CLOCK, *cls.data)
        cls.keys = json.loads(wenhui("key", "list", "--json", *cls.data))
        cls.key = cls.keys["tokens"][0]
        cls.secret = bytes.fromhex((cls.folder / "data/key").read_text().strip())

    def verify(self, point, message, signature):
        """gmssl and the openssl command say the same of a signature; what they say."""
        by_gmssl = signer(point=point).verify_with_sm3(signature.hex(), message)
        files = {"key.pem": pem(point).encode(), "message": message, "signature": der(signature)}
        for name, content in files.items():
            (self.folder / name).write_bytes(content)
        command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -digest sm3 -in message -sigfile signature"
        command += " -pkeyopt distid:1234567812345678"
        done = subprocess.run(command.split(), cwd=self.folder, capture_output=True, text=True)
        self.assertEqual("Verified Successfully" in done.stdout, bool(by_gmssl), done)
        return bool(by_gmssl)

    def check(self, point, message, signature):
        self.assertEqual(len(signature), 64)
        self.assertTrue(self.verify(point, message, signature))
        self.assertFalse(self.verify(point, message + b"\0", signature))
        self.assertFalse(self.verify(point, message, signature[:63] + bytes([signature[63] ^ 1])))
        self.assertFalse(self.verify(public(7), message, signature))

    def check_message(self, message, point):
        """Verifies a COSE_Sign1 and gives its claims."""
        decoded = cbor2.loads(message)
        self.assertEqual(decoded.tag, 18)
        protected, unprotected, payload, signature = decoded.value
        name = hashlib.sha256(cbor2.dumps(-132918) + point).digest()[:8]
        self.assertEqual((cbor2.loads(protected), unprotected), ({1: -132918, 4: name}, {}))
        signed = cbor2.dumps(["Signature1", protected, b"", payload])
        self.check(uncompressed(point), signed, signature)
        return cbor2.loads(payload)

    def test_a_token_is_verified(self):
        minted = json.loads(wenhui("token", "mint", "1", "--clock", self.CLOCK, "--json", *self.data))
        token = base45(minted["token"].removeprefix("WH1:"))
        self.assertEqual(len(token), 120)
        claims = self.check_message(token, bytes.fromhex(self.key["publicKey"]))
        self.assertEqual(claims[-65537], 370782 << 32 | 1)

    def test_a_key_list_is_verified(self):
        wenhui("key", "publish", self.folder / "list", "--clock", self.CLOCK, *self.data)
        [list_key] = [key["key"] for key in self.keys["keys"] if key["use"] == "key lists"]
        claims = self.check_message((self.folder / "list").read_bytes(), bytes.fromhex(list_key))
        [listed] = claims[-65553]
        self.assertEqual((listed[2], listed[3].hex()), (-132918, self.key["publicKey"]))

    def test_exported_keys_are_the_key(self):
        point = uncompressed(bytes.fromhex(self.key["publicKey"]))
        exported = wenhui("key", "export", self.key["id"], *self.data)
        self.assertEqual("".join(exported.split()), "".join(pem(point).split()))
        command = ["openssl", "pkey", "-pubin", "-noout", "-text"]
        shown = subprocess.run(command, input=exported, check=True, capture_output=True, text=True).stdout
        self.assertIn("SM2", shown)
        self.assertIn(point.hex(), "".join(shown.split()).replace(":", ""))
        key = cbor2.loads(bytes.fromhex(wenhui("key", "export", self.key["id"], "--format", "cose", *self.data)))
        expected = {1: 2, 2: bytes.fromhex(self.key["id"]), 3: -132918, -1: -132918}
        self.assertEqual(key, expected | {-2: point[1:33], -3: point[33:]})

    def test_a_checkpoint_is_verified(self):
        text, lines = wenhui("audit", "checkpoint", *self.data).split("\n\n")
        verifiers = wenhui("key", "list", "--note", *self.data).split()
        self.assertEqual((len(lines.splitlines()), len(verifiers)), (2, 2))
        name, name_id, encoded = verifiers[1].split("+", 2)
        encoded = base64.b64decode(encoded)
        self.assertEqual(encoded[:-33], b"\xff" + b"wenhui/sm2-with-sm3/v1")
        key_id = hashlib.sha256(name.encode() + b"\n" + encoded).digest()[:4]
        self.assertEqual(key_id.hex(), name_id)
        dash, signer_name, signature = lines.splitlines()[1].split(" ")
        signature = base64.b64decode(signature)
        self.assertEqual((dash, signer_name, signature[:4]), ("—", name, key_id))
        self.check(uncompressed(encoded[-33:]), text.encode() + b"\n", signature[4:])

    def test_its_keys_follow_from_the_folders_key(self):
        tokens = derived(derived(self.secret, b"tokens"), b"370782")
        for use, key in ((b"issuer 0", self.key["publicKey"]), (b"key list", self.keys["keys"][2]["key"])):
            scalar = int.from_bytes(derived(derived(tokens, use), b"SM2 0"), "big")
            self.assertEqual(public(scalar), uncompressed(bytes.fromhex(key)))

    def test_a_typed_code_is_of_its_mac(self):
        minted = json.loads(wenhui("token", "mint", "1", "--clock", self.CLOCK, "--json", *self.data))
        slot = int(datetime.fromisoformat(self.CLOCK).timestamp()) // 30
        message = (370782 << 32 | 1).to_bytes(8, "big") + slot.to_bytes(4, "big")
        tokens = derived(derived(self.secret, b"tokens"), b"370782")
        value = int.from_bytes(hmac(derived(tokens, b"wenhui typed code v1"), b"\7" + message)[:8], "big")
        digits = "".join(filter(str.isdigit, minted["code"]))
        self.assertEqual(digits[:18], f"{1:010d}{value % 10**8:08d}")

    def opened(self, found, context):
        """What was sealed for the vault, after checking its MAC."""
        key, counter = derived(self.secret, b"sealing"), found[:16]
        plain = counter_mode(derived(key, b"SM4-CTR")[:16], counter, found[16:-32])
        self.assertEqual(found, sealed(key, counter, plain, context))
        return plain

    def test_names_are_committed_to_by_sm3(self):
        with sqlite3.connect(self.folder / "data/vault.db") as vault:
            entries = vault.execute("SELECT commitment, sealed FROM entries").fetchall()
        texts = []
        for commitment, found in entries:
            salted = self.opened(found, cbor2.dumps(370782) + commitment)
            self.assertEqual(commitment, digest(salted)[:16])
            texts.append(salted[16:].decode())
        self.assertIn("演练剧场有限公司", texts)

    def test_a_resident_is_found_and_opened(self):
        ledger = cbor2.dumps(370782)
        identity = hmac(derived(self.secret, b"authentication"), b"\3" + ledger + self.RESIDENT.encode())[:16]
        with sqlite3.connect(self.folder / "data/vault.db") as vault:
            [(found,)] = vault.execute("SELECT sealed FROM residents WHERE identity = ?", [identity])
        details = cbor2.loads(self.opened(found, ledger + identity))
        self.assertEqual(details[:2], ["演练一号", self.RESIDENT])


if __name__ == "__main__":
    print(f"guomi_test: SEED={SEED}")
    unittest.main()
