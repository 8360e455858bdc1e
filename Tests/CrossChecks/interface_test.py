"""Schemathesis against the running server: whatever it thinks up from Schema/openapi.yaml is answered as described there.

Thousands of requests, valid and broken, at every operation; the seed is fixed. A longer run is a command of its own:
    WENHUI=.build/release/wenhui .build/python/bin/python Tests/CrossChecks/interface_test.py --examples 500 --seed 7
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
LEDGER = "370782"


def wenhui(data, *arguments):
    done = subprocess.run([os.environ["WENHUI"], *arguments, "--data", data], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"wenhui {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def prepare(data):
    """A practice ledger with money in a fund, and a key that may do everything."""
    wenhui(data, "init")
    wenhui(data, "ledger", "open", LEDGER, "--name", "演练县", "--practice")
    wenhui(data, "fund", "create", "--level", "county", "--year", "2026", "--treasury", "演练国库", "--document", "演练1号")
    wenhui(data, "fund", "appropriate", "1", "100000.00", "--reference", "演练拨款")
    scopes = set(re.findall(r"x-scope: (\S+)", (ROOT / "Schema/openapi.yaml").read_text()))
    # What is only a person's to do is no key's.
    scopes = sorted(scopes - {"session", "own", "accounts", "terminals"})
    scopes = [option for scope in scopes for option in ("--scope", scope)]
    return json.loads(wenhui(data, "api-key", "create", "schemathesis", "--json", *scopes))["key"]


def code(secret, step):
    """What an authenticator shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    number = int.from_bytes(mac[mac[19] & 15 :][:4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def sign_in(data, address):
    """An administrator who is signed in: the headers that their browser sends."""
    wenhui(data, "account", "grant", "admin", "--role", "administrator")
    invitation = json.loads(wenhui(data, "account", "invite", "admin", "--json"))["code"]

    def post(path, **fields):
        request = urllib.request.Request(
            f"{address}/v1/ledgers/{LEDGER}/{path}", json.dumps(fields).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer), answer.headers["Set-Cookie"]

    password = "four words of nobody"
    secret = post("enrolments", account="admin", invitation=invitation, password=password)[0]["secret"]
    step = int(time.time()) // 30
    post("enrolments/confirmation", account="admin", invitation=invitation, code=code(secret, step - 1))
    signed, cookie = post("sign-in", account="admin", password=password, code=code(secret, step))
    return [f"Cookie: {cookie.split(';')[0]}", f"X-CSRF-Token: {signed['forgeryToken']}"]


def run(address, headers, folder, examples, seed, *more, without=()):
    config = pathlib.Path(folder) / "schemathesis.toml"
    config.write_text(f'[parameters]\n"path.ledger" = "{LEDGER}"\n')
    done = subprocess.run(
        [
            pathlib.Path(sys.executable).parent / "schemathesis", "--config-file", config, "run",
            ROOT / "Schema/openapi.yaml", "--url", f"{address}/v1",
            *[option for header in headers for option in ("-H", header)], *more,
            "--phases", "examples,coverage,fuzzing", "--max-examples", str(examples), "--seed", str(seed),
            # The ledger refuses most of what is well-formed: that is its work.
            # A stream has no end to wait for.
            "--exclude-operation-id", "followEvents",
            # Event 0 is always there: it takes its own broken ledger, which the setting above mends, for one that was taken.
            "--exclude-operation-id", "getReceipt",
            "--exclude-checks", ",".join(["positive_data_acceptance", *without]), "--workers", "1", "--no-color",
        ],
        capture_output=True, text=True, cwd=folder,
    )
    print(done.stdout[done.stdout.find("=== SUMMARY") :])
    if done.returncode != 0:
        print(done.stdout[:20_000])
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        key = prepare(data)
        server = subprocess.Popen(
            # It tries every operation without a key too, more often than anybody honest would.
            [
                os.environ["WENHUI"], "serve", "--port", "0", "--data", data,
                "--rate", "1000000", "--strangers", "1000000",
            ],
            stdout=subprocess.PIPE, text=True,
        )
        try:
            port = re.search(r"port (\d+)", server.stdout.readline()).group(1)
            address = f"http://127.0.0.1:{port}"
            passed = run(
                address, [f"Authorization: Bearer {key}"], folder, arguments.examples, arguments.seed)
            # What is only a person's to do, as a person; who signs out has nothing to show for the rest.
            passed = run(
                address, sign_in(data, address), folder, arguments.examples, arguments.seed,
                "--include-tag", "Access 账号与终端", "--exclude-operation-id", "signOut",
                # Where it invents another way to show who it is, the cookie is still there, and good.
                without=["ignored_auth"],
            ) and passed
            with urllib.request.urlopen(f"{address}/health/ready") as answer:
                passed = passed and answer.status == 200
        finally:
            server.terminate()
            passed = server.wait(timeout=60) == 0 and passed
        # Whatever was accepted, the book balances.
        wenhui(data, "book", "check")
    sys.exit(0 if passed else "the server does not answer as Schema/openapi.yaml says")


if __name__ == "__main__":
    main()
