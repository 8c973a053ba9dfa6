package org.parley.endpoint;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CorkTest {
    private final AtomicInteger flushes = new AtomicInteger();
    private final Cork cork = new Cork(flushes::incrementAndGet);

    /** As Undertow's I/O threads: what is executed on it stands at the end of its own queue. */
    private static class Loop extends Thread implements Executor {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        /** A frame that was read: handled, and only then is the task for the next one put behind what is there. */
        Runnable frames(int count, Runnable handler) {
            return () -> {
                handler.run();
                if (count > 1) {
                    execute(frames(count - 1, handler));
                }
            };
        }

        @Override
        public void run() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private static void runToEnd(Thread thread) throws InterruptedException {
        thread.start();
        thread.join();
    }

    @Test
    void answersToWhatIsReadTogetherGoOutTogether() throws InterruptedException {
        Loop loop = new Loop();
        loop.execute(loop.frames(16, () -> {
            cork.answered(20);
            assertThat(flushes).hasValue(0);
        }));
        runToEnd(loop);
        assertThat(flushes).hasValue(1);
    }

    @Test
    void oneAnswerDoesNotWaitForAnother() throws InterruptedException {
        Loop loop = new Loop();
        loop.execute(() -> cork.answered(20));
        runToEnd(loop);
        assertThat(flushes).hasValue(1);
    }

    @Test
    void aPeerThatNeverStopsIsAnsweredAllTheSame() throws InterruptedException {
        Loop loop = new Loop();
        loop.execute(loop.frames(10 * Cork.MOST, () -> cork.answered(20)));
        runToEnd(loop);
        assertThat(flushes).hasValue(11);
    }

    @Test
    void aLargeAnswerIsNotHeldBack() throws InterruptedException {
        Loop loop = new Loop();
        loop.execute(() -> {
            cork.answered(Cork.MOST_BYTES);
            assertThat(flushes).hasValue(1);
            flushes.addAndGet(10);
        });
        runToEnd(loop);
        assertThat(flushes).hasValue(11);
    }

    @Test
    void theNextLoopIsWatchedLikeTheFirst() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            Loop loop = new Loop();
            loop.execute(loop.frames(5, () -> cork.answered(20)));
            runToEnd(loop);
            assertThat(flushes).hasValue(i);
        }
    }

    @Test
    void onAnotherThreadNothingIsHeldBack() {
        cork.answered(20);
        cork.answered(20);
        assertThat(flushes).hasValue(2);
    }

    @Test
    void aLoopThatTakesNothingMoreHoldsNothingBack() throws InterruptedException {
        Loop ending = new Loop() {
            @Override
            public void execute(Runnable task) {
                throw new RejectedExecutionException("shut down");
            }

            @Override
            public void run() {
                cork.answered(20);
                cork.answered(20);
            }
        };
        runToEnd(ending);
        assertThat(flushes).hasValue(2);
    }
}
