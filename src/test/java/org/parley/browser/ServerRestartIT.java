package org.parley.browser;

import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.ServerProcess;
import org.parley.ServerProcesses;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The server ends and begins under an open page, once as it should and once by {@code kill -9}. */
class ServerRestartIT {
    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    @Test
    void whatIsWrittenMeanwhileArrivesOnceAndInOrder() {
        ServerProcess server = servers.create("page-restart", Map.of());
        server.start();
        try (Chromium chromium = Chromium.launch();
                WatchedPage watched = chromium.newPage()
                        .expecting("ERR_CONNECTION_REFUSED")
                        .expecting("ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET")
                        // The server's own, while it deploys; Payara Micro 6 says 500 as well.
                        .expecting("status of (404|500|503)")
                        .expecting("WebSocket connection")) {
            Page page = watched.page();
            page.navigate(server.http("/#restart").toString());
            page.getByLabel("Your name").fill("Ada");
            page.keyboard().press("Enter");
            say(page, "before");
            assertThat(page.locator(".leaving")).hasCount(0);
            server.stop();
            say(page, "while it restarts");
            assertThat(banner(page)).containsText(Pattern.compile("Retrying in \\d+ s.*One message waits"));
            BrowserTest.shoot(page, "server-restarting");
            server.start();
            assertArrived(page, "before", "while it restarts");
            server.kill();
            say(page, "after the kill");
            server.start();
            assertArrived(page, "before", "while it restarts", "after the kill");
            BrowserTest.shoot(page, "server-restarted");
            page.reload();
            assertThat(texts(page)).hasText(new String[] {"before", "while it restarts", "after the kill"});
        }
    }

    private static void say(Page page, String text) {
        Locator composer = page.locator("parley-composer textarea");
        composer.fill(text);
        composer.press("Enter");
        assertThat(composer).hasValue("");
        // A frame later; before that, a message that is not sent cannot be told from one that is.
        assertThat(texts(page).last()).hasText(text);
    }

    private static Locator banner(Page page) {
        return page.locator("parley-banner .banner");
    }

    private static Locator texts(Page page) {
        return page.locator("parley-timeline .text");
    }

    private static void assertArrived(Page page, String... all) {
        assertThat(page.locator(".leaving")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(45_000));
        assertThat(banner(page)).hasCount(0);
        assertThat(texts(page)).hasText(all);
    }
}
