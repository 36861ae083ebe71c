"""Answers that a browser has already are not sent again: it tells what it has by a tag that hangs on the answer alone (ETag, 304).

So the tag is right whatever an answer depends on: who asks, their language and role, the word of their session, the day. Whichever process
serves, and whenever it was started, the same answer has the same tag.
"""

from __future__ import annotations

from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse


def unless_there(request: Request, response: Response) -> Response:
    """A whole answer with its tag; 304 without it where the one who asks has the same. Others (errors, files that are streamed) stay."""
    if response.status_code != 200 or isinstance(response, StreamingResponse):
        return response
    tag = f'"{blake2b(bytes(response.body), digest_size=16).hexdigest()}"'
    asked = request.headers.get("if-none-match", "")
    there = {one.strip().removeprefix("W/") for one in asked.split(",")}  # a proxy that compresses makes tags weak
    if not there.isdisjoint((tag, "*")):
        response = Response(status_code=304)
    response.headers["ETag"] = tag
    return response
