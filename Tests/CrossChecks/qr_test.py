#!/usr/bin/env python3
"""Shows that ZXing and ZBar read our QR codes: from PNG at several sizes, turned, and from what a terminal shows.

    WENHUI=.build/release/wenhui python3 Tests/CrossChecks/qr_test.py

The codes come from CrossCheckDriver, which is built beside wenhui; zbarimg from Debian's zbar-tools. The texts come
from a generator whose seed is printed; SEED=… repeats a run.
"""

import io
import os
import random
import re
import subprocess
import unittest
from pathlib import Path

import zxingcpp
from PIL import Image

DRIVER = Path(os.environ.get("WENHUI", "wenhui")).with_name("CrossCheckDriver")
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVELS = "LMQH"
SCALES = [2, 3, 4, 8, 16]


def ours(*questions):
    """The answers to questions of a verb and byte strings; None where something was refused."""
    lines = [" ".join([verb, *(word.hex() or "-" for word in words)]) for verb, *words in questions]
    done = subprocess.run([DRIVER], input="\n".join(lines) + "\n", check=True, capture_output=True, text=True)
    answers = done.stdout.split()
    assert len(answers) == len(lines), done
    return [None if answer == "no" else bytes.fromhex(answer.strip("-")) for answer in answers]


def zxing(image):
    """What ZXing reads: the text, the level and the version."""
    return [(found.text, found.ec_level) for found in zxingcpp.read_barcodes(image, zxingcpp.BarcodeFormat.QRCode)]


def zbar(png):
    """What ZBar reads from the bytes of a PNG."""
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-Sbinary", "-"]
    return subprocess.run(command, input=png, capture_output=True).stdout


def terminal_screen(text):
    """What a terminal shows of half blocks in black on white, which ESC [7m swaps and ESC [27m swaps back."""
    rows = []
    for line in text.splitlines():
        swapped, upper, lower = False, [], []
        for escape, block in re.findall("(\x1b\\[[0-9;]*m)|(.)", line):
            if escape:
                swapped = escape == "\x1b[7m"
                continue
            ink, paper = (255, 0) if swapped else (0, 255)
            upper.append({"▀": ink, " ": paper}[block])
            lower.append(paper)
        rows += [upper, lower]
    image = Image.new("L", (len(rows[0]), len(rows)))
    image.putdata([pixel for row in rows for pixel in row])
    return image


class QRTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(f"{SEED} {self.id()}")

    def texts(self):
        yield from ("W", "0123456789", "文惠券 ¥50.00", "wenhui 370782 café")
        for length in (20, 144, 178, 300, 900):
            yield "".join(self.random.choices(ALPHANUMERIC, k=length))

    def test_both_read_every_size_and_level(self):
        for text in self.texts():
            for level in range(4):
                questions = [("qr-png", text.encode(), bytes([level]), bytes([scale])) for scale in SCALES]
                for scale, png in zip(SCALES, ours(*questions)):
                    with self.subTest(text=text, level=LEVELS[level], scale=scale):
                        image = Image.open(io.BytesIO(png))
                        self.assertEqual((image.format, image.mode, image.width % scale), ("PNG", "P", 0))
                        self.assertEqual(zxing(image.convert("L")), [(text, LEVELS[level])])
                        self.assertEqual(zbar(png), text.encode())

    def test_both_read_a_turned_and_grey_picture(self):
        text = "".join(self.random.choices(ALPHANUMERIC, k=178))
        [png] = ours(("qr-png", text.encode(), b"\1", b"\6"))
        for angle in (7, 45, 90, 200):
            image = Image.open(io.BytesIO(png)).convert("L").point(lambda value: 40 + value * 150 // 255)
            turned = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=190)
            file = io.BytesIO()
            turned.save(file, "PNG")
            self.assertEqual([found for found, _ in zxing(turned)], [text])
            self.assertEqual(zbar(file.getvalue()), text.encode())

    def test_both_read_what_a_terminal_shows(self):
        for length in (20, 178):
            text = "".join(self.random.choices(ALPHANUMERIC, k=length))
            [shown] = ours(("qr-terminal", text.encode(), b"\1"))
            image = terminal_screen(shown.decode())
            image = image.resize((image.width * 8, image.height * 8), Image.Resampling.NEAREST)
            file = io.BytesIO()
            image.save(file, "PNG")
            self.assertEqual([found for found, _ in zxing(image)], [text])
            self.assertEqual(zbar(file.getvalue()), text.encode())

    def test_a_token_of_178_characters_is_version_7(self):
        texts = ["".join(self.random.choices(ALPHANUMERIC, k=length)).encode() for length in (178, 179)]
        self.assertEqual(ours(*(("qr-version", text, b"\1") for text in texts)), [b"\7", b"\x08"])


if __name__ == "__main__":
    print(f"qr_test: SEED={SEED}")
    unittest.main()
