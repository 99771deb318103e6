"""Templates, YAML and option lists, without a host."""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), ".."))
from dockersim import images, listing, options, state, yamlfile  # noqa: E402
from dockersim.template import Template, TemplateError  # noqa: E402

THING = {"A": {"b": [1, 2]}, "L": {"x.y": "z"}, "T": True, "N": None, "M": [{"S": "s", "R": False}]}


class Templates(unittest.TestCase):
    def test_fields_functions_and_branches(self):
        for text, wanted in (
            ("{{.A.b}}", "[1 2]"),
            ("{{json .A}}", '{"b":[1,2]}'),
            ('{{index .L "x.y"}}{{index .L "no"}}|', "z|"),
            ("{{range .M}}{{.S}}={{.R}};{{end}}", "s=false;"),
            ("{{range $k, $v := .L}}{{$k}}->{{$v}}{{end}}", "x.y->z"),
            ("{{if .T}}yes{{else}}no{{end}}", "yes"),
            ("{{if eq (len .M) 1}}one{{end}}", "one"),
            ('{{join .A.b ","}} {{ .T | not }}', "1,2 false"),
            ("a {{- .T -}} b", "atrueb"),
            ("{{with .N}}x{{else}}none{{end}}", "none"),
            ("{{(index .M 0).S}}", "s"),
            (r"{{.T}}\t{{.T}}", "true\ttrue"),
        ):
            self.assertEqual(Template(text).render(THING), wanted, text)

    def test_what_go_refuses_is_refused(self):
        for text in ("{{.Nope}}", "{{nope .T}}", "{{.T", "{{if .T}}", "{{.T.X}}"):
            with self.assertRaises(TemplateError, msg=text):
                Template(text).render(THING)


class Yaml(unittest.TestCase):
    def test_what_people_write_into_compose_files(self):
        text = """
# head
a: &x {p: 1, "q r": [a, 'b''c']}   # tail
b:
  <<: *x
  q: "with # no comment"
list:
- 1
-   k: v
    w: |
      two
        lines # kept
- - nested
folded: >-
  one
  two
port: 22:22
text: "8080:8080"
long: [a,
  b]
none:
"""
        self.assertEqual(yamlfile.load(text), {
            "a": {"p": 1, "q r": ["a", "b'c"]},
            "b": {"p": 1, "q r": ["a", "b'c"], "q": "with # no comment"},
            "list": [1, {"k": "v", "w": "two\n  lines # kept\n"}, ["nested"]],
            "folded": "one two",
            "port": 22 * 60 + 22,
            "text": "8080:8080",
            "long": ["a", "b"],
            "none": None,
        })

    def test_tabs_and_loose_ends_are_errors(self):
        for text in ("a:\n\tb: 1", "a: 1\n b: 2", "a: [1, 2", "a: *nothing"):
            with self.assertRaises(yamlfile.YamlError, msg=text):
                yamlfile.load(text)


class Words(unittest.TestCase):
    def test_options_end_at_the_image(self):
        found, image, rest = options.parse_run(["-dit", "--name=x", "-p", "1:2", "i:1", "-v", "y"], "run")
        self.assertEqual((image, rest), ("i:1", ["-v", "y"]))
        self.assertEqual((found["detach"], found["tty"], found["name"]), (True, True, "x"))
        with self.assertRaisesRegex(state.DockerError, "invalid reference format"):
            options.parse_run(["$kwdb_image", "true"], "run")

    def test_ports_sizes_and_limits(self):
        self.assertEqual(options.port("127.0.0.1:1:2/udp"), ({"HostIp": "127.0.0.1", "HostPort": "1"}, "2/udp"))
        self.assertEqual(options.size("1.5g"), 3 << 29)
        self.assertEqual(options.ulimit("nofile=1:2"), {"Name": "nofile", "Hard": 2, "Soft": 1})
        self.assertEqual(options.restart_policy("on-failure:3")["MaximumRetryCount"], 3)

    def test_names_of_images(self):
        self.assertEqual(images.split("r:5000/a/b"), ("r:5000/a/b", ""))
        self.assertEqual(images.full("a/b"), "a/b:latest")

    def test_times_as_docker_says_them(self):
        said = [listing.span(s) for s in (0.2, 1, 59, 60, 150, 3600, 7200, 90000, 86400 * 15)]
        self.assertEqual(said, ["Less than a second", "1 second", "59 seconds", "About a minute", "2 minutes",
                                "About an hour", "2 hours", "25 hours", "2 weeks"])


if __name__ == "__main__":
    unittest.main()
