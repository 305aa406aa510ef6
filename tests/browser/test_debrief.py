"""The debrief in a browser: charts draw under the strict policy, follow the rooms, and stand without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from negotiations import actions
from tests.browser.support import LOOKS
from tests.debriefs.classes import ClassUp, class_up, deal, walk, work_out
from tests.negotiations.tables import BEST, LEASE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

pytestmark = pytest.mark.browser
Visitor = Callable[..., Any]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  (window.refused ??= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


@pytest.fixture(autouse=True)
def own_door(settings: Any) -> None:
    settings.PARLEY_DOOR = "tests.negotiations.tables.CookieDoor"


@pytest.fixture
def lesson(committed_db: None) -> ClassUp:
    return class_up()


@pytest.fixture
def reader(visitor: Visitor, running_server: RunningServer, lesson: ClassUp) -> Iterator[Visitor]:
    """Somebody's browser, Ada's unless told otherwise; at the end the policy must not have refused anything."""
    pages: list[Page] = []

    def arrive(cookies: dict[str, str] | None = None, **options: Any) -> Page:
        page: Page = visitor(**options)
        page.add_init_script(WATCH_POLICY)
        kept = (cookies or lesson.ada_cookies).items()
        page.context.add_cookies([{"name": n, "value": v, "url": running_server.url} for n, v in kept])
        pages.append(page)
        return page

    yield arrive
    assert [refused for page in pages for refused in page.evaluate("window.refused ?? []")] == []


@pytest.fixture
def finished(lesson: ClassUp) -> ClassUp:
    """Six rooms: five deals of two kinds, one without."""
    tables = [lesson.table, *(lesson.seat_room(number) for number in range(2, 7))]
    for table in tables[:2]:
        work_out(deal(table, LEASE, BEST))
    for table in tables[2:5]:
        work_out(deal(table, LEASE))
    work_out(walk(tables[5]))
    return lesson


def expect(what: Any) -> Any:
    """Playwright is only there where browser tests can run."""
    from playwright.sync_api import expect as expects

    expects.set_options(timeout=10_000)
    return expects(what)


def chart(page: Page, name: str, drawn: int = 1) -> Any:
    """The chart once the browser has drawn it for the n-th time."""
    return page.locator(f"#chart-{name}[data-drawn='{drawn}'] svg")


def faults(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_charts_draw_and_the_page_is_accessible(
    reader: Visitor, finished: ClassUp, scheme: str, width: int
) -> None:
    page = reader(width=width, color_scheme=scheme)
    page.goto(finished.url)

    expect(chart(page, "scatter")).to_be_visible()
    expect(chart(page, "shares")).to_be_visible()
    page.locator("#data-scatter summary").click()

    assert page.locator("#chart-scatter").evaluate("place => place.scrollWidth <= place.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []


@pytest.mark.slow
def test_the_chart_is_drawn_again_when_the_window_narrows(reader: Visitor, finished: ClassUp) -> None:
    page = reader(width=1280)
    page.goto(finished.url)
    expect(chart(page, "scatter")).to_be_visible()

    page.set_viewport_size({"width": 360, "height": 800})

    expect(chart(page, "scatter", drawn=2)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_chart_has_a_mark_for_every_deal_in_words(reader: Visitor, finished: ClassUp) -> None:
    page = reader()
    page.goto(finished.url)

    marks = chart(page, "scatter").locator("[aria-label^='Room']")

    expect(marks).to_have_count(2)
    expect(marks.first).to_have_attribute("aria-label", "Rooms 1 and 2: farmer 168, neighbour 145")
    expect(marks.last).to_have_attribute("aria-label", "Rooms 3, 4 and 5: farmer 115, neighbour 112")


def test_a_deal_appears_in_the_open_page_and_what_was_unfolded_stays(
    reader: Visitor, lesson: ClassUp
) -> None:
    page = reader()
    page.goto(lesson.url)
    expect(chart(page, "scatter")).to_be_visible()
    page.locator("#data-shares summary").click()

    work_out(deal(lesson.table, BEST))

    expect(chart(page, "scatter", drawn=2).locator("[aria-label^='Room 1']")).to_have_count(1)
    expect(page.locator("#agreement")).to_contain_text("The one room that finished agreed.")
    expect(page.locator("#data-shares")).to_have_attribute("open", "")


def test_names_show_at_a_press_and_hide_again(reader: Visitor, lesson: ClassUp) -> None:
    actions.seat_partner(actions.open_room(lesson.table.session, 2), "farmer")
    page = reader()
    page.goto(lesson.url)
    assert "practice partner" not in page.content()

    page.get_by_role("link", name="Show names").click()
    expect(page.get_by_role("cell", name="practice partner · –")).to_be_visible()

    page.get_by_role("link", name="Hide names").click()
    expect(page.get_by_role("link", name="Show names")).to_be_visible()
    assert "practice partner" not in page.content()


def test_without_a_script_the_servers_picture_stands_there(reader: Visitor, finished: ClassUp) -> None:
    page = reader(java_script_enabled=False, width=360)
    page.goto(finished.url)

    picture = page.locator("#chart-scatter img")
    picture.scroll_into_view_if_needed()

    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    assert picture.bounding_box()["height"] > 200
    assert picture.bounding_box()["width"] < 360


def test_when_the_bundle_does_not_come_the_picture_stays(reader: Visitor, finished: ClassUp) -> None:
    page = reader()
    page.route("**/vega*.js", lambda route: route.abort())
    page.goto(finished.url)

    expect(page.locator("#chart-scatter[data-failed] img")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_the_own_result_is_accessible(reader: Visitor, finished: ClassUp, scheme: str, width: int) -> None:
    actions.save_plan(finished.table.farmer, Decimal(150), Decimal(120), "cabins")
    actions.open_debrief(finished.table.session, finished.table.ada)
    actions.release(finished.table.session, finished.table.ada)
    page = reader(finished.table.cookies(finished.table.farmer), width=width, color_scheme=scheme)
    page.goto(f"/rooms/{finished.table.room.pk}/result/")

    expect(page.get_by_role("heading", name="You reached 168")).to_be_visible()
    expect(page.locator("svg.strip")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []


def test_before_the_release_the_page_is_calm_and_accessible(reader: Visitor, finished: ClassUp) -> None:
    page = reader(finished.table.cookies(finished.table.farmer), width=360)
    page.goto(f"/rooms/{finished.table.room.pk}/result/")

    expect(page.get_by_role("heading", name="Your instructor has not released results yet")).to_be_visible()
    assert faults(page) == []


@pytest.mark.slow
def test_event_is_settled_here_and_each_side_sees_what_its_deal_came_to(
    reader: Visitor, finished: ClassUp
) -> None:
    table = finished.table
    actions.open_debrief(table.session, table.ada)
    actions.release(table.session, table.ada)
    page = reader()
    page.goto(finished.url)
    page.get_by_role("button", name="Approved").click()
    expect(page.get_by_role("button", name="Approved")).to_have_attribute("aria-pressed", "true")
    row = page.locator("#events tbody tr").first.locator("td")
    expected, came = row.nth(0).inner_text(), row.nth(1).inner_text()
    assert expected != came
    student = reader(table.cookies(table.farmer))
    student.goto(f"/rooms/{table.room.pk}/result/")
    expect(student.get_by_role("heading", name=f"Your deal is now worth {came}.")).to_be_visible()
    student.goto(f"/rooms/{table.room.pk}/")
    expect(student.locator("#timeline")).to_contain_text("It came out as: approved.")
    expect(student.locator("#table-foot")).to_contain_text(came)
    expect(student.get_by_text("On average, that is")).to_have_count(0)
