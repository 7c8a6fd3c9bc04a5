"""A visitor with the simplest of browsers: pages come back as text."""

from typing import Any
from urllib.parse import urlencode

from django.test import Client

IN_FORCE = "2025-10-01"
"""A day on which everything in the small catalogue applies."""


class Visitor:
    """Opens pages and sends forms, as one session."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **query: str) -> str:
        """The text of a page, for the day on which everything applies unless ``on`` says otherwise."""
        response = self.client.get(path, {"on": IN_FORCE, **query})
        assert response.status_code == status, (path, response.status_code)
        return response.content.decode()

    def answer(self, key: str, *, on: str = IN_FORCE, **data: Any) -> str:
        """Answer one question, and give the page that comes after it."""
        address = "/questions/?" + urlencode({"on": on, "ask": key})
        response = self.client.post(address, data, follow=True)
        assert response.status_code in (200, 422), response.status_code
        return response.content.decode()

    def answer_all(self, **answers: Any) -> None:
        """Answer several plain questions."""
        for key, value in answers.items():
            self.answer(key, answer=value)


def heading(text: str) -> str:
    """The main heading of a page."""
    inside = text.split("<h1", 1)[1].split(">", 1)[1].split("</h1>")[0]
    return "".join(part.rpartition(">")[2] for part in inside.split("<")).strip()
