"""One demo host: SSH, systemctl against the recordings, deploy.sh against the recordings."""
import os
import re
import shutil
import subprocess
import unittest

import demotest

STATE = ("systemctl show kaiwudb -p ActiveState,SubState,Result,MainPID,ExecMainPID,ExecMainCode,ExecMainStatus,"
         "NRestarts,NeedDaemonReload,LoadState,UnitFileState")
FIXTURE = os.path.join(demotest.HERE, "fixture")


class Sessions(demotest.ClusterTest):
    OPTIONS = ("--single", "--kwbase", FIXTURE, "--payload-mb", "0.2", "--secure", "insecure")

    def test_output_error_output_input_and_exit_code_are_kept_apart(self):
        result = self.ssh("cat; echo err >&2; id -u; pwd; hostname; exit 7", stdin=None, input=b"in\n")
        self.assertEqual((result.returncode, result.stdout, result.stderr),
                         (7, b"in\n0\n/root\nn1\n", b"err\n"))

    def test_a_background_process_outlives_its_session_and_the_next_one_sees_it(self):
        pid = self.ssh("setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $!").stdout.decode().strip()
        self.assertEqual(self.ssh(f"cat /proc/{pid}/comm").stdout, b"sleep\n")
        self.ssh(f"kill {pid}")

    def test_files_travel_by_sftp(self):
        facts = self.facts["hosts"][0]
        target = f"{facts['user']}@{facts['address']}"
        result = subprocess.run(
            ["sftp", "-q", "-F", "none", "-b", "-", "-i", facts["keyFile"], "-o", "IdentitiesOnly=yes", "-o",
             "UserKnownHostsFile=" + self.facts["knownHosts"], "-P", str(facts["port"]), target],
            input=f"put {self.facts['archive221']} /var/tmp/sent\n", capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.facts["archive221"], "rb") as sent, open(self.root("/var/tmp/sent"), "rb") as arrived:
            self.assertEqual(arrived.read(), sent.read())

    def test_a_chatty_bashrc_speaks_before_every_command(self):
        self.fault("chatty-bashrc")
        self.assertEqual(self.ssh("echo x").stdout, b"Welcome to n1. Authorised use only.\nx\n")

    def test_a_host_with_the_plug_pulled_refuses_and_comes_back_with_the_service_stopped(self):
        self.assertEqual(demotest.run_cluster("fault", "--dir", self.dir, "n1", "power-off").returncode, 0)
        self.assertEqual(self.ssh("true").returncode, 255)
        self.assertEqual(demotest.run_cluster("clear", "--dir", self.dir, "n1", "power-off").returncode, 0)
        self.assertEqual(self.ssh("systemctl is-active kaiwudb").stdout, b"inactive\n")
        self.assertEqual(self.ssh("systemctl start kaiwudb").returncode, 0)

    def test_the_host_has_what_an_installed_node_has(self):
        self.assertEqual(self.say("cat /etc/kaiwudb/info/MODE").split(),
                         ["bare", "single", "/usr/local/kaiwudb", "/var/lib/kaiwudb", "26257", "8080", "kaiwudb",
                          "insecure", "false", self.facts["hosts"][0]["address"]])
        self.assertEqual(self.say("cat /etc/kaiwudb/info/.version"), "2.2.0\n")
        self.assertEqual(self.say("cat /etc/kaiwudb/script/kaiwudb_env"), 'KAIWUDB_START_ARG=""\n')
        self.assertEqual(self.say("readlink /usr/bin/kwbase"), "/usr/local/kaiwudb/bin/kwbase\n")
        self.assertEqual(self.say("dpkg-query -W -f '${Package} ${Version} ${Status}\\n' 'kaiwudb*'"),
                         "kaiwudb-libcommon 2.2.0 install ok installed\nkaiwudb-server 2.2.0 install ok installed\n")
        self.assertEqual(self.say("grep kaiwudb /etc/passwd; sudo -u kaiwudb kwbase version"),
                         "kaiwudb:x:0:0::/home/kaiwudb:/bin/bash\nKaiwuDB Version:  V2.2.0\n")

    def test_up_on_a_running_cluster_uses_it(self):
        result = demotest.run_cluster("up", "--dir", self.dir)
        self.assertEqual(result.returncode, 0)
        self.assertIn("is up already", result.stderr)


class Systemctl(demotest.ClusterTest):
    OPTIONS = ("--single", "--kwbase", FIXTURE, "--payload-mb", "0.2", "--secure", "insecure")

    def setUp(self):
        self.inside("rm -f /etc/kwsim/fixture-*; systemctl stop kaiwudb; systemctl reset-failed kaiwudb; "
                    "systemctl start kaiwudb")

    def settled(self, text):
        return text.partition("Active: ")[2].startswith(("failed", "inactive"))

    def plain(self, text):
        """Without process ids, times, addresses and the options that differ from the recording."""
        text = re.sub(r"\b(MainPID|ExecMainPID)=[1-9]\d*", r"\1=N", text)
        text = re.sub(r"since .*? ago", "since WHEN", text)
        text = re.sub(r"Duration: [\d.]+m?s", "Duration: T", text)
        text = re.sub(r"Process: \d+", "Process: N", text)
        text = re.sub(r"Main PID: \d+", "Main PID: N", text)
        text = re.sub(r"─\d+ (/usr/bin/python3 -IS )?", "─N ", text)
        text = re.sub(r"(start-single-node( \$KAIWUDB_START_ARG)?) .*?(?= \(code|$)", r"\1 …", text, flags=re.M)
        return text.rstrip("\n")

    def assertRecorded(self, said, name, command, number):
        self.assertEqual(self.plain(said), self.plain(demotest.recording(name, command, number).decode()))

    def test_a_running_service_reads_as_recorded(self):
        self.assertRecorded(self.say(STATE), "broken-bin", "systemctl show", 0)
        status = self.plain(self.inside("systemctl status kaiwudb --no-pager -n 0")[1])
        self.assertEqual(status, self.plain(demotest.recording("dep", "systemctl status").decode()))
        self.assertEqual(self.inside("systemctl is-active kaiwudb; systemctl is-enabled kaiwudb"),
                         (1, "active\ndisabled\n"))

    def test_stop_sends_two_signals_and_leaves_no_trace(self):
        self.assertEqual(self.inside("systemctl stop kaiwudb"), (0, ""))
        self.assertRecorded(self.say(STATE), "graceful-stop", "systemctl show", 0)
        self.assertRecorded(self.inside("systemctl status kaiwudb")[1], "graceful-stop", "systemctl status", 0)
        journal = self.say("journalctl -u kaiwudb --no-pager -n 7 -o cat").split("\n")
        recorded = demotest.recording("graceful-stop", "journalctl").decode()
        self.assertEqual(journal[:-1], re.sub(r"^.*?\]: ", "", recorded, flags=re.M).split("\n")[:-1])

    def test_a_main_process_that_ended_well_by_itself_leaves_a_failed_unit(self):
        self.say("systemctl kill -s TERM --kill-who=main kaiwudb")
        self.wait(lambda: self.settled(self.inside("systemctl status kaiwudb")[1]))
        self.assertRecorded(self.say(STATE), "graceful-stop", "systemctl show kaiwudb -p ActiveState", 1)
        self.assertRecorded(self.inside("systemctl status kaiwudb -n 0")[1], "graceful-stop", "systemctl status", 1)
        self.assertIn("Control process exited, code=exited, status=1/FAILURE", self.say("journalctl -u kaiwudb"))

    def test_a_service_that_dies_reads_as_recorded(self):
        self.say("echo 7 >/etc/kwsim/fixture-exit")
        self.wait(lambda: self.settled(self.inside("systemctl status kaiwudb")[1]))
        self.assertRecorded(self.say(STATE), "broken-bin", "systemctl show", 1)
        self.assertRecorded(self.inside("systemctl status kaiwudb -n 0")[1], "broken-bin", "systemctl status", 1)
        self.assertIn("Main process exited, code=exited, status=7/NOTRUNNING", self.say("journalctl -u kaiwudb"))

    def test_start_succeeds_although_there_is_no_program(self):
        self.say("systemctl stop kaiwudb; mv /usr/local/kaiwudb/bin/kwbase /usr/local/kaiwudb/bin/away")
        self.addCleanup(self.say, "mv /usr/local/kaiwudb/bin/away /usr/local/kaiwudb/bin/kwbase")
        self.assertEqual(self.inside("systemctl start kaiwudb"), (0, ""))
        self.wait(lambda: self.settled(self.inside("systemctl status kaiwudb")[1]))
        self.assertRecorded(self.say(STATE), "broken-bin", "systemctl show", 2)
        self.assertRecorded(self.inside("systemctl status kaiwudb -n 0")[1], "broken-bin", "systemctl status", 2)

    def test_a_process_that_ignores_the_signal_is_killed_after_the_limit(self):
        self.say("echo 0.02 >/etc/kwsim/time-scale; touch /etc/kwsim/fixture-deaf")
        self.addCleanup(self.say, "echo 1 >/etc/kwsim/time-scale")
        self.assertEqual(self.inside("systemctl stop kaiwudb")[0], 0)
        shown = self.say(STATE)
        for line in ("Result=timeout", "ActiveState=failed", "ExecMainCode=2", "ExecMainStatus=9"):
            self.assertIn(line + "\n", shown)

    def test_a_changed_unit_file_asks_for_a_reload(self):
        self.say("touch -d 'now + 5 seconds' /etc/systemd/system/kaiwudb.service")
        self.assertIn("NeedDaemonReload=yes", self.say(STATE))
        self.say("systemctl daemon-reload")
        self.assertIn("NeedDaemonReload=no", self.say(STATE))

    def test_the_start_argument_comes_from_the_environment_file(self):
        self.say("echo 'KAIWUDB_START_ARG=\"--one --two\"' >/etc/kaiwudb/script/kaiwudb_env; systemctl restart kaiwudb")
        self.addCleanup(self.say, "echo 'KAIWUDB_START_ARG=\"\"' >/etc/kaiwudb/script/kaiwudb_env")
        self.assertIn("start-single-node --one --two --insecure", self.say("systemctl status kaiwudb"))

    def test_unknown_units_have_the_codes_of_systemd(self):
        for command, code in (("start", 5), ("stop", 5), ("status", 4), ("is-active", 3)):
            with self.subTest(command):
                self.assertEqual(self.inside(f"systemctl {command} nothing 2>/dev/null")[0], code)
        self.assertEqual(self.say("systemctl show nothing -p LoadState --value"), "not-found\n")


class DeployScript(demotest.ClusterTest):
    OPTIONS = ("--single", "--kwbase", FIXTURE, "--payload-mb", "0.2", "--secure", "insecure")

    def setUp(self):
        """An installed, stopped 2.2.0 and an unpacked 2.2.1, whatever the test before has done."""
        shutil.copyfile(self.facts["archive221"], self.root("/root/p.tar.gz"))
        shutil.copyfile(self.facts["archive220"], self.root("/root/old.tar.gz"))
        self.say("systemctl stop kaiwudb; systemctl reset-failed kaiwudb; rm -f /etc/kwsim/fault/*; "
                 "! mountpoint -q /usr/local/kaiwudb/lib || umount /usr/local/kaiwudb/lib; "
                 "rm -rf kwdb_install; tar xzf old.tar.gz; "
                 "dpkg -i /etc/kwsim/squashfs-tools.deb kwdb_install/packages/*.deb >/dev/null 2>&1; "
                 "cp kwdb_install/packages/.version /etc/kaiwudb/info/; rm -rf kwdb_install; tar xzf p.tar.gz; "
                 "rm -f /etc/systemd/system/*q; dpkg -l kaiwudb-server | grep -q 'ii.*2.2.0'")

    def deploy(self, words="upgrade -l", before=""):
        """(exit code, stdout): whether stdout is held open afterwards does not matter here."""
        self.inside(f"cd kwdb_install; {before} ./deploy.sh {words} >../said 2>&1 </dev/null; echo $? >../code")
        return int(self.content("/root/code")), self.content("/root/said")

    def content(self, path):
        with open(self.root(path), "rb") as f:
            return f.read()

    def plain(self, text):
        text = re.sub(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", b"DATE", text)
        text = re.sub(rb"with pid \d+", b"with pid N", text)
        return re.sub(rb"\.\.\. \d+ files", b"... N files", text)

    def assertRecorded(self, result, code, name, number=0):
        recorded = demotest.recording(name, "./deploy.sh upgrade -l", number)
        self.assertEqual((result[0], self.plain(result[1])), (code, self.plain(recorded)))

    def state(self):
        return self.say("dpkg-query -W -f '${Package} ${Version} ${Status}\\n' 'kaiwudb*'; "
                        "cat /etc/kaiwudb/info/.version; readlink /usr/bin/kwbase || echo none; "
                        "ls /etc/systemd/system | grep kaiwu; systemctl is-active kaiwudb || true").split("\n")[:-1]

    def test_the_offline_branch_upgrades_and_does_not_start_the_service(self):
        self.assertRecorded(self.deploy(), 0, "offline-ok")
        self.assertEqual(self.state(), ["kaiwudb-libcommon 2.2.1 install ok installed",
                                        "kaiwudb-server 2.2.1 install ok installed", "2.2.1",
                                        "/usr/local/kaiwudb/bin/kwbase", "kaiwudb.service", "kaiwudb.serviceq",
                                        "inactive"])
        self.assertEqual(self.say("cat kwdb_install/log/*"), "")
        self.assertRecorded(self.deploy(), 1, "offline-ok", 1)
        self.assertRegex(self.say("cat kwdb_install/log/*"),
                         r"^\[ERROR\] [\d: -]+ UPGRADE ERROR:The upgrade conditions are not met\.\( --> \)\n$")

    def test_a_running_single_node_is_refused(self):
        self.say("systemctl start kaiwudb")
        self.assertRecorded(self.deploy(), 1, "running-single")
        self.assertEqual(self.state()[1], "kaiwudb-server 2.2.0 install ok installed")

    def test_an_older_package_is_refused(self):
        self.assertRecorded(self.deploy(before="sed -i s/2.2.1/2.1.0/ packages/.version;"), 1, "older")

    def test_a_container_package_is_refused_before_the_first_bar_is_drawn(self):
        code = self.deploy(before="touch packages/KaiwuDB.tar;")[0]
        recorded = demotest.recording("wrong-type", "./deploy.sh upgrade -l")
        self.assertEqual(code, 1)
        # The bar of the child may come before or after the line (a race in the original, too).
        self.wait(lambda: self.content("/root/said").endswith(b" " * 116 + b"\r"))
        said = self.content("/root/said")
        self.assertIn(self.plain(recorded.partition(b"\n")[0]).strip(b" \r"), self.plain(said))

    def test_a_held_lock_leaves_the_old_packages_alone(self):
        self.fault("dpkg-lock")
        self.wait(lambda: "unattended-upgr" in self.say("ps -eo comm"))
        self.assertRecorded(self.deploy(), 1, "lock")
        self.assertEqual(self.state()[:3], ["kaiwudb-libcommon 2.2.0 install ok installed",
                                            "kaiwudb-server 2.2.0 install ok installed", "2.2.0"])
        self.say("rm /etc/kwsim/fault/*")
        self.wait(lambda: "unattended-upgr" not in self.say("ps -eo comm"))
        self.assertRecorded(self.deploy(), 0, "lock", 1)

    def test_a_missing_dependency_leaves_the_server_unpacked_and_a_rerun_repairs_it(self):
        self.fault("dpkg-fails-after-remove")
        self.assertRecorded(self.deploy(), 1, "dep")
        self.assertEqual(self.state(), ["kaiwudb-libcommon 2.2.1 install ok installed",
                                        "kaiwudb-server 2.2.1 install ok unpacked", "2.2.0", "none",
                                        "kaiwudb.service", "inactive"])
        self.say("rm /etc/kwsim/fault/*")
        self.assertEqual(self.deploy()[0], 0)
        self.assertEqual(self.state()[1], "kaiwudb-server 2.2.1 install ok installed")

    def test_a_full_disk_leaves_no_server(self):
        self.fault("disk-full-on-unpack")
        code, said = self.deploy()
        self.assertEqual(code, 1)
        self.assertIn(b"No space left on device", said)
        self.say("rm /etc/kwsim/fault/*")
        self.assertEqual(self.deploy()[0], 0)

    def test_a_script_that_does_nothing_and_one_that_lies_end_with_0(self):
        self.fault("deploy-noop")
        self.assertEqual(self.deploy(), (0, b""))
        self.say("rm /etc/kwsim/fault/*")
        self.fault("deploy-lies")
        self.assertRecorded(self.deploy(), 0, "offline-ok")
        self.assertEqual(self.state()[1:3], ["kaiwudb-server 2.2.0 install ok installed", "2.2.1"])

    def test_the_version_file_can_stay_old(self):
        self.fault("deploy-version-not-written")
        self.assertEqual(self.deploy()[0], 0)
        self.assertEqual(self.state()[1:3], ["kaiwudb-server 2.2.1 install ok installed", "2.2.0"])

    def test_options_it_does_not_know_make_it_do_nothing_with_exit_code_0(self):
        for words in ("upgrade", "upgrade --lokal"):
            code, said = self.deploy(words)
            self.assertEqual(code, 0)
            self.assertNotIn(b"COMPLETED", said)
            self.assertIn(b"] 30%\r", said)
            self.assertNotIn(b"] 50%\r", said)
        self.assertEqual(self.state()[1], "kaiwudb-server 2.2.0 install ok installed")

    def test_a_failure_keeps_the_channel_open_after_the_script_has_ended(self):
        self.fault("deploy-fails-hanging")
        with self.assertRaises(subprocess.TimeoutExpired):
            facts = self.facts["hosts"][0]
            subprocess.run(["ssh", "-q", "-F", "none", "-i", facts["keyFile"], "-o", "UserKnownHostsFile=" +
                            self.facts["knownHosts"], "-p", str(facts["port"]), facts["user"] + "@" +
                            facts["address"], "cd kwdb_install && ./deploy.sh upgrade -l; echo $? >../code"],
                           stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=6)
        self.assertEqual(self.say("cat code"), "1\n")
        self.assertIn("deploy.sh upgrade -l", self.say("ps -eo args"))

    def test_without_the_right_to_sudo_nothing_begins(self):
        self.say("echo denied >/etc/kwsim/sudo")
        self.addCleanup(self.say, "rm /etc/kwsim/sudo")
        code, said = self.deploy()
        self.assertEqual((code, said), (1, b"\x1b[31m[ERROR]\x1b[0m Can not use command: 'sudo bash'.\n"))

    def test_uninstall_takes_the_configuration_and_keeps_the_data_and_install_brings_it_back(self):
        self.say("touch /var/lib/kaiwudb/kept")
        code, said = self.deploy("uninstall")
        self.assertEqual(code, 0, said)
        self.assertIn(b"\x1b[1;32m[UNINSTALL COMPLETED]:\x1b[0mKaiwuDB has been uninstalled successfully.\n", said)
        self.say("[ ! -e /etc/kaiwudb ] && [ ! -e /etc/systemd/system/kaiwudb.service ] && [ -e /var/lib/kaiwudb/kept ]")
        code, said = self.deploy("install --single")
        self.assertEqual(code, 0, said)
        self.assertIn(b"Data dir is not empty", said)
        self.assertIn(b"\x1b[1;32m[INSTALL COMPLETED]:\x1b[0mKaiwuDB has been installed successfully! To start KaiwuDB, "
                      b"please execute the command '\x1b[1;34msystemctl daemon-reload\x1b[0m'.\n", said)
        self.assertEqual(self.say("cat /etc/kaiwudb/info/.version"), "2.2.1\n")
        self.say("openssl x509 -checkend 86400 -in /etc/kaiwudb/certs/node.crt")


class Down(unittest.TestCase):
    def test_an_up_killed_in_the_middle_leaves_nothing_after_down(self):
        import tempfile
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            path = os.path.join(folder, "c")
            up = subprocess.Popen([demotest.CLUSTER, "up", "--dir", path, "--nodes", "4", "--kwbase", FIXTURE,
                                   "--payload-mb", "0.2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while not os.path.exists(os.path.join(path, "hosts", "n2", "init.pid")) and up.poll() is None:
                pass
            up.kill()
            up.wait()
            self.assertEqual(demotest.run_cluster("down", "--dir", path).returncode, 0)
            self.assertEqual(os.listdir(folder), [])
            left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
            self.assertEqual([line for line in left.split("\n") if path in line], [])

    def test_down_leaves_no_process_and_no_file_also_after_a_crash(self):
        import tempfile
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            path = os.path.join(folder, "c")
            up = demotest.run_cluster("up", "--dir", path, "--single", "--kwbase", FIXTURE, "--payload-mb", "0.2", "--secure", "insecure")
            self.assertEqual(up.returncode, 0, up.stderr)
            os.unlink(os.path.join(path, "cluster.json"))  # as if `up` had died before it was done
            self.assertEqual(demotest.run_cluster("down", "--dir", path).returncode, 0)
            self.assertEqual(os.listdir(folder), [])
            left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
            self.assertEqual([line for line in left.split("\n") if path in line], [])

    def test_down_does_not_touch_a_folder_that_is_not_its_own(self):
        import tempfile
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            with open(os.path.join(folder, "mine"), "w", encoding="ascii") as f:
                f.write("x")
            demotest.run_cluster("down", "--dir", folder)
            self.assertEqual(demotest.run_cluster("up", "--dir", folder).returncode, 1)
            self.assertIn("mine", os.listdir(folder))


if __name__ == "__main__":
    demotest.skip_where_impossible()
    unittest.main()
