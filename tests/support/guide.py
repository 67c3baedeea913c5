"""The operations guide as a test sees it: its sections, in order, and the commands of each."""
import pathlib
import re

GUIDE = pathlib.Path(__file__).resolve().parents[2] / 'docs' / 'operations.md'
POSTGRES = ()  # sections whose commands tests/postgres/operations_guide_test.py runs
# A command after one of these, or within them, might be left out when the block runs; so no block has one.
MAY_SKIP = re.compile(r'\|\||&&|\b(?:if|while|for|case)\b|&\s*$|^\s*(?:exit|return)\b|\btrue\b', re.MULTILINE)


def sections():
    """[(heading, [its blocks of commands])] for every heading, in order."""
    found, heading, block = [], None, None
    for line in GUIDE.read_text(encoding='utf-8').splitlines():
        if block is not None:
            if line == '```':
                found[-1][1].append('\n'.join(block))
                block = None
            else:
                block.append(line)
        elif line == '```sh':
            block = []
        elif line.startswith('```'):
            raise AssertionError(f'a block that is no sh: {line}')
        elif heading := re.match(r'#+ (.*)', line):
            found.append((heading[1], []))
    return found


def without_texts(block):
    """The block without what its commands read from it (<<'END')."""
    return re.sub(r"<<'END'\n.*?\nEND$", '', block, flags=re.DOTALL | re.MULTILINE)


def bound(block, words):
    """The block with what the reader fills in."""
    for word, value in words.items():
        block = re.sub(rf'(?<![A-Za-z]){re.escape(word)}(?![A-Z])', str(value), block)
    return block
