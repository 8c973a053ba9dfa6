package org.parley.backplane;

import java.util.List;

import org.parley.hub.Backplane;
import org.parley.hub.Message;

/** There are no other nodes. */
public final class LocalBackplane implements Backplane {
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
    public void committed(String room, String epoch, List<Message> messages) {
        // The hub has delivered to its own members already.
    }

    @Override
    public void published(String room, List<Message> messages) {
        // As above.
    }

    @Override
    public void signalled(String room, Signal signal) {
        // As above.
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
