"""Letters on their way: into the outbox, and to a mail server that takes them, refuses them, stalls or is not there."""
import base64
import email
import email.policy
import socket
import stat
import threading
import time

from support.meetings import MeetingsTest

FROM = 'tenantry@landlord.example'


class MailServer:
    """Speaks as much SMTP as is needed. `refuse` names the command that it answers with 550, for so many letters."""

    def __init__(self, port=0, refuse=None, times=0, offers=()):
        self.listener = socket.create_server(('127.0.0.1', port))
        self.port = self.listener.getsockname()[1]
        self.refuse, self.times, self.offers = refuse, times, offers
        self.letters, self.attempts, self.greeted, self.log_ins = [], 0, 0, []
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile('rwb') as stream:
                try:
                    self.talk(stream)
                except OSError:
                    pass

    def talk(self, stream):
        def say(text):
            stream.write(text.encode() + b'\r\n')
            stream.flush()
        say('220 mail.example')
        self.greeted += 1
        sender, recipients = None, []
        for line in stream:
            words = line.decode().strip()
            command = words.split(' ')[0].upper()
            if command == self.refuse and self.times > 0:
                self.times -= 1
                self.attempts += 1
                say('550 no')
            elif command == 'EHLO':
                for offer in ('mail.example', *self.offers):
                    say('250-' + offer)
                say('250 8BITMIME')
            elif command == 'AUTH':
                if len(words.split(' ')) == 2:
                    say('334 ')
                    words += ' ' + stream.readline().decode().strip()
                self.log_ins.append(words)
                say('235 welcome')
            elif command == 'MAIL':
                sender = words
                say('250 ok')
            elif command == 'RCPT':
                recipients.append(words)
                say('250 ok')
            elif command == 'DATA':
                say('354 go on')
                lines = []
                for part in stream:
                    if part == b'.\r\n':
                        break
                    lines.append(part[1:] if part.startswith(b'.') else part)
                self.letters.append((sender, recipients, email.message_from_bytes(b''.join(lines), policy=email.policy.default)))
                say('250 taken')
            elif command == 'QUIT':
                say('221 bye')
                return
            else:
                say('502 what?')

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()


class MailTest(MeetingsTest):
    @classmethod
    def waiting(cls):
        with cls.server.offline() as database:
            return database.execute('SELECT attempts, due_at FROM mail ORDER BY id').fetchall()

    def wait_until(self, holds, seconds=15):
        ends = time.monotonic() + seconds
        while not holds():
            self.assertLess(time.monotonic(), ends, 'it did not happen')
            time.sleep(0.05)


class Outbox(MailTest):
    def test_letters_are_files_for_their_owner_alone(self):
        self.save(meetingName='Réunion de mars 家')
        letter, = self.letters_to_association()
        self.assertIn('"Réunion de mars 家"', letter.get_content())
        self.assertEqual(letter['From'], 'tenantry@localhost')
        folder = self.server.data / 'outbox'
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)
        for path in folder.iterdir():
            self.assertEqual((path.suffix, stat.S_IMODE(path.stat().st_mode)), ('.eml', 0o600))
        self.assertEqual(self.waiting(), [])

    def test_what_was_queued_before_a_stop_is_sent_after_it(self):
        self.save()
        self.server.process.kill()
        self.server.process.communicate()
        self.server.start()
        self.letters_to_association()


class Smtp(MailTest):
    settings = {**MeetingsTest.settings, 'TENANTRY_MAIL_FROM': FROM, 'TENANTRY_MAIL_RETRY_SECONDS': '1', 'TENANTRY_SMTP_USER': 'tenantry',
                'TENANTRY_SMTP_PASSWORD': 'open sesame, please'}

    @classmethod
    def setUpClass(cls):
        with socket.create_server(('127.0.0.1', 0)) as probe:
            cls.port = probe.getsockname()[1]
        cls.settings = {**cls.settings, 'TENANTRY_SMTP_URL': f'smtp://127.0.0.1:{cls.port}'}
        super().setUpClass()
        cls.server.plant('open sesame, please')

    def setUp(self):
        with self.server.offline() as database:
            self.server.held_to_journal = False
            database.execute('DELETE FROM mail')
        super().setUp()

    def serve(self, **options):
        server = MailServer(self.port, **options)
        self.addCleanup(server.close)
        return server

    def test_a_letter_is_handed_over_once_and_forgotten(self):
        mail_server = self.serve(offers=('AUTH PLAIN',))
        self.assertTrue(self.save()['isEmailSent'])
        self.wait_until(lambda: mail_server.letters)
        sender, recipients, letter = mail_server.letters[0]
        self.assertTrue(sender.startswith(f'MAIL FROM:<{FROM}>'), sender)
        self.assertEqual(recipients, [f'RCPT TO:<{self.mail}>'])
        self.assertEqual((letter['From'], letter['To']), (FROM, self.mail))
        self.assertEqual(self.client_with(self.token_in(letter)).get('/v2/tra/meeting').status, 200)
        (_, _, credentials), = [line.split(' ') for line in mail_server.log_ins]
        self.assertEqual(base64.b64decode(credentials), b'\0tenantry\0open sesame, please')
        self.assertEqual(self.waiting(), [])
        self.assertEqual(len(mail_server.letters), 1)
        self.assertFalse((self.server.data / 'outbox').exists())

    def test_a_refused_letter_is_tried_again(self):
        for command in ('MAIL', 'RCPT', 'DATA'):
            with self.subTest(command):
                mail_server = MailServer(self.port, refuse=command, times=1)
                try:
                    self.save()
                    self.wait_until(lambda server=mail_server: server.letters)
                    self.assertEqual((mail_server.attempts, len(mail_server.letters)), (1, 1))
                finally:
                    mail_server.close()

    def test_a_server_that_is_down_gets_the_letter_when_it_is_back(self):
        self.save()
        self.wait_until(lambda: 'mail was not sent' in self.server.log())
        mail_server = self.serve()
        self.wait_until(lambda: mail_server.letters, 30)
        self.assertEqual(len(mail_server.letters), 1)

    def test_a_server_that_says_nothing_does_not_keep_ours_from_stopping(self):
        with socket.create_server(('127.0.0.1', self.port)) as silent:
            self.save()
            connection, _ = silent.accept()
            with connection:
                began = time.monotonic()
                (attempts, due), = self.waiting()
                self.assertLess(time.monotonic() - began, 8)
        self.assertEqual(attempts, 1)
        self.assertIsNotNone(due)


class Settings(MailTest):
    def refused(self, **settings):
        self.server.stop()
        kept = dict(self.server.environment)
        self.server.environment.update(settings)
        try:
            self.server.start()
        except AssertionError as failure:
            return str(failure)
        finally:
            self.server.environment = kept
            if self.server.process is None or self.server.process.poll() is not None:
                self.server.start()
        return None

    def test_settings_that_cannot_work_are_refused_at_the_start(self):
        self.assertIn('--smtp-url', self.refused(TENANTRY_SMTP_URL='http://mail.example', TENANTRY_MAIL_FROM=FROM))
        self.assertIn('--smtp-url', self.refused(TENANTRY_SMTP_URL='smtp://user:word@mail.example', TENANTRY_MAIL_FROM=FROM))
        self.assertIn('--mail-from', self.refused(TENANTRY_SMTP_URL='smtp://mail.example'))
        self.assertIn('--mail-from', self.refused(TENANTRY_MAIL_FROM='nobody'))
        self.assertIn('is no http or https address', self.refused(TENANTRY_MEETING_LINK='javascript:alert(1)'))

    def test_without_a_page_to_link_to_the_letter_has_the_token_alone(self):
        kept = dict(self.server.environment)
        self.server.stop()
        del self.server.environment['TENANTRY_MEETING_LINK']
        self.server.start()
        try:
            self.assertTrue(self.save()['isEmailSent'])
            letter, = self.letters_to_association()
            self.assertIn('code', letter.get_content())
            self.assertNotIn('http', letter.get_content())
            self.assertEqual(self.client_with(self.token_in(letter)).get('/v2/tra/meeting').status, 200)
        finally:
            self.server.stop()
            self.server.environment = kept
            self.server.start()


class Remote(MailTest):
    """A server elsewhere must speak TLS. 0.0.0.0 leads here, but is not known to."""
    settings = {**MeetingsTest.settings, 'TENANTRY_MAIL_FROM': FROM}

    @classmethod
    def setUpClass(cls):
        cls.mail_server = MailServer()
        cls.addClassCleanup(cls.mail_server.close)
        cls.settings = {**cls.settings, 'TENANTRY_SMTP_URL': f'smtp://0.0.0.0:{cls.mail_server.port}'}
        super().setUpClass()

    def test_nothing_is_sent_in_the_clear(self):
        self.save()
        self.wait_until(lambda: 'mail was not sent' in self.server.log())
        self.assertEqual(self.mail_server.greeted, 1)
        self.assertEqual(self.mail_server.letters, [])
        self.assertEqual(len(self.waiting()), 1)
