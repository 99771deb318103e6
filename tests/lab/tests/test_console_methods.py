"""The other methods of the guide, by kwdb-upgrade: rpm, images, data in a container, a new cluster."""

from consolerun import Console
from labcluster import LabTest, kwdb, settings

KINDS = (
    "rpm",
    "container-package",
    "compose-no-volume",
    "docker-run-anonymous",
    "script",  # the old cluster of the transfer
    "script",  # and the new one
)
RPM, PACKAGE, COMPOSE, RUN, OLD, NEW = range(1, len(KINDS) + 1)
COMPOSE_FILE = "/etc/kaiwudb/script/docker-compose.yml"
MOUNT = "/srv/kwdb"


class Methods(LabTest):
    """Runs of different clusters go side by side; every test looks at one of them."""

    hosts = len(KINDS)
    setup = kwdb.Setup(
        topology="single",
        deployments=KINDS,
        versions=("2.2.0",) * 4 + ("2.1.0", "2.2.1"),
        seeded=(OLD,),
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # With this name taken "docker load" prints two lines, over which the vendor's script stumbles.
        cls.sh(PACKAGE, "docker tag kwdb/kwdb:2.2.0 kwdb/kwdb:2.2.1")
        upgraded = (RPM, PACKAGE, COMPOSE, RUN)
        cls.identity = {index: cls.clusterId(index) for index in upgraded}
        moved = {"mount-store": True, "mount-directory": MOUNT}
        runs = {
            RPM: cls.begin([RPM], package="archiveRpm221"),
            PACKAGE: cls.begin([PACKAGE], package="archiveDocker221"),
            COMPOSE: cls.begin([COMPOSE], package="image221", options=moved),
            RUN: cls.begin([RUN], package="image221"),
            OLD: cls.begin(
                [OLD, NEW],
                "refused",
                package=None,
                method="export-import",
                options={"target-hosts": [settings.address(NEW)]},
            ),
        }
        cls.runs = runs
        for run in runs.values():
            run.end()

    @classmethod
    def begin(cls, hosts, backup="cold-copy", **profile):
        console = Console(cls.lab, backup, hosts, **profile)
        cls.addClassCleanup(console.close)
        run = console.start("run")
        cls.addClassCleanup(run.__exit__)
        return run

    @classmethod
    def sh(cls, index, script):
        return cls.lab.exec(index, "sh", "-c", script).stdout

    @classmethod
    def clusterId(cls, index):
        where = "kwdb_internal.node_build_info WHERE field = 'ClusterID'"
        return cls.lab.sql("SELECT value FROM " + where, index)[0]["value"]

    def verifyUpgraded(self, index):
        run = self.runs[index]
        self.assertEqual(run.code, 0, run.story())
        rows = self.lab.nodeStatus(index)
        self.assertTrue(kwdb.allLive(rows, 1), rows)
        self.assertEqual(rows[0]["build"], "V2.2.1")
        self.assertEqual(self.clusterId(index), self.identity[index])
        self.assertEqual(self.sh(index, "ls -d /var/tmp/kwup* 2>/dev/null || true"), "")

    def test_rpm_packages_are_replaced(self):
        self.verifyUpgraded(RPM)
        names = "rpm -qa --qf '%{NAME} %{VERSION}\\n' 'kaiwudb-*' | sort"
        self.assertEqual(self.sh(RPM, names), "kaiwudb-libcommon 2.2.1\nkaiwudb-server 2.2.1\n")

    def test_a_container_package_gets_the_new_image_also_when_its_name_is_taken(self):
        self.verifyUpgraded(PACKAGE)
        image = "sed -n 's/^ *image: *//p' " + COMPOSE_FILE
        self.assertEqual(self.sh(PACKAGE, image), "kwdb/kwdb:2.2.1\n")
        running = self.sh(PACKAGE, "docker inspect -f '{{.Image}}' kaiwudb-container")
        kept = self.sh(PACKAGE, "docker images --no-trunc -q kwup-kept")
        self.assertNotEqual(running, kept)
        self.assertTrue(kept.startswith("sha256:"), kept)

    def test_data_in_a_container_of_compose_is_moved_to_the_host(self):
        self.verifyUpgraded(COMPOSE)
        shown = "docker inspect -f '{{range .Mounts}}{{.Source}} {{end}}' kaiwudb-experience"
        self.assertIn(MOUNT, self.sh(COMPOSE, shown).split())
        self.assertIn("CLUSTER_VERSION", self.sh(COMPOSE, "ls " + MOUNT))
        self.assertIn(MOUNT, self.sh(COMPOSE, "cat /opt/kwdb/docker-compose.yml"))

    def test_an_anonymous_volume_goes_on_in_the_new_container(self):
        self.verifyUpgraded(RUN)
        volumes = lambda name: self.sh(
            RUN,
            "docker inspect -f '{{range .Mounts}}{{if .Name}}{{.Name}}{{end}}{{end}}' "
            "$(docker ps -aq --filter name='%s')" % name,
        )
        self.assertEqual(volumes("^kwdb$"), volumes("^kwdb-kwup-"))

    def test_all_databases_are_on_the_new_cluster_row_by_row(self):
        run = self.runs[OLD]
        self.assertEqual(run.code, 0, run.story())
        self.assertEqual(len([s for s in run.steps() if s.startswith("compare@")]), 3)
        for table in (
            "shop.customers",
            "shop.orders",
            'shop."Order Lines"',
            "shop.archive.orders_2024",
        ):
            count = "SELECT count(*) AS n FROM " + table
            rows = [self.lab.sql(count, index)[0]["n"] for index in (OLD, NEW)]
            self.assertEqual(rows[0], rows[1], table)
            self.assertGreater(int(rows[0]), 0, table)
        self.assertEqual(
            self.sh(OLD, "ls /var/lib/kaiwudb/extern") + self.sh(NEW, "ls /var/lib/kaiwudb/extern"),
            "",
        )
