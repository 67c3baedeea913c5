"""HAProxy in front of servers, with the configuration of deploy/haproxy but for addresses and certificates."""
import contextlib
import csv
import http.client
import io
import pathlib
import re
import socket
import subprocess
import time

from support.certificate import make_certificate

PROGRAM = '/usr/sbin/haproxy'
CONFIGURATION = pathlib.Path(__file__).parents[2] / 'deploy' / 'haproxy' / 'haproxy.cfg'


def replace(pattern, by, text):
    text, found = re.subn(pattern, by, text, flags=re.MULTILINE)
    assert found, f'the configuration has no {pattern}'
    return text


def configuration(bind, admin, servers):
    """As it is deployed, in the clear, without privileges and a log."""
    text = CONFIGURATION.read_text(encoding='utf-8')
    text = replace(r'^    (log /dev/log|user|group) .*\n', '', text)
    text = replace(r'^    stats socket \S+', f'    stats socket {admin}', text)
    text = replace(r'^    bind .*', f'    bind {bind}', text)
    text = replace(r'^    server .*\n?', '', text)
    return text + ''.join(f'    server app{number} {address}\n' for number, address in enumerate(servers, 1))


class HaProxy:
    """Runs as soon as it is made, and is closed by whoever made it."""

    def __init__(self, folder, servers):
        self.file = folder / 'haproxy.cfg'
        self.log_file = folder / 'haproxy-log'
        self.socket = str(folder / 'haproxy-admin')
        with socket.create_server(('127.0.0.1', 0)) as listener:  # it listens on what it inherits, so nobody takes the port before it
            self.port = listener.getsockname()[1]
            text = configuration(f'fd@{listener.fileno()}', self.socket, [f'127.0.0.1:{server.port}' for server in servers])
            self.file.write_text(text, encoding='utf-8')
            with open(self.log_file, 'wb') as log:
                self.process = subprocess.Popen([PROGRAM, '-db', '-f', str(self.file)], stdout=log, stderr=log, pass_fds=[listener.fileno()])
        self.wait_until_both_serve()

    def states(self):
        """How each server stands, as HAProxy's own socket says it."""
        with socket.socket(socket.AF_UNIX) as asked:
            asked.connect(self.socket)
            asked.sendall(b'show stat -1 4 -1\n')
            rows = csv.DictReader(io.StringIO(asked.makefile(encoding='utf-8').read().lstrip('# ')))
            return [row['status'] for row in rows if row['pxname'] == 'tenantry']

    def wait_until_both_serve(self):
        ends = time.monotonic() + 20
        while True:
            with contextlib.suppress(OSError):
                states = self.states()
                if states and set(states) == {'UP'}:
                    return
            if time.monotonic() > ends:
                raise AssertionError(f'HAProxy does not serve: {self.log_file.read_text(encoding="utf-8")}')
            time.sleep(0.05)

    def status(self, path):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        try:
            connection.request('GET', path)
            return connection.getresponse().status
        finally:
            connection.close()

    def close(self):
        self.process.terminate()
        self.process.communicate()


def is_sound(text, folder):
    """Whether `haproxy -c` takes a configuration without a warning, and what it says; certificates that it names are made up in the folder."""
    certificate, key = make_certificate(folder)
    whole = folder / 'whole.pem'
    whole.write_bytes(certificate.read_bytes() + key.read_bytes())
    text = text.replace('/etc/haproxy/tenantry.pem', str(whole)).replace('/etc/haproxy/tenantry-ca.pem', str(certificate))
    file = folder / 'checked.cfg'
    file.write_text(text, encoding='utf-8')
    done = subprocess.run([PROGRAM, '-c', '-f', str(file)], capture_output=True, text=True, check=False)
    return done.returncode == 0 and 'WARNING' not in done.stderr, done.stderr
