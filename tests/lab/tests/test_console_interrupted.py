"""One rolling upgrade under everything that can interrupt it; nothing may happen twice on any host."""

import signal
import time

from consolerun import Console
from labcluster import LabTest, kwdb, settings

SETTING = "server.time_until_store_dead"
OK, BLOCKED, USAGE, FAILED, STOPPED, NO_LOGIN = range(6)
LINK_DOWN = 20  # seconds without the cable; connections must outlive that


class InterruptedRun(LabTest):
    """As a user whose sudo wants a password and makes a terminal. Each test takes the same run a little further."""

    setup = kwdb.Setup(timeScale=0.3)
    order = (2, 3, 1)  # of the nodes

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.console = Console(cls.lab, backup="cold-copy", user="kwpass")
        cls.addClassCleanup(cls.console.close)
        cls.console.secrets = "default: {sudo-password: %s}" % settings.PASSWORD
        order = ", ".join(settings.address(i) for i in cls.order)
        with (cls.console.folder / "profile.yaml").open("a") as profile:
            profile.write("node-order: [%s]\n" % order)
        for index in cls.order:
            cls.lab.exec(index, "sh", "-c", "echo Defaults use_pty >/etc/sudoers.d/pty")
        cls.lab.exec(2, "mv", "/usr/bin/curl", "/usr/bin/curl.away")
        cls.lab.exec(3, "ln", "-sf", "bash", "/bin/sh")  # as on rpm hosts
        cls.lab.sql("SET CLUSTER SETTING %s = '47m'" % SETTING)

    def step(self, kind, place):
        """The id of a step; place: 0 for the node that goes first."""
        return "%s@%s" % (kind, settings.address(self.order[place]))

    def jobs(self, place):
        """Names of the detached jobs that the run has made on that host."""
        listing = self.lab.exec(
            self.order[place], "sh", "-c", "ls /var/tmp/kwup-*/jobs 2>/dev/null; true"
        )
        return listing.stdout.split()

    def waitForJob(self, place, kind):
        self.lab.waitFor(
            lambda: any(name.startswith(kind) for name in self.jobs(place)),
            120,
            "the job %s runs" % kind,
        )

    def setting(self):
        return self.lab.sql("SHOW CLUSTER SETTING " + SETTING, via=self.order[2])[0][SETTING]

    def killIn(self, kind, verb="resume"):
        """Runs on until a step of the first node is under way on the host; then kill -9."""
        with self.console.start(verb) as program:
            program.waitFor("step-started", 240, step=self.step(kind, 0))
            if kind == "gate":
                program.waitFor("gate-progressed", 240)
            else:
                self.waitForJob(0, kind)
            program.kill()
        return program

    def assertHappenedOnce(self, place):
        """One stop, one start, one upgrade and one copy on that host, whatever was killed."""
        index = self.order[place]
        journal = self.lab.exec(index, "journalctl", "-u", "kaiwudb", "-o", "cat").stdout
        self.assertEqual(journal.count("Started kaiwudb.service"), 2, journal)  # 1: the lab
        self.assertEqual(journal.count("initiating graceful shutdown"), 1, journal)
        jobs = [name.split("_")[0] for name in self.jobs(place)]
        for kind in ("stop", "backup", "upgrade", "start"):
            self.assertEqual(jobs.count(kind), 1, jobs)
        logs = self.lab.exec(
            index, "sh", "-c", "grep -c ' install kaiwudb-server' /var/log/dpkg.log"
        )
        self.assertEqual(logs.stdout, "2\n")  # 1: the lab
        self.assertEqual(len(self.lab.exec(index, "ls", "/backup").stdout.split()), 1)

    def test_0_on_a_terminal_one_sudo_password_is_asked_for_and_tried_on_all_hosts(self):
        shown = self.console.onTerminal("check", {"sudo password for": settings.PASSWORD})
        self.assertIn("[exit code 0]", shown)
        self.assertEqual(shown.count("sudo password for"), 1, shown)

    def test_1_the_program_may_be_killed_in_every_step_of_a_node(self):
        first = self.killIn("stop", "run")
        self.assertIn("raise-setting", first.steps())
        for kind in ("backup", "upgrade", "start", "gate"):
            program = self.killIn(kind)
            self.assertNotIn(self.step("before-stop", 0), program.steps())
        self.assertHappenedOnce(0)

    def test_2_an_interrupt_stops_after_the_running_step_and_puts_the_setting_back(self):
        with self.console.start("resume") as program:
            program.waitFor("gate-progressed", 240)
            program.signal(signal.SIGINT)
            self.assertEqual(program.end(), STOPPED, program.story())
        self.assertEqual(program.steps()[-1], self.step("gate", 0))
        self.assertEqual(self.setting(), "00:47:00")
        self.assertHappenedOnce(0)
        self.assertEqual(self.lab.packageVersion(self.order[1]), "2.2.0 install ok installed")

    def test_3_a_cable_out_and_a_frozen_host_only_cost_time_and_a_dead_node_stops_the_run(self):
        second, third = self.order[1], self.order[2]
        with self.console.start("resume") as program:
            # The loss must come between this gate and the next stop.
            program.holdAt("step-finished", step=self.step("gate", 1))
            self.pullTheCable(program, second)
            self.freeze(program, second)
            program.waitFor("step-finished", 240, step=self.step("gate", 1))
            self.lab.fault(self.order[0], "crash")
            self.lab.waitFor(
                lambda: not self.lab.isLive(self.order[0], via=third), 120, "the loss is seen"
            )
            program.signal(signal.SIGCONT)
            self.assertEqual(program.end(), FAILED, program.story())
        self.assertIn("other-node-down", program.codes(), program.story())
        self.assertEqual(program.all("step-started", step=self.step("stop", 2)), [])
        self.assertEqual(self.lab.packageVersion(third), "2.2.0 install ok installed")
        self.assertEqual(self.lab.unit(third, "ActiveState"), {"ActiveState": "active"})
        self.assertEqual(self.setting(), "00:47:00")
        self.assertHappenedOnce(1)

    def pullTheCable(self, program, index):
        program.waitFor("step-started", 240, step=self.step("upgrade", 1))
        self.waitForJob(1, "upgrade")
        self.lab.fault(index, "link-down")
        time.sleep(LINK_DOWN)
        self.lab.clear(index, "link-down")

    def freeze(self, program, index):
        program.waitFor("step-started", 240, step=self.step("start", 1))
        self.waitForJob(1, "start")
        self.lab.fault(index, "freeze")
        try:  # the silence watchdog
            program.waitFor("note", 240, code="host-silent")
        finally:
            self.lab.clear(index, "freeze")

    def test_4_resume_finishes_when_the_node_is_back(self):
        self.lab.fault(self.order[0], "start")
        self.lab.exec(self.order[0], "systemctl", "start", "kaiwudb")
        self.lab.waitFor(lambda: self.lab.isLive(self.order[0], via=3), 120, "it is live again")
        done = self.console.run("resume")
        self.assertEqual(done.code, OK, done.story())
        changing = [s for s in done.steps() if s.split("@")[0] in ("stop", "upgrade", "start")]
        self.assertEqual(changing, [self.step(k, 2) for k in ("stop", "upgrade", "start")])
        self.assertEqual(self.setting(), "00:47:00")
        for index in (1, 2, 3):
            self.assertEqual(self.lab.packageVersion(index), "2.2.1 install ok installed")
            self.assertTrue(kwdb.allLive(self.lab.nodeStatus(index), 3))
            left = self.lab.exec(index, "sh", "-c", "ls -Ad /var/tmp/kwup* /var/tmp/.kwup*; true")
            self.assertEqual(left.stdout, "")
        report = open(done.all("report")[0]["html"], encoding="utf-8").read()
        self.assertNotIn(settings.PASSWORD, report)
