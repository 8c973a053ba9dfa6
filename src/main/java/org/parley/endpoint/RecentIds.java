package org.parley.endpoint;

import java.util.ArrayDeque;

/** The ids that were added last, and not removed since: a bounded number. Thread-safe. */
final class RecentIds {
    private static final int MOST = 64;

    // Guarded by this
    private final ArrayDeque<String> ids = new ArrayDeque<>();

    synchronized void add(String id) {
        ids.remove(id);
        ids.addLast(id);
        if (ids.size() > MOST) {
            ids.removeFirst();
        }
    }

    synchronized void remove(String id) {
        ids.remove(id);
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }
}
