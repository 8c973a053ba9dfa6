package org.parley.browser;

import java.util.List;

import jakarta.json.Json;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** For everybody: whatever they see with, hear with and press. */
class AccessPageIT extends BrowserTest {

    private void conversation() {
        for (int i = 1; i <= 6; i++) {
            hub.store(
                    "lobby",
                    i % 3 == 0 ? GRACE : ALAN,
                    "line " + i + " with `code` and https://example.org/" + i,
                    morning + i);
        }
        hub.store("lobby", ADA, "mine\n\n> quoted\n\n```\nint i;\n```", morning + 60_000);
        hub.store(
                "lobby",
                GRACE,
                "react",
                Json.createObjectBuilder().add("target", 2).add("emoji", "👍").build());
        hub.store(
                "lobby",
                GRACE,
                "text",
                Json.createObjectBuilder()
                        .add("text", "@Ada see")
                        .add(
                                "mentions",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("id", "guest:me")
                                                .add("name", "Ada")))
                        .add(
                                "reply",
                                Json.createObjectBuilder()
                                        .add("seq", 2)
                                        .add("name", "Alan")
                                        .add("text", "line 2"))
                        .build());
        hub.follows("lobby", 5, 3);
    }

    private static void assertAccessible(Page page, String what) {
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as(what)
                .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " "
                        + rule.getNodes().stream()
                                .map(node -> node.getHtml())
                                .limit(3)
                                .toList())
                .isEmpty();
    }

    private static void speaking(Page page, String language) {
        page.addInitScript("localStorage.setItem('parley.language', JSON.stringify('" + language + "'))");
    }

    @ParameterizedTest(name = "{0} × {1}, {2}, {3}")
    @CsvSource({"1280, 800, LIGHT, en", "1280, 800, DARK, de", "320, 568, LIGHT, de", "320, 568, DARK, pseudo"})
    void axeFindsNothing(int width, int height, ColorScheme scheme, String language) {
        conversation();
        try (WatchedPage watched = chromium.newPage(window(width, height).setColorScheme(scheme))) {
            Page page = watched.page();
            speaking(page, language);
            open(watched, "Ada");
            assertThat(texts(page).last()).isVisible();
            row(page, "mine").hover();
            assertAccessible(page, "the room");
            assertNoSidewaysScroll(page);
            shoot(page, "access-" + width + "-" + scheme + "-" + language);
            hub.answersPublishes(false);
            write(page, "not sent");
            page.waitForCondition(() -> !hub.received("publish").isEmpty());
            hub.refuse(hub.received("publish").get(0), "forbidden", "No.");
            hub.cut(1012, false);
            assertThat(page.locator("parley-banner .banner")).isVisible();
            assertAccessible(page, "without a connection, with a failed message");
            assertNoSidewaysScroll(page);
            composer(page).pressSequentially("@a");
            assertThat(page.getByRole(AriaRole.OPTION).first()).isVisible();
            assertAccessible(page, "with suggestions");
            page.keyboard().press("Escape");
            page.keyboard().press("Control+k");
            assertThat(page.locator("parley-switcher dialog")).isVisible();
            assertAccessible(page, "going to a room");
            page.keyboard().press("Escape");
        }
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, en", "DARK, pseudo"})
    void axeFindsNothingInQuestionsAndOnTheFirstPage(ColorScheme scheme, String language) {
        conversation();
        try (WatchedPage watched = chromium.newPage(window(320, 568).setColorScheme(scheme))) {
            Page page = watched.page();
            speaking(page, language);
            open(watched);
            assertThat(page.locator("parley-sign-in h1")).isVisible();
            assertAccessible(page, "signing in");
            assertNoSidewaysScroll(page);
            page.locator("parley-sign-in input").fill("Ada");
            page.keyboard().press("Enter");
            assertThat(composer(page)).isFocused();
            page.locator("header .menu").click();
            assertThat(page.locator("parley-rooms nav")).isVisible();
            assertAccessible(page, "the rooms");
            page.locator("parley-rooms .me button").first().click();
            assertThat(page.locator("parley-settings dialog")).isVisible();
            assertAccessible(page, "settings");
            shoot(page, "settings-320-" + scheme);
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-settings")).hasCount(0);
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-rooms.open")).hasCount(0);
            page.locator("header .topic").click();
            assertThat(page.locator("parley-topic dialog")).isVisible();
            assertAccessible(page, "the topic");
            page.keyboard().press("Escape");
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "320, LIGHT", "320, DARK"})
    void axeFindsNothingOnThePlayground(int width, ColorScheme scheme) {
        try (WatchedPage watched = chromium.newPage(window(width, 800).setColorScheme(scheme))) {
            Page page = watched.page();
            page.navigate(server.url() + "playground");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .isVisible();
            assertAccessible(page, "the playground");
            assertNoSidewaysScroll(page);
        }
    }

    @Test
    void everythingIsDoneWithTheKeyboardAlone() {
        hub.store("lobby", GRACE, "first", morning);
        hub.store("lobby", GRACE, "second", morning + 1000);
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched);
            assertThat(page.getByLabel("Your name")).isFocused();
            page.keyboard().type("Ada");
            page.keyboard().press("Enter");
            assertThat(composer(page)).isFocused();
            page.keyboard().type("hello");
            page.keyboard().press("Enter");
            assertThat(texts(page)).hasText(new String[] {"first", "second", "hello"});
            assertThat(page.locator(".leaving")).hasCount(0);
            page.keyboard().press("Shift+Tab");
            assertThat(row(page, "hello")).isFocused();
            page.keyboard().press("ArrowUp");
            assertThat(row(page, "second")).isFocused();
            page.keyboard().press("r");
            assertThat(composer(page)).isFocused();
            page.keyboard().type("answer");
            page.keyboard().press("Enter");
            assertThat(timeline(page).locator("button.quote")).containsText("second");
            assertThat(page.locator(".leaving")).hasCount(0);
            page.keyboard().press("Shift+Tab");
            page.keyboard().press("Home");
            assertThat(row(page, "first")).isFocused();
            page.keyboard().press("+");
            page.keyboard().type("rocket");
            page.keyboard().press("Enter");
            assertThat(row(page, "first").locator(".reactions")).containsText("🚀");
            assertThat(row(page, "first")).isFocused();
            shoot(page, "keyboard-only");
            page.keyboard().press("Escape");
            assertThat(composer(page)).isFocused();
            page.keyboard().press("ArrowUp");
            page.keyboard().type("!");
            page.keyboard().press("Enter");
            assertThat(page.getByText("(edited)")).isVisible();
            page.keyboard().press("Shift+Tab");
            page.keyboard().press("End");
            page.keyboard().press("Delete");
            page.keyboard().press("Enter");
            assertThat(page.getByText("This message was deleted.")).isVisible();
            page.keyboard().press("Control+k");
            page.keyboard().type("another");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText("another");
            page.keyboard().press("Alt+ArrowUp");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText("lobby");
        }
    }

    @Test
    void roomsAndSettingsAreReachedWithTheKeyboardAlone() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            tabTo(page, "Set a topic");
            page.keyboard().press("Enter");
            page.keyboard().type("Relays");
            page.keyboard().press("Enter");
            assertThat(button(page, "Topic: Relays. Change it")).isVisible();
            tabTo(page, "Search in this room");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Words to look for")).isFocused();
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-search")).hasCount(0);
            tabTo(page, "Invite people");
            page.keyboard().press("Enter");
            assertThat(page.locator("parley-invite button.primary")).isFocused();
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-invite")).hasCount(0);
            tabTo(page, "Settings");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Language")).isVisible();
            page.keyboard().press("Escape");
            assertThat(page.locator("parley-settings")).hasCount(0);
            page.keyboard().press("Control+k");
            page.keyboard().type("other");
            page.keyboard().press("Enter");
            assertThat(composer(page)).isFocused();
            tabTo(page, "Leave the room");
            page.keyboard().press("Enter");
            assertThat(page.locator("parley-rooms nav a")).hasCount(1);
            tabTo(page, "Sign out");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Your name")).isFocused();
        }
    }

    /** Presses Tab until what has this name has the focus. */
    private static void tabTo(Page page, String name) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            Object focused = page.evaluate(
                    """
                    () => {
                      let at = document.activeElement;
                      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                      return at?.getAttribute('aria-label') ?? at?.textContent.trim() ?? '';
                    }
                    """);
            if (name.equals(focused)) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to: " + name);
    }

    @Test
    void newMessagesAreReadOutAsWanted() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = open(watched, "Ada");
            Locator log = page.getByRole(AriaRole.LOG);
            assertThat(timeline(page).locator("[aria-live], [role=log], [role=status]"))
                    .hasCount(0);
            hub.say("lobby", ADA, "from my other device");
            hub.say("lobby", GRACE, "one");
            assertThat(log).hasText("Grace Hopper: one");
            for (String text : new String[] {"two", "three", "four", "five"}) {
                hub.say("lobby", GRACE, text);
            }
            assertThat(log).containsText("Grace Hopper: three");
            assertThat(log).containsText("2 new messages");
            assertThat(log).not().containsText("four");
            button(page, "Settings").click();
            page.getByLabel("Off").check();
            page.keyboard().press("Escape");
            hub.say("lobby", GRACE, "six");
            assertThat(exactly(page, "six")).isVisible();
            assertThat(log).not().containsText("six");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 320})
    void thePageReadsFromRightToLeft(int width) {
        conversation();
        try (WatchedPage watched = chromium.newPage(window(width, 700))) {
            Page page = watched.page();
            speaking(page, "pseudo");
            open(watched, "Ada");
            assertThat(page.locator("html")).hasAttribute("dir", "rtl");
            assertThat(texts(page).last()).isVisible();
            double avatar = timeline(page).locator(".avatar").last().boundingBox().x;
            double text = texts(page).last().boundingBox().x;
            assertThat(avatar).isGreaterThan(text);
            assertNoSidewaysScroll(page);
            shoot(page, "rtl-" + width);
            assertThat(Untranslated.in(page))
                    .as("texts that are in no catalogue")
                    .isEmpty();
        }
    }

    @Test
    void atTwiceTheSizeNothingIsCutOff() {
        conversation();
        // 200 % of a window of 1280 × 800 is one of 640 × 400 with twice the pixels.
        Browser.NewContextOptions zoomed = window(640, 400).setDeviceScaleFactor(2);
        try (WatchedPage watched = chromium.newPage(zoomed)) {
            Page page = open(watched, "Ada");
            assertNoSidewaysScroll(page);
            assertThat(composer(page)).isInViewport();
            assertThat(texts(page).last()).isInViewport();
            shoot(page, "zoom-200");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 320})
    void everyTargetIsLargeEnough(int width) {
        conversation();
        try (WatchedPage watched = chromium.newPage(window(width, 700))) {
            Page page = open(watched, "Ada");
            row(page, "mine").hover();
            Object small = page.evaluate(
                    """
                    () => {
                      const small = [];
                      const walk = (node) => {
                        for (const each of node.querySelectorAll('*')) {
                          if (each.shadowRoot) walk(each.shadowRoot);
                          if (!each.matches('button, input, select, textarea, nav a')) continue;
                          const { width, height } = each.getBoundingClientRect();
                          if (width > 0 && (width < 24 || height < 24)) small.push(each.outerHTML.slice(0, 120));
                        }
                      };
                      walk(document);
                      return small.join('\\n');
                    }
                    """);
            assertThat(small).isEqualTo("");
        }
    }

    @Test
    void whoWantsNoMotionOrOwnColoursGetsThem() {
        conversation();
        Browser.NewContextOptions options =
                window(1280, 800).setForcedColors(ForcedColors.ACTIVE).setReducedMotion(ReducedMotion.REDUCE);
        try (WatchedPage watched = chromium.newPage(options)) {
            Page page = open(watched, "Ada");
            assertThat(page.locator("parley-composer button.primary")).hasCSS("transition-duration", "0s");
            composer(page).pressSequentially("@");
            assertThat(page.getByRole(AriaRole.OPTION).first()).hasCSS("outline-style", "solid");
            shoot(page, "forced-colors");
        }
    }
}
