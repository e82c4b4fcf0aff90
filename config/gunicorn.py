"""How the web server runs: gunicorn -c config/gunicorn.py config.wsgi."""

from threading import Thread

workers, threads, loglevel = 2, 4, "warning"


def post_worker_init(worker: object) -> None:
    """Beside the first requests: what an editor's first preview would wait for."""
    from documents.writing.pictures import warm

    Thread(target=warm, daemon=True).start()
