package org.parley.browser;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** How files look: on their way, and as messages that somebody else may have made up. */
class FileViewsIT extends BrowserTest {
    private static final String BIDI = "invoice\u202Egpj.exe";

    private final FakeFiles files = new FakeFiles();

    private Page openWithFiles(WatchedPage watched) {
        files.serve(watched.page());
        return open(watched, "Ada");
    }

    private static Locator queue(Page page) {
        return page.getByRole(AriaRole.LIST, named("Files on their way"));
    }

    private static Locator card(Page page, String name) {
        return queue(page).getByRole(AriaRole.LISTITEM).filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator input(Page page) {
        return page.locator("parley-files input[type=file]");
    }

    private static FilePayload payload(String name, String type, int size) {
        return new FilePayload(name, type, new byte[size]);
    }

    static byte[] picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static JsonObjectBuilder file(String name, String type) {
        return Json.createObjectBuilder()
                .add("file", "f1")
                .add("name", name)
                .add("type", type)
                .add("size", 1_234_567)
                .add("sha256", "0".repeat(64));
    }

    private static JsonObject image(String thumbnail) {
        return Json.createObjectBuilder()
                .add("width", 1600)
                .add("height", 1000)
                .add("thumbnail", thumbnail)
                .build();
    }

    private static String dataUrl() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture(160, 100));
    }

    private static void servePicture(Page page) {
        page.route(
                "**/api/files/f1",
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType("image/png").setBodyBytes(picture(1600, 1000))));
    }

    @Test
    void aCardSaysHowFarItIsAndTakesOrders() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openWithFiles(watched);
            int size = 10 * FakeFiles.CHUNK_BYTES;
            input(page).setInputFiles(payload("talk.mp4", "video/mp4", size));
            page.waitForCondition(() -> files.received("chunk").size() == 1);
            files.ack("t1", size / 2);
            Locator card = card(page, "talk.mp4");
            assertThat(card.getByRole(AriaRole.PROGRESSBAR)).hasJSProperty("value", (double) size / 2);
            assertThat(card).containsText("328 kB of 655 kB");
            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pause: talk.mp4"))
                    .click();
            assertThat(card).containsText("Paused at 328 kB of 655 kB.");
            files.ack("t1", size / 2 + FakeFiles.CHUNK_BYTES);
            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Continue: talk.mp4"))
                    .click();
            page.waitForCondition(() -> files.received("chunk").size() > 2);
            files.refuse("t1", 121, "quota");
            assertThat(card).containsText("Not sent. There is no room left for files, here or for you.");
            shoot(page, "files-failed");
            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Retry: talk.mp4"))
                    .click();
            page.waitForCondition(() -> files.received("begin").size() == 2);
            assertThat(files.received("begin").get(1).getString("transfer")).isEqualTo("t1");
            card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel: talk.mp4"))
                    .click();
            assertThat(queue(page)).hasCount(0);
            page.waitForCondition(() -> files.received("cancel").size() == 1);
        }
    }

    @Test
    void filesAreDroppedAndPasted() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openWithFiles(watched);
            page.evaluate("() => { const transfer = new DataTransfer();"
                    + " transfer.items.add(new File(['dropped'], 'dropped.txt', {type: 'text/plain; charset=utf-8'}));"
                    + " globalThis.transfer = transfer;"
                    + " const target = document.querySelector('parley-app');"
                    + " const drag = (type) => target.dispatchEvent("
                    + "   new DragEvent(type, {dataTransfer: transfer, bubbles: true, composed: true, cancelable: true}));"
                    + " drag('dragenter'); globalThis.drag = drag; }");
            assertThat(page.getByText("Drop files here to send them to #lobby")).isVisible();
            shoot(page, "files-drop");
            page.evaluate("() => drag('dragover') || drag('drop')");
            assertThat(page.getByText("Drop files here to send them to #lobby")).hasCount(0);
            assertThat(card(page, "dropped.txt")).isVisible();
            page.evaluate(
                    "() => { const transfer = new DataTransfer();"
                            + " transfer.items.add(new File(['pasted'], 'pasted.png', {type: 'image/png'}));"
                            + " document.querySelector('parley-app').dispatchEvent("
                            + "   new ClipboardEvent('paste', {clipboardData: transfer, bubbles: true, composed: true, cancelable: true})); }");
            assertThat(card(page, "pasted.png")).isVisible();
            page.waitForCondition(() -> files.received("begin").size() == 2);
            assertThat(files.received("begin")).allSatisfy(begin -> {
                assertThat(begin.getString("room")).isEqualTo("lobby");
                assertThat(begin.containsKey("image")).isFalse();
            });
            assertThat(files.received("begin").get(0).getString("type")).isEqualTo("text/plain");
        }
    }

    @Test
    void aPictureIsMeasuredAndMadeSmallBeforeItIsSent() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openWithFiles(watched);
            input(page).setInputFiles(new FilePayload("sunset.png", "image/png", picture(1600, 1000)));
            page.waitForCondition(() -> !files.received("begin").isEmpty());
            JsonObject image = files.received("begin").get(0).getJsonObject("image");
            assertThat(image.getInt("width")).isEqualTo(1600);
            assertThat(image.getInt("height")).isEqualTo(1000);
            assertThat(image.getString("thumbnail"))
                    .startsWith("data:image/webp;base64,")
                    .hasSizeLessThanOrEqualTo(16 << 10);
            assertThat(card(page, "sunset.png").locator("img")).isVisible();
            files.stored("t1");
            assertThat(queue(page)).hasCount(0);
            assertThat(page.getByText("sunset.png was sent.")).isAttached();
        }
    }

    @Test
    void aPictureOpensLargeAndEscapeGivesTheFocusBack() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store(
                    "lobby",
                    GRACE,
                    "file",
                    file("sunset.png", "image/png")
                            .add("image", image(dataUrl()))
                            .build());
            Page page = openWithFiles(watched);
            servePicture(page);
            Locator small = button(page, "Show the picture sunset.png");
            assertThat(small).isVisible();
            assertThat(small.locator("img")).hasAttribute("width", "384");
            assertThat(small.locator("img")).hasAttribute("height", "240");
            small.press("Enter");
            Locator large = page.locator("parley-lightbox img");
            assertThat(large).isVisible();
            page.waitForCondition(() -> (boolean) large.evaluate("img => img.complete && img.naturalWidth === 1600"));
            shoot(page, "lightbox");
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-lightbox")).hasCount(0);
            assertThat(small).isFocused();
            assertThat(page.getByRole(AriaRole.LINK, named("Download sunset.png")))
                    .hasAttribute("href", server.url() + "api/files/f1");
        }
    }

    @Test
    void whatIsNoRasterPictureIsALinkAndNothingElse() {
        try (WatchedPage watched = chromium.newPage()) {
            String svg = "data:image/svg+xml;base64,"
                    + Base64.getEncoder()
                            .encodeToString(
                                    "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8));
            hub.store(
                    "lobby",
                    GRACE,
                    "file",
                    file("drawing.svg", "image/svg+xml")
                            .add("image", image(dataUrl()))
                            .build());
            hub.store(
                    "lobby",
                    GRACE,
                    "file",
                    file("page.html", "text/html")
                            .add("image", image(dataUrl()))
                            .build());
            hub.store(
                    "lobby",
                    GRACE,
                    "file",
                    file("trick.png", "image/png").add("image", image(svg)).build());
            hub.store(
                    "lobby",
                    GRACE,
                    "file",
                    file("remote.png", "image/png")
                            .add("image", image("https://example.org/x.png"))
                            .build());
            Page page = openWithFiles(watched);
            assertThat(timeline(page).getByRole(AriaRole.LINK)).hasCount(4);
            assertThat(timeline(page).locator("img, svg image, iframe, object, embed"))
                    .hasCount(0);
            assertThat(page.getByRole(AriaRole.LINK, named("Download drawing.svg")))
                    .isVisible();
        }
    }

    @Test
    void namesAreShownAsTheyAre() {
        try (WatchedPage watched = chromium.newPage(window(320, 568))) {
            String name = "é".repeat(150) + ".tar.gz";
            for (String each :
                    List.of(BIDI, "a\tb\u0000.txt", "../../etc/passwd", "CON", name, "\u2067rtl\u2069.pdf")) {
                hub.store(
                        "lobby",
                        GRACE,
                        "file",
                        file(each, "application/octet-stream").build());
            }
            Page page = openWithFiles(watched);
            Locator names = timeline(page).locator(".file .name");
            assertThat(names).hasText(new String[] {
                "invoice⟨202E⟩gpj.exe",
                "a⟨0009⟩b⟨0000⟩.txt",
                "../../etc/passwd",
                "CON",
                "é".repeat(48) + "…" + "é".repeat(9) + ".tar.gz",
                "⟨2067⟩rtl⟨2069⟩.pdf"
            });
            assertNoSidewaysScroll(page);
            shoot(page, "files-names-320");
        }
    }

    @Test
    void aDeletedFileIsGone() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", GRACE, "file", file("secret.txt", "text/plain").build());
            Page page = openWithFiles(watched);
            assertThat(page.getByRole(AriaRole.LINK, named("Download secret.txt")))
                    .isVisible();
            hub.say(
                    "lobby",
                    GRACE,
                    "delete",
                    Json.createObjectBuilder().add("target", 1).build());
            assertThat(timeline(page).getByText("This message was deleted.")).isVisible();
            assertThat(timeline(page).getByRole(AriaRole.LINK)).hasCount(0);
        }
    }

    @Test
    void filesCanBeUsedByEverybody() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            boolean narrow = scheme == ColorScheme.DARK;
            Browser.NewContextOptions options =
                    window(narrow ? 320 : 1280, narrow ? 568 : 800).setColorScheme(scheme);
            try (WatchedPage watched = chromium.newPage(options)) {
                makeHub();
                hub.store(
                        "lobby",
                        GRACE,
                        "file",
                        file("sunset.png", "image/png")
                                .add("image", image(dataUrl()))
                                .build());
                hub.store(
                        "lobby",
                        GRACE,
                        "file",
                        file("minutes.pdf", "application/pdf").build());
                Page page = openWithFiles(watched);
                servePicture(page);
                int size = 40 * FakeFiles.CHUNK_BYTES;
                int before = files.received("begin").size();
                input(page).setInputFiles(new FilePayload[] {
                    payload("talk-of-the-second-day.mp4", "video/mp4", size), payload("notes.txt", "text/plain", size)
                });
                page.waitForCondition(() -> files.received("begin").size() == before + 2);
                files.ack("t" + (before + 1), size / 4);
                button(page, "Pause: notes.txt").click();
                assertThat(card(page, "notes.txt")).containsText("Paused");
                assertNoSidewaysScroll(page);
                shoot(page, "files-" + scheme);
                assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
                button(page, "Show the picture sunset.png").click();
                assertThat(page.locator("parley-lightbox img")).isVisible();
                assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
                shoot(page, "lightbox-" + scheme);
            }
        }
    }
}
