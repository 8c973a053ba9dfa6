package org.parley.browser;

import java.util.List;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The way from room to room, and what says that something is new there. */
class RoomsPageIT extends BrowserTest {

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static Locator link(Page page, String room) {
        return page.locator("parley-rooms").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(room));
    }

    private Page openThree(WatchedPage watched) {
        for (String room : new String[] {"alpha", "beta", "gamma"}) {
            for (int i = 1; i <= 4; i++) {
                hub.store(room, GRACE, room + " " + i, morning + i);
            }
        }
        hub.follows("alpha", 4, 0).follows("beta", 4, 0).follows("gamma", 1, 3);
        return open(watched, "Ada");
    }

    @Test
    void unreadIsWhatTheNumbersSayAndNotWhatThePageCounted() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            assertThat(link(page, "gamma")).containsText("3 unread");
            assertThat(page).hasTitle("(3) #alpha · Parley");
            hub.say("gamma", GRACE, "gamma 5");
            assertThat(link(page, "gamma")).containsText("4 unread");
            hub.cut(1011, true);
            wake(page);
            page.waitForCondition(() -> hub.received("rooms").size() == 2);
            assertThat(link(page, "gamma")).containsText("4 unread");
            hub.send(Json.createObjectBuilder()
                    .add("type", "read")
                    .add("room", "gamma")
                    .add("seq", 4));
            assertThat(link(page, "gamma")).containsText("1 unread");
            link(page, "gamma").click();
            assertThat(link(page, "gamma")).not().containsText("unread");
            assertThat(page).hasTitle("#gamma · Parley");
        }
    }

    @Test
    void mentionsHaveABadgeOfTheirOwn() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            hub.say("gamma", GRACE, "text", mention());
            assertThat(link(page, "gamma")).containsText("1 mention");
            shoot(page, "badges");
        }
    }

    private static JsonObject mention() {
        return Json.createObjectBuilder()
                .add("text", "@Ada, please")
                .add(
                        "mentions",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("id", "guest:me")
                                        .add("name", "Ada")))
                .build();
    }

    @Test
    void controlKGoesToARoomByAPartOfItsName() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            page.keyboard().press("Control+k");
            Locator query = page.getByRole(AriaRole.COMBOBOX);
            assertThat(query).isFocused();
            query.fill("et");
            assertThat(page.getByRole(AriaRole.OPTION).first()).hasText("#beta");
            shoot(page, "switcher");
            page.keyboard().press("Enter");
            assertThat(heading(page)).containsText("beta");
            assertThat(composer(page)).isFocused();
            page.keyboard().press("Control+k");
            query.fill("brand new");
            page.keyboard().press("Enter");
            assertThat(heading(page)).containsText("brand-new");
        }
    }

    @Test
    void altAndArrowsGoThroughTheRoomsWithShiftThroughUnreadOnes() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            page.keyboard().press("Alt+ArrowDown");
            assertThat(heading(page)).containsText("beta");
            page.keyboard().press("Alt+ArrowUp");
            assertThat(heading(page)).containsText("alpha");
            page.keyboard().press("Alt+Shift+ArrowDown");
            assertThat(heading(page)).containsText("gamma");
        }
    }

    @Test
    void aRoomHasATopicThatEveryoneSees() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            button(page, "Set a topic").click();
            page.getByRole(AriaRole.TEXTBOX, named("Topic")).fill("All about relays");
            page.keyboard().press("Enter");
            assertThat(button(page, "Topic: All about relays. Change it")).isVisible();
            assertThat(hub.received("publish").get(0).getString("room")).isEqualTo("state.topic.alpha");
            page.reload();
            assertThat(button(page, "Topic: All about relays. Change it")).isVisible();
            assertThat(page.locator("parley-rooms")).not().containsText("state.topic");
        }
    }

    @Test
    void aRoomWithTheLongestNameHasATopicToo() {
        try (WatchedPage watched = chromium.newPage(window(320, 640))) {
            Page page = openThree(watched);
            String name = "a-room-whose-name-is-as-long-as-the-server-takes-them-64-letters";
            page.keyboard().press("Control+k");
            page.keyboard().type(name);
            page.keyboard().press("Enter");
            button(page, "Set a topic").click();
            page.getByRole(AriaRole.TEXTBOX, named("Topic")).fill("Long names");
            page.keyboard().press("Enter");
            assertThat(button(page, "Topic: Long names. Change it")).isVisible();
            assertNoSidewaysScroll(page);
            page.reload();
            assertThat(button(page, "Topic: Long names. Change it")).isVisible();
        }
    }

    @Test
    void aRoomsLinkCanBeGivenToOthers() {
        try (WatchedPage watched = chromium.newPage()) {
            watched.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = openThree(watched);
            button(page, "Invite people").click();
            shoot(page, "invite");
            page.locator("parley-invite")
                    .getByText("Copy", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.getByText("Copied")).isVisible();
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(server.url() + "#alpha");
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-invite")).hasCount(0);
        }
    }

    @Test
    void aRoomThatIsLeftIsGone() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            button(page, "Leave the room").click();
            assertThat(link(page, "alpha")).hasCount(0);
            assertThat(heading(page)).containsText("beta");
            assertThat(hub.received("unfollow"))
                    .extracting(frame -> frame.getString("room"))
                    .contains("alpha");
        }
    }

    @Test
    void whoLeavesARoomWithUnsentMessagesIsAskedFirst() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = openThree(watched);
            hub.answersPublishes(false);
            write(page, "unsent");
            button(page, "Leave the room").click();
            Locator question = page.locator("parley-confirm");
            assertThat(question).containsText("One message is not sent yet. Leave the room and delete it?");
            shoot(page, "leave-unsent");
            question.getByText("Cancel").click();
            assertThat(exactly(page, "unsent")).isVisible();
            button(page, "Leave the room").click();
            question.locator("button.primary").click();
            assertThat(link(page, "alpha")).hasCount(0);
            page.getByLabel("Join or make a room").fill("alpha");
            page.keyboard().press("Enter");
            assertThat(heading(page)).containsText("alpha");
            assertThat(timeline(page).locator(".leaving")).hasCount(0);
        }
    }

    @Test
    void notificationsComeOnlyAfterSomebodyAskedForThem() {
        try (WatchedPage watched = chromium.newPage()) {
            watched.page()
                    .addInitScript(
                            "globalThis.asked = 0; globalThis.shown = [];"
                                    + " globalThis.Notification = class { constructor(title, {body}) { shown.push(title + ': ' + body); }"
                                    + " static permission = 'default';"
                                    + " static async requestPermission() { asked++; this.permission = 'granted'; return 'granted'; } };");
            Page page = openThree(watched);
            hub.say("gamma", GRACE, "text", mention());
            assertThat(link(page, "gamma")).containsText("1 mention");
            assertThat(page.evaluate("[asked, shown.length].join()")).isEqualTo("0,0");
            button(page, "Settings").click();
            page.getByLabel("Desktop notifications when somebody mentions me").check();
            page.keyboard().press("Escape");
            assertThat(page.evaluate("asked")).isEqualTo(1);
            hub.say("gamma", GRACE, "text", mention());
            page.waitForCondition(() -> page.evaluate("shown.join()").equals("Grace Hopper · #gamma: @Ada, please"));
        }
    }
}
