package org.parley.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SerialQueueTest {
    private final ArrayDeque<Runnable> pool = new ArrayDeque<>();
    private final SerialQueue queue = new SerialQueue(pool::add);
    private final List<Integer> done = new ArrayList<>();

    @Test
    void runsAtOnceWhenNothingWaits() {
        assertThat(queue.run(() -> done.add(1))).isTrue();
        assertThat(done).containsExactly(1);
    }

    @Test
    void keepsTheOrderBehindASlowTask() {
        queue.submit(() -> done.add(1));
        queue.run(() -> done.add(2));
        queue.submit(() -> done.add(3));
        queue.run(() -> done.add(4));
        assertThat(done).isEmpty();
        while (!pool.isEmpty()) {
            pool.poll().run();
        }
        assertThat(done).containsExactly(1, 2, 3, 4);
        queue.run(() -> done.add(5));
        assertThat(done).endsWith(5);
    }

    @Test
    void refusesWhenTooManyWait() {
        queue.submit(() -> done.add(0));
        for (int i = 0; i < 64; i++) {
            assertThat(queue.run(() -> done.add(1))).isTrue();
        }
        assertThat(queue.submit(() -> done.add(2))).isFalse();
    }

    @Test
    void goesOnAfterATaskThatThrows() {
        queue.submit(() -> {
            throw new IllegalStateException("thrown for the test");
        });
        queue.submit(() -> done.add(2));
        assertThatThrownBy(() -> pool.poll().run()).hasMessage("thrown for the test");
        pool.poll().run();
        assertThat(done).containsExactly(2);
    }
}
