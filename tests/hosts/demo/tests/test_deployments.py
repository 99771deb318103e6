"""The other ways in which KWDB gets onto a demo host: what they look like, and that they can be upgraded by hand."""
import json
import os
import shutil
import subprocess
import unittest

import demotest

UPGRADE = "cd kwdb_install && ./deploy.sh upgrade -l >../said 2>&1 </dev/null; echo $?"
SCENARIO = os.path.join(demotest.HERE, "..", "scenario")
BUILD_IMAGE = os.path.join(demotest.HERE, "..", "..", "release", "build-image")
QUICK = ("--payload-mb", "0.1", "--time-scale", "0.2", "--secure", "insecure")


class Deployment(demotest.ClusterTest):
    def reset(self):
        self.assertEqual(demotest.run_cluster("reset", "--dir", self.dir).returncode, 0)

    def bring(self, key, name):
        shutil.copyfile(self.facts[key], self.root("/root/" + name))


class ContainerPackage(Deployment):
    OPTIONS = ("--single", "--deployment", "container", *QUICK)
    BUILD = "docker exec kaiwudb-container ./kwbase version 2>/dev/null | sed -n 's/^KaiwuDB Version: *//p'"
    IMAGE = "sed -n 's/^ *image: *//p' /etc/kaiwudb/script/docker-compose.yml"

    def unpack(self):
        self.bring("container221", "p.tar.gz")
        self.say("rm -rf kwdb_install; tar xzf p.tar.gz; systemctl stop kaiwudb")

    def test_the_script_puts_the_new_image_in(self):
        self.reset()
        self.assertEqual(self.say("sed -n '1p;3p' /etc/kaiwudb/info/MODE").split(), ["container", "kwdb/kwdb:2.2.0"])
        self.unpack()
        self.assertEqual(self.say(UPGRADE), "0\n")
        self.assertEqual(self.say(self.IMAGE + "; cat /etc/kaiwudb/info/.version"), "kwdb/kwdb:2.2.1\n2.2.1\n")
        self.assertEqual(self.say("docker ps -aq; docker images -q kwdb/kwdb:2.2.0"), "")
        self.say("systemctl start kaiwudb")
        self.wait(lambda: self.inside(self.BUILD)[1] == "V2.2.1\n")

    def test_an_archive_whose_load_prints_two_lines_leaves_the_old_image_in_the_file(self):
        self.reset()
        self.unpack()
        tar = self.root("/root/kwdb_install/packages/KaiwuDB.tar")
        words = [BUILD_IMAGE, "2.2.1", tar, "--tag", "kwdb/kwdb:2.2.1", "--tag", "kwdb/kwdb:latest"]
        subprocess.run([*words, "--payload-mb", "0.1"], check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(self.say(UPGRADE), "0\n")
        self.assertEqual(self.say(self.IMAGE + "; cat /etc/kaiwudb/info/.version"), "kwdb/kwdb:2.2.0\n2.2.1\n")
        self.assertIn("UPGRADE COMPLETED", self.say("cat said"))


class Source(Deployment):
    OPTIONS = ("--single", "--deployment", "source", *QUICK)
    TREE = "/root/go/src/gitee.com/kwbasedb"

    def test_a_new_tree_is_built_and_started_with_the_command_of_the_old(self):
        self.assertEqual(self.say("readlink /proc/$(pgrep -x kwbase)/exe"), self.TREE + "/install/bin/kwbase\n")
        self.assertEqual(self.inside("systemctl is-active kaiwudb; ls /etc/kaiwudb/info")[0], 2)
        old = self.say("tr '\\0' ' ' </proc/$(pgrep -x kwbase)/cmdline")
        self.bring("source221", "new.tar.gz")
        self.say("mkdir -p new/src/gitee.com && tar xzf new.tar.gz -C new/src/gitee.com && "
                 "mkdir new/src/gitee.com/kwbasedb/build && cd new/src/gitee.com/kwbasedb/build && "
                 "cmake .. -DCMAKE_BUILD_TYPE=Release && make && make install")
        self.say("kill $(pgrep -x kwbase); while pgrep -x kwbase; do sleep 0.1; done")
        self.say(f"mv {self.TREE}/install {self.TREE}/install.old; mv new/src/gitee.com/kwbasedb/install "
                 f"{self.TREE}/; cd {self.TREE}/install/bin; setsid nohup {old} >/dev/null 2>&1 </dev/null &")
        ask = (f"{self.TREE}/install/bin/kwbase sql --insecure --host=$(cat /etc/kwsim/address):26257 "
               "--format=csv -e 'SELECT version()' 2>/dev/null | grep -o 'V2[.0-9]*'")
        self.wait(lambda: self.inside(ask)[1] == "V2.2.1\n")
        self.reset()
        self.wait(lambda: self.inside(ask)[1] == "V2.2.0\n")

    def test_a_tree_elsewhere_is_refused(self):
        self.bring("source221", "new.tar.gz")
        code, out = self.inside("mkdir -p x && tar xzf new.tar.gz -C x && cd x/kwbasedb && cmake . 2>&1")
        self.assertEqual(code, 1)
        self.assertIn("src/gitee.com/kwbasedb", out)


class SingleReplica(Deployment):
    OPTIONS = ("--single-replica", *QUICK)
    ASK = ("timeout 5 kwbase sql --insecure --host=$(cat /etc/kwsim/address):26257 --format=csv -e "
           "'SELECT count(*) FROM defaultdb.t' 2>/dev/null | tail -1")

    def test_data_of_a_stopped_node_is_away_until_it_is_back(self):
        host = "kwbase sql --insecure --host=$(cat /etc/kwsim/address):26257 -e "
        self.say(host + "'CREATE TABLE defaultdb.t (k INT PRIMARY KEY)' -e 'INSERT INTO defaultdb.t VALUES (1)'")
        self.assertEqual(self.say(self.ASK), "1\n")
        for name in ("n2", "n3"):
            self.say("systemctl kill -s KILL kaiwudb", name)
        self.assertEqual(self.say(self.ASK), "")
        for name in ("n2", "n3"):
            self.say("systemctl reset-failed kaiwudb; systemctl start kaiwudb", name)
        self.wait(lambda: self.inside(self.ASK)[1] == "1\n", 60)


class Scenarios(unittest.TestCase):
    def test_the_profile_of_two_clusters_names_the_target(self):
        import tempfile

        with tempfile.TemporaryDirectory(prefix="kwdemo.") as folder:
            for name, address in (("a", "127.1.1.1"), ("b", "127.1.2.1")):
                os.makedirs(os.path.join(folder, name))
                host = {"address": address, "port": 20022, "user": "u", "keyFile": "/k"}
                with open(os.path.join(folder, name, "cluster.json"), "w", encoding="utf-8") as f:
                    json.dump({"hosts": [host], "package": "/p"}, f)
            command = [os.path.join(demotest.HERE, "..", "profile"), os.path.join(folder, "a")]
            command += ["refused", "--method", "export-import", "--target", os.path.join(folder, "b")]
            out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            self.assertEqual(out.count("- address:"), 2)
            self.assertIn('options:\n  target-hosts:\n    - "127.1.2.1:20022"\n', out)
            self.assertIn("method: export-import\n", out)

    def test_every_scenario_has_a_line(self):
        lines = subprocess.run([SCENARIO, "list"], capture_output=True, text=True, check=True).stdout
        names = [line.split()[0] for line in lines.splitlines()]
        self.assertEqual(names[0], "rolling")
        self.assertEqual(len(names), 12)
        self.assertEqual(subprocess.run([SCENARIO, "up", "none", "/x"], stderr=subprocess.DEVNULL,
                                        check=False).returncode, 2)


if __name__ == "__main__":
    demotest.skip_where_impossible()
    unittest.main()
