"""Reads docs/parameters.example.yaml as SAM does: no value may lose anything on the way."""

import sys
import unittest
from pathlib import Path

import yaml
from samcli.cli.types import CfnParameterOverridesType
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs/parameters.example.yaml"


class Parameters(unittest.TestCase):
    def test_a_file_arrives_whole(self):
        read = CfnParameterOverridesType().convert((f"file://{EXAMPLE}",), None, None)
        self.assertEqual(yaml.safe_load(EXAMPLE.read_text()), read)
        self.assertIn("'", read["Settings"], "a value with an apostrophe is what the file is for")

    def test_every_name_is_a_parameter(self):
        parameters = yaml_parse((ROOT / "template.yaml").read_text())["Parameters"]
        self.assertLessEqual(set(yaml.safe_load(EXAMPLE.read_text())), set(parameters))


if __name__ == "__main__":
    sys.exit(unittest.main())
