"""Checks a log that `wenhui audit export` wrote, with nothing of Wenhui's.

    pip install 'pymerkle>=7' cryptography
    python3 audit_log.py ./log-370782 --key wenhui/370782+…  [--receipt r.tlog-proof]

It reads C2SP tlog-tiles, tlog-checkpoint, signed-note and tlog-proof. pymerkle makes the root from
the entries, cryptography verifies the signature, and the hash tiles are compared with ones made here. It does not
decide the events again: that every balance follows from them, `wenhui audit verify` shows. Exit code 1 and a
sentence where anything differs.
"""

import argparse
import base64
import hashlib
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pymerkle import InmemoryTree


def require(condition, sentence):
    if not condition:
        sys.exit(f"refused: {sentence}")


def digest(*parts):
    return hashlib.sha256(b"".join(parts)).digest()  # of b"\0" and an entry, of b"\1" and two digests


def decoded(text, what):
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        sys.exit(f"refused: {what} is not base64")


def opened(note, key):
    """The origin, size and root that a signed note states, once the key's signature on it is verified."""
    name, key_id, material = key.split("+", 2)
    material = decoded(material, "the key")
    require(len(material) == 33 and material[0] == 1, "the key is no Ed25519 key of a log")
    expected = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
    require(expected.hex() == key_id, "the key's id is not that of its name and bytes")
    require(b"\n\n" in note and note.endswith(b"\n"), "the checkpoint is no signed note")
    end = note.rindex(b"\n\n") + 1
    signed, signatures = note[:end], [line.split(" ") for line in note[end + 1 :].decode().splitlines()]
    mine = [decoded(words[2], "the checkpoint's signature") for words in signatures if words[:2] == ["—", name]]
    mine = [signature for signature in mine if signature[:4] == expected]
    require(mine, f"the checkpoint is not signed by {name} with this key")
    for signature in mine:
        try:
            Ed25519PublicKey.from_public_bytes(material[1:]).verify(signature[4:], signed)
        except InvalidSignature:
            sys.exit("refused: the checkpoint's signature is bad")
    lines = signed.decode().splitlines()
    require(len(lines) == 3 and lines[0] == name, f"the checkpoint is not of the log {name}")
    return int(lines[1]), decoded(lines[2], "the root")


def tile_path(kind, index, width):
    digits = f"{index % 1000:03}"
    while index := index // 1000:
        digits = f"x{index % 1000:03}/{digits}"
    return f"tile/{kind}/{digits}" + (f".p/{width}" if width < 256 else "")


def contents(folder, path):
    require((folder / path).is_file(), f"{path} is missing")
    return (folder / path).read_bytes()


def entries(folder, size):
    """Every entry of the log in order; in the files each comes after its length in two bytes."""
    for index in range((size + 255) // 256):
        width = min(256, size - index * 256)
        path = tile_path("entries", index, width)
        bundle, at = contents(folder, path), 0
        for _ in range(width):
            length = int.from_bytes(bundle[at : at + 2], "big")
            require(0 < length <= len(bundle) - at - 2, f"{path} is cut off or no entry bundle")
            yield bundle[at + 2 : at + 2 + length]
            at += 2 + length
        require(at == len(bundle), f"{path} is longer than its entries")


def check_tiles(folder, leaves):
    """Compares every hash tile with the one that the leaves give: 256 hashes a tile, eight levels apart."""
    hashes, level = leaves, 0
    while hashes:
        for index in range((len(hashes) + 255) // 256):
            tile = hashes[index * 256 : index * 256 + 256]
            path = tile_path(level, index, len(tile))
            stored = contents(folder, path)
            wrong = next((i for i, made in enumerate(tile) if stored[i * 32 : i * 32 + 32] != made), None)
            require(wrong is None, f"{path} has another hash in place {wrong} than the entries give")
            require(len(stored) == 32 * len(tile), f"{path} is longer than it should be")
        for _ in range(8):  # A node exists where both of its children do: nothing partial goes up.
            hashes = [digest(b"\1", *hashes[i : i + 2]) for i in range(0, len(hashes) - 1, 2)]
        level += 1


def check_receipt(receipt, key, known):
    """Verifies a tlog-proof alone, and where its checkpoint is the log's, that it is of the same tree."""
    head, note = receipt.split(b"\n\n", 1)
    lines = head.decode().splitlines()
    names = [lines[0], lines[1][:6], lines[2][:6]]
    require(names == ["c2sp.org/tlog-proof@v1", "extra ", "index "], "the receipt is no tlog-proof of ours")
    index, path = int(lines[2][6:]), [decoded(line, "a hash") for line in lines[3:]]
    size, root = opened(note, key)
    require(index < size, f"the receipt's event {index} is beyond the {size} of its checkpoint")
    made, place, last = digest(b"\0", decoded(lines[1][6:], "the event")), index, size - 1  # RFC 9162, 2.1.3.2
    for sibling in path:
        require(last > 0, "the receipt's path is too long")
        if place % 2 or place == last:
            made = digest(b"\1", sibling, made)
            while not place % 2 and place:
                place, last = place // 2, last // 2
        else:
            made = digest(b"\1", made, sibling)
        place, last = place // 2, last // 2
    require(last == 0 and made == root, f"the receipt does not show that its event is number {index} of the log")
    require(size != known[0] or root == known[1], "the receipt's checkpoint is of another tree of the same size")
    print(f"the receipt's event {index} is in the log")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the exported log")
    parser.add_argument("--key", required=True, help="the log's verifier key, not taken from the folder")
    parser.add_argument("--receipt", type=Path, help="a receipt to verify, too")
    arguments = parser.parse_args()
    try:
        size, root = opened(contents(arguments.folder, "checkpoint"), arguments.key)
        tree, leaves = InmemoryTree(algorithm="sha256", disable_security=False), []  # prefixes 0x00 and 0x01
        for entry in entries(arguments.folder, size):
            tree.append_entry(entry)
            leaves.append(digest(b"\0", entry))
        check_tiles(arguments.folder, leaves)
        require(size == 0 or tree.get_root() == root, "the entries do not give the checkpoint's root")
        print(f"{size} events, root {root.hex()}: entries, tiles and signature agree")
        if arguments.receipt:
            check_receipt(arguments.receipt.read_bytes(), arguments.key, (size, root))
    except (ValueError, IndexError, OSError) as error:
        sys.exit(f"refused: {error}")


main()
