"""Messages are made and sent in the background."""

from __future__ import annotations

import datetime as dt

from django.conf import settings

from foundation.jobs.progress import Progress
from foundation.jobs.registry import Result, register

from .models import Message
from .sending import State, send
from .spreading import spread

ROUND = dt.timedelta(seconds=10)


@register("outbox.spread", says="生成消息", every=ROUND, quiet=True)
def tell(progress: Progress) -> Result:
    return {"told": spread(progress.at)}


@register("outbox.send", says="发送消息", every=ROUND, quiet=True)
def send_out(progress: Progress) -> Result:
    """Apart from the making: a channel that hangs holds up what leaves by it, and nothing that people read here."""
    last = progress.job.result or {}
    done = send(progress.at, last.get("resting"))
    return {**done.told, "resting": done.resting}


@register("outbox.clean", says="清理看过的消息", every=dt.timedelta(days=1))
def clean(progress: Progress) -> Result:
    """What happened stands in the journal; what nobody has read, or what never arrived, stays."""
    before = progress.at - dt.timedelta(days=settings.MESSAGE_DAYS)
    old = Message.objects.filter(entry__at__lt=before)
    read, _ = old.filter(read_at__isnull=False).delete()
    sent, _ = old.filter(state__in=(State.SENT, State.SKIPPED)).exclude(channel=Message.Channel.SITE).delete()
    return {"deleted": read + sent}
