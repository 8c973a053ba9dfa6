package org.parley.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import org.parley.file.FilePool;
import org.parley.file.Pacing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PauseTest {
    private final AtomicLong said = new AtomicLong();
    private final AtomicInteger over = new AtomicInteger();
    private final List<Runnable> timer = new ArrayList<>();
    private final Pause pause = new Pause(
            new FilePool(Runnable::run, (nanos, task) -> timer.add(task), new Pacing(said::get)),
            over::incrementAndGet);

    @Test
    void withoutChatThereIsNone() {
        pause.after(System.nanoTime() - 1_000_000);
        assertFalse(pause.resting());
        assertEquals(List.of(), timer);
    }

    @Test
    void besideChatItEndsOnceAndMayBeginAgain() {
        said.incrementAndGet();
        pause.after(System.nanoTime() - 1_000_000);
        pause.after(System.nanoTime() - 1_000_000);
        assertTrue(pause.resting());
        assertEquals(1, timer.size());
        timer.remove(0).run();
        assertFalse(pause.resting());
        assertEquals(1, over.get());
        pause.after(System.nanoTime() - 1_000_000);
        assertTrue(pause.resting());
        assertEquals(1, timer.size());
    }
}
