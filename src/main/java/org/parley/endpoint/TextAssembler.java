package org.parley.endpoint;

/**
 * One text message from its parts, never more of it than the limit. WildFly 39 does not enforce {@code maxMessageSize} for
 * text (a message of 50 MB goes through), so endpoints take text in parts and count.
 *
 * <p>One for each connection; not thread-safe, as the container calls back one at a time.
 */
public final class TextAssembler {
    private final int limit;
    private StringBuilder parts;
    private int bytes;

    /** @param limit bytes of UTF-8 that one message may have */
    public TextAssembler(int limit) {
        this.limit = limit;
    }

    /**
     * @return the whole message, or null if there is more to come
     * @throws MessageTooBigException if it exceeds the limit; the connection is then to be closed with 1009
     */
    public String add(String part, boolean last) throws MessageTooBigException {
        // A char is at least one byte of UTF-8: the exact count is needed only near the limit.
        bytes += part.length() > limit / 3 ? Frame.utf8Length(part) : part.length();
        if (bytes > limit) {
            parts = null;
            throw new MessageTooBigException(limit);
        }
        if (last && parts == null) {
            bytes = 0;
            return part;
        }
        parts = (parts == null ? new StringBuilder() : parts).append(part);
        return last ? finish() : null;
    }

    private String finish() throws MessageTooBigException {
        String whole = parts.toString();
        parts = null;
        bytes = 0;
        if (whole.length() > limit / 3 && Frame.utf8Length(whole) > limit) {
            throw new MessageTooBigException(limit);
        }
        return whole;
    }
}
