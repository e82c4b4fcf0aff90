"""What is slow to import is imported by whoever needs it."""

import subprocess
import sys

SLOW = ("docx", "fontTools", "openpyxl", "pikepdf", "pyhanko", "pypdfium2", "pypinyin", "weasyprint")
START = f"""
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django; django.setup()
import config.urls
print([name for name in {SLOW} if name in sys.modules])
"""


def test_the_site_starts_without_the_libraries_of_the_formats():
    found = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
