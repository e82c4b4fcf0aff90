# Sourced by the scripts beside it: they run from the root of the repository and speak in one voice.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { echo "== $*"; }
die() { echo "$*" >&2; exit 1; }

# The fingerprint of files, in the order given.
fingerprint() { cat "$@" | sha256sum | cut -d' ' -f1; }
