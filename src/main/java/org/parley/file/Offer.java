package org.parley.file;

/**
 * A file that somebody wants to upload, its fields in their ranges already.
 *
 * @param name null if it has none
 * @param type null for {@code application/octet-stream}
 * @param sha256 null if it is told at the end
 * @param image JSON about a picture, or null
 */
public record Offer(String room, String name, String type, long size, String sha256, String image) {}
