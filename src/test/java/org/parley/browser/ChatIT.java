package org.parley.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
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
            assertThat(timeline(ada.page()).getByText("A telegraph.")).isVisible();
            BrowserTest.shoot(ada.page(), "two-people");
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
                        .expecting("WebSocket connection")
                        .expecting(Cable.COMPLAINT)) {
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
            assertThat(grace.page().locator("parley-banner")).containsText("One message waits to be sent.");
            BrowserTest.shoot(grace.page(), "offline-outbox");
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
            assertThat(timeline(ada.page()).locator(".text")).hasText(all, within(Duration.ofSeconds(40)));
            BrowserTest.shoot(grace.page(), "offline-back");
        }
    }

    @Test
    void twoTabsShareOneOutboxAndDoubleNothing() {
        try (WatchedPage watched = chromium.newPage()
                .expecting("ERR_INTERNET_DISCONNECTED|WebSocket connection")
                .expecting(Cable.COMPLAINT)) {
            Page first = watched.page();
            Page second = watched.anotherTab();
            Cable firstCable = new Cable(first);
            Cable secondCable = new Cable(second);
            signIn(first, "Ada", "chat-it-tabs");
            second.navigate(ParleyServer.http("/#chat-it-tabs").toString());
            assertThat(composer(second)).isFocused();
            firstCable.pull();
            secondCable.pull();
            say(first, "a1");
            say(second, "b1");
            say(first, "a2");
            String[] all = {"a1", "b1", "a2"};
            assertThat(timeline(first).locator(".text")).hasText(all);
            assertThat(timeline(second).locator(".text")).hasText(all);
            second.close();
            firstCable.plugIn();
            BrowserTest.shoot(first, "two-tabs");
            assertThat(first.locator(".fate.sending"))
                    .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(40_000));
            assertThat(Journal.texts(first, "chat-it-tabs")).containsExactly(all);
            first.reload();
            assertThat(timeline(first).locator(".text")).hasText(all);
        }
    }

    @Test
    void aConnectionThatIsCutDuringFiveHundredMessagesLosesAndDoublesNone() {
        try (WatchedPage ada = chromium.newPage()
                .expecting("ERR_INTERNET_DISCONNECTED|WebSocket connection")
                .expecting(Cable.COMPLAINT)) {
            Page page = ada.page();
            Cable cable = new Cable(page);
            signIn(page, "Ada", "chat-it-500");
            List<String> all = new ArrayList<>();
            for (int i = 1; i <= 500; i++) {
                all.add("message " + i);
                composer(page).fill("message " + i);
                composer(page).press("Enter");
                assertThat(composer(page)).hasValue("");
                if (i % 120 == 60) {
                    cable.pull();
                } else if (i % 120 == 0) {
                    cable.plugIn();
                }
            }
            cable.plugIn();
            page.waitForCondition(
                    () -> Journal.texts(page, "chat-it-500").size() >= 500,
                    new Page.WaitForConditionOptions().setTimeout(60_000));
            assertThat(Journal.texts(page, "chat-it-500")).isEqualTo(all);
            assertThat(page.locator(".fate.sending")).hasCount(0);
            assertThat(timeline(page).getByText("message 500")).isInViewport();
            BrowserTest.shoot(page, "five-hundred");
        }
    }

    @Test
    void whatIsReadOnOneDeviceIsReadOnTheOther() {
        try (WatchedPage ada = chromium.newPage();
                WatchedPage grace = chromium.newPage()) {
            signIn(grace.page(), "Grace", "chat-it-devices");
            signIn(ada.page(), "Ada", "chat-it-devices");
            Page second = ada.anotherTab();
            second.navigate(ParleyServer.http("/#chat-it-elsewhere").toString());
            assertThat(composer(second)).isFocused();
            assertThat(grace.page().locator("parley-members li")).hasCount(2);
            ada.page().navigate("about:blank");
            say(grace.page(), "for you");
            Locator link = second.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("chat-it-devices"));
            assertThat(link).containsText("1 unread");
            ada.page().navigate(ParleyServer.http("/#chat-it-devices").toString());
            ada.page().bringToFront();
            assertThat(timeline(ada.page()).getByText("for you")).isVisible();
            assertThat(link).not().containsText("unread");
        }
    }

    @Test
    void aSearchLeadsToTheMessageAmongItsNeighbours() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            signIn(page, "Ada", "chat-it-search");
            for (int i = 1; i <= 150; i++) {
                composer(page).fill(i == 20 ? "Bernoulli numbers" : "entry " + i);
                composer(page).press("Enter");
                assertThat(composer(page)).hasValue("");
            }
            assertThat(page.locator(".leaving")).hasCount(0);
            page.reload();
            assertThat(timeline(page).getByText("entry 150")).isInViewport();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search in this room"))
                    .click();
            assertThat(page.getByLabel("Words to look for")).isFocused();
            page.keyboard().type("bernou");
            page.keyboard().press("Enter");
            assertThat(page.getByText("1 message", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            BrowserTest.shoot(page, "search");
            page.locator("parley-search li button").click();
            Locator found =
                    timeline(page).locator(".message", new Locator.LocatorOptions().setHasText("Bernoulli numbers"));
            assertThat(found).isInViewport();
            assertThat(found).isFocused();
            assertThat(timeline(page).getByText("entry 19", new Locator.GetByTextOptions().setExact(true)))
                    .isInViewport();
            assertThat(timeline(page).getByText("entry 21", new Locator.GetByTextOptions().setExact(true)))
                    .isInViewport();
        }
    }

    @Test
    void theFirstLoadIsSmall() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            List<Response> loaded = new CopyOnWriteArrayList<>();
            page.onResponse(loaded::add);
            signIn(page, "Ada", "chat-it-budget");
            say(page, "the first message");
            // What nobody waits for comes a moment later, and on a slow machine before the message was written.
            long bytes = loaded.stream()
                    .takeWhile(response -> !response.url().endsWith("/js/page/sealed-rooms.js"))
                    .filter(response -> response.request().method().equals("GET"))
                    .mapToLong(response -> gzipped(response.body()))
                    .sum();
            System.out.printf("first load: %d bytes gzipped in %d files%n", bytes, loaded.size());
            assertThat(bytes).as("bytes of the first load, gzipped").isBetween(20_000L, 150 * 1024L);
        }
    }

    private static long gzipped(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.size();
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
            // What is not sent yet would be asked about.
            assertThat(page.locator(".leaving")).hasCount(0);
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
