"""Who keeps 版头, and who reads them."""

from __future__ import annotations

from foundation.organization.posts import Post
from foundation.organization.rules import Rule, holds

KEEPERS = (Post.OFFICE_HEAD, Post.ADMINISTRATOR)
READERS = (*KEEPERS, Post.OFFICE_CLERK, Post.AUDITOR)

keeps_heads = Rule("版头只由安办主任和系统管理员设置。", holds(*KEEPERS))
reads_heads = Rule("版头只给安委办、系统管理员和审计员看。", holds(*READERS))
