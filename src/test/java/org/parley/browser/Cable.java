package org.parley.browser;

import java.util.concurrent.atomic.AtomicReference;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;

/**
 * The cable between a page and its hub, which a test can pull. Chromium's own offline mode leaves an open WebSocket open.
 * To be laid before the page is navigated.
 */
final class Cable {
    /** Playwright's own script (1.62) hands on what the page sends while the socket behind its stand-in closes. */
    static final String COMPLAINT = "CLOSING or CLOSED state\\. \\(:";

    private final Page page;
    private final AtomicReference<WebSocketRoute> pageEnd = new AtomicReference<>();
    private final AtomicReference<WebSocketRoute> serverEnd = new AtomicReference<>();

    Cable(Page page) {
        this.page = page;
        page.routeWebSocket(url -> url.endsWith("/hub"), route -> {
            pageEnd.set(route);
            serverEnd.set(route.connectToServer());
        });
    }

    /** Nothing gets through from now on, and the page learns that its connection is gone. */
    void pull() {
        page.context().setOffline(true);
        serverEnd.get().close();
        pageEnd.get().close();
    }

    void plugIn() {
        page.context().setOffline(false);
    }
}
