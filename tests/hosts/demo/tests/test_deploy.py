"""deploy.sh on a demo host: every branch, its output byte for byte as recorded, and its faults."""
import os
import re
import shutil
import subprocess
import unittest

import demotest


class DeployScript(demotest.ClusterTest):
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
        """An installed, stopped 2.2.0 and an unpacked 2.2.1, whatever the test before has done."""
        shutil.copyfile(self.facts["archive221"], self.root("/root/p.tar.gz"))
        shutil.copyfile(self.facts["archive220"], self.root("/root/old.tar.gz"))
        self.say(
            "systemctl stop kaiwudb; systemctl reset-failed kaiwudb; rm -f /etc/kwsim/fault/*; "
            "! mountpoint -q /usr/local/kaiwudb/lib || umount /usr/local/kaiwudb/lib; "
            "rm -rf kwdb_install; tar xzf old.tar.gz; "
            "dpkg -i /etc/kwsim/squashfs-tools.deb kwdb_install/packages/*.deb >/dev/null 2>&1; "
            "cp kwdb_install/packages/.version /etc/kaiwudb/info/; rm -rf kwdb_install; tar xzf p.tar.gz; "
            "rm -f /etc/systemd/system/*q; dpkg -l kaiwudb-server | grep -q 'ii.*2.2.0'"
        )

    def deploy(self, words="upgrade -l", before=""):
        """(exit code, stdout): whether stdout is held open afterwards does not matter here."""
        self.inside(
            f"cd kwdb_install; {before} ./deploy.sh {words} >../said 2>&1 </dev/null; echo $? >../code"
        )
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
        return self.say(
            "dpkg-query -W -f '${Package} ${Version} ${Status}\\n' 'kaiwudb*'; "
            "cat /etc/kaiwudb/info/.version; readlink /usr/bin/kwbase || echo none; "
            "ls /etc/systemd/system | grep kaiwu; systemctl is-active kaiwudb || true"
        ).split("\n")[:-1]

    def test_the_offline_branch_upgrades_and_does_not_start_the_service(self):
        self.assertRecorded(self.deploy(), 0, "offline-ok")
        self.assertEqual(
            self.state(),
            [
                "kaiwudb-libcommon 2.2.1 install ok installed",
                "kaiwudb-server 2.2.1 install ok installed",
                "2.2.1",
                "/usr/local/kaiwudb/bin/kwbase",
                "kaiwudb.service",
                "kaiwudb.serviceq",
                "inactive",
            ],
        )
        self.assertEqual(self.say("cat kwdb_install/log/*"), "")
        self.assertRecorded(self.deploy(), 1, "offline-ok", 1)
        self.assertRegex(
            self.say("cat kwdb_install/log/*"),
            r"^\[ERROR\] [\d: -]+ UPGRADE ERROR:The upgrade conditions are not met\.\( --> \)\n$",
        )

    def test_a_running_single_node_is_refused(self):
        self.say("systemctl start kaiwudb")
        self.assertRecorded(self.deploy(), 1, "running-single")
        self.assertEqual(self.state()[1], "kaiwudb-server 2.2.0 install ok installed")

    def test_an_older_package_is_refused(self):
        self.assertRecorded(
            self.deploy(before="sed -i s/2.2.1/2.1.0/ packages/.version;"), 1, "older"
        )

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
        self.assertEqual(
            self.state()[:3],
            [
                "kaiwudb-libcommon 2.2.0 install ok installed",
                "kaiwudb-server 2.2.0 install ok installed",
                "2.2.0",
            ],
        )
        self.say("rm /etc/kwsim/fault/*")
        self.wait(lambda: "unattended-upgr" not in self.say("ps -eo comm"))
        self.assertRecorded(self.deploy(), 0, "lock", 1)

    def test_a_missing_dependency_leaves_the_server_unpacked_and_a_rerun_repairs_it(self):
        self.fault("dpkg-fails-after-remove")
        self.assertRecorded(self.deploy(), 1, "dep")
        self.assertEqual(
            self.state(),
            [
                "kaiwudb-libcommon 2.2.1 install ok installed",
                "kaiwudb-server 2.2.1 install ok unpacked",
                "2.2.0",
                "none",
                "kaiwudb.service",
                "inactive",
            ],
        )
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
        self.say("rm -f code")
        client = subprocess.Popen(
            demotest.ssh_words(self.facts, self.facts["hosts"][0])
            + ["cd kwdb_install && ./deploy.sh upgrade -l; echo $? >../code"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.addCleanup(client.wait)
        self.addCleanup(client.kill)
        self.wait(lambda: self.say("cat code 2>&1; true") == "1\n")
        with self.assertRaises(subprocess.TimeoutExpired):
            client.wait(timeout=2)
        self.assertIn("deploy.sh upgrade -l", self.say("ps -eo args"))

    def test_without_the_right_to_sudo_nothing_begins(self):
        self.say("echo denied >/etc/kwsim/sudo")
        self.addCleanup(self.say, "rm /etc/kwsim/sudo")
        code, said = self.deploy()
        self.assertEqual(
            (code, said), (1, b"\x1b[31m[ERROR]\x1b[0m Can not use command: 'sudo bash'.\n")
        )

    def test_uninstall_takes_the_configuration_and_keeps_the_data_and_install_brings_it_back(self):
        self.say("touch /var/lib/kaiwudb/kept")
        code, said = self.deploy("uninstall")
        self.assertEqual(code, 0, said)
        self.assertIn(
            b"\x1b[1;32m[UNINSTALL COMPLETED]:\x1b[0mKaiwuDB has been uninstalled successfully.\n",
            said,
        )
        self.say(
            "[ ! -e /etc/kaiwudb ] && [ ! -e /etc/systemd/system/kaiwudb.service ] && [ -e /var/lib/kaiwudb/kept ]"
        )
        code, said = self.deploy("install --single")
        self.assertEqual(code, 0, said)
        self.assertIn(b"Data dir is not empty", said)
        self.assertIn(
            b"\x1b[1;32m[INSTALL COMPLETED]:\x1b[0mKaiwuDB has been installed successfully! To start KaiwuDB, "
            b"please execute the command '\x1b[1;34msystemctl daemon-reload\x1b[0m'.\n",
            said,
        )
        self.assertEqual(self.say("cat /etc/kaiwudb/info/.version"), "2.2.1\n")
        address = self.facts["hosts"][0]["address"]
        self.assertIn(
            f"--listen-addr={address}:26257", self.say("cat /etc/systemd/system/kaiwudb.service")
        )
        self.say("openssl x509 -checkend 86400 -in /etc/kaiwudb/certs/node.crt")

    def test_without_a_terminal_it_runs_on_to_its_end_when_the_connection_dies(self):
        self.fault("deploy-slow", "2")
        facts = self.facts["hosts"][0]
        client = subprocess.Popen(
            demotest.ssh_words(self.facts, facts) + ["cd kwdb_install && ./deploy.sh upgrade -l"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait(lambda: "kaiwudb-server" not in self.say("dpkg-query -W"))
        client.kill()
        client.wait()
        self.wait(lambda: self.state()[2] == "2.2.1")
        self.assertEqual(self.state()[1], "kaiwudb-server 2.2.1 install ok installed")

    def test_an_interrupt_is_ignored(self):
        self.fault("deploy-slow", "2")
        facts = self.facts["hosts"][0]
        client = subprocess.Popen(
            demotest.ssh_words(self.facts, facts) + ["cd kwdb_install && ./deploy.sh upgrade -l"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
        )
        self.wait(lambda: "kaiwudb-server" not in self.say("dpkg-query -W"))
        self.say("kill -INT $(pgrep -f '^/bin/bash ./deploy.sh upgrade')")
        said = client.communicate(timeout=60)[0]
        self.assertEqual(client.returncode, 0)
        self.assertIn(b"[UPGRADE COMPLETED]", said)


DOCKER = """#!/bin/bash
echo "docker $*" >>/root/calls
case $1 in
load) cat >/dev/null; cat /root/loaded ;;
ps) [ "$*" != "ps -a --format {{.Names}}" ] || echo kaiwudb-container ;;
esac
"""
COMPOSE = "services:\n  kaiwudb-container:\n    image: kwdb/kwdb:2.2.0\n"


class Container(demotest.ClusterTest):
    """The branch for container installations, with a docker that only writes down what is asked."""

    OPTIONS = DeployScript.OPTIONS

    def setUp(self):
        name = os.path.basename(self.facts["archive221"])
        built = subprocess.run(
            [demotest.BUILD, "2.2.1", os.path.join(self.temporary.name, "image")]
            + ["--broken", "container", "--payload-mb", "0.1", "--kwbase", demotest.FIXTURE],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        self.assertNotEqual(os.path.basename(built), name)
        shutil.copyfile(built, self.root("/root/p.tar.gz"))
        for path in ("/usr/bin/docker", "/usr/bin/docker-compose"):
            self.write(path, DOCKER)
            os.chmod(self.root(path), 0o755)
        self.write("/etc/kaiwudb/script/docker-compose.yml", COMPOSE)
        self.say(
            "systemctl stop kaiwudb; rm -rf kwdb_install calls; tar xzf p.tar.gz; "
            "sed -i '1s/.*/container/' /etc/kaiwudb/info/MODE; echo 2.2.0 >/etc/kaiwudb/info/.version"
        )

    def write(self, path, text):
        with open(self.root(path), "w", encoding="ascii") as f:
            f.write(text)

    def upgrade(self):
        self.assertEqual(
            self.say("cd kwdb_install; ./deploy.sh upgrade -l >../said 2>&1 </dev/null; echo $?"),
            "0\n",
        )
        self.assertIn("[UPGRADE COMPLETED]", self.say("cat said"))
        return self.say("grep image: /etc/kaiwudb/script/docker-compose.yml").strip()

    def test_the_image_is_loaded_and_named_in_the_compose_file(self):
        self.write("/root/loaded", "Loaded image: kwdb/kwdb:2.2.1\n")
        self.assertEqual(self.upgrade(), "image: kwdb/kwdb:2.2.1")
        calls = self.say("cat calls").split("\n")
        for call in ("docker load", "docker down", "docker rmi kwdb/kwdb:2.2.0"):
            self.assertIn(call, calls)

    def test_two_lines_from_docker_load_leave_the_old_image_in_the_compose_file(self):
        self.write("/root/loaded", "The image already exists\nLoaded image: kwdb/kwdb:2.2.1\n")
        self.assertEqual(self.upgrade(), "image: kwdb/kwdb:2.2.0")
        self.assertEqual(self.say("cat /etc/kaiwudb/info/.version"), "2.2.1\n")


if __name__ == "__main__":
    demotest.skip_where_impossible()
    unittest.main()
