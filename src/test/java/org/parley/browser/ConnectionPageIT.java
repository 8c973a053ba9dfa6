package org.parley.browser;

import java.util.regex.Pattern;

import jakarta.json.Json;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page says about its connection is so. */
class ConnectionPageIT extends BrowserTest {

    private static Locator banner(Page page) {
        return page.locator("parley-banner .banner");
    }

    @Test
    void aBreakOfLessThanTwoSecondsIsNotWorthAWord() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.addInitScript("globalThis.banners = []; new MutationObserver(() => {"
                    + " const banner = document.querySelector('parley-app')?.shadowRoot?.querySelector('parley-banner');"
                    + " const text = banner?.shadowRoot?.querySelector('.banner')?.textContent;"
                    + " if (text) banners.push(text); })"
                    + ".observe(document, {subtree: true, childList: true});");
            open(watched, "Ada");
            hub.cut(1006 + 5, true);
            wake(page);
            page.waitForCondition(() -> hub.received("join").size() > 2);
            hub.say("lobby", GRACE, "back");
            assertThat(exactly(page, "back")).isVisible();
            assertThat(page.evaluate("banners.length")).isEqualTo(0);
        }
    }

    @Test
    void aLostConnectionCountsDownAndCanBeTriedAtOnce() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.cut(1011, false);
            assertThat(banner(page)).hasCount(0);
            assertThat(banner(page)).containsText(Pattern.compile("Connection lost\\. Retrying in \\d+ s"));
            write(page, "waits");
            assertThat(banner(page)).containsText("One message waits to be sent.");
            shoot(page, "connection-lost");
            hub.reachable();
            button(page, "Retry now").click();
            assertThat(banner(page)).hasCount(0);
            assertSent(page, "waits");
        }
    }

    @Test
    void aForcedTryThatFailsLeavesTheLadderAsItWas() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.cut(1011, false);
            assertThat(banner(page)).containsText("Retrying in");
            for (int i = 0; i < 3; i++) {
                button(page, "Retry now").click();
            }
            assertThat(banner(page)).containsText("Retrying in");
            hub.reachable();
            assertThat(banner(page)).hasCount(0);
        }
    }

    @Test
    void whoIsOfflineIsToldSoWithTheNumberOfWaitingMessages() {
        try (WatchedPage watched = chromium.newPage().expecting("WebSocket").expecting("INTERNET_DISCONNECTED")) {
            Page page = open(watched, "Ada");
            page.context().setOffline(true);
            hub.cut(1006 + 5, false);
            write(page, "one");
            write(page, "two");
            assertThat(banner(page)).containsText("You are offline. 2 messages wait to be sent.");
            shoot(page, "connection-offline");
            hub.reachable();
            page.context().setOffline(false);
            assertThat(banner(page)).hasCount(0);
            assertThat(page.locator(".leaving")).hasCount(0);
            assertThat(texts(page)).hasText(new String[] {"one", "two"});
            assertSent(page, "one", "two");
        }
    }

    @Test
    void aRestartIsCalledARestart() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.cut(1012, false);
            assertThat(banner(page)).containsText(Pattern.compile("The server is restarting\\. Retrying in \\d+ s"));
        }
    }

    @Test
    void catchingUpHasACount() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", GRACE, "before", morning);
            hub.follows("lobby", 1, 0);
            Page page = open(watched, "Ada");
            assertThat(exactly(page, "before")).isVisible();
            for (int i = 2; i <= 500; i++) {
                hub.store("lobby", GRACE, "line " + i, morning + i);
            }
            hub.followsAnew("lobby", 1, 499);
            hub.pages(100);
            hub.answersHistory(false);
            hub.cut(1011, true);
            wake(page);
            assertThat(banner(page)).containsText("Catching up: 399 messages");
            hub.answersHistory(true);
            hub.cut(1011, true);
            wake(page);
            assertThat(exactly(page, "line 500")).isVisible();
            assertThat(banner(page)).hasCount(0);
            assertThat(page.locator(".gap")).hasCount(0);
        }
    }

    @Test
    void whoIsRejectedLearnsWhyAndWhatToDo() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.cut(4503, "Only for members.");
            assertThat(banner(page))
                    .containsText("The server refuses this connection: Only for members. Ask whoever runs this server");
            shoot(page, "connection-rejected");
            int joins = hub.received("join").size();
            wake(page);
            page.evaluate("globalThis.dispatchEvent(new Event('online'))");
            page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))");
            assertThat(hub.received("join")).hasSize(joins);
            button(page, "Try again").click();
            assertThat(banner(page)).hasCount(0);
        }
    }

    @Test
    void aHoleThatTheServerCannotFillIsARowWithLoad() {
        try (WatchedPage watched = chromium.newPage()) {
            for (int i = 1; i <= 3; i++) {
                hub.store("lobby", GRACE, "old " + i, morning + i);
            }
            Page page = open(watched, "Ada");
            assertThat(exactly(page, "old 3")).isVisible();
            for (int i = 4; i <= 90; i++) {
                hub.store("lobby", GRACE, "line " + i, morning + i);
            }
            hub.recovers(false);
            hub.cut(1011, true);
            wake(page);
            assertThat(page.getByText("Messages are missing here.")).isAttached();
            shoot(page, "gap");
            button(page, "Load").click();
            assertThat(page.getByText("Messages are missing here.")).hasCount(0);
            assertThat(texts(page)).hasCount(90);
            assertThat(hub.received("history")).last().satisfies(history -> assertThat(history.getInt("before"))
                    .isEqualTo(41));
        }
    }

    @Test
    void oneWhoseSignInEndsIsAskedForANameWithTheReason() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.send(Json.createObjectBuilder().add("type", "pong"));
            hub.cut(4501, "The sign-in has ended.");
            assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                    .containsText("The sign-in has ended.");
        }
    }
}
