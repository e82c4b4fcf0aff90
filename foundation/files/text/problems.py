"""What can be wrong with an upload."""


class UnreadableFile(Exception):
    """The file can't be turned into text; the words of the exception tell the user, in Chinese, what to do."""
