"""Every way to have KWDB on a host: it runs, it upgrades as the guide says, and discover knows it."""

import json
import re
import shutil
import unittest

from consolerun import Console
from labcluster import LabTest, kwdb, settings

KINDS = (
    "compose",
    "compose-no-volume",
    "docker-run-secure",
    "container-package",
    "rpm",
    "source",
)
COMPOSE, NO_VOLUME, RUN, PACKAGE, RPM, SOURCE = range(1, len(KINDS) + 1)
UNPACKED = "/var/tmp/release/kwdb_install"
COMPOSE_FILE = "/etc/kaiwudb/script/docker-compose.yml"
NAMES = {  # how the program calls what lab.json calls …
    "compose": "Docker Compose",
    "docker-run": "docker run",
    "container-package": "container of the deploy script",
    "bare-package": "packages on the host",
    "source": "source build",
}


class Deployments(LabTest):
    hosts = len(KINDS)
    setup = kwdb.Setup(topology="single", deployments=KINDS)

    @classmethod
    def setUpClass(cls):
        if shutil.which("rpmbuild") is None:
            raise unittest.SkipTest("The Debian package rpm is needed to make .rpm packages.")
        super().setUpClass()

    def setUp(self):
        self.description = json.loads(settings.JSON.read_text())

    def sh(self, index, script, user="root", check=True):
        """Runs a shell script on the host; the result has stdout, stderr, returncode."""
        return self.lab.exec(index, "sudo", "-iu", user, "sh", "-c", script, check=check)

    def put(self, index, name):
        """Copies a file that lab.json names to the host; returns its path there."""
        path = "/var/tmp/" + name
        shutil.copy(self.description[name], str(self.lab.host(index).root) + path)
        return path

    def waitBuild(self, index, build):
        """Until the one node of the host is live with this build; returns its row."""
        live = lambda: (rows := self.lab.nodeStatus(index)) and kwdb.allLive(rows, 1) and rows[0]
        row = self.lab.waitFor(live, 60, "the node of host %d is live" % index)
        self.assertEqual(row["build"], build)
        return row

    def clusterId(self, index):
        where = "kwdb_internal.node_build_info WHERE field = 'ClusterID'"
        return self.lab.sql("SELECT value FROM " + where, index)[0]["value"]

    def unpack(self, index, name):
        path = self.put(index, name)
        self.sh(index, "mkdir -p /var/tmp/release && tar -xzf %s -C /var/tmp/release" % path)

    def deployScript(self, index, *options):
        """deploy.sh upgrade -l; its output in lines, without the blanks that clear the bar.

        Into a file: when it fails, its progress bar stays and keeps what it writes to open.
        """
        command = "cd %s && timeout 90 ./deploy.sh upgrade -l %s </dev/null >/var/tmp/log 2>&1"
        code = self.sh(index, command % (UNPACKED, " ".join(options)), check=False).returncode
        lines = re.split(r"[\r\n]+", self.sh(index, "cat /var/tmp/log").stdout)
        return code, "\n".join(line.strip() for line in lines if line.strip())

    def test_discover_recognises_each_of_them(self):
        console = Console(self.lab)
        self.addCleanup(console.close)
        done = console.run("discover")
        self.assertEqual(done.code, 0, done.story())
        facts = {e["host"]: e["facts"] for e in done.events if e["event"] == "facts"}
        for index, host in enumerate(self.description["hosts"], 1):
            with self.subTest(host["kind"]):
                seen = facts[host["address"]]
                value = lambda key: seen[key].get("value")  # noqa: B023, E731
                self.assertEqual(value("deployment"), NAMES[host["deployment"]])
                build = self.lab.nodeStatus(index)[0]["build"]
                self.assertEqual("V" + value("installed-version"), build)
                self.assertEqual("V" + value("binary-version"), build)
                self.assertEqual(value("run-type"), "single node")
                self.assertEqual(value("container"), host.get("container", ""))
                self.assertEqual(value("data-root"), host["dataRoot"])
                self.assertEqual(value("os-family"), "rpm" if host["kind"] == "rpm" else "deb")
                self.assertEqual(value("sql-port"), "26257")

    def test_compose_takes_the_new_image_and_keeps_the_data_on_its_mount(self):
        before = self.clusterId(COMPOSE)
        loaded = self.sh(COMPOSE, "docker load < " + self.put(COMPOSE, "image221")).stdout
        self.assertEqual(loaded, "Loaded image: kwdb/kwdb:2.2.1\n")
        down = self.sh(COMPOSE, "cd /opt/kwdb && docker-compose down").stderr
        self.assertIn("Removing kaiwudb-experience ... done", down)
        self.assertEqual(self.sh(COMPOSE, "docker ps -aq").stdout, "")
        self.sh(COMPOSE, "cd /opt/kwdb && sed -i s/2.2.0/2.2.1/ docker-compose.yml")
        self.sh(COMPOSE, "cd /opt/kwdb && docker-compose up -d && docker rmi kwdb/kwdb:2.2.0")
        self.waitBuild(COMPOSE, "V2.2.1")
        self.assertEqual(self.clusterId(COMPOSE), before)

    def test_without_a_mount_compose_down_takes_the_data_with_it(self):
        before = self.clusterId(NO_VOLUME)
        self.sh(NO_VOLUME, "cd /opt/kwdb && docker-compose restart")
        self.waitBuild(NO_VOLUME, "V2.2.0")
        self.assertEqual(self.clusterId(NO_VOLUME), before)
        self.sh(NO_VOLUME, "cd /opt/kwdb && docker-compose down && docker-compose up -d")
        self.waitBuild(NO_VOLUME, "V2.2.0")
        self.assertNotEqual(self.clusterId(NO_VOLUME), before)

    def test_docker_run_stops_in_peace_and_runs_again_with_another_image(self):
        before = self.clusterId(RUN)
        self.sh(RUN, "docker load < " + self.put(RUN, "image221"))
        self.sh(RUN, "docker stop -t 60 kwdb")
        state = self.sh(RUN, "docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' kwdb")
        self.assertEqual(state.stdout, "exited 0\n")
        self.sh(RUN, "docker rename kwdb kwdb-old")
        argv = self.description["hosts"][RUN - 1]["runCommand"]
        self.lab.exec(RUN, *[word.replace(":2.2.0", ":2.2.1") for word in argv])
        self.waitBuild(RUN, "V2.2.1")
        self.assertEqual(self.clusterId(RUN), before)
        limits = self.sh(RUN, "docker inspect -f '{{.HostConfig.Ulimits}}' kwdb").stdout
        self.assertIn("memlock", limits)

    def test_the_deploy_script_replaces_the_image_of_a_stopped_container(self):
        self.unpack(PACKAGE, "archiveDocker221")
        code, text = self.deployScript(PACKAGE)
        self.assertEqual(code, 1)
        self.assertIn("Current local node is not support online upgrade!", text)
        self.sh(PACKAGE, "systemctl stop kaiwudb")
        # A tag that is taken makes "docker load" print two lines: the script stumbles over it.
        self.sh(PACKAGE, "docker tag kwdb/kwdb:2.2.0 kwdb/kwdb:2.2.1")
        code, text = self.deployScript(PACKAGE)
        self.assertEqual(code, 0)
        self.assertIn("[UPGRADE COMPLETED]:", text)
        image = "sed -n 's/^ *image: *//p' " + COMPOSE_FILE
        self.assertEqual(self.sh(PACKAGE, image).stdout, "kwdb/kwdb:2.2.0\n")
        code, text = self.deployScript(PACKAGE, "--bypass-version-check")
        self.assertEqual((code, self.sh(PACKAGE, image).stdout), (0, "kwdb/kwdb:2.2.1\n"))
        self.assertEqual(self.sh(PACKAGE, "docker ps -aq").stdout, "")
        self.sh(PACKAGE, "systemctl start kaiwudb")
        self.waitBuild(PACKAGE, "V2.2.1")

    def test_rpm_packages_are_replaced_and_their_dependencies_counted(self):
        self.unpack(RPM, "archiveRpm221")
        self.sh(RPM, "systemctl stop kaiwudb")
        self.lab.fault(RPM, "dpkg-fails-after-remove")
        code, text = self.deployScript(RPM)
        self.assertEqual(code, 1)
        self.assertIn("squashfs-tools is needed by kaiwudb-server-2.2.1-1.x86_64", text)
        names = "rpm -qa --qf '%{NAME} %{VERSION}\\n' 'kaiwudb-*' | sort"
        self.assertEqual(self.sh(RPM, names).stdout, "kaiwudb-libcommon 2.2.1\n")
        self.lab.clear(RPM, "dpkg-fails-after-remove")
        code, text = self.deployScript(RPM)
        self.assertEqual(code, 0, text)
        expected = "kaiwudb-libcommon 2.2.1\nkaiwudb-server 2.2.1\n"
        self.assertEqual(self.sh(RPM, names).stdout, expected)
        self.sh(RPM, "systemctl daemon-reload && systemctl start kaiwudb")
        self.waitBuild(RPM, "V2.2.1")

    def test_the_source_tree_builds_where_it_must_and_its_result_takes_over(self):
        before = self.clusterId(SOURCE)
        tree = self.put(SOURCE, "source221")
        build = "cd %s && tar -xzf %s && cd kwbasedb && mkdir build && cd build && cmake .. "
        build += "&& make && make install"
        wrong = self.sh(SOURCE, build % ("~", tree), settings.SUDO_USER, check=False)
        self.assertNotEqual(wrong.returncode, 0)
        self.assertIn("src/gitee.com/kwbasedb", wrong.stderr)
        self.sh(SOURCE, "mkdir -p ~/new/src/gitee.com", settings.SUDO_USER)
        self.sh(SOURCE, build % ("~/new/src/gitee.com", tree), settings.SUDO_USER)
        self.sh(SOURCE, "pkill -x kwbase; while pgrep -x kwbase; do sleep .1; done")
        record = self.description["hosts"][SOURCE - 1]
        self.sh(
            SOURCE,
            "cd ~/new/src/gitee.com/kwbasedb/install/bin; nohup ./kwbase %s >~/new.out 2>&1 "
            "</dev/null &" % " ".join(record["startWords"]),
            settings.SUDO_USER,
        )
        self.waitBuild(SOURCE, "V2.2.1")
        self.assertEqual(self.clusterId(SOURCE), before)
