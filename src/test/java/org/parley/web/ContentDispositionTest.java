package org.parley.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ContentDispositionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "report.pdf|report.pdf",
                "../../etc/passwd|_.._etc_passwd",
                "C:\\boot.ini|C__boot.ini",
                "CON|_CON",
                "nul.txt|_nul.txt",
                "com1.tar.gz|_com1.tar.gz",
                "console.log|console.log",
                "report...|report",
                " . . |file",
                "...|file",
                ".htaccess|htaccess",
                "a\u202egnp.exe|a_gnp.exe",
                "a\u0000b|a_b",
                "say \"hi\"|say _hi_"
            })
    void makesNamesHarmless(String name, String safe) {
        assertThat(ContentDisposition.safe(name)).isEqualTo(safe);
    }

    @Test
    void namesWhatHasNoName() {
        assertThat(ContentDisposition.attachment(null)).isEqualTo("attachment; filename=\"file\"");
    }

    /** RFC 6266 section 5 and RFC 8187 section 3.2.2. */
    @Test
    void encodesWhatIsNotAscii() {
        assertThat(ContentDisposition.attachment("\u20ac rates.txt"))
                .isEqualTo("attachment; filename=\"_ rates.txt\"; filename*=UTF-8''%E2%82%AC%20rates.txt");
        assertThat(ContentDisposition.attachment("100%41.txt"))
                .isEqualTo("attachment; filename=\"100_41.txt\"; filename*=UTF-8''100%2541.txt");
        assertThat(ContentDisposition.attachment("a\r\nSet-Cookie: x=1.txt")).doesNotContain("\r", "\n");
    }
}
