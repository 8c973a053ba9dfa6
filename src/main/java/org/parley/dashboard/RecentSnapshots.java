package org.parley.dashboard;

import java.util.ArrayDeque;
import java.util.List;

import org.parley.json.Json;

/** The snapshots of the last five minutes, one a second, as JSON; never more, however long the server runs. Thread-safe. */
final class RecentSnapshots {
    /** Five minutes. */
    static final int REMEMBERED = 300;

    private final ArrayDeque<String> snapshots = new ArrayDeque<>(REMEMBERED);

    synchronized void add(String snapshot) {
        if (snapshots.size() == REMEMBERED) {
            snapshots.removeFirst();
        }
        snapshots.addLast(snapshot);
    }

    synchronized boolean isEmpty() {
        return snapshots.isEmpty();
    }

    /**
     * The newest snapshot with, as its member {@code history}, those before it, oldest first. Who wants one snapshot a
     * message has one.
     */
    synchronized String withHistory() {
        String newest = snapshots.getLast();
        List<String> before = snapshots.stream().limit(snapshots.size() - 1L).toList();
        return Json.with(newest, "history", "[" + String.join(",", before) + "]");
    }
}
