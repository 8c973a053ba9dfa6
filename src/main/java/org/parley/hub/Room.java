package org.parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import org.parley.event.Event;

/**
 * One room on this node: its members, and how far it has delivered.
 *
 * <pre>
 *   committed ──► inbox ──► deliver (one task at a time) ──► every live member
 *                              │ hole? read the log to its end instead
 * </pre>
 *
 * <p>One lock guards members, position and ring; while it is held nothing is called but {@link Connection#offer}. Reading
 * the log, encoding, sending and closing happen without it.
 */
final class Room {
    private static final System.Logger LOGGER = System.getLogger(Room.class.getName());
    /** A frame of messages is about this long, in characters; a longer message goes alone. */
    private static final int FRAME = 64 << 10;

    private final String name;
    private final RoomClass roomClass;
    private final MessageLog log;
    private final Backplane backplane;
    private final Limits limits;
    final Counters counters;
    private final Executor executor;
    private final Inbox inbox = new Inbox();
    private final Object loading = new Object();

    // Guarded by this
    private final List<Subscription> members = new ArrayList<>();
    private final Presence presence = new Presence();
    final Ring ring = new Ring();
    String epoch;
    long last;
    private boolean loaded;
    private boolean early;
    private boolean retired;

    /** The log was seen to have more than this room has delivered. */
    private volatile boolean behind;

    Room(
            String name,
            RoomClass roomClass,
            MessageLog log,
            Backplane backplane,
            Limits limits,
            Counters counters,
            Executor executor) {
        this.name = name;
        this.roomClass = roomClass;
        this.log = log;
        this.backplane = backplane;
        this.limits = limits;
        this.counters = counters;
        this.executor = executor;
    }

    RoomClass roomClass() {
        return roomClass;
    }

    String name() {
        return name;
    }

    /** @return null if this room was retired meanwhile: the caller takes a new one */
    Subscription enter(Connection connection) throws RefusedException, LogUnavailableException {
        load();
        synchronized (this) {
            if (retired) {
                return null;
            }
            if (members.size() >= limits.membersPerRoom()) {
                throw new RefusedException(
                        ErrorCode.LIMIT, "The room has " + members.size() + " members, the most it may.");
            }
            Subscription subscription = new Subscription(connection);
            subscription.index = members.size();
            members.add(subscription);
            presence.join(connection.user());
            return subscription;
        }
    }

    private void load() throws LogUnavailableException {
        synchronized (loading) {
            synchronized (this) {
                if (loaded) {
                    return;
                }
                early = false;
            }
            // Subscribed first: what is announced between the two is delivered or found to be old.
            backplane.subscribe(name);
            RoomHead head = roomClass == RoomClass.EPHEMERAL ? null : log.open(name, roomClass);
            synchronized (this) {
                if (head != null) {
                    epoch = head.epoch();
                    last = head.last();
                }
                loaded = true;
                behind |= early;
            }
        }
        if (behind) {
            deliverSoon();
        }
    }

    private void deliverSoon() {
        if (inbox.schedule()) {
            executor.execute(this::deliver);
        }
    }

    /**
     * Before the room knows where it stands nothing can be delivered: its first member may be told in between that it is
     * further. What came too early is in the log, and is read again when the room is loaded.
     */
    private synchronized boolean tooEarly() {
        early |= !loaded;
        return !loaded;
    }

    /** Nothing live goes to it until a {@link Replay} has brought it to the present. */
    synchronized void pause(Subscription subscription) {
        subscription.live = false;
    }

    synchronized void leave(Subscription subscription) {
        if (subscription.index < 0) {
            return;
        }
        Subscription moved = members.remove(members.size() - 1);
        if (moved != subscription) {
            members.set(subscription.index, moved);
            moved.index = subscription.index;
        }
        subscription.index = -1;
        subscription.live = false;
        presence.leave(subscription.connection.user());
    }

    /** Whether nobody is left, so that the room may be forgotten; from then on nobody enters it. */
    synchronized boolean retire() {
        retired = retired || members.isEmpty();
        return retired;
    }

    /**
     * Numbered messages that are in the log, from this node's writer or from another's announcement.
     *
     * @param since when the first of them was published here or arrived, as {@link System#nanoTime} tells it
     */
    void committed(String epoch, List<Message> messages, long since) {
        if (inbox.add(epoch, messages, since)) {
            executor.execute(this::deliver);
        }
    }

    /** The same, of messages that begin their way here now. */
    void committed(String epoch, List<Message> messages) {
        committed(epoch, messages, System.nanoTime());
    }

    /** Messages of an ephemeral room. */
    void published(List<Message> messages) {
        committed(null, messages);
    }

    /** The log was seen to be at that position; what this room has not delivered by now it reads. */
    void seen(Position log) {
        boolean other;
        synchronized (this) {
            other = loaded && (!log.epoch().equals(epoch) || log.seq() > last);
        }
        if (other) {
            behind = true;
            deliverSoon();
        }
    }

    private void deliver() {
        try {
            List<Message> run = inbox.take(FRAME);
            if (!run.isEmpty()) {
                deliver(inbox.epoch(), run);
                counters.measurements().delivered(System.nanoTime() - inbox.since());
            } else if (behind) {
                behind = false;
                readOn();
            }
        } catch (LogUnavailableException e) {
            // What could not be read stays in the log: the sweep, or the next message, finds the hole again.
            Event.of("hole-unread")
                    .with("room", name)
                    .with("reason", e.getMessage())
                    .warn(LOGGER);
        } finally {
            // A sweep that came while a run was delivered found this task scheduled and left its work to it.
            if (inbox.finish() || (behind && inbox.schedule())) {
                executor.execute(this::deliver);
            }
        }
    }

    private void deliver(String runEpoch, List<Message> run) throws LogUnavailableException {
        if (roomClass == RoomClass.EPHEMERAL) {
            broadcast(run);
        } else if (tooEarly()) {
            Event.of("delivered-later").with("room", name).debug(LOGGER);
        } else if (!runEpoch.equals(currentEpoch())) {
            readOn();
        } else if (roomClass == RoomClass.LATEST) {
            Message newest = run.get(run.size() - 1);
            if (newest.seq() > delivered()) {
                broadcast(List.of(newest));
            }
        } else {
            deliverInOrder(run);
        }
    }

    /** Announcements of other nodes may repeat and reorder; what they leave out is in the log. */
    private void deliverInOrder(List<Message> run) throws LogUnavailableException {
        long end = delivered();
        List<Message> next = new ArrayList<>(run.size());
        boolean hole = false;
        for (Message message : run) {
            if (message.seq() == end + 1) {
                next.add(message);
                end++;
            }
            hole |= message.seq() > end;
        }
        if (!next.isEmpty()) {
            broadcast(next);
        }
        if (hole) {
            readOn();
        }
    }

    private synchronized long delivered() {
        return last;
    }

    /** Delivers from the log what it has beyond the last delivered message, whatever the inbox holds. */
    private void readOn() throws LogUnavailableException {
        while (true) {
            Page page = log.after(name, delivered(), limits.pageMessages(), FRAME);
            if (renewed(page)) {
                return;
            }
            if (!page.messages().isEmpty()) {
                broadcast(page.messages());
            }
            if (!page.more()) {
                return;
            }
        }
    }

    /** A new epoch, or a hole that retention has made: every member has to join again and is told what is missing. */
    private boolean renewed(Page page) {
        Broadcast removed = Broadcast.push(
                name, Broadcast.Overflow.DISCONNECT, new Delivery.Removed(name, ErrorCode.ABORTED, true));
        List<Connection> gone = new ArrayList<>();
        synchronized (this) {
            boolean trimmed = roomClass == RoomClass.LOG && page.first() > last + 1;
            if (page.epoch().equals(epoch) && !trimmed) {
                return false;
            }
            epoch = page.epoch();
            last = page.last();
            for (Subscription s : members) {
                if (s.live) {
                    s.live = false;
                    // Not after the lock: who leaves or joins again in between would be sent back once more.
                    s.connection.offer(removed);
                    gone.add(s.connection);
                }
            }
        }
        gone.forEach(Connection::flush);
        return true;
    }

    /** Offers to all live members and moves the position in one step; sends after. */
    private void broadcast(List<Message> messages) {
        Broadcast broadcast =
                Broadcast.messages(new Delivery.Messages(name, roomClass, currentEpoch(), List.copyOf(messages)));
        Connection any = anyMember();
        if (any != null) {
            any.prepare(broadcast);
        }
        offerToLive(broadcast, null, messages);
    }

    private synchronized String currentEpoch() {
        return epoch;
    }

    private synchronized Connection anyMember() {
        return members.isEmpty() ? null : members.get(0).connection;
    }

    /** A push that is in no log, to everybody but one. */
    private void push(Broadcast.Overflow overflow, Delivery delivery, Connection except) {
        offerToLive(Broadcast.push(name, overflow, delivery), except, List.of());
    }

    private void offerToLive(Broadcast broadcast, Connection except, List<Message> delivered) {
        List<Connection> offered;
        synchronized (this) {
            offered = new ArrayList<>(members.size());
            for (Subscription s : members) {
                if (s.live && s.connection != except && (delivered.isEmpty() || endOf(delivered) > s.seen)) {
                    s.connection.offer(broadcast);
                    offered.add(s.connection);
                }
            }
            if (roomClass != RoomClass.EPHEMERAL) {
                for (Message message : delivered) {
                    ring.add(message);
                    last = message.seq();
                }
            }
        }
        counters.delivered.add((long) offered.size() * delivered.size());
        offered.forEach(Connection::flush);
    }

    private static long endOf(List<Message> messages) {
        // Of an ephemeral room's messages, which have no seq, nothing can have been seen.
        long seq = messages.get(messages.size() - 1).seq();
        return seq == 0 ? Long.MAX_VALUE : seq;
    }

    /** To everybody but the sender's own connection; {@code from} is null for a signal of another node. */
    void signal(Backplane.Signal signal, Connection from) {
        push(Broadcast.Overflow.DROP, new Delivery.Signalled(name, signal.from(), signal.kind(), signal.body()), from);
    }

    /** Tells the members who came and went since the last time. */
    void tellPresence() {
        Delivery.PresenceChanged change;
        synchronized (this) {
            change = presence.drain(name);
        }
        if (change != null) {
            push(Broadcast.Overflow.DISCONNECT, change, null);
        }
    }

    synchronized Census.RoomFigures figures() {
        return new Census.RoomFigures(name, roomClass, members.size(), last, inbox.size());
    }

    synchronized Delivery.Present present() {
        return presence.shown();
    }
}
