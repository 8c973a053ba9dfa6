package org.parley.backplane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisAddressTest {
    @Test
    void readsWhereAndWho() {
        assertThat(RedisAddress.of("redis://cache")).isEqualTo(new RedisAddress("cache", 6379, "", "", false));
        assertThat(RedisAddress.of("redis://:s3cret@cache:7000/"))
                .isEqualTo(new RedisAddress("cache", 7000, "", "s3cret", false));
        assertThat(RedisAddress.of("rediss://parley:s3:cret@cache"))
                .isEqualTo(new RedisAddress("cache", 6379, "parley", "s3:cret", true));
        assertThat(RedisAddress.of("redis://s3cret@cache").password()).isEqualTo("s3cret");
    }

    @Test
    void keepsThePasswordToItself() {
        assertThat(RedisAddress.of("rediss://parley:s3cret@cache:7000")).hasToString("rediss://cache:7000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache:6379",
                "http://s3cret@cache",
                "redis://",
                "redis:s3cret",
                "redis://cache/s3cret",
                "redis://s3cret@a b"
            })
    void refusesWhatIsNoneWithoutShowingIt(String url) {
        assertThatThrownBy(() -> RedisAddress.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
