package org.parley.hub;

import java.util.List;

/** Which rooms a user follows and how far they have read them. Survives connections and restarts. */
public interface Following {
    /**
     * From now on {@link #rooms} lists the room; a new follower has read what there is.
     *
     * @throws IllegalArgumentException if there is no such room: {@link MessageLog#open} makes it
     */
    void follow(String user, String room) throws LogUnavailableException;

    void unfollow(String user, String room) throws LogUnavailableException;

    /**
     * Moves the user's read marker of the room forward to {@code seq}; a smaller one than the present is ignored, one
     * beyond the room's last is taken as the last.
     *
     * @return where the marker is now, or 0 if the room is not followed
     */
    long read(String user, String room, long seq) throws LogUnavailableException;

    /** The rooms the user follows, by name. */
    List<Followed> rooms(String user) throws LogUnavailableException;

    /**
     * @param head where the room stands
     * @param read the seq of the user's read marker
     * @param unread countable messages behind the marker
     */
    record Followed(RoomHead head, long read, long unread) {}
}
