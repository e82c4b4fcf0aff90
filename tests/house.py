"""The repository as text, for the tests of the house and of the documentation; its processes, for the others."""

import subprocess
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def sources(*endings: str) -> list[Path]:
    """The project's own text files (by ending, or all), committed or about to be; not what git ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).splitlines()
    paths = (ROOT / name for name in names if not endings or name.endswith(endings))
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:1024]]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def folders(of: Path) -> dict[str, Path]:
    """The settings that say where files lie."""
    return {"DATA_DIR": of, "FILES_DIR": of / "files", "PICTURES_DIR": of / "pictures"}


def database_url() -> str:
    """Where a process that a test starts finds the test's own database."""
    db = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{db['NAME']}"
    return f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST']}:{db['PORT']}/{db['NAME']}"
