"""One demo host: SSH, systemctl against the recordings, what `down` leaves behind."""
import os
import re
import subprocess
import tempfile
import unittest

import demotest

STATE = (
    "systemctl show kaiwudb -p ActiveState,SubState,Result,MainPID,ExecMainPID,ExecMainCode,ExecMainStatus,"
    "NRestarts,NeedDaemonReload,LoadState,UnitFileState"
)


class Sessions(demotest.ClusterTest):
    OPTIONS = (
        "--single",
        "--kwbase",
        demotest.FIXTURE,
        "--payload-mb",
        "0.2",
        "--secure",
        "insecure",
    )

    def test_output_error_output_input_and_exit_code_are_kept_apart(self):
        result = self.ssh(
            "cat; echo err >&2; id -u; pwd; hostname; exit 7", stdin=None, input=b"in\n"
        )
        self.assertEqual(
            (result.returncode, result.stdout, result.stderr), (7, b"in\n0\n/root\nn1\n", b"err\n")
        )

    def test_a_background_process_outlives_its_session_and_the_next_one_sees_it(self):
        pid = (
            self.ssh("setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $!")
            .stdout.decode()
            .strip()
        )
        self.assertEqual(self.ssh(f"cat /proc/{pid}/comm").stdout, b"sleep\n")
        self.ssh(f"kill {pid}")

    def test_files_travel_by_sftp(self):
        facts = self.facts["hosts"][0]
        target = f"{facts['user']}@{facts['address']}"
        result = subprocess.run(
            [
                "sftp",
                "-q",
                "-F",
                "none",
                "-b",
                "-",
                "-i",
                facts["keyFile"],
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "UserKnownHostsFile=" + self.facts["knownHosts"],
                "-P",
                str(facts["port"]),
                target,
            ],
            input=f"put {self.facts['archive221']} /var/tmp/sent\n",
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.facts["archive221"], "rb") as sent, open(
            self.root("/var/tmp/sent"), "rb"
        ) as arrived:
            self.assertEqual(arrived.read(), sent.read())

    def test_a_chatty_bashrc_speaks_before_every_command(self):
        self.fault("chatty-bashrc")
        self.assertEqual(self.ssh("echo x").stdout, b"Welcome to n1. Authorised use only.\nx\n")

    def test_a_host_with_the_plug_pulled_refuses_and_comes_back_with_the_service_stopped(self):
        self.assertEqual(
            demotest.run_cluster("fault", "--dir", self.dir, "n1", "power-off").returncode, 0
        )
        self.assertEqual(self.ssh("true").returncode, 255)
        self.assertEqual(
            demotest.run_cluster("clear", "--dir", self.dir, "n1", "power-off").returncode, 0
        )
        self.assertEqual(self.ssh("systemctl is-active kaiwudb").stdout, b"inactive\n")
        self.assertEqual(self.ssh("systemctl start kaiwudb").returncode, 0)

    def test_the_host_has_what_an_installed_node_has(self):
        self.assertEqual(
            self.say("cat /etc/kaiwudb/info/MODE").split(),
            [
                "bare",
                "single",
                "/usr/local/kaiwudb",
                "/var/lib/kaiwudb",
                "26257",
                "8080",
                "kaiwudb",
                "insecure",
                "false",
                self.facts["hosts"][0]["address"],
            ],
        )
        self.assertEqual(self.say("cat /etc/kaiwudb/info/.version"), "2.2.0\n")
        self.assertEqual(self.say("cat /etc/kaiwudb/script/kaiwudb_env"), 'KAIWUDB_START_ARG=""\n')
        self.assertEqual(self.say("readlink /usr/bin/kwbase"), "/usr/local/kaiwudb/bin/kwbase\n")
        self.assertEqual(
            self.say("dpkg-query -W -f '${Package} ${Version} ${Status}\\n' 'kaiwudb*'"),
            "kaiwudb-libcommon 2.2.0 install ok installed\nkaiwudb-server 2.2.0 install ok installed\n",
        )
        self.assertEqual(
            self.say("grep kaiwudb /etc/passwd; sudo -u kaiwudb kwbase version"),
            "kaiwudb:x:0:0::/home/kaiwudb:/bin/bash\nKaiwuDB Version:  V2.2.0\n",
        )

    def test_up_on_a_running_cluster_uses_it(self):
        result = demotest.run_cluster("up", "--dir", self.dir)
        self.assertEqual(result.returncode, 0)
        self.assertIn("is up already", result.stderr)


class Systemctl(demotest.ClusterTest):
    OPTIONS = (
        "--single",
        "--kwbase",
        demotest.FIXTURE,
        "--payload-mb",
        "0.2",
        "--secure",
        "insecure",
    )

    def setUp(self):
        self.inside(
            "rm -f /etc/kwsim/fixture-*; systemctl stop kaiwudb; systemctl reset-failed kaiwudb; "
            "systemctl start kaiwudb"
        )

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
        text = re.sub(
            r"(start-single-node( \$KAIWUDB_START_ARG)?) .*?(?= \(code|$)",
            r"\1 …",
            text,
            flags=re.M,
        )
        return text.rstrip("\n")

    def assertRecorded(self, said, name, command, number):
        self.assertEqual(
            self.plain(said), self.plain(demotest.recording(name, command, number).decode())
        )

    def test_a_running_service_reads_as_recorded(self):
        self.assertRecorded(self.say(STATE), "broken-bin", "systemctl show", 0)
        status = self.plain(self.inside("systemctl status kaiwudb --no-pager -n 0")[1])
        self.assertEqual(status, self.plain(demotest.recording("dep", "systemctl status").decode()))
        self.assertEqual(
            self.inside("systemctl is-active kaiwudb; systemctl is-enabled kaiwudb"),
            (1, "active\ndisabled\n"),
        )

    def test_stop_sends_two_signals_and_leaves_no_trace(self):
        self.assertEqual(self.inside("systemctl stop kaiwudb"), (0, ""))
        self.assertRecorded(self.say(STATE), "graceful-stop", "systemctl show", 0)
        self.assertRecorded(
            self.inside("systemctl status kaiwudb")[1], "graceful-stop", "systemctl status", 0
        )
        recorded = demotest.recording("graceful-stop", "journalctl").decode()
        recorded = re.sub(r"^.*?\]: ", "", recorded, flags=re.M).split("\n")[:-1]
        # Two signals are one to a process that did not run in between: then the end is another.
        for _ in range(5):
            journal = self.say("journalctl -u kaiwudb --no-pager -n 7 -o cat").split("\n")[:-1]
            if journal == recorded:
                break
            self.say("systemctl start kaiwudb; systemctl stop kaiwudb")
        self.assertEqual(journal, recorded)

    def test_a_main_process_that_ended_well_by_itself_leaves_a_failed_unit(self):
        self.say("systemctl kill -s TERM --kill-who=main kaiwudb")
        self.wait(lambda: self.settled(self.inside("systemctl status kaiwudb")[1]))
        self.assertRecorded(
            self.say(STATE), "graceful-stop", "systemctl show kaiwudb -p ActiveState", 1
        )
        self.assertRecorded(
            self.inside("systemctl status kaiwudb -n 0")[1], "graceful-stop", "systemctl status", 1
        )
        self.assertIn(
            "Control process exited, code=exited, status=1/FAILURE",
            self.say("journalctl -u kaiwudb"),
        )

    def test_a_service_that_dies_reads_as_recorded(self):
        self.say("echo 7 >/etc/kwsim/fixture-exit")
        self.wait(lambda: self.settled(self.inside("systemctl status kaiwudb")[1]))
        self.assertRecorded(self.say(STATE), "broken-bin", "systemctl show", 1)
        self.assertRecorded(
            self.inside("systemctl status kaiwudb -n 0")[1], "broken-bin", "systemctl status", 1
        )
        self.assertIn(
            "Main process exited, code=exited, status=7/NOTRUNNING",
            self.say("journalctl -u kaiwudb"),
        )

    def test_start_succeeds_although_there_is_no_program(self):
        self.say(
            "systemctl stop kaiwudb; mv /usr/local/kaiwudb/bin/kwbase /usr/local/kaiwudb/bin/away"
        )
        self.addCleanup(self.say, "mv /usr/local/kaiwudb/bin/away /usr/local/kaiwudb/bin/kwbase")
        self.assertEqual(self.inside("systemctl start kaiwudb"), (0, ""))
        self.wait(lambda: self.settled(self.inside("systemctl status kaiwudb")[1]))
        self.assertRecorded(self.say(STATE), "broken-bin", "systemctl show", 2)
        self.assertRecorded(
            self.inside("systemctl status kaiwudb -n 0")[1], "broken-bin", "systemctl status", 2
        )

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
        self.say(
            "echo 'KAIWUDB_START_ARG=\"--one --two\"' >/etc/kaiwudb/script/kaiwudb_env; systemctl restart kaiwudb"
        )
        self.addCleanup(self.say, "echo 'KAIWUDB_START_ARG=\"\"' >/etc/kaiwudb/script/kaiwudb_env")
        self.assertIn(
            "start-single-node --one --two --insecure", self.say("systemctl status kaiwudb")
        )

    def test_unknown_units_have_the_codes_of_systemd(self):
        for command, code in (("start", 5), ("stop", 5), ("status", 4), ("is-active", 3)):
            with self.subTest(command):
                self.assertEqual(self.inside(f"systemctl {command} nothing 2>/dev/null")[0], code)
        self.assertEqual(self.say("systemctl show nothing -p LoadState --value"), "not-found\n")


class Machine(unittest.TestCase):
    def test_where_user_namespaces_are_forbidden_it_says_so_and_how_to_allow_them(self):
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            fake = os.path.join(folder, "bwrap")
            with open(fake, "w", encoding="ascii") as f:
                f.write(
                    "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n"
                )
            os.chmod(fake, 0o755)
            env = dict(os.environ, PATH=folder + ":" + os.environ["PATH"])
            target = os.path.join(folder, "c")
            result = demotest.run_cluster("up", "--dir", target, env=env)
            self.assertEqual(result.returncode, 3)
            self.assertIn("does not let this user make user namespaces", result.stderr)
            self.assertIn("bwrap: No permissions to create new namespace", result.stderr)
            self.assertRegex(result.stderr, r"Remedy: \S+")
            self.assertFalse(os.path.exists(target))


class Down(unittest.TestCase):
    def test_an_up_killed_in_the_middle_leaves_nothing_after_down(self):
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            path = os.path.join(folder, "c")
            up = subprocess.Popen(
                [
                    demotest.CLUSTER,
                    "up",
                    "--dir",
                    path,
                    "--nodes",
                    "4",
                    "--kwbase",
                    demotest.FIXTURE,
                    "--payload-mb",
                    "0.2",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            while (
                not os.path.exists(os.path.join(path, "hosts", "n2", "init.pid"))
                and up.poll() is None
            ):
                pass
            up.kill()
            up.wait()
            self.assertEqual(demotest.run_cluster("down", "--dir", path).returncode, 0)
            self.assertEqual(os.listdir(folder), [])
            left = subprocess.run(
                ["ps", "-eo", "args"], capture_output=True, text=True, check=True
            ).stdout
            self.assertEqual([line for line in left.split("\n") if path in line], [])

    def test_down_leaves_no_process_and_no_file_also_after_a_crash(self):
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            path = os.path.join(folder, "c")
            up = demotest.run_cluster(
                "up",
                "--dir",
                path,
                "--single",
                "--kwbase",
                demotest.FIXTURE,
                "--payload-mb",
                "0.2",
                "--secure",
                "insecure",
            )
            self.assertEqual(up.returncode, 0, up.stderr)
            os.unlink(os.path.join(path, "cluster.json"))  # as if `up` had died before it was done
            self.assertEqual(demotest.run_cluster("down", "--dir", path).returncode, 0)
            self.assertEqual(os.listdir(folder), [])
            left = subprocess.run(
                ["ps", "-eo", "args"], capture_output=True, text=True, check=True
            ).stdout
            self.assertEqual([line for line in left.split("\n") if path in line], [])

    def test_down_does_not_touch_a_folder_that_is_not_its_own(self):
        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            with open(os.path.join(folder, "mine"), "w", encoding="ascii") as f:
                f.write("x")
            demotest.run_cluster("down", "--dir", folder)
            self.assertEqual(demotest.run_cluster("up", "--dir", folder).returncode, 1)
            self.assertIn("mine", os.listdir(folder))


if __name__ == "__main__":
    demotest.skip_where_impossible()
    unittest.main()
