package org.parley.browser;

import java.util.ArrayList;
import java.util.List;

import jakarta.json.JsonObject;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What was said, in the place where it belongs, and under the eyes of whoever reads it. */
class TimelinePageIT extends BrowserTest {

    private void fill(int count) {
        for (int i = 1; i <= count; i++) {
            hub.store("lobby", i % 3 == 0 ? GRACE : ALAN, "line " + i, morning + i * 1000L);
        }
    }

    private static double top(Page page, String text) {
        return exactly(page, text).boundingBox().y;
    }

    private static Locator rows(Page page) {
        return timeline(page).locator(".message");
    }

    private static void toEnd(Page page, boolean end) {
        page.locator("parley-timeline .scroll")
                .evaluate("(scroll, end) => scroll.scrollTo(0, end ? scroll.scrollHeight : 0)", end);
    }

    /** Until a frame that began after this is done: its scroll events, its layout and what observes sizes. */
    private static void awaitFrame(Page page) {
        page.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
    }

    @Test
    void messagesOfOneAuthorWithinFiveMinutesAreAGroup() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", GRACE, "one", morning);
            hub.store("lobby", GRACE, "two", morning + 299_000);
            hub.store("lobby", GRACE, "three", morning + 299_000 + 300_001);
            hub.store("lobby", ALAN, "four", morning + 600_000);
            Page page = open(watched, "Ada");
            assertThat(timeline(page).locator(".author"))
                    .hasText(new String[] {"Grace Hopper", "Grace Hopper", "Alan"});
            assertThat(timeline(page).locator(".message.rest")).hasCount(1);
        }
    }

    @Test
    void theDateOfWhatIsReadStaysAtTheTop() {
        long yesterday = morning - 24 * 3600_000L;
        for (int i = 1; i <= 40; i++) {
            hub.store("lobby", ALAN, "line " + i, (i <= 20 ? yesterday : morning) + i * 1000L);
        }
        try (WatchedPage watched = chromium.newPage(window(800, 500))) {
            Page page = open(watched, "Ada");
            Locator today = page.getByRole(AriaRole.HEADING, named("Today"));
            Locator yesterdays = page.getByRole(AriaRole.HEADING, named("Yesterday"));
            assertThat(today).isInViewport();
            assertThat(yesterdays).not().isInViewport();
            exactly(page, "line 5").scrollIntoViewIfNeeded();
            assertThat(yesterdays).isInViewport();
            shoot(page, "sticky-date");
        }
    }

    @Test
    void theLineOfNewMessagesStaysUntilTheRoomIsLeft() {
        fill(30);
        hub.follows("lobby", 20, 10);
        try (WatchedPage watched = chromium.newPage(window(900, 480))) {
            Page page = open(watched, "Ada");
            Locator line = timeline(page).locator(".line");
            assertThat(line).hasText("New messages");
            assertThat(page.getByText("10 new since 09:12 AM")).isVisible();
            shoot(page, "unread-line");
            page.getByText("10 new since").click();
            assertThat(exactly(page, "line 21")).isInViewport();
            assertThat(page.getByText("10 new since")).hasCount(0);
            hub.say("lobby", GRACE, "one more");
            button(page, "1 new message").click();
            assertThat(exactly(page, "one more")).isInViewport();
            assertThat(line).hasCount(1);
            page.getByLabel("Join or make a room").fill("other");
            page.keyboard().press("Enter");
            assertThat(line).hasCount(0);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("lobby"))
                    .click();
            assertThat(exactly(page, "one more")).isInViewport();
            assertThat(line).hasCount(0);
        }
    }

    @Test
    void escapeTakesTheLineAway() {
        fill(30);
        hub.follows("lobby", 28, 2);
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            assertThat(timeline(page).locator(".line")).isVisible();
            page.keyboard().press("Escape");
            assertThat(timeline(page).locator(".line")).hasCount(0);
            page.waitForCondition(() -> !hub.received("read").isEmpty());
            assertThat(hub.received("read")).last().satisfies(read -> assertThat(read.getInt("seq"))
                    .isEqualTo(30));
        }
    }

    @Test
    void historyComesUpwardsAndTheLineThatIsReadDoesNotMove() {
        fill(400);
        try (WatchedPage watched = chromium.newPage(window(900, 600))) {
            Page page = open(watched, "Ada");
            assertThat(exactly(page, "line 400")).isInViewport();
            hub.answersHistory(false);
            toEnd(page, false);
            assertThat(page.getByText("Loading earlier messages…")).isAttached();
            double before = top(page, "line 352");
            hub.answersHistory(true);
            hub.answerHistory();
            assertThat(exactly(page, "line 301")).isAttached();
            assertThat(top(page, "line 352")).isCloseTo(before, within(2.0));
            shoot(page, "scroll-anchor");
        }
    }

    @Test
    void aRowThatGrowsAboveDoesNotMoveTheLineThatIsRead() {
        fill(120);
        try (WatchedPage watched = chromium.newPage(window(900, 600))) {
            Page page = open(watched, "Ada");
            exactly(page, "line 100").scrollIntoViewIfNeeded();
            toMiddle(page, "line 100");
            // The page learns of a scroll with the next frame. What grows before that is part of where it was scrolled
            // to.
            awaitFrame(page);
            double before = top(page, "line 100");
            // As an image does when it has loaded.
            page.evaluate("() => document.querySelector('parley-app').shadowRoot.querySelector('parley-timeline')"
                    + ".shadowRoot.querySelector('[data-key=\"85\"]').style.setProperty('min-height', '300px')");
            awaitFrame(page);
            assertThat(top(page, "line 100")).isCloseTo(before, within(2.0));
        }
    }

    private static void toMiddle(Page page, String text) {
        exactly(page, text).evaluate("(row) => row.scrollIntoView({block: 'center'})");
    }

    @Test
    void whoReadsFurtherUpIsLeftInPeace() {
        fill(120);
        try (WatchedPage watched = chromium.newPage(window(900, 600))) {
            Page page = open(watched, "Ada");
            toMiddle(page, "line 90");
            assertThat(button(page, "Jump to latest")).isVisible();
            double before = top(page, "line 90");
            hub.say("lobby", GRACE, "news");
            hub.say("lobby", GRACE, "more news");
            assertThat(button(page, "2 new messages")).isVisible();
            assertThat(top(page, "line 90")).isCloseTo(before, within(2.0));
            shoot(page, "latest-pill");
            button(page, "2 new messages").click();
            assertThat(exactly(page, "more news")).isInViewport();
            assertThat(button(page, "2 new messages")).hasCount(0);
        }
    }

    @Test
    void ofAHundredThousandMessagesOnlySomeAreElements() {
        List<JsonObject> burst = new ArrayList<>();
        try (WatchedPage watched = chromium.newPage(window(900, 600))) {
            Page page = open(watched, "Ada");
            toEnd(page, true);
            for (int i = 1; i <= 100_000; i++) {
                burst.add(hub.store("lobby", GRACE, "m" + i, morning + i));
                if (burst.size() == 2000) {
                    hub.push("lobby", burst);
                    burst.clear();
                }
            }
            assertThat(exactly(page, "m100000")).isInViewport();
            assertThat(rows(page).count()).isLessThanOrEqualTo(200);
            for (int i = 0; i < 12; i++) {
                toEnd(page, false);
                awaitFrame(page);
                assertThat(rows(page).count()).isLessThanOrEqualTo(200);
            }
            assertThat(exactly(page, "m100000")).hasCount(0);
            button(page, "Jump to latest").click();
            assertThat(exactly(page, "m100000")).isInViewport();
        }
    }

    @Test
    void aQuotedMessageFarAboveIsShownAmongItsNeighbours() {
        fill(1000);
        JsonObject reply = jakarta.json.Json.createObjectBuilder()
                .add("text", "remember?")
                .add(
                        "reply",
                        jakarta.json.Json.createObjectBuilder()
                                .add("seq", 200)
                                .add("name", "Alan")
                                .add("text", "line 200"))
                .build();
        hub.store("lobby", GRACE, "text", reply);
        try (WatchedPage watched = chromium.newPage(window(900, 600))) {
            Page page = open(watched, "Ada");
            timeline(page).locator("button.quote").click();
            assertThat(row(page, "line 200")).isInViewport();
            assertThat(row(page, "line 200")).isFocused();
            assertThat(exactly(page, "line 199")).isInViewport();
            assertThat(exactly(page, "line 201")).isInViewport();
            button(page, "Load").click();
            assertThat(exactly(page, "line 230")).isAttached();
            button(page, "Jump to latest").click();
            assertThat(page.getByText("remember?")).isInViewport();
        }
    }
}
