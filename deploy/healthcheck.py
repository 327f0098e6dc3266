"""Ask this container's own site whether it is well, under the name it answers to."""

import http.client
import os
import sys

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
connection.request("GET", "/healthz/", headers={"Host": os.environ["SITE_URL"].partition("://")[2]})
answer = connection.getresponse()
print(answer.status, answer.read(200).decode())  # noqa: T201
sys.exit(answer.status != 200)
