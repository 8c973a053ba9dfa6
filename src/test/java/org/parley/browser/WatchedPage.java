package org.parley.browser;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page and what it complained about: errors on the console, violations of the Content Security Policy (Chromium
 * reports these on the console too), uncaught exceptions. Closing it fails if there was one that nobody expected.
 */
public final class WatchedPage implements AutoCloseable {

    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Pattern> expected = new CopyOnWriteArrayList<>();

    WatchedPage(Page page) {
        this.page = page;
        watch(page);
    }

    /** Another tab of the same browser profile, watched as well. */
    public Page anotherTab() {
        Page tab = page.context().newPage();
        watch(tab);
        return tab;
    }

    private void watch(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(error -> complaints.add("uncaught: " + error));
    }

    public Page page() {
        return page;
    }

    /** Something the test provokes, e.g. {@code "status of 401"}: the browser logs every failed request as an error. */
    public WatchedPage expecting(String regex) {
        expected.add(Pattern.compile(regex));
        return this;
    }

    public void assertNoComplaint() {
        assertThat(complaints)
                .filteredOn(text -> expected.stream()
                        .noneMatch(pattern -> pattern.matcher(text).find()))
                .isEmpty();
    }

    @Override
    public void close() {
        page.context().close();
        assertNoComplaint();
    }
}
