"""A small Debian of its own in a folder: this machine's essential packages and what a package depends on, with dpkg's records of
them. Maintainer scripts run there as they do anywhere, and change nothing of this machine."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

ALIASES = ('bin', 'sbin', 'lib', 'lib64')  # that Debian has moved to /usr


def as_root(*words):
    """The command as root runs it; script/setup asks for root or sudo in the same way."""
    if os.geteuid() == 0:
        return list(words)
    if shutil.which('sudo') is None:
        raise AssertionError('packages are tried in a chroot: run as root, or install sudo')
    return ['sudo', *words]


def installed():
    """The fields of every installed package, by its name and by what it provides."""
    form = '${Package}\t${Essential}\t${Pre-Depends}, ${Depends}\t${Provides}\t${db:Status-Abbrev}\n'
    listed = subprocess.run(['dpkg-query', '-W', '-f', form], capture_output=True, text=True, check=True).stdout
    packages = {}
    for line in listed.splitlines():
        name, essential, depends, provides, status = line.split('\t')
        if status.startswith('ii'):
            entry = {'name': name, 'essential': essential == 'yes', 'depends': names_in(depends)}
            packages[name] = entry
            for provided in names_in(provides):
                packages.setdefault(provided[0], entry)
    return packages


def names_in(relation):
    """The alternatives of each part of a relation."""
    parts = (part.split('|') for part in relation.split(',') if part.strip())
    return [[re.split(r'[ (:]', name.strip())[0] for name in part] for part in parts]


def repacked(package, version, made):
    """The package as one of another version; the path that it was made at."""
    tree = made.with_suffix('.tree')
    subprocess.run(['dpkg-deb', '-R', package, tree], check=True)
    control = tree / 'DEBIAN' / 'control'
    control.write_text(re.sub(r'(?m)^Version: .*$', f'Version: {version}', control.read_text(encoding='utf-8')), encoding='utf-8')
    subprocess.run(['dpkg-deb', '--root-owner-group', '-Zgzip', '-z1', '-b', tree, made], check=True, capture_output=True)
    return made


class DebianRoot:
    def __init__(self, depends):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix='tenantry-root-'))
        try:
            self._fill(self._closure(depends))
        except BaseException:
            self.remove()
            raise

    @staticmethod
    def _closure(depends):
        packages = installed()
        wanted, waiting = set(), [entry['name'] for entry in packages.values() if entry['essential']]
        waiting += [name for alternatives in names_in(depends) for name in alternatives if name in packages]
        while waiting:
            entry = packages[waiting.pop()]
            if entry['name'] not in wanted:
                wanted.add(entry['name'])
                waiting += [next(name for name in alternatives if name in packages) for alternatives in entry['depends']]
        return sorted(wanted)

    def _fill(self, packages):
        self.path.chmod(0o755)
        for alias in ALIASES:
            (self.path / 'usr' / alias).mkdir(parents=True)
            (self.path / alias).symlink_to(f'usr/{alias}')
        for folder in ('var/lib/dpkg/info', 'var/lib/dpkg/updates', 'dev', 'tmp', 'var/log'):
            (self.path / folder).mkdir(parents=True)
        lists = subprocess.run(['dpkg', '-L', *packages], capture_output=True, text=True, check=True).stdout
        # Manuals and translations are of no use there; an image of Debian may have come without them.
        files = sorted({line for line in lists.splitlines()
                        if line.startswith('/') and not line.startswith(('/usr/share/doc', '/usr/share/man', '/usr/share/locale'))
                        and os.path.lexists(line)} - {'/' + alias for alias in ALIASES} - {'/.'})
        copied = subprocess.run(
            ['bash', '-o', 'pipefail', '-c',
             f'tar -C / -cf - --no-recursion -T - | tar -C "{self.path}" -xf - --keep-directory-symlink --no-same-owner'],
            input='\n'.join(name.removeprefix('/') for name in files), text=True, capture_output=True, check=False)
        if copied.returncode != 0:
            raise AssertionError(f'the files of Debian could not be copied: {copied.stderr}')
        self._write_records(packages)

    def _write_records(self, packages):
        records = self.path / 'var/lib/dpkg'
        status = subprocess.run(['dpkg-query', '-s', *packages], capture_output=True, text=True, check=True).stdout
        (records / 'status').write_text(status.replace('\n---\n', '\n\n'), encoding='utf-8')
        wanted = set(packages)
        for file in pathlib.Path('/var/lib/dpkg/info').iterdir():
            if file.suffix == '.list' and file.stem.split(':')[0] in wanted:
                shutil.copy(file, records / 'info' / file.name)
        for name in ('passwd', 'group'):
            shutil.copy(f'/usr/share/base-passwd/{name}.master', self.path / 'etc' / name)
        (self.path / 'etc/shadow').touch(mode=0o600)

    def run(self, *words, user='root', status=0, text=None):
        done = subprocess.run(as_root('chroot', f'--userspec={user}', str(self.path), '/usr/bin/env', '-i',
                                      'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8', *words),
                              input=text, capture_output=True, text=True, check=False)
        if done.returncode != status:
            raise AssertionError(f'{words} ended with {done.returncode}: {done.stdout}{done.stderr}')
        return done.stdout + done.stderr

    def start(self, program, *words, user):
        """The installed program as a process of this machine, for one that needs /proc, as a user of the folder's."""
        ids = dict(zip(('uid', 'gid'), self.run('getent', 'passwd', user).split(':')[2:4]))
        return subprocess.Popen(as_root('setpriv', f"--reuid={ids['uid']}", f"--regid={ids['gid']}", '--clear-groups', '--no-new-privs',
                                        f'{self.path}{program}', *words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def install(self, package):
        """Installs or upgrades; what dpkg and the package's scripts said."""
        shutil.copy(package, self.path / 'tmp' / 'package.deb')
        return self.run('dpkg', '-i', '/tmp/package.deb')

    def remove(self):
        subprocess.run(as_root('rm', '-rf', str(self.path)), check=True)
