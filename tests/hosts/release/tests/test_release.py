"""Release archives and the parts of deploy.sh that need no host."""
import os
import subprocess
import tarfile
import tempfile
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
RELEASE = os.path.join(HERE, "..")
UTILS = os.path.join(RELEASE, "package", "utils")
DATA = os.path.join(HERE, "..", "..", "..", "data", "host-transcripts")


def fake_kwbase(folder):
    os.makedirs(os.path.join(folder, "kwsim"))
    for name in ("kwbase", "kwsim/__init__.py"):
        with open(os.path.join(folder, name), "w", encoding="ascii") as f:
            f.write("#!/bin/sh\n")
    return folder


class Archives(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.dir = temporary.name
        self.kwbase = fake_kwbase(os.path.join(self.dir, "kwbase"))

    def build(self, *options, version="2.2.1", out="out"):
        result = subprocess.run(
            [
                os.path.join(RELEASE, "build"),
                version,
                os.path.join(self.dir, out),
                "--kwbase",
                self.kwbase,
                "--payload-mb",
                "0.1",
                "--arch",
                "amd64",
                *options,
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout.strip()

    def names(self, path):
        with tarfile.open(path) as tar:
            return tar.getnames()

    def packages(self, path):
        prefix = "kwdb_install/packages/"
        return sorted(n[len(prefix) :] for n in self.names(path) if n.startswith(prefix))

    def test_an_archive_has_scripts_two_packages_and_the_hidden_version_file(self):
        path = self.build()
        self.assertEqual(os.path.basename(path), "KWDB-2.2.1-debian12-x86_64-debs.tar.gz")
        self.assertEqual(
            self.packages(path),
            [".version", "kaiwudb-libcommon_2.2.1_amd64.deb", "kaiwudb-server_2.2.1_amd64.deb"],
        )
        for name in ("add_user.sh", "deploy.cfg", "deploy.sh", "utils/process_bar.sh"):
            self.assertIn("kwdb_install/" + name, self.names(path))
        self.assertNotIn("kwdb_install/README.md", self.names(path))

    def test_the_server_package_depends_on_its_libcommon_and_brings_no_unit(self):
        path = self.build()
        with tarfile.open(path) as tar:
            tar.extractall(self.dir, filter="data") if hasattr(
                tarfile, "data_filter"
            ) else tar.extractall(self.dir)
        deb = os.path.join(self.dir, "kwdb_install/packages/kaiwudb-server_2.2.1_amd64.deb")
        fields = subprocess.run(
            ["dpkg-deb", "-f", deb, "Package", "Version", "Depends"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        self.assertEqual(
            fields,
            "Package: kaiwudb-server\nVersion: 2.2.1\n"
            "Depends: kaiwudb-libcommon (= 2.2.1), squashfs-tools\n",
        )
        listing = subprocess.run(
            ["dpkg-deb", "-c", deb], capture_output=True, text=True, check=True
        ).stdout
        self.assertIn("./usr/local/kaiwudb/bin/kwbase\n", listing)
        self.assertIn("./usr/local/kaiwudb/lib/kwsim/VERSION\n", listing)
        self.assertNotIn(".service", listing)

    def test_the_same_version_gives_the_same_bytes(self):
        contents = []
        for out in ("one", "two"):
            with open(self.build(out=out), "rb") as f:
                contents.append(f.read())
        self.assertEqual(contents[0], contents[1])

    def test_an_extension_becomes_the_second_line_of_the_version_file(self):
        with tarfile.open(self.build(version="2.2.1-hotfix1")) as tar:
            text = tar.extractfile("kwdb_install/packages/.version").read()
        self.assertEqual(text, b"2.2.1\nhotfix1\n")

    def test_a_truncated_archive_ends_in_the_middle(self):
        with self.assertRaises((EOFError, tarfile.ReadError)):
            with tarfile.open(self.build("--broken", "truncated")) as tar:
                for member in tar:
                    if member.isfile():
                        tar.extractfile(member).read()

    def test_a_bomb_is_small_and_unpacks_to_100_gigabytes(self):
        path = self.build("--broken", "bomb")
        self.assertLess(os.path.getsize(path), 10**6)
        with tarfile.open(path) as tar:
            self.assertEqual(max(m.size for m in tar), 100 * 1000**3)

    def test_the_traversal_archive_has_every_way_out(self):
        names = self.names(self.build("--broken", "traversal"))
        for name in (
            "kwdb_install/../../kwup-escaped-relative",
            "../kwup-escaped-up",
            "/tmp/kwup-escaped-absolute",
            "kwdb_install/link/kwup-escaped-through-link",
        ):
            self.assertIn(name, names)

    def test_incomplete_and_foreign_archives_lack_what_they_should_lack(self):
        server, common = "kaiwudb-server_2.2.1_amd64.deb", "kaiwudb-libcommon_2.2.1_amd64.deb"
        expected = {
            "no-version": [common, server],
            "no-libcommon": [".version", server],
            "two-servers": [".version", common, "kaiwudb-server_2.1.0_amd64.deb", server],
            "container": [".version", "KaiwuDB.tar"],
            "wrong-arch": [
                ".version",
                common.replace("amd64", "arm64"),
                server.replace("amd64", "arm64"),
            ],
        }
        for kind, names in expected.items():
            with self.subTest(kind):
                self.assertEqual(self.packages(self.build("--broken", kind)), names)

    def test_the_noop_script_exits_0_without_a_word(self):
        with tarfile.open(self.build("--broken", "noop")) as tar:
            self.assertEqual(
                tar.extractfile("kwdb_install/deploy.sh").read(), b"#!/bin/bash\nexit 0\n"
            )


class Versions(unittest.TestCase):
    """Facts: what the script's own comparison lets through, tried with the original."""

    REFUSED = "UPGRADE ERROR:The upgrade conditions are not met."
    WARNING = "WARNING:This version upgrade is not supported"
    OFFICIAL = "UPGRADE ERROR:Official version can not upgrade to"
    OLDER = "UPGRADE ERROR:The requested upgrade version is older"

    def verdict(self, old, new):
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(folder + "/packages")
            for path, text in ((folder + "/.version", old), (folder + "/packages/.version", new)):
                if text is not None:
                    with open(path, "w", encoding="ascii", newline="") as f:
                        f.write(text)
            result = subprocess.run(
                [
                    "bash",
                    "-c",
                    f". {UTILS}/kaiwudb_upgrade.sh; here=$1; INFO=$1; compare_versions",
                    "bash",
                    folder,
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            self.assertEqual(result.stderr, "")
            return result.returncode, result.stdout.rstrip("\n")

    def extension(self, old, new):
        return self.verdict(f"2.2.1\n{old}\n", f"2.2.1\n{new}\n")

    def test_a_higher_base_passes_and_a_lower_one_is_refused(self):
        for old, new in (
            ("2.2.0", "2.2.1"),
            ("2.2.0", "2.10.0"),
            ("2.0.4", "3.0.0"),
            ("V2.2.0", "V2.2.1"),
        ):
            self.assertEqual(self.verdict(old + "\n", new + "\n"), (0, ""))
        code, text = self.verdict("2.2.0\n", "2.1.0\n")
        self.assertEqual(
            (code, text),
            (
                1,
                self.OLDER + " than the current installed version."
                "(current:2.2.0 new_version:2.1.0)",
            ),
        )

    def test_a_missing_installed_version_passes_and_a_missing_package_version_does_not(self):
        self.assertEqual(self.verdict(None, "2.2.1\n"), (0, ""))
        self.assertEqual(self.verdict("2.2.0\n", None)[0], 1)

    def test_line_ends_of_windows_work_on_both_sides(self):
        self.assertEqual(self.verdict("2.2.0\r\n", "2.2.1\r\n"), (0, ""))

    def test_the_same_release_is_refused_with_empty_names(self):
        self.assertEqual(self.verdict("2.2.1\n", "2.2.1\n"), (1, self.REFUSED + "( --> )"))

    def test_extensions_follow_the_table(self):
        passes = [
            ("", "hotfix1"),
            ("", "patch1"),
            ("", "enhance1"),
            ("alpha1", "beta1"),
            ("beta1", "beta2"),
            ("beta1", ""),
            ("hotfix1", ""),
            ("patch1", "patch2"),
            ("hotfix1beta1", "hotfix1"),
        ]
        for old, new in passes:
            with self.subTest(old=old, new=new):
                self.assertEqual(self.extension(old, new), (0, ""))
        refused = [
            ("", "alpha1", self.OFFICIAL),
            ("", "beta1", self.OFFICIAL),
            ("beta1", "alpha2", self.REFUSED),
            ("hotfix1", "beta1", self.REFUSED),
            ("patch1", "alpha1", self.REFUSED),
            ("hotfix1", "hotfix1", self.REFUSED),
            ("hotfix1", "hotfix1beta1", self.REFUSED),
            ("hotfix1", "hotfix2", self.WARNING),
            ("enhance1", "enhance2", self.WARNING),
            ("patch2", "patch1", self.WARNING),
            ("beta2", "beta1", self.WARNING),
            ("hotfix2", "hotfix1", self.WARNING),
            ("hotfix1", "patch1", self.WARNING),
        ]
        for old, new, start in refused:
            with self.subTest(old=old, new=new):
                code, text = self.extension(old, new)
                self.assertEqual(code, 1)
                self.assertTrue(text.startswith(start), text)


class Privileges(unittest.TestCase):
    """Somebody who is not root and has to give a password; sudo and whoami are small stand-ins."""

    SUDO = """#!/bin/bash
case " $* " in *" -S "*) read -r given; [ "$given" = right ] || exit 1 ;; *) [ -n "$TICKET" ] || exit 1 ;; esac
"""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.dir = temporary.name
        for name, text in (("sudo", self.SUDO), ("whoami", "#!/bin/sh\necho kwpass\n")):
            path = os.path.join(self.dir, name)
            with open(path, "w", encoding="ascii") as f:
                f.write(text)
            os.chmod(path, 0o755)

    def ask(self, given, **env):
        path = self.dir + ":" + os.environ["PATH"]
        result = subprocess.run(
            ["bash", "-c", f". {UTILS}/kaiwudb_common.sh; local_privileged; echo went on"],
            input=given,
            capture_output=True,
            check=False,
            env=dict(os.environ, PATH=path, **env),
        )
        return result.returncode, result.stdout, result.stderr

    def test_without_a_password_or_with_a_wrong_one_it_ends_as_recorded(self):
        with open(os.path.join(DATA, "sudo-password.txt"), "rb") as f:
            self.assertIn(b"\x1b[31m[ERROR]\x1b[0m Incorrect password.\nremote-exit=1\n", f.read())
        for given in (b"", b"wrong\n", b"right'\n"):
            with self.subTest(given):
                self.assertEqual(
                    self.ask(given), (1, b"\n", b"\x1b[31m[ERROR]\x1b[0m Incorrect password.\n")
                )

    def test_the_first_line_of_standard_input_is_the_password(self):
        self.assertEqual(self.ask(b"right\n"), (0, b"\nwent on\n", b""))

    def test_with_a_ticket_nothing_is_asked(self):
        self.assertEqual(self.ask(b"", TICKET="1"), (0, b"went on\n", b""))


class Waiting(unittest.TestCase):
    """The wait after a restart by the branch for running nodes, in a container."""

    SCRIPT = (
        ". {utils}/kaiwudb_operate.sh; here={here}; deploy_type() {{ echo container; }}; "
        "security_options() {{ echo --insecure; }}; sleep() {{ :; }}; kwbase_cli() {{ return 1; }}; "
        "docker() {{ case $2 in -it) [ -t 0 ] ;; *) return 1 ;; esac; }}; wait_for_node"
    )

    def wait(self, version, *wrapper):
        with tempfile.TemporaryDirectory() as here:
            os.mkdir(os.path.join(here, "packages"))
            with open(os.path.join(here, "packages", ".version"), "w", encoding="ascii") as f:
                f.write(version + "\n")
            script = self.SCRIPT.format(utils=UTILS, here=here)
            words = ["bash", "-c", script]
            if wrapper:
                words = [*wrapper[:-1], f"bash -c '{script}'", wrapper[-1]]
            return subprocess.run(
                words, stdin=subprocess.DEVNULL, capture_output=True, check=False
            ).returncode

    def test_before_3_1_0_the_answer_is_not_looked_at(self):
        self.assertEqual(self.wait("2.2.1"), 0)
        self.assertEqual(self.wait("3.0.1"), 0)

    def test_from_3_1_0_on_it_needs_a_terminal(self):
        self.assertEqual(self.wait("3.1.0"), 1)
        self.assertEqual(self.wait("3.1.0", "script", "-qefc", "/dev/null"), 0)


class Words(unittest.TestCase):
    def test_an_option_of_another_command_is_never_done_with(self):
        with self.assertRaises(subprocess.TimeoutExpired):
            subprocess.run(
                [os.path.join(RELEASE, "package", "deploy.sh"), "upgrade", "--single"],
                timeout=1,
                capture_output=True,
                check=False,
            )

    def test_the_usage_is_shown_for_unknown_commands_with_exit_code_0(self):
        for words in ([], ["upgarde"], ["upgrade", "--help"]):
            result = subprocess.run(
                [os.path.join(RELEASE, "package", "deploy.sh"), *words],
                capture_output=True,
                text=True,
                check=False,
            )
            self.assertEqual(result.returncode, 0)
            self.assertIn("Usage: ./deploy.sh [COMMAND] [OPTION]", result.stdout)
            self.assertNotIn("upgrade", result.stdout)

    def test_a_bar_has_the_bytes_of_the_recording(self):
        script = (
            f". {UTILS}/process_bar.sh; here=$1; bar_start; bar_step 'install#check' 10; "
            "bar_step 'verify#install#type' 30; bar_step 'upgrade#complete' 100; bar_wait"
        )
        with tempfile.TemporaryDirectory() as folder:
            out = subprocess.run(
                ["bash", "-c", script, "bash", folder], capture_output=True, check=True
            ).stdout
            self.assertEqual(os.listdir(folder), [])
        with open(os.path.join(DATA, "offline-ok.txt"), "rb") as f:
            recorded = f.read()
        drawn = out.split(b"\r")
        self.assertEqual(len(drawn), 5)
        for piece in drawn[:4]:
            self.assertIn(piece + b"\r", recorded)


if __name__ == "__main__":
    unittest.main()
