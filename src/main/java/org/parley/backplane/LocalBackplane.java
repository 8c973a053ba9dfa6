package org.parley.backplane;

import org.parley.hub.Announcement;
import org.parley.hub.Backplane;

/** There are no other nodes. */
public final class LocalBackplane implements Backplane {
    @Override
    public String node() {
        return "local";
    }

    @Override
    public void listen(Listener listener) {
        // Nobody announces anything.
    }

    @Override
    public void subscribe(String room) {
        // As above.
    }

    @Override
    public void unsubscribe(String room) {
        // As above.
    }

    @Override
    public void announce(Announcement announcement) {
        // The hub has told its own members already.
    }

    @Override
    public State state() {
        return State.ALONE;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
