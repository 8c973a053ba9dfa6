package org.parley.browser;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Encrypted rooms on the page, with a server that does what it should not. */
class SealedPageIT extends SealedBrowserTest {
    private static final String UNVERIFIED = "A message could not be verified.";

    /** What the server has not acknowledged can be neither edited nor replied to. */
    private static Locator leaving(Page page) {
        return timeline(page).locator("li.leaving");
    }

    @Test
    void whatIsWrittenLeavesThePageSealedAndAnotherDeviceReadsItByTheLink() {
        try (WatchedPage first = chromium.newPage();
                WatchedPage second = chromium.newPage()) {
            Page ada = withRoom(first);
            say(ada, "meet at noon");
            String link = invitation(ada);
            assertThat(link).startsWith(server.url() + "#k=").endsWith("&room=sealed.plans");
            assertThat(hub.received("publish").toString()).doesNotContain("meet at noon");
            first.page().context().close();

            Page other = second.page();
            hub.serve(other);
            other.navigate(link);
            assertThat(exactly(other, "meet at noon")).isVisible();
            assertThat(other).hasURL(server.url() + "#sealed.plans");
            other.reload();
            assertThat(exactly(other, "meet at noon")).isVisible();
        }
    }

    @Test
    void everythingAboutMessagesIsInsideTheCiphertext() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            say(page, "frist");
            assertThat(leaving(page)).hasCount(0);
            composer(page).press("ArrowUp");
            composer(page).fill("first");
            composer(page).press("Enter");
            assertThat(exactly(page, "first")).isVisible();
            assertThat(timeline(page).getByText("(edited)")).isVisible();
            say(page, "second");
            assertThat(leaving(page)).hasCount(0);
            row(page, "second").focus();
            page.keyboard().press("r");
            assertThat(page.locator("parley-composer .about")).containsText("second");
            say(page, "a reply");
            assertThat(row(page, "a reply").locator("button.quote")).containsText("second");
            row(page, "first").hover();
            button(page, "React").click();
            page.getByLabel("Find an emoji").fill("tada");
            page.keyboard().press("Enter");
            assertThat(row(page, "first").locator(".reactions")).containsText("🎉");
            row(page, "second").first().focus();
            page.keyboard().press("Delete");
            page.locator("parley-confirm button.primary").click();
            assertThat(timeline(page).getByText("This message was deleted.")).isVisible();
            button(page, "Set a topic").click();
            page.locator("#topic").fill("the surprise");
            page.keyboard().press("Enter");
            assertThat(page.locator("header .topic")).containsText("the surprise");
            assertThat(published()).hasSize(7).allSatisfy(frame -> {
                assertThat(frame.getString("kind")).isEqualTo("sealed");
                assertThat(frame.getJsonObject("body").keySet())
                        .containsExactlyInAnyOrder("alg", "keyId", "stream", "ctr", "ct");
            });
            page.reload();
            assertThat(texts(page)).hasText(new String[] {"first", "a reply"});
            assertThat(row(page, "first").locator(".reactions")).containsText("🎉");
            assertThat(page.locator("header .topic")).containsText("the surprise");
        }
    }

    @Test
    void withoutTheLinkTheRoomSaysWhatItIsAndAsksForIt() {
        try (WatchedPage first = chromium.newPage();
                WatchedPage second = chromium.newPage()) {
            Page ada = withRoom(first);
            say(ada, "only for us");
            String link = invitation(ada);
            first.page().context().close();

            hub.signedIn("Alan");
            Page page = second.page();
            hub.serve(page);
            page.navigate(server.url() + "#" + ROOM);
            assertThat(page.getByText("#sealed.plans is encrypted")).isVisible();
            assertThat(page.locator("parley-timeline")).hasCount(0);
            assertThat(composer(page)).hasCount(0);
            shoot(page, "sealed-locked");
            page.getByLabel("Invite link").fill(link.substring(0, link.length() - 20));
            page.keyboard().press("Enter");
            assertThat(page.getByText("This is no whole invite link")).isVisible();
            page.getByLabel("Invite link").fill(link);
            page.keyboard().press("Enter");
            assertThat(exactly(page, "only for us")).isVisible();
        }
    }

    @Test
    void anotherLinkDoesNotTakeTheKeysPlaceUnasked() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            say(page, "ours");
            String forged = server.url() + "#k=" + "A".repeat(43) + "&room=" + ROOM;
            page.evaluate("link => { location.href = link; }", forged);
            assertThat(page.getByText("This link has another key for #sealed.plans than this browser."))
                    .isVisible();
            assertThat(page).hasURL(server.url() + "#sealed.plans");
            button(page, "Cancel").click();
            say(page, "still ours");
            assertThat(envelope(1).getString("keyId")).isEqualTo(envelope(0).getString("keyId"));
        }
    }

    @Test
    void whatTheServerAltersRepeatsOrMakesUpIsOneCalmRow() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            say(page, "true");
            JsonObject good = envelope(0);
            String ct = good.getString("ct");
            String flipped = (ct.charAt(0) == 'A' ? 'B' : 'A') + ct.substring(1);
            hub.say(ROOM, ADA, "sealed", with(good, "ct", flipped));
            assertThat(timeline(page).getByText(UNVERIFIED)).hasCount(1);
            hub.say(ROOM, ADA, "sealed", good);
            assertThat(timeline(page).getByText("2 messages could not be verified."))
                    .hasCount(1);
            hub.say(ROOM, GRACE, "sealed", good);
            assertThat(timeline(page).getByText(UNVERIFIED)).hasCount(1);
            hub.say(
                    ROOM,
                    GRACE,
                    "text",
                    Json.createObjectBuilder().add("text", "clear").build());
            assertThat(timeline(page).getByText("A message could not be verified: it was not encrypted."))
                    .isVisible();
            hub.say(ROOM, ALAN, "sealed", with(good, "alg", "NEXT"));
            assertThat(timeline(page).getByText("this page may be too old for it"))
                    .isVisible();
            for (int i = 0; i < 40; i++) {
                hub.store(ROOM, GRACE, "sealed", with(good, "keyId", "x" + i));
            }
            hub.say(ROOM, GRACE, "sealed", with(good, "keyId", "x"));
            assertThat(timeline(page).getByText("messages could not be verified: they need another key"))
                    .hasCount(1);
            assertThat(texts(page)).hasText(new String[] {"true"});
            say(page, "true again");
            shoot(page, "sealed-tampered");
        }
    }

    private static JsonObject with(JsonObject body, String member, String value) {
        return Json.createObjectBuilder(body).add(member, value).build();
    }

    @Test
    void whatIsNotSentYetIsThereAfterAReload() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            say(page, "sent");
            hub.answersPublishes(false);
            write(page, "unsent");
            page.reload();
            assertThat(timeline(page).locator(".leaving .text")).hasText("unsent");
            hub.answersPublishes(true);
            hub.cut(1012, false);
            hub.reachable();
            button(page, "Retry now").click();
            assertThat(page.locator(".leaving")).hasCount(0);
            assertThat(texts(page)).hasText(new String[] {"sent", "unsent"});
        }
    }

    @Test
    void searchIsInThePage() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            say(page, "The café is closed");
            say(page, "nothing of it");
            button(page, "Search in this room").click();
            page.getByLabel("Words to look for").fill("cafe");
            page.keyboard().press("Enter");
            assertThat(page.locator("parley-search li")).hasCount(1);
            assertThat(page.locator("parley-search li")).containsText("The café is closed");
        }
    }

    @Test
    void typingIsToldInTheClearAndCanBeSwitchedOff() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = withRoom(watched);
            composer(page).pressSequentially("a");
            page.waitForCondition(() -> hub.received("signal").size() == 1);
            button(page, "Settings").click();
            page.getByLabel("Tell encrypted rooms").uncheck();
            page.keyboard().press("Escape");
            page.reload();
            composer(page).pressSequentially("secretly");
            say(page, "sent");
            assertThat(hub.received("signal")).hasSize(1);
        }
    }

    @Test
    void outsideASecureContextTheRoomSaysWhyItCannotBeOpened() {
        try (WatchedPage watched = chromium.newPage()) {
            watched.page().addInitScript("Object.defineProperty(globalThis, 'isSecureContext', { value: false })");
            hub.signedIn("Ada");
            hub.serve(watched.page());
            watched.page().navigate(server.url() + "#k=" + "A".repeat(43) + "&room=" + ROOM);
            assertThat(watched.page().getByText("browsers offer encryption only to pages that came over HTTPS"))
                    .isVisible();
            assertThat(watched.page()).hasURL(server.url() + "#sealed.plans");
        }
    }

    @Test
    void noKeyAndCounterComeTwiceFromTabsReloadsAndARestoredProfile() {
        try (WatchedPage watched = chromium.newPage();
                WatchedPage restored = chromium.newPage()) {
            Page page = withRoom(watched);
            String link = invitation(page);
            say(page, "one");
            say(page, "two");
            page.reload();
            say(page, "after a reload");
            Page tab = watched.anotherTab();
            hub.serve(tab);
            tab.navigate(server.url() + "#" + ROOM);
            say(tab, "from another tab");
            tab.close();
            BrowserContext context = page.context();
            // As a crash: no handler of the page runs.
            page.close();
            Page again = context.newPage();
            hub.serve(again);
            again.navigate(server.url() + "#" + ROOM);
            say(again, "after a crash");
            context.close();
            hub.serve(restored.page());
            restored.page().navigate(link);
            say(restored.page(), "from a restored profile");

            // What is in doubt when a tab ends goes again as it is: what must not be is one pair for two ciphertexts.
            Map<String, Set<String>> ciphertexts = new HashMap<>();
            Set<String> streams = new HashSet<>();
            for (JsonObject frame : published()) {
                JsonObject body = frame.getJsonObject("body");
                streams.add(body.getString("stream"));
                ciphertexts
                        .computeIfAbsent(body.getString("stream") + " " + body.getInt("ctr"), pair -> new HashSet<>())
                        .add(body.getString("ct"));
            }
            assertThat(ciphertexts).hasSize(6).allSatisfy((pair, all) -> assertThat(all)
                    .hasSize(1));
            assertThat(streams).hasSize(5);
        }
    }

    @Test
    void keysGoToAnotherDeviceBehindAPassphrase() {
        try (WatchedPage first = chromium.newPage();
                WatchedPage second = chromium.newPage()) {
            Page page = withRoom(first);
            say(page, "by file");
            openKeys(page);
            page.getByLabel("Passphrase").fill("correct horse");
            byte[] file = download(page);
            assertThat(new String(file, StandardCharsets.UTF_8))
                    .contains("\"rounds\": 600000")
                    .doesNotContain("sealed.plans");
            first.page().context().close();

            Page other = open(second);
            openKeys(other);
            other.getByLabel("File to import").setInputFiles(new FilePayload("keys.json", "application/json", file));
            other.getByLabel("Passphrase").fill("incorrect horse");
            button(other, "Import").click();
            assertThat(other.getByText("or the passphrase is another one")).isVisible();
            other.getByLabel("Passphrase").fill("correct horse");
            button(other, "Import").click();
            assertThat(other.getByText("One room can be read here now.")).isVisible();
            other.keyboard().press("Escape");
            other.getByLabel("Join or make a room").fill(ROOM);
            other.keyboard().press("Enter");
            assertThat(exactly(other, "by file")).isVisible();
        }
    }

    /** Figures for people: how fast it has to be nobody can say for a machine that does other things besides. */
    @Test
    void allOfALongHistoryCanBeRead() {
        try (WatchedPage watched = chromium.newPage()) {
            watched.page().navigate(server.url() + "blank");
            Map<?, ?> figures = (Map<?, ?>)
                    watched.page().evaluate("async () => (await import('./test/sealed-speed.js')).measure()");
            assertThat(figures).hasSize(3);
            System.out.printf(
                    "encrypted rooms: %.0f messages sealed a second, %.0f opened a second, 1,000 readable after %.0f ms%n",
                    figure(figures, "sealedPerSecond"),
                    figure(figures, "openedPerSecond"),
                    figure(figures, "historyOf1000Ms"));
        }
    }

    private static double figure(Map<?, ?> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }

    private static void openKeys(Page page) {
        button(page, "Settings").click();
        button(page, "Keys of encrypted rooms").click();
    }

    private static byte[] download(Page page) {
        var download = page.waitForDownload(
                () -> button(page, "Export the key of one room").click());
        try (var stream = download.createReadStream()) {
            return stream.readAllBytes();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
