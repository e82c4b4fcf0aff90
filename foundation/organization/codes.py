"""机关代字: what a 发文字号 begins with. The shape is that of render_document's META (docs/schemas)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from .refusals import Refused

SAYS = "代字是2到10个汉字，如“英安办”；不带年份、括号和序号。"
document_code = RegexValidator(r"^[\u4e00-\u9fa5]{2,10}\Z", SAYS)


def refuse_code(code: str, *, field: str | None = None) -> None:
    """None at all may be."""
    try:
        if code:
            document_code(code)
    except ValidationError as error:
        raise Refused(f"“{code}”不能作代字：{SAYS}", field=field) from error
