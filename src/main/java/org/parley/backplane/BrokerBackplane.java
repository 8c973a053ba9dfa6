package org.parley.backplane;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.parley.event.Event;
import org.parley.hub.Announcement;
import org.parley.hub.Backplane;

/**
 * A backplane over a broker that hands a text to all who listen to a channel: one channel a room, one for all nodes, and
 * one for each node, over which it sends itself a pulse.
 *
 * <pre>
 *   announce ──► Outgoing ──► thread: Transmitter ──► broker ──► thread: Receiver ──► Listener
 * </pre>
 *
 * <p>Each of the two connections has a thread of its own, which opens it again when it breaks. The pulse goes the whole
 * way: without it the receiver takes its connection for dead, and the time that it takes is the lag.
 */
abstract class BrokerBackplane implements Backplane {
    private static final System.Logger LOGGER = System.getLogger(BrokerBackplane.class.getName());
    private static final long PULSE_MILLIS = 2_000;
    /** For a confirmation; and for a thread to end. */
    private static final long PATIENCE_MILLIS = 2_000;

    private static final String PULSE = "pulse ";

    private final String node = UUID.randomUUID().toString().replace("-", "");
    private final ThreadFactory threads;
    private final Outgoing outgoing = new Outgoing();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> running = new ArrayList<>();
    private final String everyNode;
    private final String thisNode;
    private final String prefix;
    private final Subscriptions subscriptions;
    private volatile Receiver receiver;
    private volatile boolean receiving;
    private volatile boolean transmitting;
    private volatile Duration lag = Duration.ZERO;

    /**
     * @param prefix of all channels; nodes with another one hear nothing of this
     * @param threads makes the two threads
     */
    BrokerBackplane(String prefix, ThreadFactory threads) {
        this.prefix = prefix;
        this.threads = threads;
        this.everyNode = prefix + ":nodes";
        this.thisNode = prefix + ":node:" + node;
        this.subscriptions = new Subscriptions(Set.of(everyNode, thisNode));
    }

    abstract Transmitter openTransmitter() throws IOException;

    abstract Receiver openReceiver() throws IOException;

    @Override
    public final String node() {
        return node;
    }

    @Override
    public final void listen(Listener listener) {
        start(() -> receive(listener));
        start(() -> transmit(listener));
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            boolean over = false;
            while (!over && !state().connected() && System.nanoTime() < end) {
                over = closed.await(5, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Runnable task) {
        Thread thread = threads.newThread(task);
        running.add(thread);
        thread.start();
    }

    @Override
    public final void subscribe(String room) {
        subscriptions.add(channel(room), PATIENCE_MILLIS);
    }

    @Override
    public final void unsubscribe(String room) {
        subscriptions.remove(channel(room));
    }

    final String channel(String room) {
        return room == null ? everyNode : prefix + ":room:" + room;
    }

    @Override
    public void announce(Announcement announcement) {
        outgoing.add(announcement);
    }

    /** As it is sent: the node that says so, a space, and what it says. */
    final String text(Announcement announcement) {
        return node + " " + AnnouncementFormat.write(announcement);
    }

    @Override
    public final State state() {
        return new State(receiving && transmitting, lag, outgoing.dropped());
    }

    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    /** Again and again until the backplane is closed and has said all; what an attempt throws is the end of a connection. */
    private void persist(String what, Backoff backoff, Attempt attempt, Runnable ended) {
        try {
            do {
                try {
                    attempt.run();
                } catch (IOException | RuntimeException e) {
                    if (closed.getCount() > 0) {
                        Event.of("backplane-lost")
                                .with("direction", what)
                                .with("reason", e)
                                .warn(LOGGER);
                    }
                } finally {
                    ended.run();
                }
            } while (!outgoing.isOver() && !closed.await(backoff.nextMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Only the server's own shutdown interrupts.
            Event.of("backplane-interrupted").debug(LOGGER);
        }
    }

    private void transmit(Listener listener) {
        Backoff backoff = new Backoff();
        persist("out", backoff, () -> transmitOnce(backoff, listener), () -> {
            transmitting = false;
            outgoing.abandon();
        });
    }

    private void transmitOnce(Backoff backoff, Listener listener) throws IOException, InterruptedException {
        try (Transmitter transmitter = openTransmitter()) {
            outgoing.open();
            long pulse = System.nanoTime();
            while (!outgoing.isOver()) {
                List<Transmitter.Parcel> parcels = new ArrayList<>();
                long due = TimeUnit.NANOSECONDS.toMillis(pulse - System.nanoTime());
                for (Announcement announcement : due > 0 ? outgoing.take(due) : outgoing.take(0)) {
                    parcels.add(new Transmitter.Parcel(channel(announcement.room()), text(announcement)));
                }
                long now = System.nanoTime();
                if (now - pulse >= 0) {
                    pulse = now + TimeUnit.MILLISECONDS.toNanos(PULSE_MILLIS);
                    parcels.add(new Transmitter.Parcel(thisNode, node + " " + PULSE + now));
                }
                transmitter.send(parcels);
                if (!transmitting) {
                    transmitting = true;
                    backoff.reset();
                    tellIfConnected(listener);
                }
            }
        }
    }

    private void receive(Listener listener) {
        Backoff backoff = new Backoff();
        persist("in", backoff, () -> receiveOnce(backoff, listener), () -> {
            receiving = false;
            receiver = null;
            subscriptions.end();
        });
    }

    private void receiveOnce(Backoff backoff, Listener listener) throws IOException {
        try (Receiver opened = openReceiver()) {
            receiver = opened;
            if (closed.getCount() == 0) {
                return;
            }
            opened.run(subscriptions.begin(), new Receiver.Events() {
                @Override
                public void confirmed(String channel) {
                    BrokerBackplane.this.confirmed(channel, opened, backoff, listener);
                }

                @Override
                public void heard(String text) {
                    BrokerBackplane.this.heard(text, listener);
                }
            });
        }
    }

    private void confirmed(String channel, Receiver by, Backoff backoff, Listener listener) {
        try {
            if (subscriptions.confirmed(channel, by)) {
                receiving = true;
                backoff.reset();
                tellIfConnected(listener);
            }
        } catch (IOException e) {
            Event.of("backplane-lost").with("reason", e.getMessage()).warn(LOGGER);
            by.close();
        }
    }

    /** Both ways: what this node says of itself before the others can hear it is said in vain. */
    private void tellIfConnected(Listener listener) {
        if (receiving && transmitting) {
            Event.of("backplane-connected").info(LOGGER);
            listener.reconnected();
        }
    }

    private void heard(String text, Listener listener) {
        int space = text.indexOf(' ');
        String from = text.substring(0, Math.max(0, space));
        String said = text.substring(space + 1);
        if (from.equals(node)) {
            if (said.startsWith(PULSE)) {
                lag = Duration.ofNanos(System.nanoTime() - Long.parseLong(said.substring(PULSE.length())));
            }
            return;
        }
        AnnouncementFormat.read(said).ifPresent(announcement -> tell(listener, from, announcement));
    }

    /** A fault of ours in one announcement must not end the hearing of all others. */
    private static void tell(Listener listener, String from, Announcement announcement) {
        try {
            listener.announced(from, announcement);
        } catch (RuntimeException e) {
            Event.of("announcement-failed").error(LOGGER, e);
        }
    }

    /** What waits is sent first, if the broker takes it in time. */
    @Override
    public final void close() {
        if (closed.getCount() == 0) {
            return;
        }
        outgoing.close();
        try {
            if (running.size() > 1) {
                running.get(1).join(PATIENCE_MILLIS);
            }
            closed.countDown();
            Receiver open = receiver;
            if (open != null) {
                open.close();
            }
            for (Thread thread : running) {
                thread.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
