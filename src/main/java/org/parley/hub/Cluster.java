package org.parley.hub;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * This node among the others: hears what they announce, tells them what concerns no room, and forgets the members of
 * nodes that are dead.
 */
public final class Cluster implements Backplane.Listener {
    /** As long as no leases could be read, those of the living may have run out as well. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final Backplane backplane;
    private final Rooms rooms;
    private final Members members;
    private final Executor executor;
    private final LongSupplier nanos;

    private final Object leases = new Object();
    // Guarded by leases
    private boolean read;
    private long readAt;
    private long readSince;

    /** Made beforehand: when it is told, Payara Micro 6 loads no class any more. */
    private final Announcement ended = new Announcement.Ended();

    /** @param nanos the time as {@link System#nanoTime} tells it */
    Cluster(Backplane backplane, Rooms rooms, Members members, Executor executor, LongSupplier nanos) {
        this.backplane = backplane;
        this.rooms = rooms;
        this.members = members;
        this.executor = executor;
        this.nanos = nanos;
    }

    @Override
    public void announced(String node, Announcement announcement) {
        if (announcement instanceof Announcement.ReadMoved moved) {
            tellOwn(moved);
        } else if (announcement instanceof Announcement.Disconnected disconnected) {
            disconnectOwn(disconnected);
        } else if (announcement instanceof Announcement.Ended) {
            rooms.gone(node);
        } else {
            Room room = rooms.find(announcement.room());
            if (room != null) {
                room.announced(node, announcement);
            }
        }
    }

    @Override
    public void reconnected() {
        executor.execute(() -> {
            rooms.sweep();
            rooms.introduce();
        });
    }

    /** Tells all connections of the user, on every node. */
    void markerMoved(String user, String room, long seq) {
        Announcement.ReadMoved moved = new Announcement.ReadMoved(user, room, seq);
        tellOwn(moved);
        backplane.announce(moved);
    }

    private void tellOwn(Announcement.ReadMoved moved) {
        Broadcast told = Broadcast.reply(moved.in(), new Delivery.ReadMoved(moved.in(), moved.seq()));
        for (Connection connection : members.of(moved.user())) {
            connection.offer(told);
            connection.flush();
        }
    }

    /** Ends every connection of the user, on every node. */
    void disconnect(String user, Disconnect why) {
        Announcement.Disconnected disconnected = new Announcement.Disconnected(user, why);
        disconnectOwn(disconnected);
        backplane.announce(disconnected);
    }

    /** Ends every connection of the user on this node: the others find out for themselves. */
    public void disconnectHere(String user, Disconnect why) {
        disconnectOwn(new Announcement.Disconnected(user, why));
    }

    private void disconnectOwn(Announcement.Disconnected disconnected) {
        members.of(disconnected.user()).forEach(connection -> connection.disconnect(disconnected.why()));
    }

    /**
     * The nodes that hold a lease, as was just read. A node that is not among them is gone; if this is the one, the others
     * have forgotten its members.
     */
    public void living(Set<String> nodes) {
        if (!nodes.contains(backplane.node())) {
            rooms.introduce();
        }
        if (trustworthy()) {
            rooms.keep(nodes);
        }
    }

    private boolean trustworthy() {
        synchronized (leases) {
            long now = nanos.getAsLong();
            if (!read || now - readAt > GRACE) {
                readSince = now;
            }
            read = true;
            readAt = now;
            return now - readSince >= GRACE;
        }
    }

    /** Now and then: the others may have missed who is here. */
    public void tellPresenceAgain() {
        rooms.tellPresenceAgain();
    }

    /** Whether the others can be reached, and how fast. */
    public Backplane.State state() {
        return backplane.state();
    }

    /** The others are to know at once that nobody is here any more. */
    void end() {
        backplane.announce(ended);
    }
}
