package org.parley.bench.load;

import java.util.function.IntFunction;

/** Parley's own protocol, {@code parley.v1}; each connection is another user. */
public final class HubDialect implements Dialect {
    private static final byte[] MESSAGES = Bytes.ascii("{\"type\":\"messages\"");
    private static final byte[] ACK = Bytes.ascii("\"type\":\"ack\"");

    private final String prefix;
    private final IntFunction<String> tokens;

    /**
     * @param prefix of the rooms' names
     * @param tokens the bearer token of each connection
     */
    public HubDialect(String prefix, IntFunction<String> tokens) {
        this.prefix = prefix;
        this.tokens = tokens;
    }

    public String room(int room) {
        return prefix + room;
    }

    @Override
    public String path(int connection) {
        return "/hub";
    }

    @Override
    public String headers(int connection) {
        return "Sec-WebSocket-Protocol: parley.v1\r\nAuthorization: Bearer " + tokens.apply(connection) + "\r\n";
    }

    @Override
    public String hello(int connection, int room) {
        return "{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room(room) + "\"}";
    }

    @Override
    public String ready() {
        return "\"type\":\"joined\"";
    }

    @Override
    public String publish(int room) {
        return "{\"type\":\"publish\",\"id\":\"" + ID + "\",\"room\":\"" + room(room)
                + "\",\"kind\":\"text\",\"body\":{\"text\":\"" + BODY + "\"}}";
    }

    @Override
    public boolean carriesMessages(byte[] text, int from, int to) {
        return Bytes.startsWith(text, from, to, MESSAGES);
    }

    @Override
    public boolean acknowledges(byte[] text, int from, int to) {
        return Bytes.indexOf(text, from, to, ACK) >= 0;
    }
}
