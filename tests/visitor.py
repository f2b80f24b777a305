"""A visitor of the running site without a browser: cookies, forms, no redirects followed."""

import re
import uuid
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tests.stack import PATIENCE, Site, wait_until

PASSWORD = "a-long-enough-secret"
WISH = {"mood": "sad", "intensity": "0.8", "seconds": "10", "seed": "7"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


class Visitor:
    """Anonymous at first; `sign_up` makes an account."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.jar), _Stay)

    def ask(self, method: str, path: str, data: bytes | None = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.site.url + path, data, named, method=method)
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as fault:
            with fault:
                return Answer(fault.code, fault.headers, fault.read())

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, **fields: str) -> Answer:
        if "csrftoken" not in self.cookies:
            self.get("/accounts/login/")
        fields = {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self.ask("POST", path, urlencode(fields).encode())

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.jar}

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sign_up(self) -> "Visitor":
        email = f"{uuid.uuid4().hex}@example.com"
        answer = self.post("/accounts/signup/", email=email, password1=PASSWORD)
        assert answer.status == 302, answer.text
        return self

    def wish(self, **changed: str) -> str:
        """Sends the studio's form; the id of the generation."""
        answer = self.post("/studio/", **{**WISH, **changed})
        assert answer.status == 302, answer.text
        return answer.headers["Location"].split("/")[2]

    def state(self, generation: str) -> str:
        found = re.search(r'data-state="(\w+)"', self.get(f"/studio/{generation}/progress/").text)
        assert found
        return found[1]

    def finished_track(self, **changed: str) -> str:
        """Has a track made; its id."""
        generation = self.wish(**changed)
        wait_until(lambda: self.state(generation) == "done", otherwise=self.site.said)
        found = re.search(r'/library/([0-9a-f-]{36})/"', self.get(f"/studio/{generation}/").text)
        assert found
        return found[1]
