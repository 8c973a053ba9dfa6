package org.parley.auth;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OriginsTest {
    private final Origins own = new Origins(Set.of());

    @ParameterizedTest
    @CsvSource({
        "http://chat.example, http, chat.example, 80",
        "http://chat.example:80, http, chat.example, 80",
        "https://chat.example, https, chat.example, 443",
        "https://chat.example:443, https, chat.example, 443",
        "https://chat.example, wss, chat.example, 443",
        "http://chat.example:8080, ws, chat.example, 8080",
        "HTTP://Chat.Example, http, chat.example, 80",
        "http://my_host:8080, http, my_host, 8080",
        "http://127.0.0.1:8080, http, 127.0.0.1, 8080",
        "http://[::1]:8080, http, [::1], 8080",
        "http://[::1]:8080, http, ::1, 8080",
        "http://[0:0:0:0:0:0:0:1], http, ::1, 80",
    })
    void allowsTheServersOwn(String origin, String scheme, String host, int port) {
        assertThat(own.allowed(origin, scheme, host, port)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, http, chat.example, 80",
        "https://chat.example, http, chat.example, 80",
        "http://chat.example, https, chat.example, 443",
        "http://chat.example:8080, http, chat.example, 80",
        "http://chat.example, http, chat.example, 8080",
        "http://chat.example.evil.example, http, chat.example, 80",
        "http://evilchat.example, http, chat.example, 80",
        "http://sub.chat.example, http, chat.example, 80",
        "http://chat.example@evil.example, http, chat.example, 80",
        "http://evil.example@chat.example, http, chat.example, 80",
        "http://localhost:8080, http, 127.0.0.1, 8080",
        "http://[::2], http, ::1, 80",
        "http://chat.example/, http, chat.example, 80",
        "http://chat.example?x, http, chat.example, 80",
        "http://chat.example:99999, http, chat.example, 80",
        "http://chat.example:, http, chat.example, 80",
        "'http://chat.example http://evil.example', http, chat.example, 80",
        "'http://chat.example, http://chat.example', http, chat.example, 80",
        "null, http, chat.example, 80",
        "null, http, null, 80",
        "file://, http, chat.example, 80",
        "chrome-extension://abcdef, http, chat.example, 80",
        "'', http, chat.example, 80",
    })
    void refusesAnyOther(String origin, String scheme, String host, int port) {
        assertThat(own.allowed(origin, scheme, host, port)).isFalse();
    }

    @Test
    void allowsWhatTheSettingAddsAndOnlyThat() {
        Origins origins = new Origins(Set.of("https://app.example", "http://[2001:DB8::1]:3000"));
        assertThat(origins.allowed("https://app.example:443", "http", "chat.example", 80))
                .isTrue();
        assertThat(origins.allowed("http://[2001:db8:0::1]:3000", "http", "chat.example", 80))
                .isTrue();
        assertThat(origins.allowed("http://chat.example", "http", "chat.example", 80))
                .isTrue();
        assertThat(origins.allowed("http://app.example", "http", "chat.example", 80))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "https://app.example/", "*", "https://*:x", "null", "https://"})
    void namesASettingThatIsNoOrigin(String setting) {
        assertThatThrownBy(() -> new Origins(Set.of(setting)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + setting + "'");
    }
}
