package org.parley.browser;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

import jakarta.json.JsonObject;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The chat page against a hub that can be broken at will; under the product's Content Security Policy. */
abstract class BrowserTest {
    static final JsonObject ADA = FakeHub.user("guest:me", "Ada", true);
    static final JsonObject GRACE = FakeHub.user("user:grace", "Grace Hopper", false);
    static final JsonObject ALAN = FakeHub.user("guest:alan", "Alan", true);

    static WebappServer server;
    static Chromium chromium;

    final long morning = LocalDate.now()
            .atTime(9, 12)
            .atZone(ZoneId.systemDefault())
            .toInstant()
            .toEpochMilli();
    FakeHub hub;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.launch();
        server = new WebappServer();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeHub() {
        hub = new FakeHub(morning);
    }

    static Browser.NewContextOptions window(int width, int height) {
        return new Browser.NewContextOptions().setViewportSize(width, height);
    }

    Page open(WatchedPage watched, String name) {
        hub.signedIn(name);
        Page page = open(watched);
        page.waitForCondition(() -> !hub.received("join").isEmpty());
        assertThat(composer(page)).isFocused();
        return page;
    }

    Page open(WatchedPage watched) {
        Page page = watched.page();
        hub.serve(page);
        page.navigate(server.url());
        return page;
    }

    /** As when the page is seen again: it does not wait for its next attempt. */
    static void wake(Page page) {
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    }

    static void write(Page page, String text) {
        composer(page).fill(text);
        composer(page).press("Enter");
        assertThat(composer(page)).hasValue("");
    }

    /** The box in which a message is written; its name begins so in English. */
    static Locator composer(Page page) {
        return page.locator("parley-composer textarea");
    }

    static Locator timeline(Page page) {
        return page.locator("parley-timeline");
    }

    static Locator texts(Page page) {
        return timeline(page).locator(".text");
    }

    static Locator row(Page page, String text) {
        return timeline(page).locator(".message", new Locator.LocatorOptions().setHasText(text));
    }

    static Locator exactly(Page page, String text) {
        return timeline(page).getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    /** The page may say that all is well a moment before the hub has the last of it. */
    void assertSent(Page page, String... texts) {
        page.waitForCondition(() -> hub.texts("lobby").size() >= texts.length);
        assertThat(hub.texts("lobby")).containsExactly(texts);
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    static void assertNoSidewaysScroll(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
    }

    /** For people to look at, under target/screenshots. */
    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }
}
