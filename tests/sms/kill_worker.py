"""A worker in a process of its own, to be killed: python -m tests.sms.kill_worker, with settings in the environment."""

import time

from api.channels.sms.rooms import make_worker
from api.conversations.assembly import assemble
from api.settings import get_settings


def main() -> None:
    worker = make_worker(assemble(get_settings()))
    worker.lease = worker.lease / 15
    worker.outbox.lease = worker.outbox.lease / 15
    print("ready", flush=True)
    while True:
        if not worker.run_once():
            time.sleep(0.02)


if __name__ == "__main__":
    main()
