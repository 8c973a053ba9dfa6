package org.parley.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.parley.ServerProcess;

/**
 * A reader of one room who looks at nothing but when each message came: a hundred of them read beside a server on two
 * cores. The messages' text begins with {@code t}, the {@link System#nanoTime} at which they were sent, and a space.
 */
final class Listener implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String SEQ = "\"seq\":";
    private static final String SENT = "\"text\":\"t";

    private final StringBuilder frame = new StringBuilder();
    private final long[] nanos;
    private final WebSocket socket;
    private volatile int received;
    private volatile boolean joined;
    private volatile String failure;

    /** @param messages as many as will come */
    Listener(ServerProcess server, String cookie, String room, int messages) {
        nanos = new long[messages];
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("parley.v1");
        for (Map.Entry<String, String> header : Guest.headers(server, cookie).entrySet()) {
            builder.header(header.getKey(), header.getValue());
        }
        URI uri = server.ws("/hub");
        socket = builder.buildAsync(uri, this).orTimeout(10, TimeUnit.SECONDS).join();
        socket.sendText("{\"type\":\"join\",\"id\":\"join\",\"room\":\"" + room + "\"}", true);
    }

    boolean joined() {
        return joined;
    }

    boolean complete() {
        if (failure != null) {
            throw new AssertionError(failure);
        }
        return received == nanos.length;
    }

    /** From the sending of each message to its arrival. */
    long[] nanos() {
        return Arrays.copyOf(nanos, received);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            take(frame.toString(), System.nanoTime());
            frame.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String text, long now) {
        if (text.startsWith("{\"type\":\"joined\"")) {
            joined = true;
        } else if (text.startsWith("{\"type\":\"messages\"")) {
            int at = text.indexOf(SEQ);
            while (at >= 0) {
                long seq = number(text, at + SEQ.length());
                if (seq != received + 1) {
                    failure = "After message " + received + " came " + seq;
                    return;
                }
                int sent = text.indexOf(SENT, at) + SENT.length();
                nanos[received] = now - number(text, sent);
                received++;
                at = text.indexOf(SEQ, sent);
            }
        }
    }

    private static long number(String text, int from) {
        int to = from;
        while (Character.isDigit(text.charAt(to)) || text.charAt(to) == '-') {
            to++;
        }
        return Long.parseLong(text, from, to, 10);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        failure = "The server ended it: " + code + " " + reason;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        failure = error.toString();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
