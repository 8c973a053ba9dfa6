package org.parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A backplane between hubs of one test that loses, repeats and reorders on demand. */
final class WireBetween {
    private static final AtomicInteger NAMES = new AtomicInteger();

    volatile boolean losing;
    volatile boolean repeating;
    volatile boolean holding;

    private final List<End> ends = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new ArrayList<>();

    Backplane newBackplane() {
        End end = new End();
        ends.add(end);
        return end;
    }

    /** Delivers what was held, the newest first. */
    synchronized void releaseBackwards() {
        holding = false;
        for (int i = held.size() - 1; i >= 0; i--) {
            held.get(i).run();
        }
        held.clear();
    }

    private synchronized void carry(Runnable announcement) {
        if (losing) {
            return;
        }
        if (holding) {
            held.add(announcement);
            return;
        }
        announcement.run();
        if (repeating) {
            announcement.run();
        }
    }

    private final class End implements Backplane {
        private final String name = "node" + NAMES.incrementAndGet();
        private Listener listener;

        @Override
        public void listen(Listener value) {
            listener = value;
        }

        @Override
        public void subscribe(String room) {
            // Everything is heard.
        }

        @Override
        public void unsubscribe(String room) {
            // Everything is heard.
        }

        @Override
        public String node() {
            return name;
        }

        @Override
        public void announce(Announcement announcement) {
            for (End end : ends) {
                if (end != this && ends.contains(this)) {
                    carry(() -> end.listener.announced(name, announcement));
                }
            }
        }

        @Override
        public State state() {
            return State.ALONE;
        }

        @Override
        public void close() {
            ends.remove(this);
        }
    }
}
