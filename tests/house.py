"""The repository as text: what the tests of the house and of the documentation read."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sources(*endings: str) -> list[Path]:
    """The project's own text files (by ending, or all), committed or about to be; not what git ignores."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.check_output(command, cwd=ROOT, text=True).splitlines()
    paths = (ROOT / name for name in names if not endings or name.endswith(endings))
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:1024]]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
