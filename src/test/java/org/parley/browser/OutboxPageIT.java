package org.parley.browser;

import jakarta.json.JsonObject;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Nothing that somebody wrote is lost, and each message shows what became of it. */
class OutboxPageIT extends BrowserTest {
    /** What is shown as refused is a moment later in the journal; a reload before that would send it again. */
    private static final String KEEPS_REFUSED =
            """
            async () => {
              const done = (request) => new Promise((resolve, reject) => {
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
              });
              for (const { name } of await indexedDB.databases()) {
                const database = await done(indexedDB.open(name));
                const publishes = database.objectStoreNames.contains('publishes')
                    ? await done(database.transaction('publishes').objectStore('publishes').getAll()) : [];
                database.close();
                if (publishes.some(({ error }) => error)) return true;
              }
              return false;
            }""";

    private JsonObject lastPublish() {
        return hub.received("publish").get(hub.received("publish").size() - 1);
    }

    private void refuseNext(Page page, String text) {
        hub.answersPublishes(false);
        int before = hub.received("publish").size();
        write(page, text);
        page.waitForCondition(() -> hub.received("publish").size() > before);
        hub.refuse(lastPublish(), "forbidden", "You may not write here.");
        assertThat(page.getByText("Not sent.")).isVisible();
    }

    @Test
    void whatWasNotSentIsThereAfterAReloadAndGoesThenInItsOrder() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            for (String text : new String[] {"one", "two", "three"}) {
                write(page, text);
            }
            page.reload();
            assertThat(texts(page)).hasText(new String[] {"one", "two", "three"});
            assertThat(page.getByText("Sending…")).hasCount(3);
            shoot(page, "outbox-after-reload");
            hub.answersPublishes(true);
            hub.cut(1012, true);
            wake(page);
            assertThat(page.getByText("Sending…")).hasCount(0);
            assertSent(page, "one", "two", "three");
            assertThat(texts(page)).hasText(new String[] {"one", "two", "three"});
        }
    }

    @Test
    void sendingIsSaidOnlyWhenItTakesLong() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            write(page, "slow");
            assertThat(page.locator(".fate.sending")).hasCSS("animation-delay", "0.3s");
            assertThat(page.getByText("Sending…")).isVisible();
        }
    }

    @Test
    void aRefusedMessageCanBeSentAgain() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            refuseNext(page, "please");
            String id = lastPublish().getString("id");
            hub.answersPublishes(true);
            shoot(page, "outbox-failed");
            button(page, "Retry").click();
            assertThat(page.getByText("Not sent.")).hasCount(0);
            assertSent(page, "please");
            assertThat(lastPublish().getString("id")).isEqualTo(id);
        }
    }

    @Test
    void aRefusedMessageIsStillRefusedAfterAReloadAndCanBeChanged() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            refuseNext(page, "wrng");
            page.waitForCondition(() -> (boolean) page.evaluate(KEEPS_REFUSED));
            page.reload();
            assertThat(page.getByText("Not sent. You may not do this here.")).isVisible();
            button(page, "Edit").click();
            assertThat(composer(page)).hasValue("wrng");
            assertThat(composer(page)).isFocused();
            assertThat(texts(page)).hasCount(0);
            hub.answersPublishes(true);
            write(page, "right");
            assertThat(texts(page)).hasText(new String[] {"right"});
            page.reload();
            assertThat(texts(page)).hasText(new String[] {"right"});
        }
    }

    @Test
    void aRefusedMessageCanBeCopiedAndThrownAway() {
        try (WatchedPage watched = chromium.newPage()) {
            watched.page().context().grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
            Page page = open(watched, "Ada");
            refuseNext(page, "keep *this*");
            button(page, "Copy").click();
            page.waitForCondition(
                    () -> page.evaluate("navigator.clipboard.readText()").equals("keep *this*"));
            button(page, "Delete").click();
            assertThat(texts(page)).hasCount(0);
            page.reload();
            assertThat(composer(page)).isFocused();
            assertThat(texts(page)).hasCount(0);
        }
    }

    @Test
    void eachRoomKeepsItsDraftOverAReload() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            composer(page).fill("half a thought");
            page.getByLabel("Join or make a room").fill("other");
            page.keyboard().press("Enter");
            assertThat(composer(page)).hasValue("");
            composer(page).fill("another half");
            page.reload();
            assertThat(composer(page)).hasValue("another half");
            page.getByRole(AriaRole.LINK, named("lobby")).click();
            assertThat(composer(page)).hasValue("half a thought");
        }
    }

    @Test
    void theTextStaysWhereItIsWhenTheOutboxCannotTakeIt() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.addInitScript("IDBObjectStore.prototype.add = () => {"
                    + " throw new DOMException('The disk is full.', 'QuotaExceededError'); }");
            open(watched, "Ada");
            composer(page).fill("precious");
            composer(page).press("Enter");
            assertThat(page.locator(".warning")).containsText("could not keep the message");
            assertThat(composer(page)).hasValue("precious");
            assertThat(hub.received("publish")).isEmpty();
        }
    }

    @Test
    void whoSignsOutIsAskedAboutWhatIsNotSent() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            write(page, "unsent");
            button(page, "Sign out").click();
            assertThat(page.getByText("One message is not sent yet.")).isVisible();
            button(page, "Cancel").click();
            assertThat(texts(page)).hasText(new String[] {"unsent"});
            button(page, "Sign out").click();
            page.locator("parley-confirm")
                    .getByText("Sign out", new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.getByLabel("Your name")).isVisible();
            hub.signedIn("Ada");
            page.reload();
            assertThat(composer(page)).isFocused();
            assertThat(texts(page)).hasCount(0);
        }
    }
}
