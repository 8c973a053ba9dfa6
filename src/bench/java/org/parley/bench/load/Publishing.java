package org.parley.bench.load;

/** One publisher of a run. Confined to the event loop. */
final class Publishing {
    /** Copies of as many messages are counted at once: more than any window. */
    private static final int RING = 8192;

    private static final int TIME_DIGITS = 12;

    /** 12 hex digits of time, then run and number. */
    static final int ID_LENGTH = TIME_DIGITS + 6;

    final Wire wire;
    final int number;
    /** Which of the publishers of its room it is. */
    final int place;

    private final byte[] text;
    private final int bodyAt;
    private final int idAt;
    private final int[] copies = new int[RING];
    private final long[] due = new long[RING];
    private int published;
    private int underWay;
    private int expected;

    /** @param text with the placeholders of {@link Dialect#publish} */
    Publishing(Wire wire, int number, int place, String text, int bytes, int expected) {
        this.wire = wire;
        this.number = number;
        this.place = place;
        this.expected = expected;
        String filled = text.replace(Dialect.ID, "#".repeat(ID_LENGTH));
        this.text = Bytes.ascii(filled.replace(Dialect.BODY, "x".repeat(bytes)));
        this.idAt = filled.indexOf("#".repeat(ID_LENGTH));
        this.bodyAt = filled.indexOf(Dialect.BODY);
    }

    void publish(int run, long dueMicros) {
        published++;
        underWay++;
        copies[published % RING] = 0;
        due[published % RING] = dueMicros;
        Stamp.write(text, bodyAt, run, number, published, dueMicros);
        if (idAt >= 0) {
            writeTime(System.currentTimeMillis());
            Stamp.put(text, idAt + TIME_DIGITS, 2, run);
            Stamp.put(text, idAt + TIME_DIGITS + 2, 4, published);
        }
        wire.text(text);
    }

    private void writeTime(long millis) {
        for (int i = 0; i < TIME_DIGITS; i++) {
            text[idAt + i] = (byte) Character.forDigit((int) (millis >>> 4 * (TIME_DIGITS - 1 - i)) & 15, 16);
        }
    }

    /** @return whether every reader now has the message */
    boolean copied(int message) {
        return ++copies[message % RING] == expected;
    }

    /** One message is no longer under way. */
    void done() {
        underWay--;
    }

    long due(int message) {
        return due[message % RING];
    }

    /** A reader is gone and gets no further copies. */
    void expectOneLess() {
        expected--;
    }

    int underWay() {
        return underWay;
    }

    int published() {
        return published;
    }
}
