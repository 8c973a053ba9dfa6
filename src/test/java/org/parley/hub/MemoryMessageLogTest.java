package org.parley.hub;

import java.util.List;

import org.junit.jupiter.api.Test;

import org.parley.log.MessageLogContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemoryMessageLogTest extends MessageLogContract {
    private MemoryMessageLog memory;

    @Override
    protected MessageLog open() {
        memory = new MemoryMessageLog(clock);
        return memory;
    }

    @Override
    protected void keepNewest(String room, int count) {
        memory.keepNewest(room, count);
    }

    @Test
    void failsAsLongAsItIsTold() throws Exception {
        memory.unavailable(true);
        assertThatThrownBy(() -> append(text("tea", ANN, "a"))).isInstanceOf(LogUnavailableException.class);
        memory.unavailable(false);
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Stored.class);
    }

    @Test
    void defersARoomAsOftenAsItIsTold() throws Exception {
        memory.defer("tea", 1);
        assertThat(log.append(List.of(text("tea", ANN, "a"), text("milk", ANN, "a"), text("tea", ANN, "b"))))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Appended.Deferred.class),
                        other -> assertThat(other).isInstanceOf(Appended.Stored.class),
                        second -> assertThat(second).isInstanceOf(Appended.Deferred.class));
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Stored.class);
    }
}
