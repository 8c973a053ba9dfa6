package org.parley.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.json.JsonObject;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Somebody writes in a room into which a thousand messages a second come. */
class BusyRoomIT extends BrowserTest {
    private static final int FRAMES = 100;
    private static final int MESSAGES = 50;
    private static final long PAUSE = Duration.ofMillis(50).toNanos();

    /** From the key to the first frame on the screen after it, for each key. */
    private static final String MEASURE =
            """
            () => {
              globalThis.latencies = [];
              addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
                const channel = new MessageChannel();
                channel.port1.onmessage = () => latencies.push(performance.now() - timeStamp);
                channel.port2.postMessage(null);
              }), true);
            }
            """;

    @Test
    void aThousandMessagesASecondLeaveThePageResponsive() {
        try (WatchedPage watched = chromium.newPage(window(1280, 800))) {
            Page page = open(watched, "Ada");
            page.evaluate(MEASURE);
            composer(page).focus();
            long began = System.nanoTime();
            for (int frame = 0; frame < FRAMES; frame++) {
                hub.push("lobby", burst(frame));
                long next = began + (frame + 1) * PAUSE;
                if (frame % 4 == 0) {
                    page.keyboard().press("x");
                }
                page.waitForCondition(() -> System.nanoTime() >= next);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            assertThat(exactly(page, "line " + FRAMES * MESSAGES)).isInViewport();
            assertThat(composer(page)).hasValue("x".repeat(FRAMES / 4));
            List<Double> latencies = latencies(page);
            double p95 = latencies.get((int) (latencies.size() * 0.95) - 1);
            System.out.printf(
                    "busy room: %.0f messages/s for %.1f s; key to frame: median %.0f ms, p95 %.0f ms, max %.0f ms%n",
                    FRAMES * MESSAGES / seconds,
                    seconds,
                    latencies.get(latencies.size() / 2),
                    p95,
                    latencies.get(latencies.size() - 1));
            assertThat(latencies).hasSize(FRAMES / 4);
            assertThat(p95).as("ms from a key to the screen, 95 of 100").isLessThanOrEqualTo(100);
            shoot(page, "busy-room");
        }
    }

    private List<JsonObject> burst(int frame) {
        List<JsonObject> messages = new ArrayList<>();
        for (int i = 1; i <= MESSAGES; i++) {
            int number = frame * MESSAGES + i;
            messages.add(hub.store("lobby", number % 5 == 0 ? GRACE : ALAN, "line " + number, morning + number));
        }
        return messages;
    }

    @SuppressWarnings("unchecked")
    private static List<Double> latencies(Page page) {
        return ((List<Number>) page.evaluate("latencies"))
                .stream().map(Number::doubleValue).sorted().toList();
    }
}
