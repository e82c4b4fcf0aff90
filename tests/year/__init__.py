"""A year of an office, day by day under a moved clock, through the services that people use; then everything that the
product counts is counted once more, slowly.

`world` is what the others share, `founding` how it begins, `days` the year itself; `units`, `heads`, `office`, `chasing`,
`changes`, `registers` and `outside` are what people do; `recount` counts from the journal, `dump` writes down what must be the same for
the same seed. `python -m tests.year --units 500` plays one alone.
"""
