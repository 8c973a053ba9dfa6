package org.parley.browser;

import java.util.List;

import jakarta.json.JsonObject;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What people see of encrypted rooms, and whoever does not see. */
class SealedPeopleIT extends SealedBrowserTest {

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"LIGHT, en", "DARK, pseudo"})
    void axeFindsNothing(ColorScheme scheme, String language) {
        try (WatchedPage watched = chromium.newPage(window(320, 568).setColorScheme(scheme))) {
            Page page = watched.page();
            page.addInitScript("localStorage.setItem('parley.language', JSON.stringify('" + language + "'))");
            hub.signedIn("Ada");
            hub.serve(page);
            page.navigate(server.url() + "#" + ROOM);
            assertThat(page.locator("parley-sealed-lock h2")).isVisible();
            assertAccessible(page, "a room without its key");
            page.locator("#link").fill("no link");
            page.keyboard().press("Enter");
            assertThat(page.locator("parley-sealed-lock #problem")).not().isEmpty();
            assertAccessible(page, "a link that is none");
            page.locator("parley-sealed-lock button.link").click();
            assertThat(page.locator("parley-keys dialog")).isVisible();
            assertAccessible(page, "the keys");
            page.keyboard().press("Escape");

            page.locator("header .menu").click();
            page.locator("parley-rooms .sealed").click();
            assertThat(page.locator("parley-sealed-new dialog")).isVisible();
            page.keyboard().press("Enter");
            assertThat(page.locator("parley-sealed-new #problem")).not().isEmpty();
            assertAccessible(page, "a new room");
            page.locator("parley-sealed-new #name").fill("others");
            page.keyboard().press("Enter");
            assertThat(page.locator("parley-sealed-note p")).isVisible();
            write(page, "first");
            assertThat(exactly(page, "first")).isVisible();
            hub.say("sealed.others", GRACE, "in the clear");
            assertAccessible(page, "the note, and a row that is not verified");
            shoot(page, "sealed-320-" + scheme);
            page.locator("parley-sealed-note button").click();
            assertThat(page.locator("parley-sealed-invite dialog")).isVisible();
            page.locator("parley-sealed-invite button.primary").click();
            assertThat(page.locator("parley-sealed-invite input")).isVisible();
            assertAccessible(page, "an invitation");
            assertNoSidewaysScroll(page);
        }
    }

    private static void assertAccessible(Page page, String what) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as(what)
                .extracting(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
                .isEmpty();
    }

    @Test
    void whatTheServerLeavesOutIsMissed() {
        try (WatchedPage first = chromium.newPage();
                WatchedPage second = chromium.newPage()) {
            Page ada = withRoom(first);
            List.of("alpha", "beta", "gamma").forEach(text -> say(ada, text));
            String link = invitation(ada);
            List<JsonObject> sent = List.copyOf(published());
            first.page().context().close();

            makeHub();
            hub.signedIn("Ada");
            hub.store(ROOM, ADA, "sealed", sent.get(0).getJsonObject("body"));
            hub.store(ROOM, ADA, "sealed", sent.get(2).getJsonObject("body"));
            hub.serve(second.page());
            second.page().navigate(link);
            assertThat(row(second.page(), "gamma"))
                    .containsText("One message of this sender is missing before this one.");
            assertThat(row(second.page(), "alpha")).not().containsText("missing");
            shoot(second.page(), "sealed-hole");
        }
    }

    @Test
    void whoIsMentionedInTheCiphertextSeesIt() {
        try (WatchedPage first = chromium.newPage();
                WatchedPage second = chromium.newPage()) {
            Page grace = withRoom(first, GRACE);
            composer(grace).pressSequentially("look @al");
            assertThat(grace.getByRole(AriaRole.OPTION)).hasText(new String[] {"@Alan"});
            composer(grace).press("Enter");
            composer(grace).press("Enter");
            grace.waitForCondition(() -> published().size() == 1);
            assertThat(timeline(grace).locator(".mention")).hasText("@Alan");
            JsonObject sealed = envelope(0);
            assertThat(published().toString()).doesNotContain("Alan");
            String link = invitation(grace);
            first.page().context().close();

            makeHub();
            hub.signedInAs(ALAN);
            hub.store(ROOM, GRACE, "sealed", sealed);
            Page alan = second.page();
            hub.serve(alan);
            alan.navigate(link);
            assertThat(timeline(alan).locator(".message.mentioned .mention.me")).hasText("@Alan");
        }
    }

    @Test
    void signingOutAsksAndTakesTheKeysAway() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            say(page, "only for us");
            button(page, "Sign out").click();
            assertThat(page.locator("parley-confirm"))
                    .containsText("The key of an encrypted room goes from this browser.");
            shoot(page, "sealed-sign-out");
            button(page, "Cancel").click();
            say(page, "still here");
            button(page, "Sign out").click();
            page.locator("parley-confirm button.primary").click();
            page.getByLabel("Your name").fill("Ada");
            page.keyboard().press("Enter");
            page.getByLabel("Join or make a room").fill(ROOM);
            page.keyboard().press("Enter");
            assertThat(page.getByText("#sealed.plans is encrypted")).isVisible();
            assertThat(texts(page)).hasCount(0);
        }
    }
}
