package org.parley.hub;

import java.util.List;
import java.util.function.Function;

/**
 * What can be read without a connection: pages of a room's history, and the rooms that somebody follows. Every method may
 * wait for the log.
 */
public final class Archive {
    private final MessageLog log;
    private final Following following;
    private final Function<String, RoomClass> classes;
    private final Limits limits;

    Archive(MessageLog log, Following following, Function<String, RoomClass> classes, Limits limits) {
        this.log = log;
        this.following = following;
        this.classes = classes;
        this.limits = limits;
    }

    /**
     * Raw entries after a seq, or, where the log cannot go on exactly there, the newest page and {@code
     * recovered=false}. A room that nobody used yet has no entries and no position.
     *
     * @param limit at most so many; {@link Limits#pageMessages} if that is less
     * @throws RefusedException if the room may not be read or is of a class without history
     */
    public Delivery.History after(Access access, String room, long after, int limit)
            throws RefusedException, LogUnavailableException {
        permit(access, room);
        Page page = log.after(room, after, Math.min(limit, limits.pageMessages()), limits.pageBytes());
        if (page.follows(after)) {
            List<Message> messages = page.messages();
            long end = messages.isEmpty()
                    ? after
                    : messages.get(messages.size() - 1).seq();
            return history(room, page, end, page.more(), true);
        }
        Page newest = log.before(room, Long.MAX_VALUE, Math.min(limit, limits.pageMessages()), limits.pageBytes());
        return history(room, newest, newest.last(), false, false);
    }

    /**
     * Folded messages before a seq; {@link Long#MAX_VALUE} for the newest.
     *
     * @param limit at most so many; {@link Limits#pageMessages} if that is less
     * @throws RefusedException if the room may not be read or is of a class without history
     */
    public Delivery.History before(Access access, String room, long before, int limit)
            throws RefusedException, LogUnavailableException {
        permit(access, room);
        Page page = log.before(room, before, Math.min(limit, limits.pageMessages()), limits.pageBytes());
        return history(room, page, page.last(), page.more(), true);
    }

    /** The rooms that the user follows, by name. */
    public Delivery.Rooms rooms(String user, String request) throws LogUnavailableException {
        return new Delivery.Rooms(
                request, following.rooms(user).stream().map(this::entry).toList());
    }

    private Delivery.Rooms.Entry entry(Following.Followed followed) {
        String room = followed.head().room();
        return new Delivery.Rooms.Entry(room, classes.apply(room), followed.head(), followed.read(), followed.unread());
    }

    private void permit(Access access, String room) throws RefusedException {
        if (!access.mayRead(room)) {
            throw new RefusedException(ErrorCode.FORBIDDEN);
        }
        if (classes.apply(room) == RoomClass.EPHEMERAL) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, "Nothing is kept of rooms of this class.");
        }
    }

    private static Delivery.History history(String room, Page page, long end, boolean more, boolean recovered) {
        Position position = page.epoch().isEmpty() ? null : new Position(page.epoch(), end);
        return new Delivery.History(null, room, position, page.messages(), more, recovered);
    }
}
