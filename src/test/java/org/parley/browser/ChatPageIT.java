package org.parley.browser;

import java.util.regex.Pattern;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What somebody does on the page most of the time. */
class ChatPageIT extends BrowserTest {

    @Test
    void aGuestSignsInAndTalks() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched);
            page.getByLabel("Your name").fill("Ada");
            page.keyboard().press("Enter");
            composer(page).fill("Hello\nall");
            composer(page).press("Enter");
            assertThat(timeline(page).getByText("Hello\nall")).isVisible();
            assertThat(composer(page)).hasValue("");
            assertThat(page.getByText("Sending…")).hasCount(0);
            assertSent(page, "Hello\nall");
        }
    }

    @Test
    void whatOthersSayIsShownAndReadOut() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.say("lobby", GRACE, "Good morning <b>Ada</b> https://example.org/a.");
            assertThat(timeline(page).getByText("Good morning <b>Ada</b>")).isVisible();
            assertThat(timeline(page).getByRole(AriaRole.LINK)).hasAttribute("href", "https://example.org/a");
            assertThat(page.getByRole(AriaRole.LOG)).containsText("Grace Hopper: Good morning");
        }
    }

    @Test
    void whoTypesIsNamedAndWhatIsSeenIsMarkedRead() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.say("lobby", GRACE, "one moment");
            page.waitForCondition(() -> !hub.received("read").isEmpty());
            assertThat(hub.received("read")).last().satisfies(read -> assertThat(read.getInt("seq"))
                    .isEqualTo(1));
            hub.send(Json.createObjectBuilder()
                    .add("type", "signal")
                    .add("room", "lobby")
                    .add("from", "user:grace")
                    .add("name", "Grace Hopper")
                    .add("kind", "typing")
                    .add("body", Json.createObjectBuilder()));
            assertThat(page.getByText("Grace Hopper is typing…")).isVisible();
            shoot(page, "typing");
            hub.say("lobby", GRACE, "here it is");
            assertThat(page.getByText("Grace Hopper is typing…")).hasCount(0);
            composer(page).pressSequentially("thanks");
            page.waitForCondition(() -> hub.received("signal").size() == 1);
        }
    }

    @Test
    void shiftEnterBeginsALine() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            composer(page).pressSequentially("one");
            composer(page).press("Shift+Enter");
            composer(page).pressSequentially("two");
            assertThat(composer(page)).hasValue("one\ntwo");
            assertThat(hub.received("publish")).isEmpty();
        }
    }

    @Test
    void whatIsWrittenWithoutAConnectionArrivesOnceAfterIt() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            composer(page).fill("first");
            composer(page).press("Enter");
            assertThat(page.getByText("Sending…")).hasCount(1);
            hub.answersPublishes(true);
            hub.cut(1012, false);
            assertThat(page.getByText("The server is restarting. Retrying in")).isVisible();
            composer(page).fill("second");
            composer(page).press("Enter");
            hub.store("lobby", GRACE, "meanwhile", morning);
            hub.reachable();
            page.getByRole(AriaRole.BUTTON, named("Retry now")).click();
            assertThat(timeline(page).getByText("second")).isVisible();
            assertThat(page.getByText("Sending…")).hasCount(0);
            assertSent(page, "meanwhile", "first", "second");
            assertThat(timeline(page).locator(".text")).hasText(new String[] {"meanwhile", "first", "second"});
        }
    }

    @Test
    void aMessageThatTheServerRefusesCanBeThrownAway() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            composer(page).fill("no");
            composer(page).press("Enter");
            page.waitForCondition(() -> hub.received("publish").size() == 1);
            hub.send(Json.createObjectBuilder()
                    .add("type", "error")
                    .add("id", hub.received("publish").get(0).getString("id"))
                    .add("code", 110)
                    .add("name", "forbidden")
                    .add("message", "You may not write here.")
                    .add("retryable", false));
            assertThat(page.getByText("Not sent. You may not do this here.")).isVisible();
            page.getByRole(AriaRole.BUTTON, named("Delete")).click();
            assertThat(timeline(page).locator(".text")).hasCount(0);
        }
    }

    @Test
    void earlierMessagesComeWhenSomebodyScrollsUpAndTheViewStays() {
        for (int i = 1; i <= 120; i++) {
            hub.store("lobby", i % 3 == 0 ? GRACE : ALAN, "line " + i, morning + i * 1000L);
        }
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            assertThat(exactly(page, "line 120")).isInViewport();
            exactly(page, "line 71").scrollIntoViewIfNeeded();
            assertThat(exactly(page, "line 21")).isAttached();
            assertThat(exactly(page, "line 71")).isInViewport();
            hub.say("lobby", GRACE, "news");
            assertThat(button(page, "1 new message")).isVisible();
            button(page, "1 new message").click();
            assertThat(exactly(page, "news")).isInViewport();
        }
    }

    @Test
    void aHoleInWhatIsPushedIsReadFromTheLog() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", GRACE, "before", morning);
            Page page = open(watched, "Ada");
            assertThat(exactly(page, "before")).isVisible();
            for (int i = 2; i < 6; i++) {
                hub.store("lobby", GRACE, "line " + i, morning);
            }
            hub.say("lobby", GRACE, "after");
            assertThat(timeline(page).locator(".text"))
                    .hasText(new String[] {"before", "line 2", "line 3", "line 4", "line 5", "after"});
        }
    }

    @Test
    void anotherRoomCountsWhatIsUnread() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            page.getByLabel("Join or make a room").fill("Project X");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText("Project-X");
            hub.say("lobby", GRACE, "over here");
            Page.GetByRoleOptions name = new Page.GetByRoleOptions().setName(Pattern.compile("^lobby"));
            Locator lobby = page.getByRole(AriaRole.LINK, name);
            assertThat(lobby).containsText("1 unread");
            assertThat(page).hasTitle("(1) #Project-X · Parley");
            lobby.click();
            assertThat(exactly(page, "over here")).isVisible();
            assertThat(lobby).not().containsText("unread");
        }
    }

    @ParameterizedTest(name = "{0} × {1}, {2}")
    @CsvSource({"1280, 800, LIGHT", "1280, 800, DARK", "800, 700, LIGHT", "320, 568, LIGHT", "320, 568, DARK"})
    void fitsTheWindow(int width, int height, ColorScheme scheme) {
        conversation();
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
        try (WatchedPage watched = chromium.newPage(options)) {
            Page page = open(watched, "Ada Lovelace");
            assertThat(page.getByText("Shall we go?")).isInViewport();
            hub.answersPublishes(false);
            composer(page).fill("On my way");
            composer(page).press("Enter");
            assertThat(page.getByText("Sending…")).isInViewport();
            assertNoSidewaysScroll(page);
            shoot(page, "chat-" + width + "-" + scheme);
            hub.cut(1012, false);
            assertThat(page.getByText("The server is restarting. Retrying in")).isVisible();
            assertNoSidewaysScroll(page);
            shoot(page, "lost-" + width + "-" + scheme);
            if (width < 740) {
                page.getByRole(AriaRole.BUTTON, named("Rooms")).click();
                assertThat(page.getByLabel("Join or make a room")).isVisible();
                shoot(page, "rooms-" + width + "-" + scheme);
                page.keyboard().press("Escape");
                assertThat(page.getByLabel("Join or make a room")).isHidden();
                assertThat(page.getByRole(AriaRole.BUTTON, named("Rooms"))).isFocused();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 800, LIGHT", "320, 568, DARK"})
    void asksForAName(int width, int height, ColorScheme scheme) {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
        try (WatchedPage watched = chromium.newPage(options)) {
            Page page = open(watched);
            assertThat(page.getByLabel("Your name")).isFocused();
            assertNoSidewaysScroll(page);
            shoot(page, "sign-in-" + width + "-" + scheme);
        }
    }

    private void conversation() {
        JsonObject me = FakeHub.user("guest:me", "Ada Lovelace", true);
        long yesterday = morning - 20 * 3600_000L;
        hub.store("lobby", ALAN, "Has anyone looked at the tape from Tuesday?", yesterday);
        hub.store(
                "lobby", GRACE, "Yes. There was a moth in relay 70. I taped it into the log book.", yesterday + 60_000);
        hub.store(
                "lobby",
                GRACE,
                "First actual case of bug being found:\nhttps://example.org/log-book/1947-09-09",
                yesterday + 90_000);
        hub.store("lobby", me, "Wonderful. I will put it into the notes for the engine.", morning);
        hub.store("lobby", me, "The next run is at ten.", morning + 20_000);
        hub.store(
                "lobby",
                ALAN,
                "I can be there a little earlier, to check the wiring that gave us trouble last week and to "
                        + "see whether the new drum holds its numbers when it is cold.",
                morning + 400_000);
        hub.store("lobby", GRACE, "Shall we go?", morning + 460_000);
    }
}
