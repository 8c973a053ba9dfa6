package org.parley.browser;

import java.time.Duration;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The pages on the server that is shipped. */
@ExtendWith(ArquillianExtension.class)
class ChatIT {
    private static Chromium chromium;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void pagesAreTestedUnderThePolicyThatIsShipped() {
        assertThat(ParleyServer.get("/").headers().firstValue("Content-Security-Policy"))
                .hasValue(WebappServer.CONTENT_SECURITY_POLICY);
    }

    @Test
    void twoPeopleTalkAndFindItAgain() {
        try (WatchedPage ada = chromium.newPage();
                WatchedPage grace = chromium.newPage()) {
            signIn(ada.page(), "Ada", "chat-it");
            signIn(grace.page(), "Grace", "chat-it");
            assertThat(ada.page().locator("parley-members")).containsText("Grace");
            say(ada.page(), "What hath God wrought?");
            assertThat(timeline(grace.page()).getByText("What hath God wrought?"))
                    .isVisible();
            assertThat(ada.page().getByText("Sending…")).hasCount(0);
            say(grace.page(), "A telegraph.");
            grace.page().reload();
            assertThat(timeline(grace.page()).locator(".text"))
                    .hasText(new String[] {"What hath God wrought?", "A telegraph."});
            grace.page().context().close();
            assertThat(ada.page().locator("parley-members")).not().containsText("Grace");
        }
    }

    @Test
    void nothingIsMissingOrDoubledAfterBeingOffline() {
        try (WatchedPage ada = chromium.newPage();
                WatchedPage grace = chromium.newPage()
                        .expecting("ERR_INTERNET_DISCONNECTED")
                        .expecting("WebSocket connection")) {
            Cable cable = new Cable(grace.page());
            signIn(ada.page(), "Ada", "chat-it-offline");
            signIn(grace.page(), "Grace", "chat-it-offline");
            say(ada.page(), "Before the tunnel");
            assertThat(timeline(grace.page()).getByText("Before the tunnel")).isVisible();
            cable.pull();
            for (int i = 1; i <= 5; i++) {
                say(ada.page(), "While you are away: " + i);
            }
            say(grace.page(), "Said in the tunnel");
            assertThat(timeline(grace.page()).getByText("While you are away")).hasCount(0);
            cable.plugIn();
            String[] all = {
                "Before the tunnel",
                "While you are away: 1",
                "While you are away: 2",
                "While you are away: 3",
                "While you are away: 4",
                "While you are away: 5",
                "Said in the tunnel"
            };
            assertThat(timeline(grace.page()).locator(".text")).hasText(all, within(Duration.ofSeconds(40)));
            assertThat(timeline(ada.page()).locator(".text")).hasText(all, within(Duration.ofSeconds(10)));
        }
    }

    private static LocatorAssertions.HasTextOptions within(Duration time) {
        return new LocatorAssertions.HasTextOptions().setTimeout(time.toMillis());
    }

    @Test
    void aRoomIsForgottenOnceItIsLeft() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            signIn(page, "Alan", "chat-it-left");
            say(page, "hello");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Leave the room"))
                    .click();
            page.navigate(ParleyServer.http("/").toString());
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .isVisible();
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("chat-it-left")))
                    .hasCount(0);
        }
    }

    @Test
    void whoSignsOutIsAskedForANameAgain() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            signIn(page, "Edsger", "chat-it-out");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(page.getByLabel("Your name")).hasValue("Edsger");
            page.reload();
            assertThat(page.getByLabel("Your name")).isVisible();
            assertThat(page.context().cookies()).noneMatch(cookie -> cookie.name.equals("parley"));
        }
    }

    private static void signIn(Page page, String name, String room) {
        page.navigate(ParleyServer.http("/#" + room).toString());
        page.getByLabel("Your name").fill(name);
        page.keyboard().press("Enter");
        assertThat(composer(page)).isFocused();
    }

    private static void say(Page page, String text) {
        composer(page).fill(text);
        composer(page).press("Enter");
        assertThat(timeline(page).getByText(text)).isVisible();
    }

    private static Locator composer(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message to"));
    }

    private static Locator timeline(Page page) {
        return page.locator("parley-timeline");
    }
}
