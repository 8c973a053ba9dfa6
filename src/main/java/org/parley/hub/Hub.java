package org.parley.hub;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.parley.event.Event;

/**
 * Rooms and who is in them: everything a connection can ask for, and the way of a message from one to all.
 *
 * <p>{@link #publish}, {@link #signal} and {@link #close} never block and may run in a container's callback. {@link
 * #join}, {@link #leave}, {@link #history}, {@link #rooms} and {@link #read} may wait for the log; the caller runs them
 * elsewhere, those of one connection one after the other.
 *
 * <p>Answers, failures included, go to the connection as a {@link Delivery}.
 */
public final class Hub implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Hub.class.getName());

    private final MessageLog log;
    private final Following following;
    private final Function<String, RoomClass> classes;
    private final Limits limits;
    private final LongSupplier nanos;
    private final LogWriter writer;
    private final ReadMarkers markers;
    private final Rooms rooms;
    private final Archive archive;
    private final Cluster cluster;
    private final Members members = new Members();
    private final Counters counters = new Counters();
    private final Answers answers = new Answers(counters);

    /**
     * @param classes the class of a room, from its name alone
     * @param executor runs deliveries, many at once; a task of its own runs as long as the hub: {@link #writer}
     */
    public Hub(
            MessageLog log,
            Following following,
            Backplane backplane,
            Function<String, RoomClass> classes,
            Limits limits,
            Executor executor) {
        this(log, following, backplane, classes, limits, executor, System::nanoTime);
    }

    /** @param nanos the time as {@link System#nanoTime} tells it */
    Hub(
            MessageLog log,
            Following following,
            Backplane backplane,
            Function<String, RoomClass> classes,
            Limits limits,
            Executor executor,
            LongSupplier nanos) {
        this.log = log;
        this.following = following;
        this.classes = classes;
        this.limits = limits;
        this.nanos = nanos;
        this.archive = new Archive(log, following, classes, limits);
        this.rooms = new Rooms(log, backplane, classes, limits, counters, executor);
        this.cluster = new Cluster(backplane, rooms, members, executor, nanos);
        this.writer = new LogWriter(log, limits, counters, rooms::stored, nanos);
        this.markers = new ReadMarkers(following, cluster::markerMoved, nanos);
        backplane.listen(cluster);
    }

    /** The group commit: hand it to a thread of its own, which it keeps until {@link #close()}. */
    public Runnable writer() {
        return writer;
    }

    /** Every quarter of a second: tells whoever has waited too long for a log that does not answer. */
    public void expirePublishes() {
        writer.expire();
    }

    /** A new connection; it is in no room yet. */
    public void open(Connection connection) {
        members.add(connection, limits, nanos.getAsLong());
    }

    /** The connection is gone: it leaves every room. What it published before still happens. */
    public void close(Connection connection) {
        Members.Member member = members.remove(connection);
        if (member != null) {
            member.subscriptions.keySet().forEach(room -> forget(member, room));
        }
    }

    /**
     * Joins a room, or, if the connection is in it already, starts again from {@code since}. The answer is {@link
     * Delivery.Joined}.
     *
     * @param since how far the client has everything, or null for the newest page
     */
    public void join(Connection connection, String request, String name, Position since) {
        answers.answer(connection, request, name, () -> {
            Members.Member member = member(connection);
            permit(connection.access().mayRead(name));
            Members.Subscribed subscribed = member.subscriptions.get(name);
            if (subscribed == null) {
                subscribed = subscribe(connection, member, name);
            }
            Room room = subscribed.room();
            room.pause(subscribed.subscription());
            new Replay(room, log, limits).join(subscribed.subscription(), request, since);
            // Nobody comes back to the rooms behind the tutorials' endpoints under the same name.
            if (room.roomClass() != RoomClass.EPHEMERAL && !name.startsWith("_")) {
                follow(connection, name);
            }
            counters.joined.increment();
        });
    }

    /** The join is answered already, and on a full disk a room can still be read: following waits for the next join. */
    private void follow(Connection connection, String room) {
        try {
            following.follow(connection.user().id(), room);
        } catch (LogUnavailableException e) {
            Answers.unavailable("not-following", connection, e.getMessage());
        }
    }

    private Members.Subscribed subscribe(Connection connection, Members.Member member, String name)
            throws RefusedException, LogUnavailableException {
        if (member.subscriptions.size() >= limits.roomsPerConnection()) {
            throw new RefusedException(
                    ErrorCode.LIMIT, "A connection may be in " + limits.roomsPerConnection() + " rooms at once.");
        }
        while (true) {
            Room room = rooms.obtain(name);
            try {
                Subscription subscription = room.enter(connection);
                if (subscription != null) {
                    Members.Subscribed subscribed = new Members.Subscribed(room, subscription);
                    member.subscriptions.put(name, subscribed);
                    if (member.closed) {
                        forget(member, name);
                    }
                    return subscribed;
                }
            } catch (RefusedException | LogUnavailableException e) {
                rooms.retire(name);
                throw e;
            }
        }
    }

    /** Ends a subscription. What the connection published before still happens. */
    public void leave(Connection connection, String request, String name) {
        Members.Member member = members.get(connection);
        if (member != null) {
            forget(member, name);
            answers.reply(connection, name, new Delivery.Left(request, name));
        }
    }

    /** Ends a subscription, and the room is in {@link #rooms} no more. */
    public void unfollow(Connection connection, String request, String name) {
        answers.answer(connection, request, name, () -> {
            following.unfollow(connection.user().id(), name);
            leave(connection, request, name);
        });
    }

    private void forget(Members.Member member, String name) {
        Members.Subscribed subscribed = member.subscriptions.remove(name);
        if (subscribed != null) {
            subscribed.room().leave(subscribed.subscription());
            rooms.retire(name);
        }
    }

    /** Publishes into a room that the connection has joined; the answer, {@link Delivery.Acked}, comes when it is kept. */
    public void publish(Connection connection, Publish publish) {
        Members.Member member = members.get(connection);
        if (member == null) {
            return;
        }
        Members.Subscribed subscribed = member.subscriptions.get(publish.room());
        long wait = subscribed == null ? 0 : takeToken(member);
        if (subscribed == null) {
            fail(connection, publish, ErrorCode.NOT_JOINED, 0);
        } else if (wait > 0) {
            fail(connection, publish, ErrorCode.RATE_LIMITED, wait);
        } else {
            accept(connection, publish, subscribed.room().roomClass());
        }
    }

    private long takeToken(Members.Member member) {
        return limits.publishesPerSecond() == 0 ? 0 : counters.limited(member.tokens.take(nanos.getAsLong()));
    }

    /** Publishes from outside, without a subscription. */
    public void publish(Publisher publisher, Publish publish) {
        accept(publisher, publish, classes.apply(publish.room()));
    }

    private void accept(Publisher publisher, Publish publish, RoomClass roomClass) {
        if (!publisher.access().mayWrite(publish.room())) {
            fail(publisher, publish, ErrorCode.FORBIDDEN, 0);
        } else if (SealedRoom.isNamed(publish.room()) && !publish.kind().equals(Kind.SEALED)) {
            fail(publisher, publish, ErrorCode.NOT_SEALED, 0);
        } else if ((publish.change() != null && roomClass != RoomClass.LOG)
                || (publish.expect().isPresent() && roomClass != RoomClass.LATEST)) {
            fail(publisher, publish, ErrorCode.UNSUPPORTED, 0);
        } else if (roomClass == RoomClass.EPHEMERAL) {
            publishNow(publisher, publish);
        } else if (writer.offer(new LogWriter.Pending(publisher, publish.by(publisher.user(), roomClass)))) {
            counters.published.increment();
        } else {
            fail(publisher, publish, ErrorCode.OVERLOADED, 1_000);
        }
    }

    private void publishNow(Publisher publisher, Publish publish) {
        long time = System.currentTimeMillis();
        List<Message> messages =
                List.of(new Message(0, 0, time, publish.id(), publisher.user(), publish.kind(), publish.body()));
        counters.published.increment();
        rooms.published(publish.room(), messages);
        answers.reply(
                publisher, publish.room(), new Delivery.Acked(publish.id(), publish.room(), null, 0, time, false));
    }

    /** Something worth telling only now; to everybody in the room but the sender, who must be in it. No answer. */
    public void signal(Connection connection, String name, String kind, String body) {
        Members.Member member = members.get(connection);
        Members.Subscribed subscribed = member == null ? null : member.subscriptions.get(name);
        if (subscribed != null && connection.access().mayWrite(name) && takeToken(member) == 0) {
            Announcement.Signalled signal = new Announcement.Signalled(name, connection.user(), kind, body);
            rooms.signalled(subscribed.room(), signal, connection);
        }
    }

    /** A page of raw entries after a seq; the one that reaches the present ends a resume. {@link Delivery.History}. */
    public void historyAfter(Connection connection, String request, String name, long after, int limit) {
        answers.answer(connection, request, name, () -> {
            Members.Subscribed subscribed = withHistory(connection, name);
            new Replay(subscribed.room(), log, limits).after(subscribed.subscription(), request, after, limit);
        });
    }

    /** A page of folded messages before a seq. {@link Delivery.History}. */
    public void historyBefore(Connection connection, String request, String name, long before, int limit) {
        answers.answer(connection, request, name, () -> {
            Members.Subscribed subscribed = withHistory(connection, name);
            new Replay(subscribed.room(), log, limits).before(connection, request, before, limit);
        });
    }

    /** Moves the user's read marker; all the user's connections are told where it is. No answer. */
    public void read(Connection connection, String name, long seq) {
        answers.answer(connection, null, name, () -> {
            subscribed(connection, name);
            markers.move(connection.user().id(), name, seq);
        });
    }

    /** Once a second: writes the read markers that move too often to be written each time. */
    public void flushMarkers() {
        try {
            markers.flush();
        } catch (LogUnavailableException e) {
            Event.of("markers-unwritten").with("reason", e.getMessage()).warn(LOGGER);
        }
    }

    /** The rooms that the user follows. {@link Delivery.Rooms}. */
    public void rooms(Connection connection, String request) {
        answers.answer(connection, request, null, () -> {
            markers.flush(connection.user().id());
            answers.reply(connection, null, archive.rooms(connection.user().id(), request));
        });
    }

    /** What can be read without a connection. */
    public Archive archive() {
        return archive;
    }

    /** Ends every connection of the user on all nodes. */
    public void disconnect(String user, Disconnect why) {
        cluster.disconnect(user, why);
    }

    /** This node among the others. */
    public Cluster cluster() {
        return cluster;
    }

    /** Once a second: tells the rooms who came and went. */
    public void tellPresence() {
        rooms.tellPresence();
    }

    /** Every few seconds: compares where rooms stand with the log, so that even a lost last message arrives. */
    public void sweep() {
        rooms.sweep();
    }

    public Counters counters() {
        return counters;
    }

    public Census census() {
        return new Census(rooms, writer, cluster, limits, log);
    }

    /** Takes no more publishes; the {@link #writer} stores and answers those that wait, then ends. */
    @Override
    public void close() {
        cluster.end();
        writer.close();
    }

    private Members.Member member(Connection connection) throws RefusedException {
        Members.Member member = members.get(connection);
        if (member == null) {
            throw new RefusedException(ErrorCode.NOT_JOINED);
        }
        return member;
    }

    private Members.Subscribed subscribed(Connection connection, String name) throws RefusedException {
        Members.Subscribed subscribed = member(connection).subscriptions.get(name);
        if (subscribed == null) {
            throw new RefusedException(ErrorCode.NOT_JOINED);
        }
        permit(connection.access().mayRead(name));
        return subscribed;
    }

    private Members.Subscribed withHistory(Connection connection, String name) throws RefusedException {
        Members.Subscribed subscribed = subscribed(connection, name);
        if (subscribed.room().roomClass() == RoomClass.EPHEMERAL) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, "An ephemeral room has no history.");
        }
        return subscribed;
    }

    private static void permit(boolean permitted) throws RefusedException {
        if (!permitted) {
            throw new RefusedException(ErrorCode.FORBIDDEN);
        }
    }

    private void fail(Publisher publisher, Publish publish, ErrorCode code, long retryAfterMs) {
        answers.fail(publisher, publish.id(), publish.room(), code, retryAfterMs);
    }
}
