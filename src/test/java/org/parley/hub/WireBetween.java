package org.parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A backplane between hubs of one test that loses, repeats and reorders on demand. */
final class WireBetween {
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

        private void others(java.util.function.Consumer<Listener> announcement) {
            for (End end : ends) {
                if (end != this && ends.contains(this)) {
                    carry(() -> announcement.accept(end.listener));
                }
            }
        }

        @Override
        public void committed(String room, String epoch, List<Message> messages) {
            others(l -> l.committed(room, epoch, messages));
        }

        @Override
        public void published(String room, List<Message> messages) {
            others(l -> l.published(room, messages));
        }

        @Override
        public void signalled(String room, Signal signal) {
            others(l -> l.signalled(room, signal));
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
