#!/usr/bin/python3
"""The manual page and the bash completion, made of what `tenantry commands` prints.

command_pages.py man|completion BINARY > FILE
"""
import json
import re
import subprocess
import sys

DATE = '2026-11-25'


def commands_of(binary):
    lines = subprocess.run([binary, 'commands'], capture_output=True, text=True, check=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def version_of(binary):
    return subprocess.run([binary, '--version'], capture_output=True, text=True, check=True).stdout.strip()


def escaped(text):
    """Text as roff takes it: no line begins a request, a hyphen stays one."""
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return re.sub(r"^([.'])", r'\\&\1', text)


def in_words(bounds):
    """A bound as the command line's library writes it."""
    if bounds == 'NONNEGATIVE':
        return 'At least 0.'
    if bounds.startswith('{'):
        return f"One of: {bounds.strip('{}').replace(',', ', ')}."
    least, most = re.fullmatch(r'\w+ in \[(\S+) - (\S+)\]', bounds).groups()
    return f'From {least} to {most}.'


def option_entry(option):
    yield '.TP'
    value = (' ' + ('TEXT' if option['text'] else 'NUMBER')) if option['takes_value'] and option['name'].startswith('-') else ''
    yield f".B {escaped(option['name'] + value)}"
    yield escaped(option['help'] + ('' if option['help'].endswith('.') else '.'))
    notes = []
    if option['required']:
        notes.append('Required.')
    if option['bounds']:
        notes.append(in_words(option['bounds']))
    if option['default']:
        notes.append(f"Default: {option['default']}.")
    if option['variable']:
        notes.append(f"Variable: {option['variable']}.")
    if notes:
        yield escaped(' '.join(notes))


def man_page(binary):
    commands = commands_of(binary)
    yield f'.TH TENANTRY 1 {DATE} "Tenantry {version_of(binary)}" "User Commands"'
    yield '.SH NAME'
    yield 'tenantry \\- tenancy\\-management server for landlords'
    yield '.SH SYNOPSIS'
    yield '.B tenantry'
    yield '.I COMMAND'
    yield '.B \\-\\-data'
    yield '.I DIR'
    yield '.RI [ OPTION ...]'
    yield '.SH DESCRIPTION'
    yield escaped(commands[0]['help'])
    yield escaped('An instance is a folder with its register, keys and settings; one process works on it. A command that is given '
                  'while a server runs is carried out by that server.')
    yield '.SH COMMANDS'
    for command in commands[1:]:
        options = [option for option in command['options'] if option['name'] != '--help']
        if not options and any(other['command'].startswith(command['command'] + ' ') for other in commands):
            continue
        yield f".SS tenantry {escaped(command['command'])}"
        yield escaped(command['help'] + '.')
        for option in options:
            yield from option_entry(option)
    yield from man_settings()


def man_settings():
    yield '.SH SETTINGS'
    yield escaped('Every option with a variable may come from the environment, and those of serve and \\-\\-search\\-mode from the file '
                  'tenantry.toml of the instance\'s folder, under the option\'s name without its dashes. The option overrides the '
                  'variable, the variable the file, the file the default. An unknown key is refused. A file with a secret must be '
                  'readable by its owner only.'.replace('\\-', '-'))
    yield '.TP'
    yield '.B TENANTRY_SMTP_PASSWORD'
    yield 'The mail server\'s password; in the file smtp\\-password.'
    yield '.TP'
    yield '.B TENANTRY_HACKNEY_JWT_SECRET'
    yield 'The secret shared with systems that sign their own tokens; in the file hackney\\-jwt\\-secret.'
    yield '.SH EXIT STATUS'
    yield '0: done. 1: failed. 2: wrong usage or settings.'
    yield '.SH FILES'
    yield '.TP'
    yield '.I DIR/register.db'
    yield 'The register.'
    yield '.TP'
    yield '.I DIR/keys/'
    yield 'The keys. Without them nothing opens: keep them in a backup of their own.'
    yield '.TP'
    yield '.I DIR/tenantry.toml'
    yield 'Settings, where wanted.'


COMPLETION = '''# bash completion for tenantry(1), made of 'tenantry commands'
_tenantry()
{{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= word
    COMPREPLY=()
    # The command's words are those before the first option.
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        [[ $word == -* ]] && break
        command+=${{command:+ }}$word
    done
    case $previous in
        {files})
            compopt -o default
            return
            ;;
    esac
    case "$command $previous" in
{choices}    esac
    case $command in
{commands}    esac
}}
complete -F _tenantry tenantry
'''
FILES = ('--data', '--tls-cert', '--tls-key', '--audit-heads', '--audit-heads-command', '--heads')


def completion(binary):
    commands = commands_of(binary)
    cases, choices = '', ''
    for command in commands:
        name = command['command']
        depth = len(name.split())
        words = [other['command'].split()[-1] for other in commands
                 if len(other['command'].split()) == depth + 1 and other['command'].split()[:depth] == name.split()]
        words += [option['name'] for option in command['options'] if option['name'].startswith('-')]
        takes_file = any(not option['name'].startswith('-') for option in command['options'])
        cases += f"        '{name}')\n"
        cases += f"            mapfile -t COMPREPLY < <(compgen -W '{' '.join(words)}' -- \"$current\")\n"
        cases += '            [[ $current == -* ]] || compopt -o default\n' if takes_file else ''
        cases += '            ;;\n'
        for option in command['options']:
            if option['bounds'].startswith('{'):
                wanted = ' '.join(option['bounds'].strip('{}').split(','))
                choices += f"        '{name} {option['name']}')\n"
                choices += f"            mapfile -t COMPREPLY < <(compgen -W '{wanted}' -- \"$current\")\n"
                choices += '            return\n            ;;\n'
    yield COMPLETION.format(files='|'.join(FILES), choices=choices, commands=cases).rstrip()


def main():
    kind, binary = sys.argv[1:]
    for line in {'man': man_page, 'completion': completion}[kind](binary):
        print(line)


if __name__ == '__main__':
    main()
