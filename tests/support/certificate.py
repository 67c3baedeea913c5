"""Certificates that sign themselves, made on the fly."""
import subprocess


def make_certificate(folder, name='server', days=30):
    """The paths of a new certificate for 127.0.0.1 and of its key."""
    certificate, key = folder / f'{name}.crt', folder / f'{name}.key'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', str(days),
                    '-subj', f'/CN={name}', '-addext', 'subjectAltName=IP:127.0.0.1', '-out', str(certificate), '-keyout', str(key)],
                   check=True, capture_output=True)
    return certificate, key
