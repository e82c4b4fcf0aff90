"""A form as a browser would send it back: every control of the page with the value that it shows."""

from __future__ import annotations

from html.parser import HTMLParser


class _Controls(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.name, self.chosen, self.text = "", None, None  # of the select or text area that is open

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("name") and _counts(given):
            unsaid = "on" if given.get("type") == "checkbox" else ""
            self.sent.setdefault(given["name"], []).append(given.get("value", unsaid))
        if tag in ("select", "textarea"):
            self.name, self.chosen, self.text = given["name"], None, ""
        if tag == "option" and self.name and (self.chosen is None or "selected" in given):
            self.chosen = given["value"]

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag in ("select", "textarea"):
            self.sent[self.name] = [self.chosen or "" if tag == "select" else self.text.removeprefix("\n")]
            self.name, self.text = "", None


def _counts(given: dict[str, str]) -> bool:
    return given.get("type") not in ("checkbox", "radio", "file", "submit") or "checked" in given


def filled(html: str, **changes) -> dict[str, list[str]]:
    """The controls of all forms of the page, with `changes` typed over them."""
    controls = _Controls()
    controls.feed(html)
    return controls.sent | changes
