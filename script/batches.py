"""Which sources may be compiled as one: most of a source's cost is the headers, so script/lint and the builds that begin with nothing
look at them in batches, one file that includes each. A name that one source keeps to itself may mean something else in another.

As a program: makes batches that compile, of at most as many sources as its first argument says, from the paths in the others, and prints
a line for each, the paths separated by semicolons.
"""
import functools
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNNAMED = re.compile(r'^namespace \{$(.*?)^\}  // namespace$', re.M | re.S)
NAMES = re.compile(r'^(?:struct|class|enum(?: class)?|using) (?!namespace|enum)(?:\w+::)*(\w+)'
                   r'|^(?!using|namespace)[\w\[].*?\b(\w+)(?:\(|\{| =\s|;|\[)', re.M)
WORDS = re.compile(r'\w+')
INCLUDES = re.compile(r'^#include "(.*)"', re.M)


@functools.cache
def read(path):
    return path.read_text()


def names_in(text):
    return {first or second for first, second in NAMES.findall(text)}


@functools.cache
def headers_of(path):
    """Of this project, with those that they include."""
    places = [base / name for name in INCLUDES.findall(read(path)) for base in (ROOT / 'src', ROOT)]
    direct = {place for place in places if place.exists()}
    return frozenset(direct.union(*map(headers_of, direct)))


@functools.cache
def declared_by(path):
    """What a header names for whoever includes it: its first column, as what is within a class means the same beside any source."""
    return names_in(read(path))


@functools.cache
def declared():
    return set().union(*(declared_by(path) for folder in ('src', 'tests', 'bench') for path in (ROOT / folder).rglob('*.hpp')))


def said_by(path):
    """What the source names itself, or may have of a header."""
    return names_in(read(path)) | declared().intersection(WORDS.findall(read(path)))


class Batch:
    """Sources of one kind, in the order in which they are read."""

    def __init__(self, kind):
        self.kind, self.files, self.private, self.said, self.headers = kind, [], set(), set(), set()

    def misunderstands(self, private, said, headers):
        """Whether a private name is said where it would mean something else: by another source, or by a header that only one has."""
        new = said.union(*map(declared_by, headers - self.headers))
        old = self.said.union(*map(declared_by, self.headers - headers))
        return not self.private.isdisjoint(new) or not private.isdisjoint(old)

    def add(self, path, private, said, headers):
        self.files.append(path)
        self.private |= private
        self.said |= said
        self.headers |= headers


def batches(files, largest, kind_of=lambda path: None):
    """The paths in lists of at most `largest`, each of one kind."""
    made = []
    # The long ones first: the short ones find a place between them.
    for path in sorted(files, key=lambda path: len(read(path)), reverse=True):
        kind, private = kind_of(path), names_in(''.join(UNNAMED.findall(read(path))))
        said, headers = said_by(path), headers_of(path)
        batch = next((each for each in made if each.kind == kind and len(each.files) < largest
                      and not each.misunderstands(private, said, headers)), None)
        if batch is None:
            batch = Batch(kind)
            made.append(batch)
        batch.add(path, private, said, headers)
    return [batch.files for batch in made]


if __name__ == '__main__':
    for some in batches([Path(name).resolve() for name in sys.argv[2:]], int(sys.argv[1])):
        print(';'.join(map(str, some)))
