package org.parley.hub;

/**
 * What one client, room or server may have of everything.
 *
 * @param roomsPerConnection subscriptions at once
 * @param membersPerRoom subscriptions of one room on this node
 * @param publishesPerSecond of one connection, sustained; 0 for no limit
 * @param publishBurst how many may come at once
 * @param appendQueue publishes that wait for the log, on the whole node
 * @param appendQueueBytes bodies that wait for the log, in characters
 * @param pageMessages messages in one page of history at most
 * @param pageBytes bodies in one page of history, in characters, about
 */
public record Limits(
        int roomsPerConnection,
        int membersPerRoom,
        int publishesPerSecond,
        int publishBurst,
        int appendQueue,
        long appendQueueBytes,
        int pageMessages,
        int pageBytes) {

    public static final Limits DEFAULT = new Limits(100, 20_000, 50, 200, 20_000, 32 << 20, 200, 256 << 10);
}
