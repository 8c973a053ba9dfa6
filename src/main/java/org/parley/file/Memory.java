package org.parley.file;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of chunks all uploads together may have in memory. Thread-safe. */
final class Memory {
    private final AtomicLong left;

    Memory(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** @return false if there is not so much left */
    boolean take(int bytes) {
        if (left.addAndGet(-bytes) < 0) {
            left.addAndGet(bytes);
            return false;
        }
        return true;
    }

    void release(int bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
