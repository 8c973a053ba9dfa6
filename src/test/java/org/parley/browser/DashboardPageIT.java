package org.parley.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.parley.ParleyServer;
import org.parley.RawSocket;
import org.parley.TestTokens;
import org.parley.endpoint.Guest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard on the server that is shipped, while something happens there. */
@ExtendWith(ArquillianExtension.class)
class DashboardPageIT {
    private static final double PATIENCE = 30_000;
    private static final String LARGE = "x".repeat(128 << 10);

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

    private static Page open(WatchedPage watched) {
        Page page = watched.page();
        page.navigate(ParleyServer.http("/dashboard").toString());
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible(visible());
        return page;
    }

    private static Locator panel(Page page, String id) {
        return page.locator("parley-chart#" + id);
    }

    private static void shoot(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target/screenshots", name + ".png")));
    }

    private static LocatorAssertions.ContainsTextOptions patient() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.IsVisibleOptions visible() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }

    /** Own messages and acks come in either order. */
    private static void publish(Guest guest, String room, String id, String text) {
        guest.sendPublish(room, id, text);
        while (!guest.next().getString("type").equals("ack")) {
            assertThat(guest.client().isOpen()).isTrue();
        }
    }

    /** What the chart looks like: a line that moves is another one. */
    private static String drawing(Page page, String id) {
        return (String) panel(page, id).locator("canvas").evaluate("canvas => canvas.toDataURL()");
    }

    @Test
    void chartsMoveWhileMessagesFlow() {
        String room = Guest.newRoom("watched-");
        try (WatchedPage watched = chromium.newPage(new Browser.NewContextOptions().setViewportSize(1280, 900));
                Guest ada = Guest.named("Ada")) {
            Page page = open(watched);
            ada.join(room);
            assertThat(panel(page, "messages")).not().containsText("nothing yet", patient());
            String before = drawing(page, "messages");
            for (int i = 0; i < 30; i++) {
                publish(ada, room, "m" + i, "a message to look at");
            }
            assertThat(panel(page, "messages").locator(".summary"))
                    .containsText(Pattern.compile("Delivered: .* between 0/s and [1-9]"), patient());
            page.waitForCondition(() -> !drawing(page, "messages").equals(before));
            assertThat(panel(page, "append").locator(".summary"))
                    .containsText(Pattern.compile("[1-9].* ms"), patient());
            assertThat(page.locator("parley-census")).containsText(room, patient());
            shoot(page, "dashboard-1280-light");
        }
    }

    @Test
    void aReaderThatDoesNotReadIsSeenAmongTheSlow() {
        String room = Guest.newRoom("stalled-");
        try (WatchedPage watched = chromium.newPage();
                Guest flooder = Guest.named("Flooder")) {
            Page page = open(watched);
            Locator slow = panel(page, "slow").locator(".legend strong");
            int before = Integer.parseInt(slow.textContent().strip());
            flooder.join(room);
            try (RawSocket stalled =
                    RawSocket.connect("/hub", "parley.v1", Guest.headers(Guest.signIn("Stalled")), 4 << 10)) {
                stalled.send("{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room + "\"}");
                stalled.readText("\"joined\"");
                // Payara keeps more of them in buffers of its own before it says that nothing goes out.
                for (int i = 0; i < 300 && slow.textContent().strip().equals(String.valueOf(before)); i++) {
                    publish(flooder, room, "m" + i, LARGE);
                }
                assertThat(slow)
                        .hasText(
                                String.valueOf(before + 1),
                                new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
            }
        }
    }

    @Test
    void anAdministratorEndsSomebodysConnections() {
        try (WatchedPage watched = chromium.newPage();
                Guest unwanted = Guest.named("Unwanted")) {
            Page page = open(watched);
            assertThat(page.locator("parley-census")).containsText("Unwanted", patient());
            Locator kick = page.getByRole(
                    AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName("Disconnect Unwanted").setExact(true));
            assertThat(kick).hasCount(0);
            page.getByLabel("Token").fill(TestTokens.admin("operator"));
            page.keyboard().press("Enter");
            kick.click();
            Locator question = page.getByRole(AriaRole.DIALOG);
            question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disconnect"))
                    .click();
            assertThat(unwanted.client().closeCode()).isEqualTo(4505);
            assertThat(kick).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
        }
    }

    @Test
    void whoMayNotWatchIsToldAndMayGiveAToken() {
        try (WatchedPage watched = chromium.newPage(new Browser.NewContextOptions()
                        .setExtraHTTPHeaders(java.util.Map.of("X-Forwarded-For", "1.2.3.4")))
                .expecting("status of 403|WebSocket connection")) {
            Page page = watched.page();
            page.navigate(ParleyServer.http("/dashboard").toString());
            assertThat(page.getByText("Not allowed")).isVisible(visible());
            page.getByLabel("Token").fill(TestTokens.admin("operator"));
            page.keyboard().press("Enter");
            assertThat(panel(page, "connections")).isVisible(visible());
        }
    }

    @Test
    void theKeyboardMovesThroughTimeAndPauseHoldsIt() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched);
            Locator plot = panel(page, "heap").getByRole(AriaRole.SLIDER);
            page.waitForCondition(() -> Integer.parseInt(plot.getAttribute("aria-valuemin")) < -2);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))
                    .click();
            plot.focus();
            page.keyboard().press("ArrowLeft");
            assertThat(plot).hasAttribute("aria-valuenow", "-1");
            assertThat(panel(page, "heap").locator(".at")).containsText("In use");
            page.keyboard().press("Home");
            String oldest = plot.getAttribute("aria-valuemin");
            assertThat(plot).hasAttribute("aria-valuenow", oldest);
            String held = drawing(page, "connections");
            String clock = "performance.now()";
            double then = ((Number) page.evaluate(clock)).doubleValue();
            page.waitForCondition(() -> ((Number) page.evaluate(clock)).doubleValue() > then + 2500);
            assertThat(drawing(page, "connections")).isEqualTo(held);
            assertThat(plot.getAttribute("aria-valuemin")).isEqualTo(oldest);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause"))
                    .click();
            page.waitForCondition(() -> !drawing(page, "connections").equals(held));
            panel(page, "heap").getByText("As a table").click();
            assertThat(panel(page, "heap").locator("tbody tr").first()).containsText("MB");
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @CsvSource({"1280, LIGHT, en", "1280, DARK, de", "320, LIGHT, de", "320, DARK, pseudo"})
    void everybodyCanUseIt(int width, ColorScheme scheme, String language) {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme);
        try (WatchedPage watched = chromium.newPage(options);
                Guest ada = Guest.named("Ada")) {
            ada.join(Guest.newRoom("seen-"));
            Page page = watched.page();
            page.addInitScript("localStorage.setItem('parley.language', JSON.stringify('" + language + "'))");
            page.navigate(ParleyServer.http("/dashboard").toString());
            assertThat(page.locator("parley-census table").first()).isVisible(visible());
            page.locator("parley-chart#messages summary").click();
            assertThat(page.locator("parley-chart#messages tbody tr").first()).isVisible(visible());
            List<String> violations = new AxeBuilder(page)
                    .analyze().getViolations().stream()
                            .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                    + rule.getNodes().stream()
                                            .map(node -> node.getHtml())
                                            .limit(3)
                                            .toList())
                            .toList();
            assertThat(violations).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .isEqualTo(0);
            shoot(page, "dashboard-" + width + "-" + scheme + "-" + language);
        }
    }
}
