package org.parley.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine. It reaches nothing but the loopback address, so that a page that asks the network for
 * something fails here as it would behind a firewall.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    /** For what a test waits for, on a machine that may be slow and busy. */
    private static final double PATIENCE_MS = 30_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts a browser. Where there is none the test is skipped and says so, but not in continuous integration
     * ({@code CI=true}): there a skipped browser test would look like a passed one.
     *
     * <p>The environment variable {@code CHROMIUM} names another executable.
     */
    public static Chromium launch() {
        Optional<Path> executable = executable();
        if (executable.isEmpty()) {
            String reason = "No Chromium at " + PLACES + " and none named by the environment variable CHROMIUM.";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            Assumptions.abort(reason);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(playwright, playwright.chromium().launch(options(executable.orElseThrow())));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private static Optional<Path> executable() {
        return Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static BrowserType.LaunchOptions options(Path executable) {
        // Chromium refuses to run its sandbox as root, which is who runs in most build containers.
        boolean sandbox = !"root".equals(System.getProperty("user.name"));
        return new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                .setChromiumSandbox(sandbox)
                .setArgs(List.of("--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"));
    }

    /** A page of a browser profile of its own: no cookie and no storage of any other. */
    public WatchedPage newPage() {
        return newPage(new Browser.NewContextOptions());
    }

    public WatchedPage newPage(Browser.NewContextOptions options) {
        return new WatchedPage(browser.newContext(options).newPage());
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
