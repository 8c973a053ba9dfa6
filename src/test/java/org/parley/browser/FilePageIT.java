package org.parley.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.parley.ParleyServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Files through the real page to the server that is shipped, and back. */
@ExtendWith(ArquillianExtension.class)
class FilePageIT {
    private static final int LARGE = 50 << 20;

    /** Keeps the page's sockets for a test to cut, and takes the browser's own picker away, which no test can answer. */
    private static final String HOLD_SOCKETS =
            """
            globalThis.sockets = [];
            globalThis.showOpenFilePicker = undefined;
            const Plain = WebSocket;
            globalThis.WebSocket = class extends Plain {
              constructor(...address) {
                super(...address);
                sockets.push(this);
              }
            };
            """;

    private static final String CUT = "() => sockets.findLast(({url}) => url.endsWith('/files')).close(4000)";

    private static Chromium chromium;

    @TempDir
    private Path directory;

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
    void fiftyMegabytesSurviveACutAndAReloadWhileAnotherIsCancelled() throws IOException {
        Path film = random("film.mkv", LARGE);
        Path draft = random("draft.mkv", LARGE);
        try (WatchedPage watched = chromium.newPage()) {
            Page page = signIn(watched, "files-" + UUID.randomUUID());
            input(page).setInputFiles(new Path[] {film, draft});
            begun(page, "film.mkv");
            button(page, "Cancel: draft.mkv").click();
            assertThat(card(page, "draft.mkv")).hasCount(0);
            page.evaluate(CUT);
            long before = done(page, "film.mkv");
            page.waitForCondition(() -> done(page, "film.mkv") > before);
            button(page, "Pause: film.mkv").click();
            assertThat(card(page, "film.mkv")).containsText("Paused at");
            BrowserTest.shoot(page, "file-paused");

            page.reload();
            button(page, "Continue: film.mkv").click();
            assertThat(card(page, "film.mkv")).containsText("Choose the file again to go on.");
            give(page, random("other/film.mkv", LARGE));
            assertThat(card(page, "film.mkv")).containsText("This is another file than the one that was begun with.");
            give(page, film);
            assertThat(queue(page)).hasCount(0);

            assertThat(timeline(page).getByRole(AriaRole.LINK)).hasCount(1);
            assertThat(sha256(fetched(page, "film.mkv"))).isEqualTo(sha256(film));
            BrowserTest.shoot(page, "file-arrived");
        }
    }

    @Test
    void aFileThatTheBrowserCanFindAgainGoesOnByItself() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.addInitScript("globalThis.showOpenFilePicker = async () =>"
                    + " [await (await navigator.storage.getDirectory()).getFileHandle('log.bin')]");
            open(page, "handle-" + UUID.randomUUID());
            page.evaluate(
                    """
                    async (size) => {
                      const handle = await (await navigator.storage.getDirectory()).getFileHandle('log.bin', {create: true});
                      const stream = await handle.createWritable();
                      await stream.write(new Uint8Array(size).fill(7));
                      await stream.close();
                    }
                    """,
                    30 << 20);
            button(page, "Attach files").click();
            begun(page, "log.bin");
            page.reload();
            assertThat(timeline(page).getByRole(AriaRole.LINK)).hasCount(1);
            assertThat(queue(page)).hasCount(0);
        }
    }

    @Test
    void picturesAreShownAndDrawingsAreNot() {
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>";
        try (WatchedPage ada = chromium.newPage();
                WatchedPage grace = chromium.newPage().expecting("status of 404")) {
            String room = "pictures-" + UUID.randomUUID();
            Page sender = signIn(ada, room);
            Page reader = signIn(grace, room);
            input(sender).setInputFiles(new FilePayload[] {
                new FilePayload("drawing.svg", "image/svg+xml", svg.getBytes()),
                new FilePayload("photo\u202Egnp.png", "image/png", FileViewsIT.picture(900, 600))
            });
            assertThat(timeline(reader).getByRole(AriaRole.LINK)).hasCount(2);
            assertThat(timeline(reader).locator("img")).hasCount(1);
            assertThat(timeline(reader).getByText("photo⟨202E⟩gnp.png")).isVisible();
            button(reader, "Show the picture photo⟨202E⟩gnp.png").click();
            Locator large = reader.locator("parley-lightbox img");
            reader.waitForCondition(() -> (boolean) large.evaluate("img => img.complete && img.naturalWidth === 900"));
            reader.keyboard().press("Escape");
            assertThat(reader.locator("parley-lightbox")).hasCount(0);
            assertThat(fetched(reader, "drawing.svg")).hasContent(svg);

            String address = timeline(reader).getByRole(AriaRole.LINK).first().getAttribute("href");
            timeline(sender).locator(".message").first().focus();
            sender.keyboard().press("Delete");
            sender.locator("parley-confirm button.primary").click();
            assertThat(timeline(reader).getByRole(AriaRole.LINK)).hasCount(1);
            reader.waitForCondition(
                    () -> (int) reader.evaluate("async (url) => (await fetch(url)).status", address) == 404);
        }
    }

    private static Page signIn(WatchedPage watched, String room) {
        watched.page().addInitScript(HOLD_SOCKETS);
        return open(watched.page(), room);
    }

    private static Page open(Page page, String room) {
        page.navigate(ParleyServer.http("/#" + room).toString());
        page.getByLabel("Your name").fill("Ada");
        page.keyboard().press("Enter");
        assertThat(page.locator("parley-composer textarea")).isFocused();
        return page;
    }

    /** A part of it is stored, and a part is not. */
    private static void begun(Page page, String name) {
        assertThat(card(page, name)).isVisible();
        page.waitForCondition(() -> card(page, name).getByText(" of ").count() == 1 && done(page, name) > 0);
    }

    private static long done(Page page, String name) {
        return ((Number) card(page, name).getByRole(AriaRole.PROGRESSBAR).evaluate("bar => bar.value")).longValue();
    }

    private static void give(Page page, Path file) {
        FileChooser chooser = page.waitForFileChooser(
                () -> button(page, "Choose the file: film.mkv").click());
        chooser.setFiles(file);
    }

    private static Path fetched(Page page, String name) {
        return page.waitForDownload(() -> page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions()
                                        .setName("Download " + name)
                                        .setExact(true))
                        .click())
                .path();
    }

    private Path random(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(name.hashCode()).nextBytes(bytes);
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Locator queue(Page page) {
        return page.locator("parley-files ul");
    }

    private static Locator card(Page page, String name) {
        return queue(page).locator("li").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator input(Page page) {
        return page.locator("parley-files input[type=file]");
    }

    private static Locator timeline(Page page) {
        return page.locator("parley-timeline");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
