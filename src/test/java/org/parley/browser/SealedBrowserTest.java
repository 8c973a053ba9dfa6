package org.parley.browser;

import java.util.List;

import jakarta.json.JsonObject;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** In an encrypted room of the chat page. */
abstract class SealedBrowserTest extends BrowserTest {
    static final String ROOM = "sealed.plans";

    Page withRoom(WatchedPage watched) {
        return withRoom(watched, ADA);
    }

    Page withRoom(WatchedPage watched, JsonObject user) {
        hub.signedInAs(user);
        Page page = open(watched);
        assertThat(composer(page)).isFocused();
        button(page, "New encrypted room").click();
        page.getByLabel("Name of the room (visible to the server)").fill("plans");
        button(page, "Make the room").click();
        assertThat(page.getByText("Whoever has this room’s link can read everything"))
                .isVisible();
        assertThat(composer(page)).isFocused();
        return page;
    }

    List<JsonObject> published() {
        return hub.received("publish");
    }

    JsonObject envelope(int index) {
        return published().get(index).getJsonObject("body");
    }

    void say(Page page, String text) {
        int before = published().size();
        write(page, text);
        page.waitForCondition(() -> published().size() > before);
        assertThat(exactly(page, text)).isVisible();
    }

    static String invitation(Page page) {
        button(page, "Invite people").click();
        Locator dialog = page.locator("parley-sealed-invite");
        assertThat(dialog).containsText("Whoever has this room’s link can read everything, before and after.");
        assertThat(dialog.locator("input")).hasCount(0);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Copy invite"))
                .click();
        String link = dialog.locator("input").inputValue();
        page.keyboard().press("Escape");
        return link;
    }
}
