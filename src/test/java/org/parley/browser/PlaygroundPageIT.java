package org.parley.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The playground against endpoints that answer with what they got. */
class PlaygroundPageIT {

    private static WebappServer server;
    private static Chromium chromium;

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

    @Test
    void showsWhatGoesAndComes() {
        try (WatchedPage watched = chromium.newPage()) {
            Locator panel = connect(watched.page(), "echo");
            panel.getByLabel("Content").fill("Grüße");
            panel.getByLabel("Content").press("Enter");
            assertThat(panel.locator(".frames li")).hasCount(2);
            assertThat(panel.locator(".out")).containsText("7 bytes");
            assertThat(panel.locator(".in pre")).hasText("Grüße");
            panel.locator(".in").getByRole(AriaRole.BUTTON).click();
            assertThat(panel.locator(".in pre")).containsText("47 72 c3 bc c3 9f 65");
        }
    }

    @Test
    void sendsBytesAndFilesAsBinaryFrames() {
        try (WatchedPage watched = chromium.newPage()) {
            Locator panel = connect(watched.page(), "binary");
            panel.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(panel.locator(".in")).containsText("50 61 72 6c 65 79 00 ff");
            panel.getByLabel("Send as").selectOption("file");
            panel.getByLabel("File", new Locator.GetByLabelOptions().setExact(true))
                    .setInputFiles(new FilePayload("a.txt", "text/plain", "abc".getBytes(StandardCharsets.UTF_8)));
            panel.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(panel.locator(".in").last()).containsText("61 62 63");
        }
    }

    @Test
    void saysHowAConnectionEnded() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.routeWebSocket(
                    "**/ws/toggle",
                    socket -> socket.onMessage(frame -> socket.close(
                            new WebSocketRoute.CloseOptions().setCode(1007).setReason("on or off"))));
            Locator panel = connectRouted(page, "toggle");
            panel.getByLabel("Content").fill("perhaps");
            panel.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(panel.locator(".end")).containsText("1007");
            assertThat(panel.locator(".end")).containsText("on or off");
            assertThat(panel.locator(".end")).containsText("yes");
            assertThat(panel.getByRole(AriaRole.BUTTON, named("Connect"))).isVisible();
        }
    }

    @Test
    void theCookieIsSetForTheEndpointOnly() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.routeWebSocket(Pattern.compile("/items/foo/ws"), socket -> {});
            page.navigate(server.url() + "playground");
            Locator panel = page.locator("#items");
            panel.getByLabel("session").fill("abc");
            panel.getByRole(AriaRole.BUTTON, named("Connect")).click();
            assertThat(panel.getByRole(AriaRole.STATUS)).hasText("Connected");
            assertThat(page.context().cookies()).singleElement().satisfies(cookie -> {
                assertThat(cookie.name + "=" + cookie.value).isEqualTo("session=abc");
                assertThat(cookie.path).isEqualTo("/some/path/items/foo/ws");
            });
        }
    }

    @Test
    void whatIsNoJsonIsNotSent() {
        try (WatchedPage watched = chromium.newPage()) {
            Locator panel = connect(watched.page(), "json");
            panel.getByLabel("Content").fill("{");
            panel.getByLabel("Content").press("Enter");
            assertThat(panel.getByRole(AriaRole.ALERT)).containsText("This is no JSON");
            assertThat(panel.locator(".frames li")).hasCount(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, 900, LIGHT", "320, 700, DARK"})
    void fitsTheWindow(int width, int height, ColorScheme scheme) {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
        try (WatchedPage watched = chromium.newPage(options)) {
            Page page = watched.page();
            Locator panel = connect(page, "json");
            panel.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(panel.locator(".in")).hasCount(1);
            assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .isEqualTo(0);
            String name = "target/screenshots/playground-" + width + "-" + scheme + ".png";
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(name)));
        }
    }

    @ParameterizedTest
    @CsvSource({"de, ltr", "pseudo, rtl"})
    void speaksTheLanguageOfTheBrowser(String language, String direction) {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.addInitScript("localStorage.setItem('parley.language', JSON.stringify('" + language + "'))");
            page.routeWebSocket("**/ws/**", PlaygroundPageIT::echo);
            page.navigate(server.url() + "playground#json");
            Locator panel = page.locator("#json");
            panel.locator(".connection button").click();
            assertThat(panel.getByRole(AriaRole.STATUS)).hasClass(Pattern.compile("open"));
            panel.locator(".sending button").click();
            assertThat(panel.locator(".in")).hasCount(1);
            assertThat(page.locator("html")).hasAttribute("dir", direction);
            if (language.equals("pseudo")) {
                assertThat(Untranslated.in(page)).isEmpty();
            } else {
                assertThat(panel).containsText("gesendet");
            }
            BrowserTest.shoot(page, "playground-" + language);
        }
    }

    private static Locator connect(Page page, String id) {
        page.routeWebSocket("**/ws/**", PlaygroundPageIT::echo);
        return connectRouted(page, id);
    }

    private static void echo(WebSocketRoute socket) {
        socket.onMessage(frame -> {
            if (frame.binary() == null) {
                socket.send(frame.text());
            } else {
                socket.send(frame.binary());
            }
        });
    }

    private static Locator connectRouted(Page page, String id) {
        page.navigate(server.url() + "playground#" + id);
        Locator panel = page.locator("#" + id);
        panel.getByRole(AriaRole.BUTTON, named("Connect")).click();
        assertThat(panel.getByRole(AriaRole.STATUS)).hasText("Connected");
        return panel;
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
