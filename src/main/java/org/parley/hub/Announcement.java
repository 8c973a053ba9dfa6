package org.parley.hub;

import java.util.List;

/**
 * What one node tells the others. Each is a hint that may be lost, come twice or come late: whoever hears it checks it
 * against the log, or against what else the same node has said.
 */
public sealed interface Announcement {

    /** The room whose members it concerns, or null if it concerns every node. */
    default String room() {
        return null;
    }

    /** Numbered messages that are in the log, ascending and without holes. */
    record Committed(String room, String epoch, List<Message> messages) implements Announcement {}

    /** The log has messages up to there: what is too large to be announced. */
    record Reached(String room, Position position) implements Announcement {}

    /** Messages of an ephemeral room, which are in no log. */
    record Published(String room, List<Message> messages) implements Announcement {}

    /** Something that is worth telling only now, such as typing. */
    record Signalled(String room, User from, String kind, String body) implements Announcement {}

    /**
     * Everybody who is in the room on the node that says so.
     *
     * @param number greater than in all that the node has said before; of two the greater one holds
     * @param users all of them, or none if they are too many to be named
     * @param asking whether the others shall say the same of themselves, since this node is new to the room
     */
    record Present(String room, long number, int count, List<User> users, boolean asking) implements Announcement {}

    /** A user's read marker has moved. */
    record ReadMoved(String user, String in, long seq) implements Announcement {}

    /** All connections of a user are to end. */
    record Disconnected(String user, Disconnect why) implements Announcement {}

    /** The node that says so ends, and takes its members with it. */
    record Ended() implements Announcement {}
}
