package org.parley.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class StaticFileTest {
    private static StaticFile of(String path, byte[] content) {
        return StaticFile.of(StaticFile.type(path).orElseThrow(), content);
    }

    @Test
    void packsATextUnderATagOfItsOwn() throws IOException {
        byte[] text = "let same = 'same';\n".repeat(100).getBytes(UTF_8);
        StaticFile file = of("/js/a.js", text);
        assertThat(file.packed()).hasSizeLessThan(text.length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(file.packed())).readAllBytes())
                .isEqualTo(text);
        assertThat(file.tag()).matches("\"[A-Za-z0-9_-]{22}\"").isNotEqualTo(file.packedTag());
    }

    @Test
    void leavesWhatWouldNotGetShorter() {
        assertThat(of("/js/a.js", "a()".getBytes(UTF_8)).packed()).isNull();
        assertThat(of("/img/a.png", new byte[10_000]).packed()).isNull();
    }

    @Test
    void tagsByContentAlone() {
        assertThat(of("/a.js", new byte[] {1}).tag())
                .isEqualTo(of("/b.css", new byte[] {1}).tag());
        assertThat(of("/a.js", new byte[] {1}).tag())
                .isNotEqualTo(of("/a.js", new byte[] {2}).tag());
    }

    @Test
    void servesOnlyWhatAPageIsMadeOf() {
        assertThat(StaticFile.type("/index.jsp")).isEmpty();
        assertThat(StaticFile.type("/api/rooms")).isEmpty();
        assertThat(StaticFile.type("/a.webmanifest")).contains("application/manifest+json");
    }
}
