package org.parley.backplane;

import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.parley.RedisProcess;
import org.parley.hub.Backplane;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RedisBackplaneTest extends BackplaneContract {
    private static final RedisProcess REDIS = new RedisProcess("pass-w0rd");

    @BeforeAll
    static void start() {
        REDIS.start();
    }

    @AfterAll
    static void end() {
        REDIS.close();
    }

    @Override
    protected Backplane connect() {
        return to(REDIS.url());
    }

    private static RedisBackplane to(String url) {
        return new RedisBackplane(RedisAddress.of(url), "test", Executors.defaultThreadFactory());
    }

    @Override
    protected boolean killBroker() {
        REDIS.kill();
        return true;
    }

    @Override
    protected void restartBroker() {
        REDIS.start();
    }

    @Test
    void saysWhatIsWrongAndNoPassword() {
        assertThatThrownBy(() -> to(REDIS.url().replace("pass-w0rd", "wr0ng")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The backplane redis://127.0.0.1:")
                .hasMessageContaining("WRONGPASS")
                .hasMessageNotContaining("wr0ng");
        assertThatThrownBy(() -> to("redis://:secret@127.0.0.1:1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The backplane redis://127.0.0.1:1 cannot be used")
                .hasMessageNotContaining("secret");
    }
}
