"""Numbers with what belongs to them, which a line break never divides: sign, magnitude, unit, the other end of a range.
Names of standards and documents are of the same kind. The units are data: `units.txt`."""

import re
from pathlib import Path

UNITS = sorted(Path(__file__).with_name("units.txt").read_text("utf-8").split(), key=len, reverse=True)
LATIN = "|".join(re.escape(unit) for unit in UNITS if re.match("[A-Za-zμ]", unit))
OTHER = "|".join(re.escape(unit) for unit in UNITS if not re.match("[A-Za-zμ]", unit))

# What makes of a number the beginning of a longer word: 12@example.com, 3D, 2026-A.
MORE = r"(?![0-9A-Za-z_@&'+=?#~/]|[.,:·]\w|-[^\W\d])"
SIGN, RANGE = "[-−+±第≤≥＜＞≈￥¥$№]", "[-－–—～~]"
NUMBER = r"(?:\d+(?:[.,:/·]\d+)*|[Ⅰ-Ⅻ])"
COUNTED = rf"[十百千万亿]*[余多]?个?(?:{OTHER})"  # 1,234.56万元, 200多人, 10个工作日
UNIT = rf"(?:{COUNTED}| ?(?:{LATIN}){MORE}|[十百千万亿]+[余多]?| ?[%℃])"
MEASURED = rf"{SIGN}?{NUMBER}(?:{UNIT}|{MORE})"

QUANTITY = rf"{MEASURED}(?:{RANGE}{MEASURED})*"
ORDINAL = rf"第[〇零一二三四五六七八九十百千]+{COUNTED}"
STANDARD = rf"[A-Z]{{1,5}}\d{{0,2}}(?:/[A-Z]{{1,5}}\d{{0,2}})? ?\d+(?:\.\d+)*(?:[-－–—]\d{{4}})?{MORE}"
PAPER = r"〔\d{4}〕\d+号"

SEAM = re.compile(rf"〕|(?<!^)(?<!{RANGE}){RANGE}| ")


def seams(piece: str) -> list[int]:
    """Where a quantity is divided when there is no other way: behind the mark of a range, a blank, the year of a
    document."""
    return [found.end() for found in SEAM.finditer(piece) if found.end() < len(piece)]
