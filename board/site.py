"""What every page has at hand, and one visit to one page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from board.assets import Assets
from board.templating import template_environment
from cocreation.ideas.ids import Language
from cocreation.ideas.town import Town
from cocreation.ports import Clock, MediaStore, Storage, TownNow
from locales import Translator, translator


@dataclass(frozen=True, slots=True)
class Site:
    """One town's board: where it reads, for whom it speaks, how it looks."""

    storage: Storage
    town_now: TownNow
    clock: Clock
    media: MediaStore
    bot_url: Callable[[], str | None]
    assets: Assets = field(default_factory=Assets)
    templates: Environment = field(default_factory=template_environment)

    @property
    def town(self) -> Town:
        return self.town_now()

    @property
    def prefix(self) -> str:
        """The path under which a proxy shows the board, without a slash at its end."""
        return urlsplit(self.town.board_url or "").path.rstrip("/")

    @property
    def origin(self) -> str:
        """Scheme and host for links that leave the page, '' when the town has not said where it is."""
        url = urlsplit(self.town.board_url or "")
        return f"{url.scheme}://{url.netloc}" if url.netloc else ""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody asks for a page in a language."""

    site: Site
    request: Request
    language: Language
    t: Translator

    @classmethod
    def of(cls, site: Site, request: Request, language: Language) -> "Visit":
        return cls(site, request, language, translator(language))

    def link(self, path: str = "", language: Language | None = None) -> str:
        """The address of a page such as 'ideas', on this host."""
        return f"{self.site.prefix}/{language or self.language}/{path}"

    def here(self, language: Language | None = None) -> str:
        """This very page, in this or another language."""
        path = self.request.url.path.removeprefix(f"/{self.language}").lstrip("/")
        number = self.request.query_params.get("page")
        return self.link(path, language) + (f"?{urlencode({'page': number})}" if number else "")

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Render a template; a browser that has this very page already gets 304."""
        html = self.site.templates.get_template(template).render(
            values,
            visit=self,
            site=self.site,
            town=self.site.town,
            t=self.t,
            gettext=self.t.gettext,
            ngettext=self.t.ngettext,
        )
        return _revalidated(self.request, html, status, self.language)


Page = Callable[[Visit], Awaitable[Response]]


def page_route(site: Site, path: str, page: Page) -> Route:
    """A page that exists in each of the town's languages, under the language's code."""

    async def answer(request: Request) -> Response:
        language = Language(request.path_params["language"])
        if language not in site.town.languages:
            raise HTTPException(404)
        return await page(Visit.of(site, request, language))

    return Route(f"/{{language}}{path}", answer)


def _revalidated(request: Request, html: str, status: int, language: Language) -> Response:
    # 'no-cache' lets browsers keep a page but makes them ask each time: what is hidden is gone at once.
    tag = f'W/"{sha256(html.encode()).hexdigest()[:32]}"'
    headers = {"Cache-Control": "no-cache", "Content-Language": language, "ETag": tag}
    if status == 200 and tag in _tags(request):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(html, status, headers)


def _tags(request: Request) -> list[str]:
    return [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
