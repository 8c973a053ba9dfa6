package org.parley.protocol;

import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.hub.Append;
import org.parley.hub.ErrorCode;
import org.parley.hub.Publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ApiDecoderTest {
    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BadFrameException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void makesThePublishThatTheFrameMakes() throws Exception {
        String content = "\"kind\":\"edit\",\"body\":{\"target\":3,\"text\":\"b\"}";
        Publish publish = ApiDecoder.publish("k-1", "réunion", "{" + content + "}");
        assertThat(publish).isEqualTo(FrameDecoder.publish((ClientFrame.Publish)
                FrameDecoder.decode("{\"type\":\"publish\",\"id\":\"k-1\",\"room\":\"réunion\"," + content + "}")));
        assertThat(publish.change()).isEqualTo(new Append.Change.Edit(3, "{\"text\":\"b\"}"));
        assertThat(ApiDecoder.publish("k", "state.a", "{\"kind\":\"x-s\",\"body\":{},\"expect\":0}")
                        .expect())
                .isEqualTo(OptionalLong.of(0));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "a b", "ä", "0123456789012345678901234567890123456789012345678901234567890123x"})
    void wantsAKey(String key) {
        assertRefused(ErrorCode.INVALID, () -> ApiDecoder.publish(key, "lobby", "{\"kind\":\"text\",\"body\":{}}"));
    }

    @Test
    void isAsStrictAsWithFrames() {
        assertRefused(ErrorCode.INVALID, () -> ApiDecoder.publish("k", "_chat", "{\"kind\":\"text\",\"body\":{}}"));
        assertRefused(ErrorCode.INVALID, () -> ApiDecoder.publish("k", "lobby", "{\"kind\":\"text\"}"));
        assertRefused(ErrorCode.INVALID, () -> ApiDecoder.publish("k", "lobby", "{\"kind\":\"text\",\"body\":[]}"));
        assertRefused(
                ErrorCode.INVALID,
                () -> ApiDecoder.publish("k", "lobby", "{\"kind\":\"text\",\"body\":{\"n\":9007199254740993}}"));
        assertRefused(ErrorCode.MALFORMED, () -> ApiDecoder.publish("k", "lobby", "[]"));
        assertRefused(ErrorCode.MALFORMED, () -> ApiDecoder.publish("k", "lobby", "null"));
        assertRefused(ErrorCode.MALFORMED, () -> ApiDecoder.publish("k", "lobby", "{\"kind\":"));
    }

    @Test
    void meansTheNewestPageWithoutAPlace() throws Exception {
        ClientFrame.History page = ApiDecoder.history("lobby", null, null, null);
        assertThat(page.before()).isEqualTo(Long.MAX_VALUE);
        assertThat(FrameDecoder.limit(page)).isEqualTo(100);
        assertThat(ApiDecoder.history("lobby", null, "0", "99999999999"))
                .isEqualTo(new ClientFrame.History(null, "lobby", null, 0L, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"1,1,", "0,,", ",-1,", "x,,", ",99999999999999999999,", ",,0", ",,1.5"})
    void refusesPagesThatCannotBe(String before, String after, String limit) {
        assertRefused(ErrorCode.INVALID, () -> ApiDecoder.history("lobby", before, after, limit));
    }
}
