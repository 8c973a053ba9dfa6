package org.parley.bench.load;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hub's protocol, for connections that come back to where they were. */
public final class ResumeDialect implements Dialect {
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private final HubDialect hub;
    private final Map<Integer, String> joined;
    private final long back;

    /** @param joined the answer to each connection's earlier join */
    public ResumeDialect(HubDialect hub, Map<Integer, String> joined) {
        this(hub, joined, 0);
    }

    /** @param back how many messages before that position they ask from */
    public ResumeDialect(HubDialect hub, Map<Integer, String> joined, long back) {
        this.hub = hub;
        this.joined = joined;
        this.back = back;
    }

    @Override
    public String hello(int connection, int room) {
        String answer = joined.get(connection);
        return "{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + hub.room(room) + "\",\"since\":{\"epoch\":\""
                + find(EPOCH, answer) + "\",\"seq\":" + Math.max(0, Long.parseLong(find(SEQ, answer)) - back) + "}}";
    }

    private static String find(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + answer);
        }
        return matcher.group(1);
    }

    @Override
    public String path(int connection) {
        return hub.path(connection);
    }

    @Override
    public String headers(int connection) {
        return hub.headers(connection);
    }

    @Override
    public String ready() {
        return hub.ready();
    }

    @Override
    public String publish(int room) {
        return hub.publish(room);
    }

    @Override
    public boolean carriesMessages(byte[] text, int from, int to) {
        return hub.carriesMessages(text, from, to);
    }

    @Override
    public boolean acknowledges(byte[] text, int from, int to) {
        return hub.acknowledges(text, from, to);
    }
}
