package org.parley.backplane;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.parley.event.Event;

/** The channels that this node wants to hear, on whatever connection there is. Thread-safe. */
final class Subscriptions {
    private static final System.Logger LOGGER = System.getLogger(Subscriptions.class.getName());

    /** How often a channel was asked for on the present connection, and how often that was confirmed. */
    private static final class Channel {
        int asked;
        int confirmed;

        boolean heard() {
            return asked > 0 && asked == confirmed;
        }
    }

    /** Of channels that are wanted, and of those that were unsubscribed before all was confirmed. */
    private final Map<String, Channel> channels = new HashMap<>();

    private final Set<String> wanted;
    private Receiver receiver;
    private boolean connecting;

    /** @param always wanted as long as the node lives */
    Subscriptions(Set<String> always) {
        this.wanted = new HashSet<>(always);
    }

    /** A new connection begins: the channels that it is to listen to first. */
    synchronized List<String> begin() {
        channels.clear();
        wanted.forEach(channel -> channel(channel).asked++);
        connecting = true;
        return List.copyOf(wanted);
    }

    private Channel channel(String name) {
        return channels.computeIfAbsent(name, n -> new Channel());
    }

    /**
     * The connection has confirmed a channel.
     *
     * @return whether everything that it was to begin with is now heard
     */
    synchronized boolean confirmed(String name, Receiver by) throws IOException {
        channel(name).confirmed++;
        if (receiver == null && connecting) {
            receiver = by;
            for (String channel : wanted) {
                if (channel(channel).asked == 0) {
                    ask(channel);
                }
            }
        }
        boolean all = connecting
                && wanted.stream().allMatch(channel -> channel(channel).heard());
        connecting &= !all;
        forgetUnwanted(name);
        notifyAll();
        return all;
    }

    private void ask(String name) throws IOException {
        channel(name).asked++;
        receiver.subscribe(name);
    }

    /** The connection has ended: nobody needs to wait for what it would have confirmed. */
    synchronized void end() {
        receiver = null;
        connecting = false;
        channels.clear();
        notifyAll();
    }

    /** Waits until the channel is heard, there is no connection, or the time is over. */
    synchronized void add(String name, long millis) {
        if (wanted.add(name) && receiver != null) {
            attempt(() -> ask(name));
        }
        awaitHeard(name, millis);
    }

    private void awaitHeard(String name, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        try {
            while ((receiver != null || connecting)
                    && wanted.contains(name)
                    && !channel(name).heard()
                    && left > 0) {
                wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void remove(String name) {
        if (wanted.remove(name) && receiver != null) {
            attempt(() -> receiver.unsubscribe(name));
            forgetUnwanted(name);
        }
    }

    /** But not before all that it was asked for is confirmed: those who ask anew would take that for theirs. */
    private void forgetUnwanted(String name) {
        if (!wanted.contains(name) && channel(name).asked == channel(name).confirmed) {
            channels.remove(name);
        }
    }

    private interface Asking {
        void ask() throws IOException;
    }

    /** A connection that has just broken is found so by whoever reads from it, and the next one asks for all. */
    private static void attempt(Asking asking) {
        try {
            asking.ask();
        } catch (IOException e) {
            Event.of("not-subscribed").with("reason", e.getMessage()).debug(LOGGER);
        }
    }
}
