"""统一社会信用代码 and 公民身份号码: their check digits. Pure."""

from __future__ import annotations

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: without I, O, S, V, Z
PERSON = "10X98765432"  # GB 11643-1999


def credit_code_fault(code: str) -> str:
    """Why it is no 统一社会信用代码 (GB 32100-2015); empty where it is one."""
    if len(code) != 18 or any(sign not in CREDIT for sign in code):
        return "统一社会信用代码应是 18 位数字和大写字母（不用 I、O、S、V、Z），请核对。"
    total = sum(CREDIT.index(sign) * pow(3, n, 31) for n, sign in enumerate(code[:17]))
    right = CREDIT[-total % 31]
    return "" if code[17] == right else "统一社会信用代码的校验位不对，请核对是否有一位写错。"


def person_number_fault(number: str) -> str:
    """Why it is no 公民身份号码 (GB 11643-1999); empty where it is one."""
    if len(number) != 18 or not (number[:17].isdecimal() and number.isascii() and number[17] in PERSON):
        return "身份证号应是 18 位，末位是数字或大写 X，请核对。"
    total = sum(int(sign) * pow(2, 17 - n, 11) for n, sign in enumerate(number[:17]))
    return "" if number[17] == PERSON[total % 11] else "身份证号的校验位不对，请核对是否有一位写错。"


def masked(number: str) -> str:
    """4418**********1234: as pages and the journal show it."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}" if len(number) > 8 else "*" * len(number)
