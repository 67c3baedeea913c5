"""Runs a program under the system calls that a unit leaves it, as systemd would: call_filter.py UNIT PROGRAM ARGUMENT...

Nothing here needs root or a running systemd.
"""
import ctypes
import errno
import os
import pathlib
import re
import subprocess
import sys

ALLOW = 0x7fff0000
REFUSE = 0x00050000 | errno.EPERM  # SystemCallErrorNumber=EPERM


def expand(group):
    """The calls of a group, and of the groups in it."""
    listed = subprocess.run(['systemd-analyze', '--no-pager', 'syscall-filter', group], capture_output=True, text=True, check=True).stdout
    calls = set()
    for word in re.findall(r'^ {4}([@\w-]+)$', listed, flags=re.MULTILINE):
        calls |= expand(word) if word.startswith('@') else {word}
    return calls


def calls_of(unit):
    """What its lines of SystemCallFilter= allow: the first allows, one with a tilde takes away."""
    allowed = set()
    for line in re.findall(r'^SystemCallFilter=(.+)$', unit, flags=re.MULTILINE):
        calls = set().union(*(expand(group) for group in line.removeprefix('~').split()))
        allowed = allowed - calls if line.startswith('~') else allowed | calls
    if not allowed:
        raise ValueError('the unit filters no calls')
    return allowed


def restrict_to(calls):
    library = ctypes.CDLL('libseccomp.so.2')
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(REFUSE)))
    for call in calls:
        number = library.seccomp_syscall_resolve_name(call.encode())
        # Below zero are calls that this machine does not have.
        if number >= 0 and library.seccomp_rule_add_array(context, ctypes.c_uint32(ALLOW), number, 0, None) != 0:
            raise OSError(f'{call} cannot be allowed')
    if library.seccomp_load(context) != 0:
        raise OSError('the filter cannot be loaded')


if __name__ == '__main__':
    restrict_to(calls_of(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8')))
    os.execv(sys.argv[2], sys.argv[2:])
