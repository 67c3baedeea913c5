"""A small Debian (support/debian_root.py) with processes, a network and mounts of its own: commands for root's shell run on it as they
would on a server. It has no systemd: support/systemctl stands for that, and for nothing else.

Needs Linux's namespaces and so root, as the small Debian does."""
import os
import pathlib
import shutil
import subprocess

from support.debian_root import DebianRoot, as_root

SYSTEMCTL = pathlib.Path(__file__).parent / 'systemctl'
PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
# What runs first in the new namespaces: loopback is brought up, /proc is that of its processes, and "ready" is said.
FIRST = '''
import fcntl, signal, socket, struct, subprocess, sys
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 0x41))  # SIOCSIFFLAGS: up and running
subprocess.run(["mount", "-t", "proc", "proc", sys.argv[1] + "/proc"], check=True)
for source, place in zip(sys.argv[2::2], sys.argv[3::2]):
    subprocess.run(["mount", "--bind", source, sys.argv[1] + place], check=True)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends there is seen to have ended
print("ready", flush=True)
sys.stdin.read()
'''


class DebianMachine(DebianRoot):
    def __init__(self, depends, shared=()):
        """shared: pairs of a folder of this machine and where it is seen there."""
        super().__init__(depends + ', apt, curl, mount, openssl, python3')
        try:
            self._furnish([place for _, place in shared])
            self._first = subprocess.Popen(
                as_root('unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '/usr/bin/python3', '-B', '-c', FIRST,
                        str(self.path), *[str(end) for pair in shared for end in pair]),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            if self._first.stdout.readline() != 'ready\n':
                raise AssertionError('the namespaces could not be made')
            # unshare waits for its only child, which is the first process there.
            inside = pathlib.Path(f'/proc/{self._first.pid}/task/{self._first.pid}/children').read_text(encoding='ascii').split()[0]
            self._enter = as_root('nsenter', f'--target={inside}', '--net', '--mount', '--pid', 'chroot', str(self.path), '/usr/bin/env',
                                  '-i', f'PATH={PATH}', 'HOME=/root', 'LC_ALL=C.UTF-8', 'DEBIAN_FRONTEND=noninteractive')
        except BaseException:
            super().remove()
            raise

    def _furnish(self, folders):
        """What maintainer scripts made when Debian was installed; the stub, and what tells a package's scripts that it is there."""
        for folder in ('proc', 'root', 'run', 'media', 'var/backups', 'var/lib/apt/lists/partial', 'var/cache/apt/archives/partial',
                       'etc/apt/apt.conf.d', 'etc/apt/sources.list.d', 'etc/cron.d', 'run/systemd/system', *[place.lstrip('/') for place in folders]):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        for file in pathlib.Path('/etc/pam.d').glob('common-*'):
            shutil.copy(file, self.path / 'etc/pam.d')
        for name in ('systemctl', 'journalctl'):
            shutil.copy(SYSTEMCTL, self.path / 'usr/bin' / name)
            os.chmod(self.path / 'usr/bin' / name, 0o755)

    def shell(self, script, text=None):
        """Runs it in root's shell, in /root. Ends with an error where one of its commands does; what it printed."""
        done = subprocess.run([*self._enter, 'bash', '-euo', 'pipefail', '-c', f'cd /root\n{script}'], input=text, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120)
        if done.returncode != 0:
            raise AssertionError(f'it ended with {done.returncode}\n{script}\n{done.stdout}')
        return done.stdout

    def remove(self):
        self._first.communicate('')  # with it everything ends that runs there
        super().remove()
