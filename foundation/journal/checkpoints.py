"""A checkpoint ties all chain heads into one signed file outside the database.

What lies before it can't be forged by SQL: the signing key (keys.py) is no part of it.
"""

from __future__ import annotations

import datetime as dt
import json
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from foundation.organization.whole import put_in_place, unfinished

from .chain import canonical
from .keys import BadKey, has_signed, key
from .models import Entry
from .verify import Heads


class BadCheckpoint(Exception):
    """The checkpoint file is not one of ours, or was changed."""


def write_checkpoint(at: dt.datetime) -> Path:
    """Sign all heads as they stand now; returns the file."""
    body = {"at": at.astimezone(dt.UTC).isoformat(), "heads": _heads()}
    body["root"] = sha256(canonical(body).encode()).hexdigest()
    signed = body | {"signature": key().sign(str(body["root"]).encode()).hex()}
    path = settings.DATA_DIR / "checkpoints" / f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}.json"
    with unfinished(path.parent) as file:
        file.write(json.dumps(signed, ensure_ascii=False).encode())
        put_in_place(file, path)
    return path


def prune_checkpoints(keep: int) -> int:
    """Leave the newest `keep` and the last of each day before them; how many are gone. Entries that a lost
    checkpoint tied are tied by every later one."""
    files = sorted((settings.DATA_DIR / "checkpoints").glob("*.json"))
    older = files[:-keep] if keep else files
    daily = {path.name[:8]: path for path in older}
    gone = [path for path in older if path not in daily.values()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def read_checkpoint(path: Path) -> Heads:
    """The heads of a checkpoint whose signature holds. Raises BadCheckpoint."""
    try:
        signed = json.loads(path.read_text())
        signature, root = bytes.fromhex(signed.pop("signature")), signed.pop("root")
        if sha256(canonical(signed).encode()).hexdigest() != root:
            raise BadCheckpoint("检查点文件被改动过：内容与根哈希不符。")
        if not has_signed(root.encode(), signature):
            raise BadCheckpoint("检查点文件的签名不符。")
        return {(target, pk): (seq, head) for target, pk, seq, head in signed["heads"]}
    except BadKey as error:
        raise BadCheckpoint(str(error)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadCheckpoint("这不是检查点文件，请指定 checkpoints 目录下的 .json 文件。") from error


def _heads() -> list[list]:
    last = Window(RowNumber(), partition_by=["target", "target_id"], order_by=F("seq").desc())
    rows = Entry.objects.annotate(nth=last).filter(nth=1).order_by("target", "target_id")
    return [list(row) for row in rows.values_list("target", "target_id", "seq", "hash")]
