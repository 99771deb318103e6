"""Display of results equals the recordings byte for byte."""
import csv
import io
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
sys.path.insert(0, os.path.dirname(__file__))

import transcripts  # noqa: E402
from kwsim import render  # noqa: E402
from kwsim.clisql import _ALL_ALIGN  # noqa: E402

_FORMATS = "02-node-status-formats.txt"
_OPTIONS = "03-node-status-opts.txt"


def parsed_csv(text):
    head, *rows = csv.reader(io.StringIO(text))
    return head, rows


def parsed_records(text):
    rows = []
    for line in text.splitlines():
        if line.startswith("-[ RECORD"):
            rows.append({})
        else:
            name, _, value = line.partition(" | ")
            rows[-1][name.strip()] = value
    return list(rows[0]), [list(r.values()) for r in rows]


def parsed_table(text):
    head, _, *rows = [[c.strip() for c in line.split("|")] for line in text.splitlines()[:-1]]
    return head, rows


def parsed_raw(text):
    lines = text.splitlines()
    values = [lines[i + 1] for i, line in enumerate(lines) if line.startswith("## ")]
    width = int(lines[0].split()[1])
    return [values[i:i + width] for i in range(0, len(values), width)]


class NodeStatusFormats(unittest.TestCase):
    def rendered(self, fmt, text, columns, rows, align=None):
        self.assertEqual(render.render(fmt, columns, rows, align), text)

    def test_csv_and_tsv_are_written_as_recorded(self):
        for fmt, delimiter in (("csv", ","), ("tsv", "\t")):
            text = transcripts.find(_FORMATS, f"--format={fmt}").stdout
            head, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)
            self.rendered(fmt, text, head, rows)

    def test_the_table_is_drawn_as_recorded(self):
        text = transcripts.find(_FORMATS, "--format=table").stdout
        self.rendered("table", text, *parsed_table(text))

    def test_tables_with_more_columns_are_drawn_as_recorded(self):
        for option in ("--ranges", "--stats", "--decommission"):
            text = transcripts.find(_OPTIONS, option, "--format=table").stdout
            self.rendered("table", text, *parsed_table(text), _ALL_ALIGN[:6])

    def test_all_columns_keep_the_original_s_odd_alignment(self):
        text = transcripts.find(_OPTIONS, "--all", "--format=table").stdout
        self.rendered("table", text, *parsed_table(text), _ALL_ALIGN)

    def test_records_are_written_as_recorded(self):
        text = transcripts.find(_FORMATS, "--format=records").stdout
        self.rendered("records", text, *parsed_records(text))

    def test_raw_is_written_as_recorded(self):
        text = transcripts.find(_FORMATS, "--format=raw").stdout
        rows = parsed_raw(text)
        self.rendered("raw", text, ["x"] * len(rows[0]), rows)

    def test_sql_is_written_as_recorded(self):
        text = transcripts.find(_FORMATS, "--format=sql").stdout
        columns = [line.split()[0] for line in text.splitlines()[1:11]]
        rows = [[v.strip("'") for v in line[len("INSERT INTO results VALUES ("):-2].split(", ")]
                for line in text.splitlines() if line.startswith("INSERT")]
        self.rendered("sql", text, columns, rows)

    def test_html_is_written_as_recorded(self):
        text = transcripts.find(_FORMATS, "--format=html").stdout
        columns, *rows = [[c.partition(">")[2] for c in line.replace("/th", "/td").split("</td>")
                           [:-1]] for line in text.splitlines()[1:] if "<th>" in line
                          or "<td>" in line]
        clean = [[c.rpartition(">")[2] for c in row][1:] for row in rows]
        self.rendered("html", text, [c.rpartition(">")[2] for c in columns][1:], clean)


class SqlFormats(unittest.TestCase):
    def test_an_empty_string_is_quoted_and_null_is_not(self):
        self.assertEqual(render.render("csv", ["a", "b"], [["", "NULL"]]), 'a,b\n"",NULL\n')

    def test_keys_with_quotes_are_written_as_recorded(self):
        text = transcripts.find("05-sql-internal.txt",
                                "SELECT * FROM kwdb_internal.ranges LIMIT 5").stdout
        head, *rows = csv.reader(io.StringIO(text), delimiter="\t")
        self.assertEqual(render.render("tsv", head, rows), text)

    def test_booleans_of_sql_are_centred_as_recorded(self):
        text = transcripts.find("08-rolling-upgrade.txt", "sql", "--format=table").stdout
        self.assertEqual(render.render("table", *parsed_table(text), "rrlccc"), text)

    def test_sums_are_drawn_as_recorded(self):
        for fmt, parse in (("table", parsed_table), ("records", parsed_records)):
            text = transcripts.find("04-sql.txt", f"--format={fmt}").stdout
            self.assertEqual(render.render(fmt, *parse(text), "rr"), text)


if __name__ == "__main__":
    unittest.main()
