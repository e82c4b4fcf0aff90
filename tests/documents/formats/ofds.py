"""OFD packages opened for the tests, without a line of the writer's."""

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

NAMESPACE = "{http://www.ofdspec.org/2016}"


class Ofd:
    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as package:
            self.names = package.namelist()
            self.files = {name: package.read(name) for name in self.names}
        self.trees = {
            name: ElementTree.fromstring(one) for name, one in self.files.items() if name.endswith(".xml")
        }

    @property
    def pages(self) -> list[ElementTree.Element]:
        listed = self.trees["Doc_0/Document.xml"].iter(f"{NAMESPACE}Page")
        return [self.trees[f"Doc_0/{page.get('BaseLoc')}"] for page in listed]

    def texts(self) -> list[str]:
        """Of each page, in the order of drawing."""
        return ["".join(code.text or "" for code in page.iter(f"{NAMESPACE}TextCode")) for page in self.pages]

    def all(self, name: str) -> list[ElementTree.Element]:
        return [found for tree in self.trees.values() for found in tree.iter(NAMESPACE + name)]


def children(element: ElementTree.Element) -> list[str]:
    return [child.tag.removeprefix(NAMESPACE) for child in element]
