"""The one exception a person's act may end in."""


class Refused(Exception):
    """Nothing changed; the sentence says why and what to do."""
