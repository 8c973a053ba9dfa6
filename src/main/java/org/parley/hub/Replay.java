package org.parley.hub;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings one subscription from where its client stands to where the room delivers.
 *
 * <p>While it is behind, nothing live is sent to it or kept for it: the client pulls pages from the log. The page that
 * reaches the present is cut at the room's position, and the subscription turns live, while the room's lock is held: so
 * the next message it gets is exactly the next one.
 */
final class Replay {
    private final Room room;
    private final MessageLog log;
    private final Limits limits;

    Replay(Room room, MessageLog log, Limits limits) {
        this.room = room;
        this.log = log;
        this.limits = limits;
    }

    /** Answers a join: with what follows {@code since} if the log still has all of it, else with the newest page. */
    void join(Subscription subscription, String request, Position since) throws LogUnavailableException {
        if (since != null) {
            room.counters.resumed.increment();
        }
        if (room.roomClass() == RoomClass.EPHEMERAL) {
            synchronized (room) {
                subscription.live = true;
                joined(subscription, request, null, true, false, List.of());
            }
        } else if (room.roomClass() == RoomClass.LATEST) {
            newest(subscription, (end, page) -> {
                boolean recovered = since == null || hasBeen(since, page);
                joined(subscription, request, end, recovered, page.more(), page.messages());
            });
        } else if (since == null || !resume(subscription, request, since)) {
            newest(
                    subscription,
                    (end, page) -> joined(subscription, request, end, since == null, page.more(), page.messages()));
        }
    }

    /** Answers a pull of what follows {@code after}. */
    void after(Subscription subscription, String request, long after, int limit) throws LogUnavailableException {
        Page page = log.after(room.name(), after, Math.min(limit, limits.pageMessages()), limits.pageBytes());
        catchUp(after, page);
        if (page.follows(after) && isOfThisNumbering(page)) {
            synchronized (room) {
                boolean reading = subscription.live;
                List<Message> messages = settle(subscription, after, page);
                boolean more = reading ? page.more() : !subscription.live;
                history(subscription, request, endOf(messages, after), messages, more, true);
            }
        } else {
            newest(subscription, (end, newest) -> history(subscription, request, end, newest.messages(), false, false));
        }
    }

    /** Answers with the folded messages before {@code before}; has no part in the subscription's position. */
    void before(Connection connection, String request, long before, int limit) throws LogUnavailableException {
        Page page = log.before(room.name(), before, Math.min(limit, limits.pageMessages()), limits.pageBytes());
        connection.offer(Broadcast.reply(
                room.name(),
                new Delivery.History(
                        request,
                        room.name(),
                        new Position(page.epoch(), page.last()),
                        page.messages(),
                        page.more(),
                        true)));
    }

    /** Compared with the log: a client that comes from another node may be further than this room. */
    private boolean hasBeen(Position since, Page page) {
        return since.epoch().equals(page.epoch()) && page.epoch().equals(room.epoch) && since.seq() <= page.last();
    }

    private boolean resume(Subscription subscription, String request, Position since) throws LogUnavailableException {
        Page page = log.after(room.name(), since.seq(), limits.pageMessages(), limits.pageBytes());
        catchUp(since.seq(), page);
        synchronized (room) {
            boolean sameEpoch =
                    since.epoch().equals(page.epoch()) && page.epoch().equals(room.epoch);
            if (!sameEpoch || !page.follows(since.seq())) {
                return false;
            }
            List<Message> messages = settle(subscription, since.seq(), page);
            boolean older = page.first() <= since.seq();
            joined(subscription, request, endOf(messages, since.seq()), true, older, messages);
            return true;
        }
    }

    /** Only for a client that is further than this room: what a busy room has not delivered yet is on its way. */
    private void catchUp(long position, Page page) {
        boolean behind;
        synchronized (room) {
            behind = position > room.last;
        }
        if (behind) {
            room.seen(new Position(page.epoch(), page.last()));
        }
    }

    /**
     * Cuts a page at the room's position and turns the subscription live if the newest messages in memory close the
     * distance and fit into the page: a larger one would overflow the outbox each time that the client comes back for it.
     * A client that comes from another node may be further than this room, which then has to catch up first. Called with
     * the room's lock.
     */
    private List<Message> settle(Subscription subscription, long after, Page page) {
        List<Message> messages = new ArrayList<>(page.messages());
        messages.removeIf(m -> m.seq() > room.last);
        long end = endOf(messages, after);
        if (!subscription.live && end <= room.last && room.ring.covers(end, room.last)) {
            List<Message> rest = room.ring.between(end, room.last);
            if (rest.isEmpty() || sizeOf(messages) + sizeOf(rest) <= limits.pageBytes()) {
                messages.addAll(rest);
                subscription.live = true;
            }
        }
        return messages;
    }

    private static long sizeOf(List<Message> messages) {
        return messages.stream().mapToLong(Inbox::sizeOf).sum();
    }

    private static long endOf(List<Message> messages, long otherwise) {
        return messages.isEmpty()
                ? otherwise
                : messages.get(messages.size() - 1).seq();
    }

    @FunctionalInterface
    private interface Answer {
        /** Called with the room's lock. */
        void offer(long end, Page page);
    }

    private boolean isOfThisNumbering(Page page) {
        synchronized (room) {
            return page.epoch().equals(room.epoch);
        }
    }

    /** Reads the newest page, and again should the room have gone on further than its memory reaches meanwhile. */
    private void newest(Subscription subscription, Answer answer) throws LogUnavailableException {
        if (room.roomClass() == RoomClass.LATEST) {
            value(subscription, answer);
            return;
        }
        boolean settled = false;
        while (!settled) {
            long end;
            synchronized (room) {
                end = room.last;
            }
            Page page = log.before(room.name(), end + 1, limits.pageMessages(), limits.pageBytes());
            synchronized (room) {
                settled = room.ring.covers(end, room.last);
                if (settled) {
                    subscription.live = true;
                    answer.offer(end, page);
                    offerMissed(subscription, end);
                }
            }
        }
    }

    /**
     * The room's value, which the log may have before the room has delivered it: it has no older one to offer instead. What
     * is delivered later and is no newer is not sent to this subscription again.
     */
    private void value(Subscription subscription, Answer answer) throws LogUnavailableException {
        Page page = log.before(room.name(), Long.MAX_VALUE, 1, limits.pageBytes());
        synchronized (room) {
            long end = endOf(page.messages(), 0);
            subscription.live = true;
            subscription.seen = end;
            answer.offer(end, page);
            offerMissed(subscription, end);
        }
    }

    /** What was delivered to others while the page was read. */
    private void offerMissed(Subscription subscription, long end) {
        if (room.last > end) {
            long from = room.roomClass() == RoomClass.LATEST ? room.last - 1 : end;
            subscription.connection.offer(Broadcast.reply(
                    room.name(),
                    new Delivery.Messages(
                            room.name(), room.roomClass(), room.epoch, room.ring.between(from, room.last))));
        }
    }

    private void joined(
            Subscription subscription,
            String request,
            Long end,
            boolean recovered,
            boolean older,
            List<Message> messages) {
        if (!recovered) {
            room.counters.unrecovered.increment();
        }
        Position position = end == null ? null : new Position(room.epoch, end);
        subscription.connection.offer(Broadcast.reply(
                room.name(),
                new Delivery.Joined(
                        request,
                        room.name(),
                        room.roomClass(),
                        position,
                        recovered,
                        !subscription.live,
                        older,
                        messages,
                        room.present())));
    }

    private void history(
            Subscription subscription,
            String request,
            long end,
            List<Message> messages,
            boolean more,
            boolean recovered) {
        if (!recovered) {
            room.counters.unrecovered.increment();
        }
        subscription.connection.offer(Broadcast.reply(
                room.name(),
                new Delivery.History(request, room.name(), new Position(room.epoch, end), messages, more, recovered)));
    }
}
