package org.parley.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.json.JsonObject;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody writes in a room into which messages come faster than the screen has frames. How quick the page is then is
 * the benchmark's to say (scenario {@code page}); this shows why it can be: it draws once a frame, and few rows.
 */
class BusyRoomIT extends BrowserTest {
    private static final int FRAMES = 100;
    private static final int MESSAGES = 50;
    private static final int MOST_ROWS = 200;
    /** Of a room that is read along, the page keeps the newest. */
    private static final int KEPT = 2000;

    /**
     * Keeps what every change of the rows left behind: how many changes in one frame of the screen brought newer
     * messages, how many rows there were, and whether their numbers had a hole. The count of frames is always the first
     * to run in a frame: each of its calls is registered in the frame before.
     */
    private static final String WATCH =
            """
            () => {
              const rows = document.querySelector('parley-app').shadowRoot.querySelector('parley-timeline').shadowRoot;
              const seen = { most: 0, inOneFrame: 0, holes: 0, newest: 0 };
              let changes = 0;
              const count = () => {
                changes = 0;
                requestAnimationFrame(count);
              };
              requestAnimationFrame(count);
              new MutationObserver(() => {
                const keys = [...rows.querySelectorAll('.message[data-key]')].map((row) => Number(row.dataset.key));
                seen.most = Math.max(seen.most, keys.length);
                seen.holes += keys.filter((key, i) => i > 0 && key !== keys[i - 1] + 1).length;
                if (!(keys.at(-1) > seen.newest)) return;
                seen.newest = keys.at(-1);
                seen.inOneFrame = Math.max(seen.inOneFrame, ++changes);
              }).observe(rows.querySelector('.list'), { childList: true, subtree: true });
              globalThis.seen = seen;
            }
            """;

    @Test
    void aRoomThatIsBusierThanTheScreenIsDrawnOnceAFrameAndLosesNothing() {
        try (WatchedPage watched = chromium.newPage(window(1280, 800))) {
            Page page = open(watched, "Ada");
            hub.say("lobby", GRACE, "line 1");
            assertThat(exactly(page, "line 1")).isVisible();
            page.evaluate(WATCH);
            composer(page).focus();
            for (int frame = 0; frame < FRAMES; frame++) {
                hub.push("lobby", burst(frame));
                if (frame % 4 == 0) {
                    page.keyboard().press("x");
                }
            }
            int last = FRAMES * MESSAGES + 1;
            assertThat(exactly(page, "line " + last)).isInViewport();
            assertThat(composer(page)).hasValue("x".repeat(FRAMES / 4));
            List<String> kept = texts(page, "lobby");
            assertThat(kept).hasSizeGreaterThanOrEqualTo(KEPT);
            assertThat(kept)
                    .isEqualTo(IntStream.rangeClosed(last - kept.size() + 1, last)
                            .mapToObj(number -> "line " + number)
                            .toList());
            Map<?, ?> seen = (Map<?, ?>) page.evaluate("seen");
            assertThat(seen.get("newest")).isEqualTo(last);
            assertThat(seen.get("holes")).isEqualTo(0);
            assertThat(seen.get("inOneFrame"))
                    .as("times that newer messages were drawn in one frame")
                    .isEqualTo(1);
            assertThat((int) seen.get("most")).as("rows").isBetween(1, MOST_ROWS);
            shoot(page, "busy-room");
        }
    }

    private List<JsonObject> burst(int frame) {
        List<JsonObject> messages = new ArrayList<>();
        for (int i = 2; i <= MESSAGES + 1; i++) {
            int number = frame * MESSAGES + i;
            messages.add(hub.store("lobby", number % 5 == 0 ? GRACE : ALAN, "line " + number, morning + number));
        }
        return messages;
    }

    /** All that the page has of the room, the rows that are no elements included. */
    @SuppressWarnings("unchecked")
    private static List<String> texts(Page page, String room) {
        return (List<String>) page.evaluate(
                "room => document.querySelector('parley-app').view.rooms[room].items.map(({ body }) => body.text)",
                room);
    }
}
