"""Tries to make the server lose, repeat or invent money, and then reads the whole log to see whether it did.

Clients claim, redeem, hold, capture, void and refund at the same time, at the same vouchers, through connections that they
cut; the server is killed, stopped, frozen and given a full disk meanwhile, and started again. Whoever got no answer asks
again under the same key at the end. Then, from the feed of events alone (this file shares no code with the server):

- every answer that was given is in the log exactly once, as it was given; and nothing else is;
- what was answered before something was asked comes before it in the log (strict serialisability);
- a model of vouchers written here agrees with every decision, and nothing was issued beyond the quota;
- the postings, added up here, are the trial balance; and no account but a payable is ever below zero;
- the program's own checks pass: the invariants, the replay of every decision, and the auditor's verification of a copy.

The short run is a test; the long one is tools/soak:
    WENHUI=.build/release/wenhui .build/python/bin/python Tests/CrossChecks/history_test.py --minutes 60 --seed 7
"""

import argparse
import collections
import datetime
import http.client
import itertools
import json
import os
import pathlib
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

from interface_test import LEDGER, wenhui

BASE = f"/v1/ledgers/{LEDGER}"
FACE, THRESHOLD = 3_000, 10_000
# How long an authorisation holds: short, so that a longer run sees some that end by time.
LIFETIME = datetime.timedelta(minutes=1)
FAULTS = ("kill", "freeze", "full disk", "stop")
MONEY = ("issue", "redeem", "authorise", "capture", "void", "refund")

RULE = """
name: 演练满100减30
document: 演练〔2026〕1号
kind: threshold
faces: [30.00]
threshold: 100.00
validity: 300d
limits:
  one-voucher-per-sale: true
refund: reinstate-when-whole
lapse: batch
"""


class Broken(Exception):
    """What the ledger has done and may never do."""


def demand(holds, *sentence):
    if not holds:
        raise Broken(" ".join(str(word) for word in sentence))


def identity_number(index):
    """An invented person's, with the check digit of GB 11643."""
    body = f"999900{1950 + index % 50}{1 + index // 50 % 12:02}{1 + index // 600 % 28:02}{index % 1000:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights)) % 11]


class Server:
    """The program under test, and what is done to it."""

    def __init__(self, data):
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = None
        self.done = collections.Counter()

    def start(self, file_limit=None):
        """Whether it says that it listens."""
        def limit():
            if file_limit:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

        self.process = subprocess.Popen(
            [
                os.environ["WENHUI"], "serve", "--port", str(self.port), "--data", self.data,
                "--rate", "1000000", "--strangers", "1000000", "--log", "error",
            ],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=limit,
        )
        return "listening" in self.process.stdout.readline()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def fault(self, name, chance):
        """Does one thing to the server; it runs again when this returns."""
        self.done[name] += 1
        if name == "kill":
            self.kill()
        elif name == "stop":
            self.process.terminate()
            demand(self.process.wait(timeout=120) == 0, "a server that was told to stop did not end well")
        elif name == "freeze":
            self.process.send_signal(signal.SIGSTOP)
            time.sleep(chance.uniform(0.3, 4))
            return self.process.send_signal(signal.SIGCONT)
        elif name == "full disk":
            # Files may grow by so much and no more, as on a disk that is full: appends fail in the middle.
            self.kill()
            sizes = [path.stat().st_size for path in pathlib.Path(self.data).rglob("*") if path.is_file()]
            self.start(file_limit=max(sizes) + chance.randrange(1 << 18))
            time.sleep(chance.uniform(1, 3))
            self.kill()
        demand(self.start(), "the server does not start again after", name)


class Gone(Exception):
    """No answer came."""


class Client:
    """Somebody with a key and a connection of their own."""

    def __init__(self, server, key, seed):
        self.server = server
        self.key = key
        self.chance = random.Random(seed)
        self.connection = None

    def ask(self, method, path, body=None, key=None, cut=False, timeout=3.0, type="application/json"):
        """Status and document; raises where it is not known what came of it."""
        headers = {"Authorization": f"Bearer {self.key}"}
        if key:
            headers["Idempotency-Key"] = key
        if body is not None:
            headers["Content-Type"] = type
            body = json.dumps(body).encode() if type == "application/json" else body.encode()
        try:
            if not self.connection:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=timeout)
            self.connection.request(method, BASE + path, body, headers)
            if cut:
                raise Gone
            answer = self.connection.getresponse()
            text = answer.read()
            replayed = answer.headers.get("Idempotency-Replayed") == "true"
            return answer.status, json.loads(text), replayed
        except (OSError, http.client.HTTPException, Gone) as error:
            if self.connection:
                self.connection.close()
            self.connection = None
            raise Gone from error


class Operation:
    """One request that may change something, asked as often as it takes under one key."""

    __slots__ = ("kind", "key", "path", "body", "asked", "answered", "answer")

    def __init__(self, kind, key, path, body):
        self.kind, self.key, self.path, self.body = kind, key, path, body
        self.asked = self.answered = self.answer = None

    def attempt(self, client, cut=False):
        """Whether its outcome is known now."""
        began = time.monotonic()
        self.asked = self.asked or began
        try:
            status, document, replayed = client.ask("POST", self.path, self.body, self.key, cut)
        except Gone:
            return False
        if status in (500, 503):
            # Nothing is known of what was asked, or it was not even tried.
            return False
        demand(status in (200, 201, 404, 422), self.kind, "was answered", status, document)
        self.answered = time.monotonic()
        self.answer = (status, document)
        return True


class World:
    """What the clients share: vouchers to fight over, and what has been done."""

    def __init__(self, server, keys, seed):
        self.server = server
        self.keys = keys
        self.seed = seed
        self.operations = []
        self.vouchers = collections.deque(maxlen=400)
        self.held = collections.deque(maxlen=100)
        self.redeemed = collections.deque(maxlen=200)
        self.ending = threading.Event()
        self.faults = []
        self.count = itertools.count(1)

    def operation(self, chance, name):
        """Something that somebody might do now."""
        roll = chance.random()
        key = f"{name}-{next(self.count)}"
        if roll < 0.3 or not self.vouchers:
            resident = identity_number(chance.randrange(PEOPLE))
            return Operation("issue", key, "/claims", {"batch": "1", "resident": resident})
        sale = {
            "voucher": chance.choice(self.vouchers), "outlet": chance.choice(("YL-0001", "YL-0002")),
            "bill": chance.choice((THRESHOLD - 1, THRESHOLD, 12_345)), "order": key,
        }
        if roll < 0.62:
            return Operation("redeem", key, "/redemptions", sale)
        if roll < 0.76 or not (self.held and self.redeemed):
            return Operation("authorise", key, "/authorisations", sale)
        if roll < 0.84:
            held, order = chance.choice(self.held)
            return Operation("capture", key, f"/authorisations/{held}/capture", {"bill": THRESHOLD, "order": order})
        if roll < 0.88:
            return Operation("void", key, f"/authorisations/{chance.choice(self.held)[0]}/void", None)
        redemption, bill = chance.choice(self.redeemed)
        part = chance.choice((bill, bill, 1 + chance.randrange(bill)))
        return Operation("refund", key, f"/redemptions/{redemption}/refunds", {"bill": part})

    def remember(self, operation):
        status, document = operation.answer
        if status not in (200, 201):
            return
        if operation.kind == "issue":
            self.vouchers.append(document["voucher"])
        elif operation.kind == "authorise":
            self.held.append((document["authorisation"], operation.body["order"]))
        elif operation.kind in ("redeem", "capture"):
            self.redeemed.append((document["redemption"], operation.body["bill"]))

    def client(self, index):
        client = Client(self.server, self.keys["till"], self.seed * 1_000 + index)
        chance = client.chance
        mine = []
        try:
            while not self.ending.is_set():
                operation = self.operation(chance, f"c{index}")
                mine.append(operation)
                known = operation.attempt(client, cut=chance.random() < 0.03)
                while not known and chance.random() < 0.7 and not self.ending.is_set():
                    time.sleep(chance.uniform(0, 0.2))
                    known = operation.attempt(client)
                if known:
                    self.remember(operation)
                else:
                    time.sleep(0.05)
        except Exception as error:  # noqa: BLE001  # told by the main thread
            self.faults.append(error)
        self.operations.append(mine)

    def office(self):
        """Beside the tills: reads, a settlement, a backup."""
        client = Client(self.server, self.keys["office"], self.seed)
        checker = Client(self.server, self.keys["checker"], self.seed)
        chance = client.chance
        for number in itertools.count(1):
            if self.ending.wait(chance.uniform(0.5, 2)):
                return
            try:
                client.ask("GET", "/book/trial-balance", timeout=30)
                client.ask("GET", f"/transactions?limit=50&from={chance.randrange(1_000)}")
                day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600 - 86_400))
                status, built, _ = client.ask("POST", "/settlements", {"through": day}, f"office-{number}")
                if status == 201:
                    path = f"/settlements/{built['settlement']}"
                    client.ask("POST", f"{path}/seal", None, f"seal-{number}")
                    checker.ask("POST", f"{path}/rejection", None, f"reject-{number}")
                if number % 20 == 0:
                    with tempfile.TemporaryDirectory() as folder:
                        wenhui(self.server.data, "backup", os.path.join(folder, "backup"))
            except (Gone, RuntimeError):
                continue


PEOPLE = 600
QUOTA = 1_000_000


def prepare(data, folder):
    """A practice ledger with one open batch, outlets and people; keys by whose they are."""
    wenhui(data, "init")
    wenhui(data, "ledger", "open", LEDGER, "--name", "演练县", "--practice")
    wenhui(data, "fund", "create", "--level", "county", "--year", "2026", "--treasury", "演练国库", "--document", "演练1号")
    money = f"{QUOTA * FACE // 100}.00"
    wenhui(data, "fund", "appropriate", "1", money, "--reference", "演练拨款")
    fixtures = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/registry"
    wenhui(data, "merchant", "import", str(fixtures / "merchants.csv"))
    wenhui(data, "outlet", "import", str(fixtures / "outlets.csv"))
    people = pathlib.Path(folder) / "people.csv"
    rows = {identity_number(index): index for index in range(PEOPLE)}
    people.write_text("name,id_number,phone\n" + "".join(f"演练{index}号,{number},\n" for number, index in rows.items()))
    wenhui(data, "resident", "import", str(people))
    rule = pathlib.Path(folder) / "rule.yaml"
    rule.write_text(RULE)
    wenhui(data, "programme", "submit", str(rule))
    wenhui(data, "programme", "approve", "1", "--as", "approver")
    wenhui(data, "ledger", "set", "allocation.maximum", str(QUOTA * FACE))
    wenhui(data, "ledger", "set", "authorisation.lifetime", "1")
    wenhui(data, "programme", "allocate", "1", "--fund", "1", money)
    now = time.time()
    instant = lambda offset: time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(now + 8 * 3600 + offset))  # noqa: E731
    wenhui(
        data, "batch", "propose", "--programme", "1", "--face", "30.00", "--quota", str(QUOTA), "--fund", "1=1",
        "--from", instant(-3600), "--until", instant(30 * 86_400),
    )
    wenhui(data, "batch", "approve", "1", "--as", "approver")

    def key(name, *scopes):
        options = [option for scope in scopes for option in ("--scope", scope)]
        return json.loads(wenhui(data, "api-key", "create", name, "--json", *options))["key"]

    return {
        "till": key("till", "claim", "redeem", "refund", "read"),
        "office": key("office", "read", "settlements"),
        "checker": key("checker", "settlements.approve"),
        "reader": key("reader", "read", "audit"),
    }


def resolve(world, deadline):
    """Asks again for every outcome that is not known, until it is."""
    client = Client(world.server, world.keys["till"], 0)
    unknown = [operation for mine in world.operations for operation in mine if not operation.answer]
    for operation in unknown:
        while not operation.attempt(client):
            demand(time.monotonic() < deadline, "an outcome stays unknown:", operation.kind, operation.key)
            time.sleep(0.05)
    return len(unknown)


def events(client):
    """The whole feed, in order."""
    start = 0
    while True:
        status, page, _ = client.ask("GET", f"/events?from={start}&limit=500", timeout=60)
        demand(status == 200, "the feed answered", status)
        yield from page["items"]
        start = page["next"]
        if page["isEnd"]:
            return


def instant(event):
    return datetime.datetime.fromisoformat(event["instant"])


class Model:
    """What vouchers and accounts may do, event by event."""

    def __init__(self):
        self.vouchers = {}
        self.authorisations = {}
        # What holds each voucher that is held, and until when: a hold ends silently.
        self.holds = {}
        self.redemptions = {}
        self.balances = collections.Counter()
        self.owed = 0

    def take(self, event):
        if "refusal" in event:
            demand(not event["postings"], "a refusal moved money:", event)
            return
        for posting in event["postings"]:
            self.post(posting, event)
        voucher = event.get("voucher")
        match event["type"]:
            case "issue":
                demand(voucher not in self.vouchers, "issued twice:", event)
                self.vouchers[voucher] = "usable"
                demand(len(self.vouchers) <= QUOTA, "more than the quota was issued")
            case "redeem":
                self.release(voucher, event)
                self.become(voucher, "usable", "used", event)
                self.sell(event, voucher)
            case "authorise":
                self.release(voucher, event)
                self.become(voucher, "usable", "held", event)
                self.authorisations[event["authorisation"]] = voucher
                self.holds[voucher] = (event["authorisation"], instant(event) + LIFETIME)
            case "void":
                held = self.authorisations.get(event["authorisation"])
                demand(held is not None, "voided what was never held:", event)
                if self.holds.get(held, (None,))[0] == event["authorisation"]:
                    self.become(held, "held", "usable", event)
                    del self.holds[held]
            case "capture":
                held = self.authorisations.get(event["authorisation"])
                demand(held == voucher, "captured another voucher than was held:", event)
                holder, until = self.holds.pop(voucher, (None, None))
                demand(holder == event["authorisation"], "captured by a hold that was over:", event)
                demand(instant(event) < until, "captured out of time:", event)
                self.become(voucher, "held", "used", event)
                self.sell(event, voucher)
            case "refund":
                demand(event["redemption"] in self.redemptions, "refunded what was never sold:", event)
                sale = self.redemptions[event["redemption"]]
                sale["bill"] -= event["bill"]
                sale["subsidy"] -= event["subsidy"]
                demand(sale["bill"] >= 0 and sale["subsidy"] >= 0, "refunded more than was paid:", event)
                demand(sale["bill"] > 0 or sale["subsidy"] == 0, "refunded whole, and yet paid:", event)
                self.owed -= event["subsidy"]
                if sale["bill"] == 0 and sale["whole"] == event["bill"]:
                    self.become(sale["voucher"], "used", "usable", event)

    def release(self, voucher, event):
        if voucher in self.holds and instant(event) >= self.holds[voucher][1]:
            self.become(voucher, "held", "usable", event)
            del self.holds[voucher]

    def become(self, voucher, before, after, event):
        demand(self.vouchers.get(voucher) == before, f"{voucher} is {self.vouchers.get(voucher)}, not {before}:", event)
        self.vouchers[voucher] = after

    def sell(self, event, voucher):
        demand(event["bill"] >= THRESHOLD and event["subsidy"] == FACE, "the subsidy is not the rule's:", event)
        demand(event["redemption"] not in self.redemptions, "redeemed twice under one number:", event)
        self.redemptions[event["redemption"]] = {
            "bill": event["bill"], "whole": event["bill"], "subsidy": event["subsidy"], "voucher": voucher,
        }
        self.owed += event["subsidy"]

    def post(self, posting, event):
        fund = posting.get("fund")
        for side, sign in (("debit", -1), ("credit", 1)):
            account = posting[side]
            sign = -sign if account["kind"] == "treasury" else sign
            name = (account["kind"], account["owner"], fund)
            self.balances[name] += sign * posting["amount"]
            demand(
                account["kind"] == "payable" or side == "credit" or self.balances[name] >= 0 or account["kind"] == "treasury",
                "an account is below zero:", name, event)


def compare(operations, log, rows):
    """Compares what was answered with the log and with the trial balance; what was accepted, by type."""
    answers = {}
    for operation in operations:
        status, document = operation.answer
        event = document.get("event")
        if event is None:
            demand(status in (404, 422), "accepted without an event:", operation.kind, document)
            continue
        demand(event not in answers, "one event answers two requests:", event)
        answers[event] = operation
    model = Model()
    seen = set()
    accepted = collections.Counter()
    for event in log:
        number = event["event"]
        model.take(event)
        operation = answers.get(number)
        if event["type"] in MONEY:
            demand(operation is not None, "nobody was answered by", event)
            accepted[event["type"], "refusal" in event] += 1
        if operation is None:
            continue
        seen.add(number)
        status, document = operation.answer
        demand(event["type"] == operation.kind, "another type than was asked:", event, operation.kind)
        code = document.get("code") if status == 422 else None
        demand(event.get("refusal") == code, "another verdict:", event, document)
        for name in ("voucher", "redemption", "authorisation", "subsidy", "instant"):
            if status != 422 and name in document and name in event:
                demand(document[name] == event[name], "another", name, "was answered:", event, document)
    demand(seen == set(answers), "answered, and not in the log:", sorted(set(answers) - seen)[:5])

    # What was known before something was asked comes before it.
    ends = sorted((operation.answered, number) for number, operation in answers.items())
    latest, index = -1, 0
    for number, operation in sorted(answers.items(), key=lambda each: each[1].asked):
        while index < len(ends) and ends[index][0] < operation.asked:
            latest = max(latest, ends[index][1])
            index += 1
        demand(number > latest, "decided before it was asked:", operation.key)

    sums = collections.Counter()
    for (kind, _, fund), amount in model.balances.items():
        sums[kind, fund] += amount
    for name in set(rows) | set(sums):
        demand(rows.get(name, 0) == sums[name], "the trial balance says otherwise:", name, rows.get(name), sums[name])
    owed = sum(amount for (kind, _, _), amount in model.balances.items() if kind in ("payable", "clearing"))
    demand(owed == model.owed, "owed", owed, "but redeemed and not refunded", model.owed)
    return accepted


def doctored(operations, log, chance):
    """Histories that no honest server could have: name, operations, log."""
    def altered(number, **fields):
        return [event | fields if event["event"] == number else event for event in log]

    def answered(operation, **fields):
        copy = Operation(operation.kind, operation.key, operation.path, operation.body)
        copy.asked, copy.answered, copy.answer = operation.asked, operation.answered, operation.answer
        for name, value in fields.items():
            setattr(copy, name, value)
        return [copy if each is operation else each for each in operations]

    known = {operation.answer[1].get("event"): operation for operation in operations}
    sales = [event for event in log if event["type"] == "redeem" and "refusal" not in event]
    sale = chance.choice(sales)
    number = sale["event"]
    yield "a lost event", operations, [event for event in log if event["event"] != number]
    yield "an event that nobody asked for", [each for each in operations if each is not known[number]], log
    yield "one event for two requests", operations + [known[number]], log
    yield "another subsidy than was answered", operations, altered(number, subsidy=sale["subsidy"] - 1)
    posting = sale["postings"][0]
    yield "a fen too much", operations, altered(number, postings=[posting | {"amount": posting["amount"] + 1}])
    refused = next(event for event in log if event["type"] == "redeem" and "refusal" in event)
    changed = {name: value for name, value in (sale | {"event": refused["event"]}).items()}
    twice = [changed if event["event"] == refused["event"] else event for event in log]
    yield "a voucher redeemed twice", operations, twice
    last = known[max(number for number in known if number is not None)]
    yield "an answer from the future", answered(last, asked=0, answered=0), log
    status, document = known[number].answer
    other = answered(known[number], answer=(status, document | {"voucher": "V370782-99999999-9"}))
    yield "another voucher than was answered", other, log


def check(world, folder, is_short):
    """Reads the log and compares it with everything that was answered."""
    reader = Client(world.server, world.keys["reader"], 0)
    operations = [operation for mine in world.operations for operation in mine]
    balance = reader.ask("GET", "/book/trial-balance", timeout=60)[1]
    rows = {(row["account"], row.get("fund")): row["amount"] for row in balance["items"]}
    log = events(reader)
    if is_short:
        log = list(log)
    accepted = compare(operations, log, rows)
    if is_short:
        # A check that cannot fail shows nothing.
        for name, others, changed in doctored(operations, log, random.Random(world.seed)):
            try:
                compare(others, changed, rows)
            except Broken:
                continue
            raise Broken(f"the check does not notice {name}")

    world.server.process.terminate()
    demand(world.server.process.wait(timeout=120) == 0, "the server did not end well")
    copy = os.path.join(folder, "copy")
    for words in (("book", "check"), ("book", "replay"), ("audit", "export", copy)):
        wenhui(world.server.data, *words)
    subprocess.run([os.environ["WENHUI"], "audit", "verify", copy], check=True, stdout=subprocess.DEVNULL)
    return accepted


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=0.5)
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    print(f"history: {arguments.minutes} minutes, {arguments.clients} clients, seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(os.path.join(folder, "data"))
        world = World(server, prepare(server.data, folder), arguments.seed)
        demand(server.start(), "the server does not start")
        threads = [threading.Thread(target=world.client, args=(index,)) for index in range(arguments.clients)]
        threads.append(threading.Thread(target=world.office))
        try:
            for thread in threads:
                thread.start()
            chance = random.Random(arguments.seed)
            end = time.monotonic() + arguments.minutes * 60
            told = time.monotonic()
            faults = itertools.cycle(chance.sample(FAULTS, len(FAULTS)))
            while time.monotonic() < end and not world.faults:
                time.sleep(min(chance.uniform(1, 5), max(0, end - time.monotonic())))
                server.fault(next(faults), chance)
                if time.monotonic() - told > 60:
                    told = time.monotonic()
                    print(f"history: {next(world.count)} asked, {dict(server.done)}", flush=True)
            world.ending.set()
            for thread in threads:
                thread.join()
            if world.faults:
                raise world.faults[0]
            unknown = resolve(world, time.monotonic() + 120)
            accepted = check(world, folder, arguments.minutes <= 2)
        finally:
            world.ending.set()
            if server.process.poll() is None:
                server.kill()
    print(f"history: {sum(map(len, world.operations))} asked, {unknown} unknown until the end; {dict(server.done)}")
    print(f"history: {', '.join(f'{kind} {count} ' + ('refused' if refused else 'done') for (kind, refused), count in sorted(accepted.items()))}")
    print("history: every answer is in the log exactly once, and the books balance")


if __name__ == "__main__":
    try:
        main()
    except Broken as broken:
        sys.exit(f"history: {broken}")
