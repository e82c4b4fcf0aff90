"""Loaded before Django (`-p tests.databases`): DB=postgres gives the run a private cluster; default SQLite.

Every run keeps its data (database, files, keys) in a folder of its own and leaves nothing behind.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent

if "ANBAN_TEST_RUN" not in os.environ:  # xdist workers inherit the run's folder and cluster
    home = Path(tempfile.mkdtemp(prefix="anban-test."))
    home.chmod(0o755)  # the postgres user passes through it
    os.environ |= {
        "ANBAN_TEST_RUN": str(home),
        "ANBAN_DATA": str(home / "data"),
        "ANBAN_FONTS": os.environ.get("ANBAN_FONTS", str(ROOT / "var" / "fonts")),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's event loop runs in the test's own thread
    }
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if os.environ.get("DB") == "postgres":
        cluster, script = home / "pg", ROOT / "script" / "postgres"
        os.environ["DATABASE_URL"] = subprocess.check_output([script, "start", cluster], text=True).strip()
        atexit.register(subprocess.run, [script, "stop", cluster])
    else:
        os.environ.pop("DATABASE_URL", None)
