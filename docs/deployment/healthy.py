"""Ends with 0 when the bot in this container is ready to answer."""

import os
import urllib.request

READY = "http://127.0.0.1:5005/webhooks/bumpline/"

asked = urllib.request.Request(READY, headers={"Authorization": f"Bearer {os.environ.get('BOT_TOKEN', '')}"})
urllib.request.urlopen(asked, timeout=4)
