package org.parley.browser;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.Jcmd;
import org.parley.ParleyServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** An encrypted room of two people on the server that is shipped, and what the server has of it. */
@ExtendWith(ArquillianExtension.class)
class SealedRoomIT {
    private static final Path SERVER = Path.of(System.getProperty("parley.test.dir"));

    private static Chromium chromium;

    /** Nothing else in the world has this in it. */
    private final String canary = UUID.randomUUID().toString().replace("-", "");

    private final List<String> traffic = new CopyOnWriteArrayList<>();

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
    void theServerHasNothingOfWhatTwoPeopleSay() throws IOException {
        String room = "plans-" + canary.substring(0, 8);
        try (WatchedPage ada = chromium.newPage();
                WatchedPage grace = chromium.newPage()) {
            listen(ada.page());
            listen(grace.page());
            String link = talk(ada.page(), grace.page(), room);
            String secret = link.replaceAll(".*#k=([^&]+)&.*", "$1");
            assertThat(secret).hasSize(43);
            String ciphertext = ciphertext(room);

            exchangeFile(ada.page(), grace.page());
            assertThat(traffic).noneMatch(text -> text.contains(canary) || text.contains(secret));
            Path heap = dump();
            Haystack files = Haystack.of(SERVER.resolve("parley"), log());
            Haystack memory = Haystack.of(heap);
            String metrics = ParleyServer.send(HttpRequest.newBuilder(ParleyServer.http("/metrics"))
                            .GET())
                    .body();
            assertThat(metrics).contains("parley_connections");
            for (String hidden : List.of(canary, secret)) {
                assertThat(metrics).doesNotContain(hidden);
                assertThat(files.with(hidden)).isEmpty();
                assertThat(memory.with(hidden)).isEmpty();
            }
            // And it would be found: what the server may know is there.
            assertThat(files.with(ciphertext)).isNotEmpty();
            assertThat(memory.with("sealed." + room)).isNotEmpty();
            Files.delete(heap);
        }
    }

    private String talk(Page ada, Page grace, String room) {
        signIn(ada, "/", "Ada");
        button(ada, "New encrypted room").click();
        ada.getByLabel("Name of the room (visible to the server)").fill(room);
        button(ada, "Make the room").click();
        assertThat(ada.locator("parley-sealed-note")).isVisible();
        say(ada, "first " + canary);
        String link = invitation(ada);
        signIn(grace, link.substring(link.indexOf("/#")), "Grace");
        assertThat(grace).hasURL(ParleyServer.http("/#sealed." + room).toString());
        assertThat(text(grace, "first " + canary)).isVisible();
        say(grace, "@Ada " + canary);
        assertThat(text(ada, "@Ada " + canary)).isVisible();
        button(ada, "Set a topic").click();
        ada.locator("#topic").fill("about " + canary);
        ada.keyboard().press("Enter");
        assertThat(grace.locator("header .topic")).containsText("about " + canary);
        composer(ada).press("ArrowUp");
        composer(ada).fill("second " + canary);
        composer(ada).press("Enter");
        assertThat(text(grace, "second " + canary)).isVisible();
        button(grace, "Search in this room").click();
        grace.getByLabel("Words to look for").fill(canary);
        grace.keyboard().press("Enter");
        assertThat(grace.locator("parley-search li")).hasCount(2);
        button(grace, "Close").click();
        return link;
    }

    /** A picture with the canary in its name, its bytes and its thumbnail's message goes from one to the other. */
    private void exchangeFile(Page ada, Page grace) throws IOException {
        byte[] picture = FileViewsIT.picture(900, 600);
        byte[] marked = Arrays.copyOf(picture, picture.length + 200_000);
        byte[] mark = canary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(mark, 0, marked, picture.length + 100_000, mark.length);
        ada.locator("parley-files input[type=file]")
                .setInputFiles(new FilePayload("photo " + canary + ".png", "image/png", marked));
        button(grace, "Show the picture photo " + canary + ".png").click();
        Locator large = grace.locator("parley-lightbox img");
        grace.waitForCondition(() ->
                large.count() == 1 && (boolean) large.evaluate("img => img.complete && img.naturalWidth === 900"));
        assertThat(large).hasAttribute("src", Pattern.compile("blob:.*"));
        grace.keyboard().press("Escape");
        Path fetched = grace.waitForDownload(
                        () -> button(grace, "Download photo " + canary + ".png").click())
                .path();
        assertThat(fetched).hasBinaryContent(marked);
    }

    /** Everything that the page sends or gets, and each address it asks for. */
    private void listen(Page page) {
        page.onWebSocket(socket -> {
            socket.onFrameSent(frame -> traffic.add(text(frame)));
            socket.onFrameReceived(frame -> traffic.add(text(frame)));
        });
        page.onRequest(request -> traffic.add(request.url() + " " + request.postData()));
    }

    private static String text(WebSocketFrame frame) {
        return frame.text() == null ? new String(frame.binary(), StandardCharsets.ISO_8859_1) : frame.text();
    }

    private String ciphertext(String room) {
        String frame = traffic.stream()
                .filter(text -> text.contains("\"publish\"") && text.contains("\"sealed." + room + "\""))
                .findFirst()
                .orElseThrow();
        return frame.replaceAll(".*\"ct\":\"([^\"]{40}).*", "$1");
    }

    /** Payara's output is the adapter's, which keeps no file. */
    private static Path log() {
        return ParleyServer.isWildFly() ? SERVER.resolve("log") : SERVER.resolve("parley");
    }

    /** The whole heap, what is garbage already included. */
    private static Path dump() throws IOException {
        String property = "-Dparley.data.dir=" + SERVER.resolve("parley");
        ProcessHandle server = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(property))
                .reduce((first, second) -> second)
                .orElseThrow();
        Path heap = SERVER.resolve("sealed-room.hprof").toAbsolutePath();
        Files.deleteIfExists(heap);
        Jcmd.run(server.pid(), "GC.heap_dump", "-all", heap.toString());
        return heap;
    }

    private static void signIn(Page page, String path, String name) {
        page.navigate(ParleyServer.http("/").resolve(path).toString());
        page.getByLabel("Your name").fill(name);
        page.keyboard().press("Enter");
        assertThat(composer(page)).isFocused();
    }

    private static String invitation(Page page) {
        button(page, "Invite people").click();
        Locator dialog = page.locator("parley-sealed-invite");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy invite"))
                .click();
        String link = dialog.locator("input").inputValue();
        page.keyboard().press("Escape");
        return link;
    }

    private static void say(Page page, String text) {
        composer(page).fill(text);
        composer(page).press("Enter");
        assertThat(composer(page)).hasValue("");
        assertThat(text(page, text)).isVisible();
        assertThat(page.locator(".leaving")).hasCount(0);
    }

    private static Locator composer(Page page) {
        return page.locator("parley-composer textarea");
    }

    private static Locator text(Page page, String text) {
        return page.locator("parley-timeline").getByText(text, new Locator.GetByTextOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
