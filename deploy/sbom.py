#!/usr/bin/python3
"""The software bill of materials (CycloneDX 1.4 JSON) of a built binary.

sbom.py BINARY VERSION > FILE
It lists the Debian packages of the shared libraries that the binary loads, those of the headers that were compiled into it
(read from the dependencies that ninja recorded in the binary's build folder), and the npm packages that it embeds.
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Tools of the build, of which nothing is in the binary.
NPM_TOOLS = {'sass'}


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True, env={**os.environ, 'LC_ALL': 'C.UTF-8'}).stdout


def loaded_files(binary):
    """The shared libraries, where they really are."""
    return {os.path.realpath(path) for path in re.findall(r'(/\S+) \(0x', run('ldd', str(binary)))}


def compiled_files(binary):
    """The headers of the system that the objects of the binary's rooms were compiled from."""
    build = binary.parent
    if not (build / 'build.ninja').exists():
        sys.exit(f'sbom: {binary} is in no build folder of ninja, which would say what was compiled into it')
    files, wanted = set(), False
    for line in run('ninja', '-C', str(build), '-t', 'deps').splitlines():
        if line and not line.startswith(' '):
            target = line.split(':')[0]
            wanted = target.startswith(('src/', 'CMakeFiles/tenantry_pch.dir/')) and '_test.dir' not in target
        elif wanted and line.strip().startswith('/usr/include/'):
            files.add(os.path.realpath(line.strip()))
    if not files:
        sys.exit(f'sbom: ninja has recorded nothing for {binary}')
    return files


def owners(files):
    """The Debian packages that the files are of."""
    # What was installed under / may be known by its place from before /usr was merged, and the other way round.
    names = sorted(files | {path.removeprefix('/usr') for path in files} | {'/usr' + path for path in files})
    found = subprocess.run(['dpkg-query', '-S', *names], capture_output=True, text=True, check=False).stdout
    packages, known = set(), set()
    for line in found.splitlines():
        names_of, path = line.rsplit(': ', 1)
        known.add(path.removeprefix('/usr'))
        packages.update(name.split(':')[0] for name in names_of.split(', '))
    strangers = sorted(path for path in files if path.removeprefix('/usr') not in known)
    if strangers:
        sys.exit(f'sbom: of no Debian package: {strangers}')
    return packages


def debian_components(packages, how):
    listed = run('dpkg-query', '-W', '-f', '${Package}\t${Version}\t${Architecture}\t${source:Package}\n', *sorted(packages))
    for line in listed.splitlines():
        name, version, architecture, source = line.split('\t')
        escaped = version.replace('+', '%2B').replace(':', '%3A')
        purl = f'pkg:deb/debian/{name}@{escaped}?arch={architecture}'
        yield {'type': 'library', 'bom-ref': purl, 'name': name, 'version': version, 'purl': purl,
               'properties': [{'name': 'tenantry:use', 'value': how}, {'name': 'tenantry:source', 'value': source}]}


def npm_components():
    lock = json.loads((ROOT / 'package-lock.json').read_text(encoding='utf-8'))['packages']
    for name in lock['']['dependencies']:
        if name in NPM_TOOLS:
            continue
        entry = lock[f'node_modules/{name}']
        purl = f"pkg:npm/{name.replace('@', '%40')}@{entry['version']}"
        yield {'type': 'library', 'bom-ref': purl, 'name': name, 'version': entry['version'], 'purl': purl,
               'licenses': [{'license': {'id': entry['license']}}],
               'properties': [{'name': 'tenantry:use', 'value': 'embedded'}]}


def main():
    binary, version = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    loaded = owners(loaded_files(binary))
    compiled = owners(compiled_files(binary)) - loaded
    components = [*debian_components(loaded, 'loaded'), *debian_components(compiled, 'compiled in'), *npm_components()]
    made = datetime.datetime.fromtimestamp(int(os.environ['SOURCE_DATE_EPOCH']), datetime.timezone.utc)
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([version, components], sort_keys=True))
    print(json.dumps({
        'bomFormat': 'CycloneDX', 'specVersion': '1.4', 'serialNumber': f'urn:uuid:{serial}', 'version': 1,
        'metadata': {'timestamp': made.strftime('%Y-%m-%dT%H:%M:%SZ'),
                     'component': {'type': 'application', 'bom-ref': 'tenantry', 'name': 'tenantry', 'version': version,
                                   'licenses': [{'license': {'id': 'Apache-2.0'}}]}},
        'components': components,
        'dependencies': [{'ref': 'tenantry', 'dependsOn': [component['bom-ref'] for component in components]}],
    }, indent=1))


if __name__ == '__main__':
    main()
