package org.parley.hub;

/**
 * Where a room stands.
 *
 * @param room its name
 * @param epoch the life of its numbering: 128 random bits as text
 * @param last the newest seq; 0 if nothing was ever published
 * @param n how many countable messages there have been
 * @param time of the newest message, ms since 1970; 0 if there is none
 */
public record RoomHead(String room, String epoch, long last, long n, long time) {}
