package org.parley.browser;

import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What waits in a browser when a sign-in ends is offered to whoever signs in there next. */
class OrphansPageIT extends BrowserTest {

    /** Two messages of Ada's wait; then the server no longer knows her, and Grace signs in. */
    private Page afterAdaIsGone(WatchedPage watched, int code) {
        Page page = open(watched, "Ada");
        hub.answersPublishes(false);
        write(page, "one");
        write(page, "two");
        assertThat(page.getByText("Sending…")).hasCount(2);
        hub.signedOut("guest:grace");
        hub.cut(code, true);
        assertThat(page.getByRole(AriaRole.ALERT))
                .hasText("You were signed out. The 2 messages that were not sent yet are kept in this browser.");
        hub.answersPublishes(true);
        page.getByLabel("Your name").fill("Grace");
        shoot(page, "signed-out-with-unsent");
        button(page, "Start talking").click();
        assertThat(page.getByText("2 messages written as Ada wait in this browser."))
                .isVisible();
        assertThat(composer(page)).isFocused();
        assertThat(texts(page)).hasCount(0);
        return page;
    }

    private static Locator offer(Page page) {
        return page.locator("parley-orphans");
    }

    @ParameterizedTest
    @ValueSource(ints = {4401, 4505, 4501})
    void theyGoOutInTheNameOfWhoSignsInNext(int code) {
        try (WatchedPage watched = chromium.newPage(window(1280, 800))) {
            Page page = afterAdaIsGone(watched, code);
            shoot(page, "unsent-of-another");
            button(page, "Send as Grace").click();
            assertThat(offer(page)).hasCount(0);
            assertSent(page, "one", "two");
            assertThat(texts(page)).hasText(new String[] {"one", "two"});
            assertThat(page.getByText("Sending…")).hasCount(0);
            page.reload();
            assertThat(texts(page)).hasText(new String[] {"one", "two"});
            assertThat(offer(page)).hasCount(0);
            assertThat(hub.texts("lobby")).containsExactly("one", "two");
        }
    }

    @Test
    void theyWaitOverAReloadAndCanBeCopiedAndDeleted() {
        try (WatchedPage watched = chromium.newPage(window(320, 640))) {
            watched.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = afterAdaIsGone(watched, 4401);
            page.reload();
            assertThat(offer(page)).isVisible();
            assertNoSidewaysScroll(page);
            shoot(page, "unsent-of-another-320");
            offer(page).getByText("Copy").click();
            assertThat(page.getByText("Copied")).isVisible();
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("#lobby: one\n#lobby: two");
            offer(page).getByText("Delete").click();
            assertThat(page.getByText("Delete the 2 messages that Ada did not send?"))
                    .isVisible();
            button(page, "Cancel").click();
            assertThat(offer(page)).isVisible();
            offer(page).getByText("Delete").click();
            page.locator("parley-confirm").getByText("Delete", exact()).click();
            assertThat(offer(page)).hasCount(0);
            page.reload();
            assertThat(composer(page)).isFocused();
            assertThat(offer(page)).hasCount(0);
            assertThat(hub.texts("lobby")).isEmpty();
        }
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Test
    void whoeverComesBackAsThemselvesIsNotAsked() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            write(page, "mine");
            hub.signedOut("guest:me");
            hub.cut(4401, true);
            page.getByLabel("Your name").fill("Ada");
            hub.answersPublishes(true);
            button(page, "Start talking").click();
            assertSent(page, "mine");
            assertThat(offer(page)).hasCount(0);
        }
    }
}
