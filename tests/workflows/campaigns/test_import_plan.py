"""What `import_plan` says at the terminal, and when it refuses."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from workflows.plans.models import Plan

pytestmark = pytest.mark.django_db

PLAN = "某县{year}活动方案\n一、主要任务\n1.各镇6月1日组织演练。\n2.各镇6月31日前组织宣传。\n"


def run(folder: Path, words: str) -> tuple[dict[str, Any], str]:
    """The document on stdout and the words on stderr of a dry run."""
    file, out, err = folder / "方案.txt", io.StringIO(), io.StringIO()
    file.write_text(words, encoding="utf-8")
    call_command("import_plan", file, json=True, dry_run=True, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_a_dry_run_keeps_nothing(tmp_path):
    found, _ = run(tmp_path, PLAN.format(year="2025年"))
    assert (found["campaign"], len(found["items"]), Plan.objects.count()) == (None, 2, 0)


def test_what_to_look_at_is_said_beside_the_document(tmp_path):
    _, said = run(tmp_path, PLAN.format(year=""))
    assert "方案里没有写年份" in said
    assert "“6月31日”不是存在的日期" in said


def test_a_dry_run_refuses_what_the_real_one_refuses(tmp_path):
    with pytest.raises(CommandError, match="没有从文本中读出任何事项") as refused:
        run(tmp_path, "你好，这是一封信。\n")
    assert refused.value.returncode == 2
