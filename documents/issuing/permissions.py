"""Who sees a draft, and who writes it."""

from __future__ import annotations

from foundation.organization.posts import OFFICE_POSTS, Post
from foundation.organization.rules import Rule, holds

READERS = (*OFFICE_POSTS, Post.AUDITOR)

sees_draft = Rule("文稿在印发以前只给安委办和审计员看。", holds(*READERS))
writes_draft = Rule("文稿由安委办拟制。", holds(*OFFICE_POSTS))
