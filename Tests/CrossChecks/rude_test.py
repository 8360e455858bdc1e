"""Clients that no server wishes for, over loopback: thousands that say nothing, some that drip, some that never read.

While they are there, an honest till redeems, and is answered every time; and what they do is ended or answered plainly.
Bounded in number and time: about a minute.
"""

import concurrent.futures
import os
import random
import resource
import socket
import sys
import tempfile
import threading
import time

from history_test import BASE, Client, Server, THRESHOLD, identity_number, prepare

IDLE = 10_000
# The server keeps some of its files for other things than connections.
SPARE = 1_000


def demand(holds, *sentence):
    if not holds:
        sys.exit("rude: " + " ".join(str(word) for word in sentence))


class Honest:
    """A till that claims and redeems, one after another, and remembers how long each took."""

    def __init__(self, server, key):
        self.client = Client(server, key, 1)
        self.ending = threading.Event()
        self.waits = []
        self.fault = None
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        number = 0
        try:
            while not self.ending.is_set():
                number += 1
                began = time.monotonic()
                claim = {"batch": "1", "resident": identity_number(number % 600)}
                status, claimed, _ = self.client.ask("POST", "/claims", claim, f"claim-{number}", timeout=20)
                assert status == 201, claimed
                sale = {"voucher": claimed["voucher"], "outlet": "YL-0001", "bill": THRESHOLD, "order": f"o-{number}"}
                status, redeemed, _ = self.client.ask("POST", "/redemptions", sale, f"redeem-{number}", timeout=20)
                assert status == 201, redeemed
                self.waits.append(time.monotonic() - began)
                time.sleep(0.02)
        except Exception as error:  # noqa: BLE001  # told by the main thread
            self.fault = error

    def well(self, during):
        """Whether it has been answered since it was asked last."""
        count = len(self.waits)
        deadline = time.monotonic() + 20
        while len(self.waits) < count + 20 and not self.fault and time.monotonic() < deadline:
            time.sleep(0.05)
        demand(not self.fault, "an honest till during", during, "got:", self.fault)
        demand(len(self.waits) >= count + 20, "an honest till waits during", during)


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def ended(connection, seconds):
    """What it says until it ends; ends it itself never."""
    connection.settimeout(seconds)
    said = b""
    try:
        while part := connection.recv(65_536):
            said += part
    except (ConnectionResetError, BrokenPipeError):
        pass
    except TimeoutError:
        return None
    return said


def drip(port, pieces):
    """Sends a piece every half second, until it is cut off; what it was told."""
    with connect(port) as connection:
        for piece in pieces:
            try:
                connection.sendall(piece)
                time.sleep(0.5)
                connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
                break  # It was told something, or cut off.
            except BlockingIOError:
                continue
            except OSError:
                break
        return ended(connection, 60)


def head(key, length):
    return (
        f"POST {BASE}/redemptions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: k\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def broken(port, key, chance):
    """Requests that are none; each is answered with 4xx or cut off."""
    noise = bytes(chance.randrange(256) for _ in range(2_000))
    for name, bytes_ in {
        "noise": noise,
        "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + noise[:300],
        "a header of 40 KB": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
        "200 headers": b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n",
        "two lengths": head(key, 2)[:-2] + b"Content-Length: 3\r\n\r\n{}x",
        "a length and chunks": head(key, 2)[:-2] + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "a negative length": head(key, -1),
        "no version": b"GET /\r\n\r\n",
        "a body too long": head(key, 1_000_000) + b"x" * 1_000_000,
        "not UTF-8": head(key, 4) + b"{\xff\xfe}",
        "deep JSON": head(key, 60_000) + b"[" * 60_000,
    }.items():
        with connect(port) as connection:
            try:
                connection.sendall(bytes_)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            said = ended(connection, 20)
            demand(said is not None, name, "is neither answered nor cut off")
            demand(not said or said.startswith(b"HTTP/1.1 4"), name, "is answered", said[:100])


def main():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < IDLE + SPARE:
        try:
            hard = IDLE + SPARE
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (OSError, ValueError):
            sys.exit(f"rude: fewer than {hard} files may be open here; raise the limit (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as folder:
        server = Server(os.path.join(folder, "data"))
        keys = prepare(server.data, folder)
        demand(server.start(), "the server does not start")
        honest = Honest(server, keys["till"])
        idle = []
        try:
            honest.well("peace")
            with concurrent.futures.ThreadPoolExecutor(64) as pool:
                # They drip while everything else goes on.
                slow = [pool.submit(drip, server.port, [bytes([byte]) for byte in head(keys["till"], 90) * 2]) for _ in range(20)]
                slow += [
                    pool.submit(drip, server.port, [head(keys["till"], 900)] + [b" "] * 200) for _ in range(20)
                ]
                for _ in range(IDLE):
                    idle.append(connect(server.port))
                print(f"rude: {len(idle)} connections say nothing", flush=True)
                honest.well(f"{IDLE} idle connections")
                # A reader that never reads: a long page, asked for again and again.
                deaf = connect(server.port)
                deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
                page = f"GET {BASE}/events?limit=500 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {keys['reader']}\r\n\r\n"
                deaf.setblocking(False)
                for _ in range(200):
                    try:
                        deaf.send(page.encode())
                    except BlockingIOError:
                        break
                honest.well("a reader that never reads")
                broken(server.port, keys["till"], random.Random(1))
                honest.well("broken requests")
                for said in (future.result() for future in slow):
                    demand(said is not None, "a client that drips is not cut off")
                    demand(not said or b" 408 " in said[:20] or b" 400 " in said[:20], "a client that drips is told", said[:100])
            deadline = time.monotonic() + 60
            left = len(idle)
            while left and time.monotonic() < deadline:
                left = sum(1 for connection in idle if not is_over(connection))
                time.sleep(0.5)
            demand(left == 0, left, "idle connections are never ended")
            honest.well("the end")
            deaf.close()
        finally:
            honest.ending.set()
            honest.thread.join()
            for connection in idle:
                connection.close()
            server.process.terminate()
            status = server.process.wait(timeout=120)
        demand(status == 0, "the server ended with", status)
        waits = sorted(honest.waits)
        print(f"rude: {len(waits)} claims and redemptions meanwhile, the slowest {waits[-1] * 1000:.0f} ms; all were answered")


def is_over(connection):
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


if __name__ == "__main__":
    main()
