"""What argparse says of bad arguments in English, as one sentence that says what to do."""

from __future__ import annotations

import re

NAMED = r"argument (?P<name>\S+?)(?:/\S+)?: "  # -v/--verbosity by its first name
SAYS = [
    (r"the following arguments are required: (?P<names>.+)", "缺少参数 {names}，请补上"),
    (r"one of the arguments (?P<names>.+) is required", "{names} 里要写一个，请补上"),
    (r"unrecognized arguments: (?P<names>.+)", "不认识参数 {names}，请删去或改正"),
    (r"ambiguous option: (?P<name>\S+) could match (?P<names>.+)", "{name} 可以是 {names}，请写全"),
    (NAMED + r"expected .*argument.*", "{name} 后面缺少内容，请补上"),
    (NAMED + r"invalid int value: '(?P<value>.*)'", "{name} 要写整数，“{value}”不是，请改正"),
    (NAMED + r"invalid float value: '(?P<value>.*)'", "{name} 要写数字，“{value}”不是，请改正"),
    (NAMED + r"invalid choice: '?(?P<value>.*?)'? \(choose from (?P<names>.*)\)", "{name} 没有“{value}”，可用的有 {names}"),
    (NAMED + r"ignored explicit argument '(?P<value>.*)'", "{name} 后面不写内容，请删去“{value}”"),
    (NAMED + r"not allowed with argument (?P<names>.+)", "{name} 和 {names} 不能一起用，请去掉一个"),
]  # fmt: skip


def sentence(message: str, command: str) -> str:
    """`message` is argparse's; one that it never said before is quoted."""
    for shape, says in SAYS:
        if found := re.fullmatch(shape, message, re.DOTALL):
            parts = found.groupdict()
            if "names" in parts:
                parts["names"] = re.sub(r"[\s,]+", "、", parts["names"].replace("'", ""))
            return f"{says.format(**parts)}；用法见 {command} --help。"
    return f"参数不对（{message}），请改正；用法见 {command} --help。"
