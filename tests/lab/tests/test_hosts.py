"""The hosts themselves: systemd, users, sudo, dpkg, faults, and that nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from labcluster import LAB, LabTest, cluster, faults, network, settings


class Hosts(LabTest):
    hosts = 2
    setup = None

    def test_systemd_is_running_on_every_host(self):
        for index in (1, 2):
            done = self.lab.ssh(index, "hostname; systemctl is-system-running; cat /proc/1/comm")
            self.assertEqual(done.stdout.split(), ["h%d" % index, "running", "systemd"])

    def test_users_have_the_rights_their_names_promise(self):
        sudo = "echo %s | sudo -S -p '' id -un" % settings.PASSWORD
        self.assertEqual(self.lab.ssh(1, "sudo -n id -un").stdout, "root\n")
        self.assertEqual(self.lab.ssh(1, "id -un", user="root").stdout, "root\n")
        needsPassword = self.lab.ssh(1, "sudo -n true", user="kwpass")
        self.assertIn("sudo: a password is required", needsPassword.stderr)
        self.assertEqual(self.lab.ssh(1, sudo, user="kwpass").stdout, "root\n")
        refused = self.lab.ssh(1, sudo, user="kwplain")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("kwplain is not in the sudoers file", refused.stderr)

    def test_password_and_keyboard_interactive_logins_work(self):
        self.assertEqual(self.lab.ssh(1, "id -un", user="kwpass", password=True).stdout, "kwpass\n")
        self.assertEqual(self.lab.ssh(1, "id -un", user="kwkbd", password=True).stdout, "kwkbd\n")
        self.assertIn(
            "Permission denied (keyboard-interactive)", self.lab.ssh(1, "true", user="kwkbd").stderr
        )

    def test_an_expired_password_must_be_changed_before_anything_runs(self):
        done = self.lab.ssh(1, "id -un", user="kwexpired")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("Password change required", done.stderr)

    def test_the_package_database_is_the_hosts_own_and_can_be_locked(self):
        self.assertEqual(
            self.lab.packageVersion(1, "openssh-server").split()[1:], ["install", "ok", "installed"]
        )
        self.lab.fault(1, "package-lock")
        locked = self.lab.ssh(1, "sudo dpkg -r nano")
        self.assertEqual(locked.returncode, 2)
        self.assertIn("dpkg frontend lock was locked by another process", locked.stderr)
        self.lab.clear(1, "package-lock")
        self.assertEqual(self.lab.ssh(1, "sudo dpkg -r nano").returncode, 0)

    def test_stopping_a_service_without_rights_is_refused_with_exit_code_4(self):
        done = self.lab.ssh(1, "systemctl stop ssh", user="kwplain")
        self.assertEqual(done.returncode, 4)
        self.assertIn("Access denied", done.stderr)

    def test_no_host_has_a_way_out(self):
        for argv in ([], *[["nsenter", "--net=/run/netns/" + settings.netns(i)] for i in (1, 2)]):
            routes = self.lab.hub(*argv, "ip", "route").stdout
            self.assertEqual(
                [line.split()[0] for line in routes.splitlines()], [settings.NETWORK + ".0.0/16"]
            )

    def test_a_changed_kernel_setting_stays_in_the_host(self):
        machine = Path("/proc/sys/vm/max_map_count")
        before = machine.read_text()
        wanted = str(int(before) + 1)
        self.assertEqual(
            self.lab.ssh(1, "sudo /usr/sbin/sysctl -w vm.max_map_count=" + wanted).returncode, 0
        )
        self.assertEqual(self.lab.ssh(1, "cat /proc/sys/vm/max_map_count").stdout.strip(), wanted)
        self.assertEqual(machine.read_text(), before)

    def test_a_host_without_cable_does_not_answer_until_it_is_back(self):
        self.lab.fault(2, "link-down")
        self.assertIn("timed out", self.lab.ssh(2, "true").stderr)
        self.lab.clear(2, "link-down")
        self.lab.waitFor(lambda: self.lab.ssh(2, "true").returncode == 0, 20, "h2 answers again")

    def test_a_frozen_host_keeps_the_connection_and_says_nothing(self):
        self.lab.fault(2, "freeze")
        with self.assertRaises(subprocess.TimeoutExpired):
            self.lab.hub(*self.lab.sshArgv(2, "true"), timeout=3)
        self.lab.clear(2, "freeze")
        self.assertEqual(self.lab.ssh(2, "true").returncode, 0)

    def test_firewall_faults_swallow_or_reset_ssh(self):
        for name, text in (("blackhole", "timed out"), ("reset-ssh", "refused")):
            self.lab.fault(2, name)
            self.assertIn(text, self.lab.ssh(2, "true").stderr)
            self.lab.clear(2, name)
            self.assertEqual(self.lab.ssh(2, "true").returncode, 0)

    def test_killed_sessions_end_with_a_lost_connection(self):
        session = self.lab.start(
            *self.lab.sshArgv(2, "echo here; exec sleep 60"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.assertEqual(session.stdout.readline(), "here\n")
        self.lab.fault(2, "kill-session")
        self.assertIn("closed", session.communicate(timeout=10)[1])
        self.assertEqual(session.returncode, 255)

    def test_a_small_file_system_is_full_soon(self):
        self.lab.fault(2, "small-fs", "/mnt/small", "1M")
        self.assertIn(
            "No space left", self.lab.ssh(2, "head -c 2M /dev/zero > /mnt/small/f").stderr
        )
        self.lab.clear(2, "small-fs", "/mnt/small")

    def test_a_read_only_directory_cannot_be_written(self):
        self.lab.fault(2, "read-only", "/var/tmp")
        self.assertIn("Read-only file system", self.lab.ssh(2, "touch /var/tmp/x").stderr)
        self.lab.clear(2, "read-only", "/var/tmp")

    def test_files_survive_a_power_loss_and_processes_do_not(self):
        self.lab.ssh(2, "sync; touch kept; sync; sudo systemd-run -q --unit=busy sleep 600")
        self.lab.fault(2, "crash")
        self.assertNotEqual(self.lab.ssh(2, "true").returncode, 0)
        self.lab.fault(2, "start")
        done = self.lab.ssh(2, "ls; systemctl is-active busy")
        self.assertEqual(done.stdout.split(), ["kept", "inactive"])

    def test_a_reboot_from_inside_comes_back(self):
        boot = "cut -d' ' -f22 /proc/1/stat"  # when init started
        before = self.lab.ssh(2, boot).stdout
        self.lab.ssh(2, "sudo systemctl reboot")
        self.lab.waitFor(
            lambda: (now := self.lab.ssh(2, boot)).returncode == 0 and now.stdout != before,
            30,
            "h2 has booted again",
        )

    def test_faults_of_the_stand_ins_are_files_in_the_host(self):
        self.lab.fault(1, "start-delay", "7")
        self.assertEqual(self.lab.ssh(1, "cat /etc/kwsim/fault/start-delay").stdout, "7\n")
        self.lab.clear(1, "start-delay")
        self.assertEqual(self.lab.ssh(1, "ls /etc/kwsim/fault").stdout, "")
        with self.assertRaises(cluster.LabError):
            self.lab.fault(1, "../escape")


class Leftovers(LabTest):
    hosts = 1
    setup = None

    def test_a_second_owner_is_refused_with_a_reason(self):
        environment = {k: v for k, v in os.environ.items() if k != "KWUP_LAB_OWNER"}
        done = subprocess.run([LAB, "down"], env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("The lab is in use by process %d." % os.getpid(), done.stderr)
        self.assertEqual(self.lab.ssh(1, "true").returncode, 0)

    def test_nothing_is_left_after_a_killed_test_program(self):
        self.lab.down()
        code = (
            "import labcluster, time; labcluster.LabCluster(1, None).up(); "
            "print('up', flush=True); time.sleep(99)"
        )
        program = subprocess.Popen(
            [sys.executable, "-B", "-c", code],
            cwd=Path(__file__).parent,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.assertEqual(program.stdout.readline(), "up\n")
        self.assertTrue(remains())
        os.kill(program.pid, signal.SIGKILL)
        program.communicate()
        self.lab.waitFor(
            lambda: not remains(), 20, "hosts, mounts, namespaces and cgroups are gone"
        )
        self.lab.up()

    def test_a_host_that_only_left_pieces_is_removed(self):
        host = cluster.hosts()[0]
        os.kill(host.leader, signal.SIGKILL)
        self.lab.waitFor(lambda: host.leader is None, 10, "h1 is dead")
        self.lab.down()
        self.assertEqual(remains(), [])
        self.lab.up()


def remains():
    """Everything of a lab that this machine would notice."""
    return [
        *cluster.cgroups.names(),
        *cluster.leftoverMounts(),
        *settings.HOSTS.glob("*"),
        *Path("/run/netns").glob(settings.PREFIX + "-*"),
    ]
