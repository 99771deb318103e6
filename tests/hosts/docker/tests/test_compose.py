"""What docker-compose does to a project and its data, with `docker-compose` and with `docker compose`."""
import unittest

import enginetest
from enginetest import NEW, OLD

FILE = """# the team's file
version: '3.3'
x-limits: &limits
  memlock: -1
services:
  kaiwudb-container:
    image: ${KWDB_IMAGE:-kwdb/kwdb:2.2.0}   # keep
    container_name: kaiwudb-experience
    ulimits: *limits
    ports: ["26257:26257"]
    volumes:
      - %s
    stop_grace_period: 1m
    environment:
      - A=b
    command:
      - bash
      - -c
      - |
        trap "exit 0" TERM; mkdir -p /data
        while :; do sleep 0.05; done
  other:
    image: kwdb/kwdb:2.2.0
    command: ["bash", "-c", "trap 'exit 0' TERM; while :; do sleep 0.05; done"]
    depends_on: [kaiwudb-container]
"""


class Compose(enginetest.EngineTest):
    def project(self, volume="/var/lib/data:/data"):
        self.say(f"mkdir -p /opt/p; cat >/opt/p/docker-compose.yml <<'E'\n{FILE % volume}\nE")

    def compose(self, words, before="cd /opt/p;"):
        return self.say(f"{before} docker-compose {words} 2>&1")

    def names(self, more="-a"):
        return self.say(f"docker ps {more} --format '{{{{.Names}}}}' | sort").split()

    def write(self):
        self.say("docker exec kaiwudb-experience bash -c 'echo 1 >/data/file'")

    def read(self):
        return self.on_host("docker exec kaiwudb-experience cat /data/file")[1].strip()

    def test_up_makes_the_containers_with_labels_and_down_removes_them(self):
        self.project()
        self.compose("up -d")
        self.assertEqual(self.names("")[0], "kaiwudb-experience")
        self.assertEqual(len(self.names("")), 2)
        self.write()
        self.assertEqual(
            self.say("docker inspect -f '{{index .Config.Labels \"com.docker.compose.project\"}} "
                     "{{index .Config.Labels \"com.docker.compose.service\"}} "
                     "{{.HostConfig.Binds}} {{.Config.StopTimeout}}' kaiwudb-experience"),
            "p kaiwudb-container [/var/lib/data:/data:rw] 60",
        )
        self.assertIn("is up-to-date", self.compose("up -d kaiwudb-container"))
        self.compose("down")
        self.assertEqual(self.names(), [])
        self.compose("up -d")
        self.assertEqual(self.read(), "1")

    def test_down_loses_what_is_on_no_mount_and_stop_does_not(self):
        self.project("/dev/null:/unused")
        self.compose("up -d")
        self.write()
        self.compose("stop")
        self.compose("start")
        self.assertEqual(self.read(), "1")
        self.compose("down")
        self.compose("up -d")
        self.assertEqual(self.read(), "")

    def test_a_new_image_makes_a_new_container_which_inherits_anonymous_volumes_but_not_the_layer(self):
        self.say(f"docker load -q <{self.files}/image-2.2.1/KaiwuDB.tar")
        self.project("/data")
        self.compose("up -d kaiwudb-container")
        self.write()
        self.say("docker exec kaiwudb-experience touch /in-the-layer")
        self.say(f"echo KWDB_IMAGE={NEW} >/opt/p/.env")
        self.compose("up -d kaiwudb-container")
        self.assertEqual(self.say("docker inspect -f '{{.Config.Image}}' kaiwudb-experience"), NEW)
        self.assertEqual(self.read(), "1")
        self.assertEqual(self.on_host("docker exec kaiwudb-experience ls /in-the-layer")[0], 2)
        # …but `down` forgets which volume it was.
        self.compose("down")
        self.compose("up -d kaiwudb-container")
        self.assertEqual(self.read(), "")

    def test_the_project_is_found_by_folder_name_or_option(self):
        self.project()
        self.compose("-f /opt/p/docker-compose.yml up -d", before="cd /;")
        self.assertEqual(len(self.names()), 2)
        self.refuse("cd /; docker-compose down", 1, "Can't find a suitable configuration file")
        self.compose("-f /opt/p/docker-compose.yml -p another down", before="cd /;")
        self.assertEqual(len(self.names()), 2)
        self.compose("--file /opt/p/docker-compose.yml down", before="cd /;")
        self.assertEqual(self.names(), [])

    def test_in_the_foreground_up_lasts_until_the_containers_are_stopped(self):
        self.project()
        self.say("cd /opt/p; (docker-compose up kaiwudb-container >/tmp/up 2>&1; echo $? >/tmp/code) "
                 ">/dev/null 2>&1 &")
        self.wait("docker ps -q | wc -l", "1")
        self.compose("stop")
        self.wait("cat /tmp/code", "0")
        self.assertIn("exited with code 0", self.say("cat /tmp/up"))
        self.say("rm /tmp/code")

    def test_a_bad_file_is_refused_with_its_line(self):
        self.project()
        self.say("sed -i 's/^    image/\\timage/' /opt/p/docker-compose.yml")
        self.refuse("cd /opt/p; docker-compose config -q", 1, "found character '\\t' that cannot start any token")
        self.project()
        self.say("sed -i 's/container_name/containername/' /opt/p/docker-compose.yml")
        self.refuse("cd /opt/p; docker-compose up -d", 1, "Unsupported config option for "
                    "services.kaiwudb-container: 'containername'")

    def test_config_shows_the_file_as_it_is_understood(self):
        self.project()
        self.assertEqual(self.compose("config --services").split(), ["kaiwudb-container", "other"])
        self.assertIn("image: " + OLD, self.compose("config"))
        self.assertIn("memlock: -1", self.compose("config"))

    def test_the_plugin_does_the_same_in_its_own_words(self):
        if self.on_host("docker compose version")[0]:
            self.skipTest("this host has no plugin")
        self.project()
        self.assertRegex(self.say("cd /opt/p; docker compose up -d 2>&1"),
                         "Container kaiwudb-experience +Started")
        self.assertEqual(self.names(""), ["kaiwudb-experience", "p-other-1"])
        self.assertRegex(self.say("cd /opt/p; docker compose ps -q"), "^[0-9a-f]{64}\n[0-9a-f]{64}$")
        self.assertRegex(self.say("cd /opt/p; docker compose down 2>&1"),
                         "Container kaiwudb-experience +Removed")
        self.refuse("cd /; docker compose down", 14, "no configuration file provided: not found")


if __name__ == "__main__":
    enginetest.skip_where_impossible()
    unittest.main()
