"""docker-compose and docker run upgraded by kwdb-upgrade, with the real engine."""

import json

from consolerun import Console
from labcluster import LabTest, kwdb

KINDS = ("compose-services", "docker-run-secure", "docker-run-rm")
COMPOSE, RUN, SELF_REMOVING = range(1, len(KINDS) + 1)
BLOCKED, FAILED = 1, 3


class Containers(LabTest):
    hosts = len(KINDS)
    setup = kwdb.Setup(topology="single", deployments=KINDS)

    def sh(self, index, script):
        return self.lab.exec(index, "sh", "-c", script).stdout

    def console(self, index):
        console = Console(self.lab, "cold-copy", [index], package="image221")
        self.addCleanup(console.close)
        return console

    def clusterId(self, index):
        where = "kwdb_internal.node_build_info WHERE field = 'ClusterID'"
        return self.lab.sql("SELECT value FROM " + where, index)[0]["value"]

    def waitBuild(self, index, build):
        live = lambda: (rows := self.lab.nodeStatus(index)) and kwdb.allLive(rows, 1) and rows[0]
        row = self.lab.waitFor(live, 60, "the node of host %d is live" % index)
        self.assertEqual(row["build"], build)

    def upgrade(self, index):
        cluster = self.clusterId(index)
        done = self.console(index).run("run")
        self.assertEqual(done.code, 0, done.story())
        self.waitBuild(index, "V2.2.1")
        self.assertEqual(self.clusterId(index), cluster)
        self.assertIn("kwup-kept", self.sh(index, "docker images"))
        self.assertEqual(self.sh(index, "ls -d /var/tmp/kwup* 2>/dev/null || true"), "")
        self.assertIn("kaiwudb.tar", self.sh(index, "ls /backup/*"))

    def test_a_compose_service_gets_the_new_image_and_nothing_else_in_the_file_changes(self):
        file = "/opt/kwdb/docker-compose.yml"
        before = self.sh(COMPOSE, "cat " + file)
        other = self.sh(COMPOSE, "docker inspect -f '{{.Id}} {{.State.StartedAt}}' exporter")
        self.upgrade(COMPOSE)
        self.assertEqual(self.sh(COMPOSE, "cat " + file), before.replace("2.2.0", "2.2.1"))
        after = self.sh(COMPOSE, "docker inspect -f '{{.Id}} {{.State.StartedAt}}' exporter")
        self.assertEqual(after, other)

    def test_a_container_of_docker_run_differs_in_its_image_only(self):
        shown = (
            "docker inspect -f '{{json .HostConfig.Ulimits}} "
            "{{.HostConfig.Privileged}} {{json .HostConfig.PortBindings}} {{.HostConfig.IpcMode}} "
            "{{json .HostConfig.RestartPolicy}} {{json .Config.Cmd}} {{.Config.WorkingDir}}' kwdb"
        )
        # The engine tells the mounts in no particular order.
        binds = lambda: sorted(
            json.loads(self.sh(RUN, "docker inspect -f '{{json .HostConfig.Binds}}' kwdb"))
        )
        before, mounted = self.sh(RUN, shown), binds()
        self.upgrade(RUN)
        self.assertEqual(self.sh(RUN, shown), before)
        self.assertEqual(binds(), mounted)
        names = self.sh(RUN, "docker ps -a --format '{{.Names}} {{.Image}} {{.State}}'")
        self.assertIn("kwdb kwdb/kwdb:2.2.1 running", names)
        self.assertRegex(names, r"kwdb-kwup-\S+ \S+ exited")

    def test_a_backup_that_fails_starts_the_old_container_again(self):
        before = self.sh(RUN, "docker inspect -f '{{.Id}} {{.Config.Image}}' kwdb")
        self.lab.fault(RUN, "small-fs", "/backup", "100k")
        self.addCleanup(self.sh, RUN, "umount -l /backup")
        done = self.console(RUN).run("run", "--on-failure", "go-back")
        self.assertEqual(done.code, FAILED, done.story())
        self.assertIn("no-space", done.codes())
        self.assertEqual(self.sh(RUN, "docker inspect -f '{{.Id}} {{.Config.Image}}' kwdb"), before)
        self.assertEqual(self.sh(RUN, "ls -d /var/tmp/kwup* 2>/dev/null || true"), "")

    def test_a_container_that_removes_itself_is_left_alone(self):
        done = self.console(SELF_REMOVING).run("run")
        self.assertEqual(done.code, BLOCKED, done.story())
        self.waitBuild(SELF_REMOVING, "V2.2.0")
