package org.parley.hub;

import java.util.Comparator;
import java.util.List;

/** What there is in the hub right now. Read by whoever shows figures. */
public final class Census {

    /**
     * One room on this node.
     *
     * @param members connections in it
     * @param last seq of its newest delivered message; 0 in an ephemeral room
     * @param waiting about how many characters wait to be delivered
     */
    public record RoomFigures(String name, RoomClass roomClass, int members, long last, long waiting) {}

    private final Rooms rooms;
    private final LogWriter writer;
    private final Backplane backplane;
    private final Limits limits;
    private final MessageLog log;

    Census(Rooms rooms, LogWriter writer, Backplane backplane, Limits limits, MessageLog log) {
        this.rooms = rooms;
        this.writer = writer;
        this.backplane = backplane;
        this.limits = limits;
        this.log = log;
    }

    /** Rooms with members on this node. */
    public int rooms() {
        return rooms.count();
    }

    /** The rooms with most members, at most so many. */
    public List<RoomFigures> largestRooms(int limit) {
        return rooms.all().stream()
                .map(Room::figures)
                .sorted(Comparator.comparingInt(RoomFigures::members).reversed().thenComparing(RoomFigures::name))
                .limit(limit)
                .toList();
    }

    /** Messages that wait to be stored. */
    public int appendQueue() {
        return writer.waiting();
    }

    /** Messages that may wait to be stored; more are refused as overloaded. */
    public int appendQueueLimit() {
        return limits.appendQueue();
    }

    /** Whether the log answers now; waits for it. */
    public boolean logAnswers() {
        try {
            log.head("");
            return true;
        } catch (LogUnavailableException e) {
            return false;
        }
    }

    /** How the way to other nodes does. */
    public Backplane.State backplane() {
        return backplane.state();
    }
}
