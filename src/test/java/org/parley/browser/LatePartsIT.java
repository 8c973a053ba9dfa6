package org.parley.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** What the page fetches after its first messages, when it cannot be had. */
class LatePartsIT extends BrowserTest {
    private static final String REFUSED = "ERR_FAILED";

    @Test
    void aDialogWithoutItsModulesIsAWarningUntilTheyCanBeHad() {
        try (WatchedPage watched = chromium.newPage().expecting(REFUSED)) {
            Page page = watched.page();
            page.route("**/js/views/search.js", Route::abort);
            open(watched, "Ada");
            button(page, "Search in this room").click();
            assertThat(page.getByText("A part of the page could not be loaded."))
                    .isVisible();
            page.unroute("**/js/views/search.js");
            button(page, "Search in this room").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        }
    }

    @Test
    void aDialogIsThereWhenTheServerNoLongerIs() {
        try (WatchedPage watched = chromium.newPage().expecting(REFUSED)) {
            Page page = open(watched, "Ada");
            page.waitForCondition(() -> (boolean) page.evaluate("['search', 'settings', 'lightbox', 'keys']"
                    + ".every((name) => customElements.get(`parley-${name}`) !== undefined)"));
            page.route("**/js/**", Route::abort);
            button(page, "Settings").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        }
    }

    @Test
    void aSecretLeavesTheAddressAlsoWhenNothingCanReadIt() {
        try (WatchedPage watched = chromium.newPage().expecting(REFUSED)) {
            Page page = watched.page();
            page.route("**/js/crypto/link.js", Route::abort);
            open(watched, "Ada");
            page.evaluate("location.hash = '#k=c2VjcmV0&room=~vault'");
            assertThat(page.getByText("The page could not load what opens an invitation."))
                    .isVisible();
            assertThat(page.url()).doesNotContain("c2VjcmV0");
        }
    }
}
