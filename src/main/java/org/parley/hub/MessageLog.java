package org.parley.hub;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The truth: what it has is what happened, in that order. Only {@link #append} numbers a message.
 *
 * <p>Every method may block on a disk or a network and may be called from any thread. Each sees all that was appended
 * before it was called.
 */
public interface MessageLog extends AutoCloseable {

    /**
     * Stores the batch in one transaction; on return it is durable: it survives {@code kill -9} and a power cut. Within
     * a room numbers are given in the order of the batch and are visible to readers in that order.
     *
     * <p>A row the database refuses is refused alone; the rest of the batch is stored. A duplicate takes no number.
     *
     * @return one outcome for each entry, in the batch's order
     * @throws LogUnavailableException if it is not known whether anything was stored; the caller's retry with the same
     *     ids finds out
     */
    List<Appended> append(List<Append> batch) throws LogUnavailableException;

    /** Where the room stands; it is made, with a new epoch, if there is none. */
    RoomHead open(String room, RoomClass roomClass) throws LogUnavailableException;

    /** Where the room stands, or empty if there is none. */
    Optional<RoomHead> head(String room) throws LogUnavailableException;

    /** Where those of the rooms that exist stand, in one query. */
    List<RoomHead> heads(Collection<String> rooms) throws LogUnavailableException;

    /**
     * Raw entries with a greater seq, ascending; of a room that does not exist an empty page with the epoch "". The page starts at the oldest such entry that the log still has, which
     * the caller compares with {@code seq + 1}. {@code more} tells whether there are newer ones behind the page.
     *
     * @param limit at most so many entries
     * @param maxBytes ends the page early once bodies exceed this (but never before the first entry)
     */
    Page after(String room, long seq, int limit, int maxBytes) throws LogUnavailableException;

    /**
     * Root messages with a smaller seq, ascending, each folded with its edits and reactions: the newest {@code limit} of
     * them. {@code more} tells whether there are older ones before the page.
     */
    Page before(String room, long seq, int limit, int maxBytes) throws LogUnavailableException;

    /** Gives every room a new epoch: the step after a restored backup, since numbers may be given a second time. */
    void renewEpochs() throws LogUnavailableException;

    @Override
    void close();
}
