package org.parley.browser;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard when it stays open for a day, which goes by in half hours. */
class DashboardDayIT extends BrowserTest {
    private static final int HALF_AN_HOUR = 1800;
    private static final int A_DAY = 24 * 60 * 60;

    /** A page that kept what it was told would have grown by more than ten times that. */
    private static final long GROWTH = 2 << 20;

    private WebSocketRoute feed;

    @Test
    void holdsNoMoreAtTheEndOfTheDayThanAfterAnHour() {
        try (WatchedPage watched = chromium.newPage()) {
            Page page = watched.page();
            page.routeWebSocket("**/ws/dashboard", route -> feed = route);
            page.route("**/api/dashboard", route -> route.fulfill());
            page.clock().install();
            page.navigate(server.url() + "dashboard");
            page.waitForCondition(() -> feed != null);
            CDPSession tools = page.context().newCDPSession(page);
            long afterAnHour = 0;
            for (int second = 0; second < A_DAY; second += HALF_AN_HOUR) {
                tell(second);
                page.clock().runFor(1100);
                assertThat(page.locator("parley-chart#connections .legend strong"))
                        .hasText(String.format(Locale.US, "%,d", second + HALF_AN_HOUR));
                if (second == 3 * HALF_AN_HOUR) {
                    afterAnHour = used(tools);
                }
            }
            assertThat(used(tools) - afterAnHour).isLessThan(GROWTH);
        }
    }

    private void tell(int from) {
        String history = IntStream.range(from + 1, from + HALF_AN_HOUR)
                .mapToObj(DashboardDayIT::snapshot)
                .collect(Collectors.joining(","));
        String newest = snapshot(from + HALF_AN_HOUR);
        feed.send(newest.substring(0, newest.length() - 1) + ",\"history\":[" + history + "]}");
    }

    /** As the server writes it; what moves does so each second. */
    private static String snapshot(int second) {
        return """
                {"time":%1$d000,"uptimeMs":%1$d000,"node":"n1","connections":%1$d,"rooms":3,"published":%1$d,"delivered":%1$d,\
                "receivedBytes":%1$d,"sentBytes":%1$d,"appendP50":1.5,"appendP99":%1$d,"deliveryP50":2.5,"deliveryP99":%1$d,\
                "appendQueue":0,"outboxBytes":%1$d,"outboxLongest":%1$d,"slow":%1$d,"resumes":0,"unrecovered":0,"errors":0,\
                "rateLimited":0,"heapUsed":%1$d,"heapMax":512000000,"gcMs":%1$d,"cpu":0.25,"threads":50,"backplaneUp":true,\
                "backplaneLagMs":0,"databaseUp":true}"""
                .formatted(second);
    }

    /** Bytes of JavaScript's heap that something still refers to. */
    private static long used(CDPSession tools) {
        tools.send("HeapProfiler.collectGarbage");
        JsonObject usage = tools.send("Runtime.getHeapUsage");
        return usage.get("usedSize").getAsLong();
    }
}
