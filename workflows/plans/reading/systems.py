"""Platforms, broadcasters, hotlines and programs a plan names; they stay outside this product."""

from __future__ import annotations

import re

from workflows.plans.reading.model import Span, System

_KNOWN = r"粤政易|浙政钉|皖政通|赣政通|渝快政|苏政通|湘政通|鄂汇办|豫政通|政务微信|企业微信|学习强国|i志愿|粤省事|抖音|快手|(?<![0-9-])12350(?![0-9])|(?<![0-9-])12345(?![0-9])"
_SUFFIX = r"微信小程序|游戏小程序|小程序|app|APP|App|客户端|微信公众号|公众号|视频号|平台|系统|热线|交流群|工作群|微信群"
_VERBS = re.compile(
    r"^(?:[一-龥]{0,6}(?:通过|利用|依托|联合|借助)|并|目前|现处于|处于|正在?|在|通过|联合|利用|依托|借助|以及|由|对|向|充分|组织|参加|收看|收听|关注|登录|做好|开通|开展|进行|用好|公布|宣传|协调|邀请|各|等)+"
)
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"(?P<name>“[^”\n]{{1,14}}”(?:微信|游戏|手机)?(?:{_SUFFIX}))",
        rf"(?P<name>“[^”\n]{{1,14}}(?:{_SUFFIX})”)",
        r"(?P<name>“[^”\n]{1,14}”(?:新媒体矩阵|微信)(?:平台|游戏小程序|小程序)?)",
        r"(?P<name>微信“[^”\n]{1,14}”(?:游戏)?小程序)",
        rf"(?P<name>(?:{_KNOWN})(?:协同办公)?(?:平台|系统|工作群|交流群|小程序|热线)?)",
        r"(?P<name>[一-龥]{2,12}?(?:广播电视台|电视台|融媒体中心|日报|微信公众号|政务网))",
        r"(?<=、)(?P<name>[一-龥]{2,4}发布)(?=等|、|”|和|，|。)",
        r"(?:^|[，。、；：和及]|通过)(?P<name>(?:安全生产)?(?:有奖)?举报(?:投诉)?(?:热线|平台|电话))",
        r"(?P<name>(?:全国|全省|全市)?(?:“[^”\n]{1,10}”)?[一-龥]{0,6}(?:电视电话会议|网络投票))",
        r"(?P<name>(?:楼宇电梯|户外|交通工具|网约车)[一-龥]{0,2}(?:广告屏|电子显示屏|显示屏))",
    )
)


def find_systems(text: str, span: Span) -> tuple[System, ...]:
    """Named outside systems in `span`, each name once, in reading order."""
    found: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, *span):
            place = _without_verbs(text, match.span("name"))
            if not any(a < place[1] and place[0] < b for a, b in found):
                found.append(place)
    names: dict[str, Span] = {}
    for start, end in sorted(found):
        names.setdefault(text[start:end], (start, end))
    return tuple(System(name, source) for name, source in names.items())


def _without_verbs(text: str, span: Span) -> Span:
    verbs = _VERBS.match(text[slice(*span)])
    return (span[0] + verbs.end(), span[1]) if verbs else span
