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

/** What can be said and done with a message. */
class MessagePageIT extends BrowserTest {

    private JsonObject lastBody(String kind) {
        List<JsonObject> all = hub.received("publish").stream()
                .filter(publish -> publish.getString("kind").equals(kind))
                .toList();
        return all.isEmpty() ? null : all.get(all.size() - 1).getJsonObject("body");
    }

    private void awaitPublish(Page page, String kind) {
        page.waitForCondition(() -> lastBody(kind) != null);
    }

    private static Locator action(Page page, String text, String name) {
        row(page, text).hover();
        return row(page, text)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void markupIsShownAndEverythingElseIsText() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store(
                    "lobby",
                    GRACE,
                    "**bold** _italic_ ~~gone~~ `code`\n> quoted\n\n- one\n- two\n\n```\nint i;\n```\n"
                            + "<img src=x onerror=alert(1)> [bad](javascript:alert(1)) https://example.org/a\n# no heading",
                    morning);
            Page page = open(watched, "Ada");
            Locator text = texts(page);
            for (String element :
                    new String[] {"strong", "em", "del", "p > code", "blockquote", "ul > li", "pre > code"}) {
                assertThat(text.locator(element).first()).isVisible();
            }
            assertThat(text.locator("img, h1")).hasCount(0);
            assertThat(text.getByRole(AriaRole.LINK)).hasCount(1);
            assertThat(text.getByRole(AriaRole.LINK)).hasAttribute("rel", "noopener noreferrer nofollow");
            assertThat(text).containsText("<img src=x onerror=alert(1)> [bad](javascript:alert(1))");
            assertThat(text).containsText("# no heading");
            shoot(page, "markup");
        }
    }

    @Test
    void theArrowUpInAnEmptyBoxEditsTheLastOwnMessage() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            write(page, "helo");
            assertThat(texts(page)).hasText(new String[] {"helo"});
            composer(page).press("ArrowUp");
            assertThat(composer(page)).hasValue("helo");
            shoot(page, "edit");
            composer(page).fill("hello");
            composer(page).press("Enter");
            assertThat(texts(page)).hasText(new String[] {"hello"});
            assertThat(page.getByText("(edited)")).isVisible();
            assertThat(composer(page)).hasValue("");
            assertThat(lastBody("edit").getInt("target")).isEqualTo(1);
            composer(page).press("ArrowUp");
            composer(page).press("Escape");
            assertThat(composer(page)).hasValue("");
        }
    }

    @Test
    void aMessageIsDeletedForEveryoneAfterAQuestion() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", ADA, "oops", morning);
            hub.store("lobby", GRACE, "not mine", morning);
            Page page = open(watched, "Ada");
            assertThat(action(page, "not mine", "Delete")).hasCount(0);
            action(page, "oops", "Delete").click();
            assertThat(page.getByText("Delete this message for everyone?")).isVisible();
            shoot(page, "delete-question");
            page.locator("parley-confirm")
                    .getByText("Delete", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.getByText("This message was deleted.")).isVisible();
            assertThat(lastBody("delete").getInt("target")).isEqualTo(1);
        }
    }

    @Test
    void aReplyQuotesWhatItAnswers() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", GRACE, "Shall we go?", morning);
            Page page = open(watched, "Ada");
            action(page, "Shall we go?", "Reply").click();
            assertThat(page.getByText("Replying to Grace Hopper")).isVisible();
            assertThat(composer(page)).isFocused();
            write(page, "Yes");
            assertThat(page.getByText("Replying to")).hasCount(0);
            assertThat(timeline(page).locator("button.quote")).containsText("Grace Hopper");
            assertThat(timeline(page).locator("button.quote")).containsText("Shall we go?");
            assertThat(lastBody("text").getJsonObject("reply").getInt("seq")).isEqualTo(1);
            shoot(page, "reply");
        }
    }

    @Test
    void aReactionIsGivenCountedAndTakenBack() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", GRACE, "It works", morning);
            Page page = open(watched, "Ada");
            action(page, "It works", "React").click();
            page.getByLabel("Find an emoji").fill("tada");
            page.keyboard().press("Enter");
            Locator given = row(page, "It works").locator(".reactions button");
            assertThat(given).hasText("🎉1");
            assertThat(given).hasAttribute("aria-pressed", "true");
            hub.say("lobby", GRACE, "react", body(1, "🎉"));
            assertThat(given).hasText("🎉2");
            assertThat(given).hasAttribute("aria-label", "🎉: you and Grace Hopper (2)");
            shoot(page, "reaction");
            given.click();
            assertThat(given).hasText("🎉1");
            assertThat(lastBody("react").getBoolean("remove")).isTrue();
        }
    }

    private static JsonObject body(int target, String emoji) {
        return Json.createObjectBuilder()
                .add("target", target)
                .add("emoji", emoji)
                .build();
    }

    @Test
    void whoComesWhileTheListIsAskedForIsOffered() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            composer(page).pressSequentially("ask @zo");
            assertThat(page.getByRole(AriaRole.OPTION)).hasCount(0);
            JsonObject zoe = FakeHub.user("user:zoe", "Zoe", false);
            hub.send(Json.createObjectBuilder()
                    .add("type", "presence")
                    .add("room", "lobby")
                    .add("count", 4)
                    .add("joined", Json.createArrayBuilder().add(zoe))
                    .add("left", Json.createArrayBuilder()));
            assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"@Zoe"});
        }
    }

    @Test
    void someoneIsMentionedFromTheListAndStandsOut() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            composer(page).pressSequentially("ask @gr");
            assertThat(page.getByRole(AriaRole.OPTION)).hasText(new String[] {"@Grace Hopper"});
            assertThat(composer(page)).hasAttribute("aria-activedescendant", "choice-0");
            shoot(page, "mention-list");
            composer(page).press("Enter");
            assertThat(composer(page)).hasValue("ask @Grace Hopper ");
            composer(page).press("Enter");
            assertThat(timeline(page).locator(".mention")).hasText("@Grace Hopper");
            assertThat(lastBody("text")
                            .getJsonArray("mentions")
                            .getJsonObject(0)
                            .getString("id"))
                    .isEqualTo("user:grace");
        }
    }

    @Test
    void whoIsMentionedSeesIt() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            hub.say("lobby", GRACE, "text", mention("@Ada look"));
            assertThat(timeline(page).locator(".message.mentioned .mention.me")).hasText("@Ada");
        }
    }

    private static JsonObject mention(String text) {
        return Json.createObjectBuilder()
                .add("text", text)
                .add(
                        "mentions",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("id", "guest:me")
                                        .add("name", "Ada")))
                .build();
    }

    @Test
    void aShortNameBecomesAnEmoji() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            composer(page).pressSequentially("done :tad");
            composer(page).press("Tab");
            assertThat(composer(page)).hasValue("done 🎉 ");
            composer(page).pressSequentially(":rocket:");
            composer(page).press("Escape");
            composer(page).press("Enter");
            awaitPublish(page, "text");
            assertThat(lastBody("text").getString("text")).isEqualTo("done 🎉 🚀");
        }
    }

    @Test
    void aChangeThatIsRefusedSaysSoAtItsMessage() {
        try (WatchedPage watched = chromium.newPage()) {
            hub.store("lobby", ADA, "first", morning);
            Page page = open(watched, "Ada");
            hub.answersPublishes(false);
            composer(page).press("ArrowUp");
            composer(page).fill("second");
            composer(page).press("Enter");
            awaitPublish(page, "edit");
            assertThat(texts(page)).hasText(new String[] {"second"});
            hub.refuse(hub.received("publish").get(0), "not-author", "No.");
            assertThat(row(page, "second")).containsText("The change was not saved. Only its author may do this.");
            row(page, "second")
                    .getByText("Delete", new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(texts(page)).hasText(new String[] {"first"});
        }
    }
}
