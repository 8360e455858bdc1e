#!/usr/bin/env python3
"""Shows that our SM2, SM3, SM4 and HMAC-SM3 and those of gmssl, which is Python from end to end, agree.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/guomi_test.py

Ours answer through CrossCheckDriver, which is built beside wenhui. The numbers come from a generator whose seed is
printed; SEED=… repeats a run.
"""

import os
import random
import subprocess
import unittest
from pathlib import Path

from gmssl import sm2, sm3, sm4

DRIVER = Path(os.environ.get("WENHUI", "wenhui")).with_name("CrossCheckDriver")
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
ORDER = int(sm2.default_ecc_table["n"], 16)
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


if __name__ == "__main__":
    print(f"guomi_test: SEED={SEED}")
    unittest.main()
