import pytest
from django.urls import reverse

from foundation.jobs.models import Job
from foundation.jobs.queue import claim, run_due
from tests.foundation.ground import AT, ada, bob

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.foundation.ground")]


@pytest.fixture
def job(add):
    add.owner = ada().pk
    return add("refuse")


@pytest.fixture
def sign_in(client):
    def signed_in(seat):
        client.force_login(seat.person, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture
def mine(sign_in, job):
    return sign_in(job.owner)


def page(client, job, **headers) -> str:
    return client.get(job.get_absolute_url(), headers=headers).content.decode()


def test_the_page_shows_how_far_it_is_and_a_way_to_look_again_without_script(mine, job):
    claim(AT)
    Job.objects.update(done_count=3, total=8, message="第 3 个单位")
    shown = page(mine, job)
    assert '<progress value="3" max="8"' in shown
    assert "第 3 个单位" in shown
    assert f'<noscript><a class="btn" href="{job.get_absolute_url()}">刷新进度' in shown


def test_the_piece_asks_again_until_the_job_has_ended(mine, job):
    assert "<html" in page(mine, job)
    piece = page(mine, job, hx_request="true")
    assert "<html" not in piece
    assert 'hx-trigger="every' in piece
    run_due(AT)
    assert "hx-trigger" not in page(mine, job, hx_request="true")


def test_a_failed_job_says_why_and_offers_a_retry(mine, job):
    run_due(AT)
    assert "没有可以导出的任务。" in page(mine, job)
    mine.post(reverse("job_retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_a_finished_job_leads_to_its_result(mine, job):
    done = {"done_count": 500, "total": 700, "message": "第 500 行"}
    Job.objects.update(state="done", ended=AT, result={"url": "/files/7/", "text": "下载台账"}, **done)
    shown = page(mine, job)
    assert "<progress" not in shown
    assert "500" not in shown
    assert '<a class="btn is-primary" href="/files/7/">下载台账</a>' in shown
    assert "重试" not in shown


def test_cancel_and_a_second_cancel_with_the_reason(mine, job):
    url = reverse("job_cancel", args=[job.pk])
    assert "已取消" in mine.post(url, follow=True).content.decode()
    assert "已经结束，不能取消" in mine.post(url, follow=True).content.decode()


def test_a_link_to_somebody_elses_job_is_refused(sign_in, job):
    client = sign_in(bob())
    assert client.get(job.get_absolute_url()).status_code == 403
    assert "只有发起" in page(client, job)
    client.post(reverse("job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_a_get_changes_nothing_and_an_unknown_job_is_not_found(mine, job):
    assert mine.get(reverse("job_cancel", args=[job.pk])).status_code == 405
    assert mine.get(reverse("job", args=[job.pk + 1])).status_code == 404
