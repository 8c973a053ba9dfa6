package org.parley.hub;

/** One open socket, as the hub sees it. Implementations compare by identity. */
public interface Connection extends Publisher {
    /** Encodes ahead of {@link #offer}, which would otherwise do it while the room's lock is held. */
    void prepare(Broadcast broadcast);

    /** Ends the connection with this close code; returns at once, and may be called twice. */
    void disconnect(Disconnect why);
}
