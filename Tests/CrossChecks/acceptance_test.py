"""The acceptance kit against a served demonstration, run as an integrator runs it: by Examples/acceptance.py, twice over.

    WENHUI=.build/release/wenhui .build/python/bin/python Tests/CrossChecks/acceptance_test.py
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [os.environ["WENHUI"], "serve", "--demo", "--port", "0", "--data", os.path.join(folder, "county")],
            stdout=subprocess.PIPE, text=True,
        )
        try:
            port = re.search(r"port (\d+)", server.stdout.readline()).group(1)
            key = None
            while key is None:
                line = server.stdout.readline()
                if not line:
                    raise RuntimeError(f"the server ended: exit {server.wait()}")
                key = line.removeprefix("KEY=").strip() if line.startswith("KEY=") else None
            for _ in range(2):
                done = subprocess.run(
                    [sys.executable, ROOT / "Examples/acceptance.py", f"http://127.0.0.1:{port}", key],
                    capture_output=True, text=True,
                )
                print(done.stdout.splitlines()[-1])
                if done.returncode != 0:
                    print(done.stdout, done.stderr)
                    return 1
        finally:
            server.terminate()
            stopped = server.wait(30)
        return stopped


if __name__ == "__main__":
    sys.exit(main())
