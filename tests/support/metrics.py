"""Reads Prometheus' text format, strictly: every sample belongs to the family before it, which has its HELP and TYPE once."""
import dataclasses
import re

SAMPLE = re.compile(r'([a-z_0-9]+)(?:\{([^}]*(?:\{[^}]*\}[^}]*)*)\})? (\S+)')


@dataclasses.dataclass
class Family:
    help: str
    kind: str = ''
    samples: dict = dataclasses.field(default_factory=dict)  # by (name, labels)


class Labels(dict):
    """A dict that can be a key."""
    def __hash__(self):
        return hash(tuple(sorted(self.items())))


def parse_metrics(text):
    families = {}
    name = None
    for line in text.splitlines():
        if line.startswith('# HELP '):
            name, about = line[7:].split(' ', 1)
            assert name not in families, f'{name} is told of twice'
            families[name] = Family(about)
        elif line.startswith('# TYPE '):
            of, kind = line[7:].split(' ')
            assert of == name and not families[name].kind, line
            families[name].kind = kind
        else:
            found = SAMPLE.fullmatch(line)
            assert found, line
            suffixes = ('_bucket', '_sum', '_count') if families[name].kind == 'histogram' else ('',)
            assert found[1] in [name + suffix for suffix in suffixes], line
            labels = Labels(re.findall(r'(\w+)="([^"]*)"', found[2] or ''))
            assert (found[1], labels) not in families[name].samples, f'{line} stands twice'
            families[name].samples[found[1], labels] = float(found[3])
    return families
