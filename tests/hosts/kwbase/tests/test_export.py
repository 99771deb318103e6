"""EXPORT and IMPORT equal the recordings byte for byte, statements, answers and files."""
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))

import simcluster  # noqa: E402
import transcripts  # noqa: E402

_EXPORT, _IMPORT = "17-export-import.txt", "18-import.txt"
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00:00")


class Replayed(unittest.TestCase):
    """The recorded session, in its order, on one node."""

    maxDiff = None

    def setUp(self):
        self.sim = simcluster.Sim(count=3, scale=0.05, version="V2.2.1").up()
        self.addCleanup(self.sim.close)

    def extern(self, *names):
        return os.path.join(self.sim.store(0), "extern", *names)

    def masked(self, text):
        text = re.sub(r"\b12\d{17}\b", "ID", _STAMP.sub("TIME", text))
        return text.replace(self.sim.store(0), "/var/lib/kaiwudb-1")

    def replay(self, entry):
        out, err, rc = self.sim.run(*transcripts.command(entry))
        self.assertEqual((self.masked(out), self.masked(err), rc),
                         (self.masked(entry.stdout), self.masked(entry.stderr), entry.rc),
                         entry.argv[-1])

    def test_the_recorded_session_is_answered_and_written_as_recorded(self):
        for entry in transcripts.read(_EXPORT):
            with self.subTest(statement=entry.argv[-1]):
                self.replay(entry)
        self.check_files()
        for entry in transcripts.read(_IMPORT):
            with self.subTest(statement=entry.argv[-1]):
                self.replay(entry)
        with open(self.extern("settings2", "clustersetting.sql"), encoding="utf-8") as f:
            recorded = self.text(_IMPORT).rstrip().rsplit("\n", 1)[1]
            self.assertEqual(f.read(), recorded + "\n")

    def text(self, name):
        with open(os.path.join(transcripts.FOLDER, name), encoding="utf-8") as f:
            return f.read()

    def check_files(self):
        text = self.text(_EXPORT)
        listed = re.search(r"### files under extern of node 1\n(.*?)\n### ", text, re.S)[1]
        found = sorted("./" + os.path.relpath(os.path.join(folder, name), self.extern())
                       for folder, _, files in os.walk(self.extern()) for name in files)
        self.assertEqual(found, listed.split("\n"))
        shown = re.split(r"^### (head of )?\./(\S+)\n", text, flags=re.M)[1:]
        for head, name, content in zip(shown[::3], shown[1::3], shown[2::3]):
            with open(self.extern(name), encoding="utf-8") as f:
                actual = f.read()
            with self.subTest(file=name):
                if head:
                    count = content.count("\n")
                    self.assertEqual(actual.split("\n")[:count], content.split("\n")[:-1])
                else:
                    # The recorder put one line end after each file.
                    self.assertEqual(actual + "\n", content)


if __name__ == "__main__":
    unittest.main()
