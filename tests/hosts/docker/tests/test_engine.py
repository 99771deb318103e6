"""What docker does to containers, images and their data."""
import json
import unittest

import enginetest
from enginetest import DEAF, NEW, OLD, POLITE, STORE


class Images(enginetest.EngineTest):
    def setUp(self):
        super().setUp()
        self.say(f"docker images -q | sort -u | xargs -r docker rmi -f >/dev/null; "
                 f"docker load -q <{self.files}/image-2.2.0/KaiwuDB.tar >/dev/null")

    def load(self, name):
        return self.say(f"docker load <{self.files}/{name}").split("\n")

    def test_load_names_the_image_or_its_id_or_several(self):
        self.assertEqual(self.load("image-2.2.1/KaiwuDB.tar"), ["Loaded image: " + NEW])
        self.assertEqual(self.load("two.tar"), ["Loaded image: a/b:1", "Loaded image: a/b:2"])
        self.assertRegex(self.load("untagged.tar")[0], r"^Loaded image ID: sha256:[0-9a-f]{64}$")

    def test_a_name_that_is_taken_goes_to_the_new_image_and_load_says_so(self):
        old = self.say(f"docker inspect -f '{{{{.Id}}}}' {OLD}")
        self.say(f"docker load -q <{self.files}/untagged.tar; "
                 f"docker tag $(docker images -q -f dangling=true | head -1) {OLD}")
        lines = self.load("image-2.2.0/KaiwuDB.tar")
        self.assertRegex(lines[0], rf"^The image {OLD} already exists, renaming the old one with ID "
                                   r"sha256:[0-9a-f]{64} to empty string$")
        self.assertEqual(lines[1], "Loaded image: " + OLD)
        self.assertEqual(self.say(f"docker inspect -f '{{{{.Id}}}}' {OLD}"), old)

    def test_what_was_saved_is_loaded_as_the_same_image(self):
        identity = self.say(f"docker inspect -f '{{{{.Id}}}}' {OLD}")
        self.say(f"docker save -o /tmp/saved.tar {OLD} && docker rmi {OLD}")
        self.refuse(f"docker image inspect {OLD}", 1, "no such image: " + OLD)
        self.assertEqual(self.say("docker load -i /tmp/saved.tar"), "Loaded image: " + OLD)
        self.assertEqual(self.say(f"docker inspect -f '{{{{.Id}}}}' {OLD}"), identity)

    def test_an_image_in_use_is_not_removed_and_a_tag_of_two_is(self):
        self.say(f"docker run -d --name c1 {OLD} {POLITE}")
        self.refuse(f"docker rmi {OLD}", 1, "conflict: unable to remove repository reference")
        self.say(f"docker tag {OLD} kwdb/kwdb:before")
        self.assertEqual(self.say(f"docker rmi {OLD}"), "Untagged: " + OLD)
        self.assertEqual(self.say("docker ps --format '{{.Names}}'"), "c1")

    def test_broken_and_missing_archives_are_refused(self):
        self.refuse(f"head -c 3000 {self.files}/image-2.2.1/KaiwuDB.tar | docker load", 1, "unexpected EOF")
        self.refuse("docker load -i /nowhere.tar", 1, "open /nowhere.tar: no such file or directory")


class Containers(enginetest.EngineTest):
    def run_guide(self, name, more="", volume=f"-v /var/lib/data:{STORE}"):
        return self.say(
            f"docker run -d --privileged --name {name} -p 26257:26257 {volume} {more} --ipc shareable "
            f"-w /kaiwudb/bin {OLD} {POLITE}"
        )

    def test_run_prints_the_id_and_inspect_shows_every_option(self):
        identity = self.run_guide(
            "c1", "--restart on-failure:3 --hostname h -e A=b -l team=db --label x= --stop-timeout 60 "
            "--cap-add SYS_NICE -v named:/n:ro --shm-size 128m --add-host a:10.0.0.1"
        )
        self.assertRegex(identity, "^[0-9a-f]{64}$")
        document = json.loads(self.say("docker inspect c1"))[0]
        host, config = document["HostConfig"], document["Config"]
        self.assertEqual((document["Id"], document["Name"]), (identity, "/c1"))
        self.assertEqual(set(host["Binds"]), {f"/var/lib/data:{STORE}", "named:/n:ro"})
        self.assertEqual(host["PortBindings"], {"26257/tcp": [{"HostIp": "", "HostPort": "26257"}]})
        self.assertEqual(host["RestartPolicy"], {"Name": "on-failure", "MaximumRetryCount": 3})
        self.assertEqual((host["IpcMode"], host["Privileged"]), ("shareable", True))
        self.assertEqual((host["CapAdd"], host["ShmSize"]), (["SYS_NICE"], 128 << 20))
        self.assertEqual(host["ExtraHosts"], ["a:10.0.0.1"])
        self.assertEqual((config["Hostname"], config["Image"]), ("h", OLD))
        self.assertIn("A=b", config["Env"])
        self.assertEqual(config["Labels"], {"team": "db", "x": ""})
        self.assertEqual((config["WorkingDir"], config["StopTimeout"]), ("/kaiwudb/bin", 60))
        self.assertEqual(config["Cmd"][0], "bash")
        mounts = {m["Destination"]: m for m in document["Mounts"]}
        self.assertEqual(mounts[STORE]["Source"], "/var/lib/data")
        self.assertEqual((mounts["/n"]["Name"], mounts["/n"]["RW"]), ("named", False))
        self.assertTrue(document["State"]["Running"])

    def test_what_is_not_on_a_mount_goes_with_the_container(self):
        self.run_guide("c1", volume="")
        self.say(f"docker exec c1 bash -c 'mkdir -p {STORE}; echo 1 >{STORE}/file'")
        self.say("docker stop -t 20 c1; docker cp c1:" + STORE + "/. /var/lib/data")
        self.assertEqual(self.say("cat /var/lib/data/file"), "1")
        self.say("docker start c1")
        self.assertEqual(self.say(f"docker exec c1 cat {STORE}/file"), "1")
        self.say("docker rm -f c1")
        self.run_guide("c1", volume="")
        self.assertEqual(self.on_host(f"docker exec c1 cat {STORE}/file")[0], 1)

    def test_what_is_on_a_bind_mount_stays(self):
        self.run_guide("c1")
        self.say(f"docker exec c1 bash -c 'echo 1 >{STORE}/file'; docker rm -f c1")
        self.assertEqual(self.say("cat /var/lib/data/file"), "1")
        self.run_guide("c1")
        self.assertEqual(self.say(f"docker exec c1 cat {STORE}/file"), "1")

    def test_rm_option_takes_the_container_away_as_soon_as_it_stops(self):
        self.run_guide("c1", "--rm", volume="")
        self.say("docker stop -t 20 c1")
        self.wait("docker ps -aq | wc -l", "0")
        self.refuse("docker start c1", 1, "No such container: c1")

    def test_an_anonymous_volume_outlives_rm_but_not_rm_with_volumes(self):
        before = set(self.say("docker volume ls -q").split())
        self.run_guide("c1", volume="-v " + STORE)
        self.say(f"docker exec c1 bash -c 'echo 1 >{STORE}/file'; docker rm -f c1")
        (name,) = set(self.say("docker volume ls -q").split()) - before
        self.assertRegex(name, "^[0-9a-f]{64}$")
        where = self.say(f"docker volume inspect -f '{{{{.Mountpoint}}}}' {name}")
        self.assertEqual(self.say(f"cat {where}/file"), "1")
        self.say(f"docker volume rm {name}")
        self.run_guide("d1", volume="-v " + STORE)
        self.say("docker rm -f -v d1")
        self.assertEqual(set(self.say("docker volume ls -q").split()), before)

    def test_names_and_ports_are_taken_once_and_free_after_a_stop(self):
        first = self.run_guide("c1")
        self.refuse(f"docker run -d --name c1 {OLD} true", 125,
                    f'The container name "/c1" is already in use by container "{first}"')
        self.refuse(f"docker run -d --name d1 -p 26257:26257 {OLD} {POLITE}", 125, "port is already allocated")
        self.assertEqual(self.say("docker ps -a -f name=d1 --format '{{.Status}}'"), "Created")
        self.say("docker rm d1; docker stop -t 20 c1; docker rename c1 c-old")
        self.run_guide("c1")
        self.refuse("docker start c-old", 1, "port is already allocated")
        self.say("docker rm -f c1; docker start c-old")
        self.assertEqual(self.say("docker ps --format '{{.Names}}'"), "c-old")

    def test_stop_waits_as_told_and_then_kills(self):
        self.say(f"docker run -d --name c1 {OLD} {DEAF}; docker stop -t 1 c1")
        self.assertEqual(self.say("docker inspect -f '{{.State.ExitCode}} {{.State.Status}}' c1"), "137 exited")
        self.assertRegex(self.say("docker ps -a --format '{{.Status}}'"), r"^Exited \(137\) .* ago$")
        self.say(f"docker rm c1; docker run -d --name c1 {OLD} {POLITE}; docker stop -t 20 c1")
        self.assertEqual(self.say("docker inspect -f '{{.State.ExitCode}}' c1"), "0")

    def test_run_in_the_foreground_gives_output_and_exit_code(self):
        code, out, err = self.on_host(f"docker run --rm {OLD} bash -c 'echo a; echo b >&2; exit 3'")
        self.assertEqual((code, out, err), (3, "a\n", "b\n"))
        self.refuse(f"docker run --rm {OLD} nothing", 127, "executable file not found in $PATH")
        self.refuse("docker run --rm kwdb/none:1 true", 125, "Unable to find image 'kwdb/none:1' locally")
        self.refuse("docker run --nonsense x", 125, "unknown flag: --nonsense")
        self.refuse("docker run '$kwdb_image' true", 125, "invalid reference format")

    def test_exec_needs_a_running_container_and_a_terminal_only_when_asked(self):
        self.run_guide("c1")
        self.assertEqual(self.say("docker exec c1 pwd"), "/kaiwudb/bin")
        self.assertEqual(self.say("echo in | docker exec -i -w /tmp -e X=1 c1 bash -c 'pwd; cat; echo $X'"),
                         "/tmp\nin\n1")
        self.refuse("docker exec -it c1 true", 1, "the input device is not a TTY")
        code, out, err = self.on_host("docker exec c1 nothing")
        self.assertIn(code, (126, 127))  # Docker 20.10 and 24
        self.assertIn('exec: "nothing": executable file not found in $PATH', out + err)
        self.assertEqual(self.on_host("docker exec c1 bash -c 'exit 5'")[0], 5)
        self.say("docker stop -t 20 c1")
        self.refuse("docker exec c1 true", 1, "is not running")
        self.refuse("docker exec none true", 1, "No such container: none")

    def test_a_killed_server_is_started_again_by_its_policy_and_a_stopped_one_is_not(self):
        self.run_guide("c1", "--restart always")
        self.say("kill -KILL $(docker inspect -f '{{.State.Pid}}' c1)")
        self.wait("docker inspect -f '{{.RestartCount}} {{.State.Status}}' c1", "1 running")
        self.say("docker stop -t 20 c1")
        self.assertEqual(self.say("docker inspect -f '{{.State.Status}}' c1"), "exited")
        self.say("docker update --restart=no c1")
        self.assertEqual(self.say("docker inspect -f '{{.HostConfig.RestartPolicy.Name}}' c1"), "no")

    def test_lists_can_be_filtered_and_formatted(self):
        self.run_guide("kaiwudb-container")
        self.say(f"docker create --name other --label a=b {OLD} true")
        form = "--format '{{.Names}}|{{.Image}}|{{.Label \"a\"}}|{{.Command}}'"
        self.assertEqual(self.say(f"docker ps -a --no-trunc -f label=a=b {form}"), f'other|{OLD}|b|"true"')
        self.assertIn("\"bash -c 'trap ", self.say(f"docker ps --no-trunc {form}"))
        self.assertEqual(self.say("docker ps -q -f name=kaiwudb -f status=running | wc -c"), "13")
        self.assertEqual(self.say("docker ps -a -f status=created --format '{{.Names}}'"), "other")
        self.assertEqual(
            self.say("docker inspect -f '{{range .Mounts}}{{.Source}}:{{.Destination}};{{end}}"
                     "{{index .Config.Labels \"none\"}}{{json .HostConfig.PortBindings}}' kaiwudb-container"),
            f'/var/lib/data:{STORE};' '{"26257/tcp":[{"HostIp":"","HostPort":"26257"}]}',
        )

    def test_inspect_of_nothing_is_an_empty_list_and_an_error(self):
        code, out, err = self.on_host("docker inspect nobody")
        self.assertEqual((code, json.loads(out)), (1, []))
        self.assertIn("No such object: nobody", err)
        self.run_guide("c1")
        self.refuse("docker inspect -f '{{.Nothing}}' c1", 1, 'map has no entry for key "Nothing"')

    def test_running_containers_are_removed_only_by_force(self):
        identity = self.run_guide("c1")
        self.refuse("docker rm c1", 1, "You cannot remove a running container " + identity)
        self.assertEqual(self.say("docker rm -f c1"), "c1")

    def test_copies_go_in_and_out_through_mounts_of_stopped_containers(self):
        self.run_guide("c1")
        self.say(f"docker exec c1 bash -c 'echo 1 >{STORE}/file'; docker stop -t 20 c1")
        self.say("rm -rf /tmp/out; mkdir /tmp/out; docker cp c1:/kaiwudb/deploy /tmp/out")
        self.assertEqual(self.say("cat /tmp/out/deploy/kaiwudb-container/file"), "1")
        self.say(f"echo 2 >/tmp/two; docker cp /tmp/two c1:{STORE}/")
        self.assertEqual(self.say("cat /var/lib/data/two"), "2")
        code, _, err = self.on_host("docker cp c1:/none /tmp/out")
        self.assertEqual(code, 1)
        # Docker 24 and 20.10.
        self.assertRegex(err, "Could not find the file /none in container c1|No such container:path: c1:/none")

    def test_a_copy_can_be_a_tar_stream(self):
        self.run_guide("c1")
        self.say(f"docker exec c1 bash -c 'echo 1 >{STORE}/file'; docker stop -t 20 c1")
        self.assertEqual(self.say(f"docker cp c1:{STORE} - | tar -t | sort"),
                         "kaiwudb-container/\nkaiwudb-container/file")
        self.assertEqual(self.say(f"docker cp c1:{STORE}/. - | tar -t | sort"), "./\n./file")
        self.say(f"rm /var/lib/data/file; mkdir -p /tmp/t; echo 2 >/tmp/t/file; tar -C /tmp/t -c . | docker cp - "
                 f"c1:{STORE}")
        self.assertEqual(self.say("cat /var/lib/data/file"), "2")

    def test_networks_are_looked_up_when_a_container_starts(self):
        self.refuse(f"docker run -d --name c1 --network nets {OLD} {POLITE}", 125, "network nets not found")
        self.say("docker network create nets; docker network create more; docker start c1")
        self.say("docker network connect --alias db more c1")
        self.assertEqual(
            self.say("docker inspect -f '{{range $n, $e := .NetworkSettings.Networks}}{{$n}} {{end}}' c1"),
            "more nets ")
        self.refuse("docker network rm nets", 1, "has active endpoints")
        self.say("docker rm -f c1; docker network rm nets more")

    def test_logs_are_kept_apart(self):
        self.say(f"docker run --name c1 {OLD} bash -c 'echo a; echo b >&2; echo c'")
        code, out, err = self.on_host("docker logs c1")
        self.assertEqual((code, out, err), (0, "a\nc\n", "b\n"))
        self.say(f"docker run --name c2 {OLD} bash -c 'echo 1; echo 2; echo 3'")
        self.assertEqual(self.say("docker logs --tail 2 c2"), "2\n3")


class Demo(enginetest.EngineTest):
    """What only the look-alike has."""

    def setUp(self):
        if self.is_real:
            self.skipTest("of demo hosts only")
        super().setUp()

    def test_refusals_of_the_daemon(self):
        self.say("touch /etc/kwsim/fault/docker-denied")
        self.refuse("docker ps", 1, "permission denied while trying to connect to the Docker daemon socket")
        self.say("sudo docker ps")
        self.say("mv /etc/kwsim/fault/docker-denied /etc/kwsim/fault/docker-down")
        self.refuse("docker ps", 1, "Cannot connect to the Docker daemon")
        self.say("mv /etc/kwsim/fault/docker-down /etc/kwsim/fault/docker-load-enospc")
        self.refuse(f"docker load <{self.files}/image-2.2.1/KaiwuDB.tar", 1, "no space left on device")
        self.say("rm /etc/kwsim/fault/docker-load-enospc")

    def test_images_are_pulled_from_the_folder_of_the_registry(self):
        self.say(f"mkdir -p /etc/kwsim/registry; cp {self.files}/image-2.2.1/KaiwuDB.tar /etc/kwsim/registry/")
        self.assertIn("Status: Downloaded newer image for " + NEW, self.say("docker pull " + NEW))
        self.refuse("docker pull kwdb/kwdb:9", 1, "manifest for kwdb/kwdb:9 not found: manifest unknown")
        self.refuse("docker pull other/one:1", 1, "pull access denied for other/one")

    def test_a_server_in_a_container_answers_inside_and_outside(self):
        self.say(
            f"docker run -d --name c1 -p 26257:26257 -p 8080:8080 {OLD} ./kwbase start-single-node --insecure "
            f"--listen-addr=0.0.0.0:26257 --http-addr=0.0.0.0:8080 --store={STORE}"
        )
        ask = "./kwbase sql --insecure --host=127.0.0.1:26257 --format=csv -e 'SELECT 1'"
        self.wait(f"docker exec c1 {ask} 2>/dev/null | tail -1", "1")
        self.wait("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1:8080/health", "200")
        # Its process is in another PID namespace than the host's, as discovery expects.
        own, other = self.say("readlink /proc/1/ns/pid; readlink /proc/$(pgrep -x kwbase)/ns/pid").split()
        self.assertNotEqual(own, other)

    def test_a_container_of_a_host_that_lost_power_is_not_running(self):
        import subprocess

        self.say(f"docker run -d --name c1 {OLD} {POLITE}")
        for verb in ("fault", "clear"):
            subprocess.run([enginetest.CLUSTER, verb, "--dir", self.dir, "n1", "power-off"], check=True)
        self.assertRegex(self.say("docker ps -a --format '{{.Status}}'"), r"^Exited \(255\)")
        self.say("docker start c1")


if __name__ == "__main__":
    enginetest.skip_where_impossible()
    unittest.main()
