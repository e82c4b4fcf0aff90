"""Invented people: names by chance, some with characters that old fonts lack. Nobody real."""

from __future__ import annotations

import random
from collections.abc import Iterator

SURNAMES = "罗谢赖何周温邓黄梁沈江陆范孟石程苏许吕蒋韩曹彭曾萧田董袁潘余叶杜戴夏钟汪任姜方姚廖邹熊郝崔康毛邱秦顾侯邵龙万段雷"
FIRST = "书长安振晓嘉文立思一子雨明景若志云锦知远承修惟清予怀静亦念之秉恒"
SECOND = "言青宁邦岚禾澜诚远帆衡然舟和川筠棠松瑜昭航泽林溪钧扬彦之宜朗"
RARE = "喆堃昇祎垚翀珺旻龑"  # outside of what every font holds


def names(chance: random.Random) -> Iterator[str]:
    """No name twice; about every sixth has a rare character."""
    seen: set[str] = set()
    while True:
        name = chance.choice(SURNAMES) + _given(chance)
        if name not in seen:
            seen.add(name)
            yield name


def _given(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.08:
        return chance.choice(RARE)
    if kind < 0.16:
        return chance.choice(FIRST) + chance.choice(RARE)
    return chance.choice(FIRST) + chance.choice(SECOND)
