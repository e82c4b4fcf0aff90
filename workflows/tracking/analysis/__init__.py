"""分析: how long every step took, what passed the first time, what was returned and why, what came in time."""
