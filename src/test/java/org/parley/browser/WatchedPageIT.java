package org.parley.browser;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A page that misbehaves is noticed: otherwise no browser test could fail for it. */
class WatchedPageIT {

    private static WebappServer server;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.launch();
        server = new WebappServer();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document.head.append(Object.assign(document.createElement('style'), {textContent: 'a {}'}))",
                "document.body.setAttribute('style', 'color: red')",
                "try { document.body.innerHTML = '<b>x</b>' } catch {}",
                "document.body.append(Object.assign(new Image(), {src: 'http://localhost:1/'}))",
                "console.error('something is wrong')",
                "setTimeout(() => { throw new Error('uncaught') })"
            })
    void failsWhen(String script) {
        WatchedPage watched = chromium.newPage();
        watched.page().navigate(server.url() + "blank");
        watched.page().evaluate("() => { " + script + " }");
        watched.page().evaluate("() => new Promise((resolve) => setTimeout(resolve))");
        assertThatThrownBy(watched::close).isInstanceOf(AssertionError.class);
    }
}
