package org.parley.hub;

/** Whoever publishes and is told what became of it: a connection, or a request from outside. */
public interface Publisher {
    /** What lines of the log call it. A client's proxy may have chosen it: it is nobody's key. */
    String id();

    User user();

    Access access();

    /**
     * Takes a delivery without sending it: never blocks, never calls back into the hub, may be called under a room's
     * lock and from any thread. What is offered by one thread for one room keeps its order.
     */
    void offer(Broadcast broadcast);

    /**
     * Sends what was offered; or, where that found no place and its {@link Broadcast#overflow} says so, ends the
     * connection. Called without any lock held, returns at once.
     */
    void flush();
}
