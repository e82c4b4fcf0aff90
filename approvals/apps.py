"""The approval engine: routes, steps, signers, decisions, proxies. Knows no subject."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Written in the book of master data.
VERBS = {
    "proxy.add": "设置代理",
    "proxy.revoke": "撤销代理",
    "route.change": "修改审批路线",
    "route.retire": "停用审批路线",
    "route.restore": "恢复审批路线",
    "group.add": "新增人员组",
    "group.change": "修改人员组",
    "signature.keep": "设置签名",
    "signature.drop": "改用姓名签名",
}


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        from foundation.files import readers
        from foundation.journal import verbs
        from foundation.organization.sections import SECTIONS, Section
        from foundation.organization.templatetags.shell import COUNTS

        from .models import OpinionDraft, Signature, Signer
        from .narrowing import canonical
        from .nodes import register_subject
        from .permissions import own_draft, reads_enclosed, reads_signature
        from .routing.defaults import ensure_routes
        from .saved_filters import INBOX, PAGES
        from .views.inbox import count

        register_subject()
        PAGES[INBOX] = canonical
        readers.register(Signature, reads_signature)
        readers.register(Signer, reads_enclosed)
        readers.register(OpinionDraft, own_draft)
        verbs.register({f"journal.book.{verb}": says for verb, says in VERBS.items()})
        COUNTS["inbox"] = count
        ours = (
            Section("routes", "审批路线", "每类事项由谁、按什么顺序审批"),
            Section("signer_groups", "人员组", "审批路线里一起审批的几个人，如专家组"),
        )
        SECTIONS.extend(one for one in ours if one not in SECTIONS)
        post_migrate.connect(ensure_routes, sender=self, dispatch_uid="default-routes")
