"""kwdb-upgrade and all ways to log in and to become root; then a single node, with troubles, as root."""

import shutil
import signal
import subprocess

from consolerun import Console
from labcluster import LabTest, kwdb, settings

KEY_PHRASE = "kwup Lab: 'two'"  # a throw-away; quotes and blanks must survive
OK, BLOCKED, USAGE, FAILED, STOPPED, NO_LOGIN = range(6)


class SingleNode(LabTest):
    hosts = 1
    setup = kwdb.Setup(topology="single", timeScale=0.3)

    def console(self, secrets=None, **host):
        console = Console(self.lab, **host)
        self.addCleanup(console.close)
        console.secrets = secrets
        return console

    def assertUntouched(self):
        self.assertEqual(self.lab.packageVersion(1), "2.2.0 install ok installed")
        self.assertEqual(self.lab.unit(1, "ActiveState"), {"ActiveState": "active"})
        left = self.lab.exec(1, "sh", "-c", "ls -Ad /var/tmp/kwup* /var/tmp/.kwup*; true").stdout
        self.assertEqual(left, "")


class Logins(SingleNode):
    def check(self, secrets=None, options=(), **host):
        done = self.console(secrets, **host).run("check", *options)
        self.assertUntouched()
        return done

    def assertRefused(self, done, code, exitCode=NO_LOGIN):
        self.assertEqual(done.code, exitCode, done.story())
        self.assertIn(code, done.codes(), done.story())

    def assertPrivilege(self, done, word):
        self.assertEqual(done.code, OK, done.story())
        self.assertEqual(done.all("facts")[0]["facts"]["privilege"]["value"], word)

    def test_root_needs_no_sudo(self):
        self.assertPrivilege(self.check(user="root"), "root")

    def test_a_key_file_with_a_passphrase_is_opened_with_the_secret(self):
        console = self.console('default: {passphrase: "%s"}' % KEY_PHRASE)
        key = console.folder / "locked"
        shutil.copy(settings.CLIENT_KEY, key)
        change = ["ssh-keygen", "-q", "-p", "-P", "", "-N", KEY_PHRASE, "-f", str(key)]
        subprocess.run(change, check=True, capture_output=True)
        console.profile(key_file=key)
        self.assertPrivilege(console.run("check"), "sudo without password")
        console.secrets = "default: {passphrase: wrong}"
        self.assertRefused(console.run("check"), "key-passphrase-wrong")
        console.secrets = None
        self.assertRefused(console.run("check"), "key-passphrase-needed")

    def test_a_password_logs_in_and_is_never_seen(self):
        done = self.check("default: {password: %s}" % settings.PASSWORD, auth="password")
        self.assertPrivilege(done, "sudo without password")
        self.assertNotIn(settings.PASSWORD, str(done.events) + done.noise)

    def test_a_wrong_password_is_refused(self):
        done = self.check("default: {password: wrong}", auth="password")
        self.assertRefused(done, "authentication-failed")

    def test_keyboard_interactive_is_answered_with_the_password(self):
        secrets = "default: {password: %s}" % settings.PASSWORD
        done = self.check(secrets, user="kwkbd", auth="keyboard-interactive")
        # The login works; that this user may not use sudo is another matter.
        self.assertRefused(done, "sudo-not-allowed", BLOCKED)

    def test_an_expired_password_is_called_that(self):
        secrets = "default: {password: %s}" % settings.PASSWORD
        self.assertRefused(
            self.check(secrets, user="kwexpired", auth="password"), "password-expired"
        )

    def test_sudo_takes_the_password_from_the_secrets(self):
        done = self.check("default: {sudo-password: %s}" % settings.PASSWORD, user="kwpass")
        self.assertPrivilege(done, "sudo with password")

    def test_on_a_terminal_the_sudo_password_is_asked_for_and_not_echoed(self):
        console = self.console(user="kwpass")
        shown = console.onTerminal("check", {"sudo password for": settings.PASSWORD})
        self.assertIn("[exit code 0]", shown)
        self.assertEqual(shown.count("sudo password for"), 1, shown)
        self.assertNotIn(settings.PASSWORD, shown)

    def test_sudo_without_its_password_is_refused(self):
        self.assertRefused(self.check(user="kwpass"), "sudo-password-needed", BLOCKED)

    def test_sudo_with_a_wrong_password_is_refused(self):
        done = self.check("default: {sudo-password: wrong}", user="kwpass")
        self.assertRefused(done, "sudo-password-wrong", BLOCKED)

    def test_a_user_without_sudo_is_refused_by_a_run_and_nothing_is_changed(self):
        done = self.console("default: {sudo-password: %s}" % settings.PASSWORD, user="kwplain").run(
            "run"
        )
        self.assertRefused(done, "sudo-not-allowed", BLOCKED)
        self.assertEqual(done.all("run-state-changed"), [])
        self.assertUntouched()

    def test_an_unknown_host_key_ends_the_run_and_its_fingerprint_lets_it_go_on(self):
        console = self.console()
        console.knownHosts.write_text("")
        done = console.run("check")
        self.assertRefused(done, "host-key-unknown")
        told = done.all("error", code="host-key-unknown")[0]["message"]
        fingerprint = "SHA256:" + told.split("SHA256:")[1][:43]
        shown = subprocess.run(
            ["ssh-keygen", "-l", "-f", "-"],
            input=settings.KNOWN_HOSTS.read_text(),
            text=True,
            capture_output=True,
            check=True,
        ).stdout
        self.assertIn(fingerprint, shown)
        self.assertEqual(console.run("check", "--trust", fingerprint).code, OK)
        self.assertEqual(console.run("check").code, OK)  # it has been kept

    def test_a_changed_host_key_is_refused_even_when_its_fingerprint_is_trusted(self):
        console = self.console()
        other = console.folder / "other"
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)]
        subprocess.run(make, check=True)
        words = other.with_suffix(".pub").read_text().split()[:2]
        console.knownHosts.write_text("%s %s\n" % (settings.address(1), " ".join(words)))
        known = settings.KNOWN_HOSTS.read_text()
        real = subprocess.run(
            ["ssh-keygen", "-l", "-f", "-"], input=known, text=True, capture_output=True, check=True
        ).stdout
        trust = [w for line in real.splitlines() for w in ("--trust", line.split()[1])]
        self.assertRefused(console.run("check", *trust), "host-key-changed")


OLD_SYSTEMD_RUN = """#!/bin/sh
for word; do
    [ "$word" != --collect ] || { echo "systemd-run: unrecognized option '--collect'" >&2; exit 1; }
done
exec /usr/bin/systemd-run "$@"
"""


class Troubles(SingleNode):
    """One run of a single node, as root: each test takes it a little further."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A proxy in the environment of every login must not come between the node and its health.
        proxy = "printf '%s\\n' http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9"
        cls.lab.exec(1, "sh", "-c", proxy + " >>/etc/environment")
        old = "cat >/usr/local/bin/systemd-run; chmod 755 /usr/local/bin/systemd-run"
        cls.lab.exec(1, "sh", "-c", old, input=OLD_SYSTEMD_RUN)  # as on CentOS 7
        cls.root = Console(cls.lab, user="root")
        cls.addClassCleanup(cls.root.close)

    def test_1_a_held_package_lock_blocks_the_run_before_it_begins(self):
        self.lab.fault(1, "package-lock")
        done = self.root.run("run")
        self.assertEqual(done.code, BLOCKED, done.story())
        self.assertEqual(done.codes(), ["package-manager-free"])
        self.assertUntouched()

    def test_2_a_disk_that_fills_up_after_the_checks_ends_the_run_and_changes_nothing(self):
        with self.root.start("run") as program:
            program.waitFor("checks-done", 240)
            program.signal(signal.SIGSTOP)  # the disk fills up just now
            self.lab.fault(1, "small-fs", "/var/tmp", "1m")
            program.signal(signal.SIGCONT)
            try:
                self.assertEqual(program.end(), FAILED, program.story())
                # What has been uploaded may stay: the run can be resumed. The lock may not.
                lock = self.lab.exec(1, "test", "-e", "/var/tmp/kwup.lock", check=False)
                self.assertEqual(lock.returncode, 1)
            finally:
                self.lab.clear(1, "small-fs", "/var/tmp")
        self.assertIn("no-space", program.codes(), program.story())
        self.assertUntouched()

    def test_3_a_package_lock_during_the_upgrade_fails_that_step_only(self):
        with self.root.start("resume") as program:
            program.waitFor("step-started", 240, step="stop@" + settings.address(1))
            self.lab.fault(1, "package-lock")
            self.assertEqual(program.end(), FAILED, program.story())
        self.assertIn("deploy-script-failed", program.codes(), program.story())
        self.assertEqual(self.lab.packageVersion(1), "2.2.0 install ok installed")
        self.assertNotEqual(self.lab.unit(1, "ActiveState"), {"ActiveState": "active"})
        lock = self.lab.exec(1, "cat", "/var/tmp/kwup.lock").stdout
        self.assertIn('"state":"failed"', lock)

    def test_4_another_run_is_refused_while_that_one_is_unfinished(self):
        done = self.console(user="root").run("run")
        self.assertEqual(done.code, BLOCKED, done.story())
        self.assertIn("wizard-lock-free", done.codes())

    def test_5_resume_finishes_it_when_the_lock_is_gone(self):
        done = self.root.run("resume")
        self.assertEqual(done.code, OK, done.story())
        self.assertEqual(
            [s.split("@")[0] for s in done.steps() if s.split("@")[0] in ("stop", "upgrade")],
            ["upgrade"],
        )
        self.assertEqual(self.lab.packageVersion(1), "2.2.1 install ok installed")
        self.assertEqual(self.lab.unit(1, "ActiveState"), {"ActiveState": "active"})
        self.assertTrue(self.lab.isLive(1))
        left = self.lab.exec(1, "sh", "-c", "ls -Ad /var/tmp/kwup* /var/tmp/.kwup*; true").stdout
        self.assertEqual(left, "")

    def test_6_its_jobs_ran_as_units_also_with_an_old_systemd_run(self):
        units = self.lab.exec(1, "journalctl", "--no-pager", "-o", "cat", "-u", "kwup-*").stdout
        for kind in ("stage", "stop", "upgrade", "start"):
            self.assertIn("kwup-%s_" % kind, units)

    def test_7_there_is_nothing_to_resume_any_more(self):
        self.assertEqual(self.root.run("resume").code, USAGE)
