"""anban and its peers, side by side in one run: `script/bench`. How and why: docs/performance.md."""
