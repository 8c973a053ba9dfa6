package org.parley.hub;

/** One connection in one room. Guarded by the room's lock. */
final class Subscription {
    final Connection connection;
    /** Its place in the room's list of members, so that leaving a room of thousands costs nothing; -1 once it left. */
    int index = -1;
    /** Whether new messages go to it as they come; until then the client pulls. */
    boolean live;

    /** In a room that keeps the latest value only: the seq of the one that it was given when it joined. */
    long seen;

    Subscription(Connection connection) {
        this.connection = connection;
    }
}
