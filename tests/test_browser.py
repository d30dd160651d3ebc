"""The pages in a real browser: three journeys as a new user would try them, and axe on each page.

Every journey is made with and without JavaScript; without it the same pages must do.
"""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from tests.kinds import KINDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")


@pytest.fixture(scope="session")
def site(release: Path) -> Iterator[str]:
    """Serve the bundled corpus in a process of its own; give the start of its addresses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "maizuru.server", str(release), "--port", str(port)]
    command += ["--client-queries", "100000", "--client-seconds", "100000", "--access-log", ""]
    command += ["--client-requests", "100000"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(lambda: urllib.request.urlopen(f"{address}/health", timeout=2).status == 200)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _await(ready: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if ready():
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the server did not answer")


def _browser(*, scripts: bool = True) -> WebDriver:
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("chromium and chromedriver are not installed")
    options = Options()
    options.binary_location = CHROMIUM
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    for flag in ("background-networking", "component-update", "sync", "dev-shm-usage"):
        options.add_argument(f"--disable-{flag}")
    if not scripts:
        blocked = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", blocked)
    try:
        return webdriver.Chrome(options=options, service=Service(DRIVER))
    except WebDriverException as error:
        pytest.skip(f"the browser does not start here: {error.msg}")


@pytest.fixture(scope="session")
def browsers() -> Iterator[dict[str, WebDriver]]:
    """Give a browser with scripts and one without."""
    opened = {"with": _browser(), "without": _browser(scripts=False)}
    yield opened
    for browser in opened.values():
        browser.quit()


@pytest.fixture(params=["with", "without"])
def browser(request: pytest.FixtureRequest, browsers: dict[str, WebDriver]) -> WebDriver:
    """Give each of the browsers in turn, 1200 pixels wide."""
    chosen = browsers[request.param]
    _resize(chosen, 1200)
    return chosen


def _resize(browser: WebDriver, width: int) -> None:
    """Set the width of the page; a window itself cannot be made as narrow as 320 pixels."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )


def _follow(browser: WebDriver, words: str) -> None:
    """Click the first link on the page that holds *words*."""
    before = browser.current_url
    link = browser.find_element(By.PARTIAL_LINK_TEXT, words)
    link.click()
    WebDriverWait(browser, 20).until(lambda b: b.current_url != before)


def _open(browser: WebDriver, site: str, path: str) -> None:
    """Open an address of `KINDS`."""
    address, *links = path.split(" ")
    browser.get(site + address)
    for start in links:
        found = browser.find_element(By.CSS_SELECTOR, f"#main a[href^='{start}']")
        browser.get(site + (found.get_dom_attribute("href") or ""))


def _main(browser: WebDriver) -> str:
    return browser.find_element(By.ID, "main").text


def test_from_a_name_in_katakana_to_person_camp_and_passage(browser: WebDriver, site: str) -> None:
    browser.get(site)
    field = browser.find_element(By.NAME, "q")
    field.send_keys("テツロウ")
    field.submit()
    WebDriverWait(browser, 30).until(lambda b: "/search" in b.current_url)
    _follow(browser, "Ahiko")
    assert "/page/person/tetsuro-ahiko" in browser.current_url
    assert "阿彦" in _main(browser)

    camp = browser.find_element(By.CSS_SELECTOR, "a[href^='/page/camp/'], a[href^='/page/place/']")
    named = camp.text
    passage = browser.find_element(By.CSS_SELECTOR, "blockquote footer a").get_attribute("href")
    camp.click()
    assert named in browser.find_element(By.TAG_NAME, "h1").text

    assert passage
    browser.get(passage)
    anchor = urlsplit(passage).fragment
    assert anchor.startswith("char=")
    assert browser.find_elements(By.ID, anchor)
    assert "彦" in _main(browser) or "Ahiko" in _main(browser)


def test_from_347000_to_its_source_and_whether_it_compares(browser: WebDriver, site: str) -> None:
    browser.get(site)
    _follow(browser, "Figures")
    assert "60,000" in _main(browser)
    _follow(browser, "347,000")
    page = _main(browser)

    assert "Where it comes from" in page
    assert "Who says so" in page
    assert "May it be compared?" in page
    assert any("60,000" in item.text for item in browser.find_elements(By.CSS_SELECTOR, "li"))
    assert "counts other people" in page or "May be compared, and" in page
    quote = browser.find_element(By.CSS_SELECTOR, "blockquote footer a")
    quote.click()
    assert "/page/document/" in browser.current_url


def test_from_nothing_to_camps_as_geojson_and_a_permalink(browser: WebDriver, site: str) -> None:
    browser.get(site)
    _follow(browser, "Questions")
    camps = browser.find_element(By.CSS_SELECTOR, "a[href^='/queries/camps']")
    camps.click()
    permalink = browser.find_element(By.PARTIAL_LINK_TEXT, "/queries/camps").text
    with urllib.request.urlopen(permalink.replace("localhost", "127.0.0.1")) as answer:
        assert answer.status == 200

    browser.get(f"{site}/map")
    geojson = browser.find_element(By.PARTIAL_LINK_TEXT, "GeoJSON").get_attribute("href")
    assert geojson
    with urllib.request.urlopen(geojson) as answer:
        found = json.load(answer)
    assert found["type"] == "FeatureCollection"
    assert found["features"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_is_accessible(
    browsers: dict[str, WebDriver], site: str, path: str, width: int, scheme: str
) -> None:
    axe = files("maizuru.server").joinpath("static", "bundle", "axe.js")
    if not axe.is_file():
        pytest.skip("the front end is not built, so axe is not at hand")
    browser = browsers["with"]
    _resize(browser, width)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    _open(browser, site, path)
    browser.execute_script(axe.read_text("utf-8"))
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations));"
    )
    told = [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:160]}"
        for each in found
        for node in each["nodes"][:3]
    ]

    assert told == []
    overflow = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


def test_nothing_is_loaded_from_elsewhere(browsers: dict[str, WebDriver], site: str) -> None:
    browser = browsers["with"]
    for path in ("/", "/map", "/network", "/ask"):
        browser.get(site + path)
        loaded = browser.execute_script(
            "return performance.getEntriesByType('resource').map((entry) => entry.name)"
        )
        assert [name for name in loaded if not name.startswith((site, "data:", "blob:"))] == []


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize("path", ["/", "/map", "/network", "/timeline", "/ask", "/figures"])
def test_nothing_moves_while_a_page_comes(
    browsers: dict[str, WebDriver], site: str, path: str, width: int
) -> None:
    browser = browsers["with"]
    _resize(browser, width)
    browser.get(site + path)
    shift = browser.execute_async_script(
        """
        const done = arguments[arguments.length - 1];
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 1500);
        """
    )

    assert shift < 0.02


@pytest.mark.parametrize("language", ["en", "ja"])
def test_labels_of_the_network_do_not_lie_on_one_another(
    browsers: dict[str, WebDriver], site: str, language: str
) -> None:
    browser = browsers["with"]
    browser.get(f"{site}/network?lang={language}")
    count, overlaps = browser.execute_script(
        """
        const nodes = document.getElementById("network")._cyreg.cy.nodes();
        const boxes = nodes.map((node) => node.boundingBox({ includeLabels: true }));
        let overlaps = 0;
        boxes.forEach((one, place) => {
          for (const other of boxes.slice(place + 1)) {
            const wide = Math.min(one.x2, other.x2) - Math.max(one.x1, other.x1);
            const high = Math.min(one.y2, other.y2) - Math.max(one.y1, other.y1);
            if (wide > 0 && high > 0) overlaps += 1;
          }
        });
        return [boxes.length, overlaps];
        """
    )

    assert count > 10
    assert overlaps == 0
    below = "return document.getElementById('network-table').compareDocumentPosition(arguments[0])"
    picture = browser.find_element(By.ID, "network")
    assert browser.execute_script(below, picture) == 4  # Node.DOCUMENT_POSITION_FOLLOWING


def test_from_a_question_in_words_to_the_sentence_in_two_clicks(
    browser: WebDriver, site: str
) -> None:
    _open(browser, site, "/search?q=モンゴルで何人死んだか&lang=ja")
    _follow(browser, "2,000")
    assert "厚生労働省" in _main(browser)
    browser.find_element(By.CSS_SELECTOR, "blockquote footer a").click()
    assert "/page/document/" in browser.current_url
    assert "#char=" in browser.current_url


def test_the_keyboard_reaches_the_content_first(browsers: dict[str, WebDriver], site: str) -> None:
    browser = browsers["without"]
    browser.get(site)
    skip = browser.switch_to.active_element
    skip.send_keys(Keys.TAB)
    focused = browser.switch_to.active_element

    assert focused.get_attribute("href") == f"{site}/#main"
    assert focused.rect["x"] >= 0
    assert focused.value_of_css_property("outline-style") == "solid"


def _ask(browser: WebDriver, site: str, query: str) -> None:
    """Open the query page with scripts, and run a query in the editor."""
    browser.get(f"{site}/ask?{urlencode({'query': query})}")
    button = (By.CSS_SELECTOR, "#yasgui .yasqe_queryButton")
    WebDriverWait(browser, 30).until(lambda b: b.find_elements(*button))
    browser.find_element(*button).click()
    WebDriverWait(browser, 30).until(
        lambda b: b.find_elements(By.CSS_SELECTOR, "#yasgui .yasr_results > *")
    )


PLACES = """PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#>
SELECT ?place ?lat ?long { ?place geo:lat ?lat ; geo:long ?long } LIMIT 12"""


def test_an_answer_can_be_seen_as_map_and_as_chart(
    browsers: dict[str, WebDriver], site: str
) -> None:
    browser = browsers["with"]
    _resize(browser, 1200)
    _ask(browser, site, PLACES)
    for view, shape in (("Map", "circle.place"), ("Chart", "rect.column")):
        _shown(browser, f"#yasgui .select_{view}", 1)
        chooser = browser.find_element(By.CSS_SELECTOR, f"#yasgui .select_{view}")
        browser.execute_script("arguments[0].click()", chooser)
        _shown(browser, f"#yasgui .answer-view {shape}", 4)


def _shown(browser: WebDriver, selector: str, least: int) -> None:
    """Wait until so many elements are there."""
    WebDriverWait(browser, 20).until(
        lambda b: len(b.find_elements(By.CSS_SELECTOR, selector)) >= least
    )


def test_the_editor_marks_the_line_a_query_breaks_at(
    browsers: dict[str, WebDriver], site: str
) -> None:
    browser = browsers["with"]
    _ask(browser, site, "SELECT * {\n ?s ?p }")

    marked = browser.find_elements(By.CSS_SELECTOR, "#yasgui .refused-line")
    assert len(marked) == 1
    assert "line 2" in browser.find_element(By.CSS_SELECTOR, "#yasgui .yasr_results").text


def test_the_editor_completes_a_thing_by_its_name_in_any_script(
    browsers: dict[str, WebDriver], site: str
) -> None:
    browser = browsers["with"]
    browser.get(f"{site}/ask?{urlencode({'query': 'SELECT * { ?s ?p テツロウ }'})}")
    field = (By.CSS_SELECTOR, "#yasgui .CodeMirror textarea")
    WebDriverWait(browser, 30).until(lambda b: b.find_elements(*field))
    browser.execute_script(
        "const editor = document.querySelector('#yasgui .CodeMirror').CodeMirror;"
        "editor.setCursor(0, editor.getValue().indexOf('ウ') + 1); editor.focus();"
    )
    browser.find_element(*field).send_keys(Keys.CONTROL + " ")
    hints = (By.CSS_SELECTOR, ".CodeMirror-hints li")
    WebDriverWait(browser, 20).until(lambda b: b.find_elements(*hints))
    browser.find_elements(*hints)[0].click()
    written = browser.execute_script(
        "return document.querySelector('#yasgui .CodeMirror').CodeMirror.getValue()"
    )

    assert "<https://w3id.org/maizuru/id/person/tetsuro-ahiko>" in written
    assert "テツロウ" not in written
    keep = browser.find_element(By.CSS_SELECTOR, "#editor p a").get_attribute("href")
    assert keep is not None
    assert "tetsuro-ahiko" in keep
