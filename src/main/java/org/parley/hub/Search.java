package org.parley.hub;

/** Finds messages by their words. Sealed messages are not found: nobody but their readers knows what they say. */
public interface Search {

    /**
     * The newest messages before a seq that have all the words, or words that begin so, whatever their case and accents;
     * ascending, with the bodies that they have now. Sees all that was appended before it was called.
     *
     * @param before {@link Long#MAX_VALUE} for all
     * @param limit at most so many; {@link Page#more()} tells whether there are older ones
     * @return an empty page if the room does not exist or the text has no word
     */
    Page find(String room, String words, long before, int limit) throws LogUnavailableException;
}
