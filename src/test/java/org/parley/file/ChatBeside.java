package org.parley.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

import org.parley.ServerProcess;
import org.parley.endpoint.Guest;

/** One who publishes, waits for the ack and publishes again, as long as others do something else. */
final class ChatBeside {
    private final ServerProcess server;
    private final String cookie;

    ChatBeside(ServerProcess server) {
        this.server = server;
        this.cookie = Guest.signIn(server.http(""), "Chatter");
    }

    /** Times from publish to ack, in nanoseconds. */
    record Latencies(long[] nanos) {
        /** @param quantile from 0 to 1 */
        double millis(double quantile) {
            long[] sorted = LongStream.of(nanos).sorted().toArray();
            return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * quantile))] / 1e6;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "n=%d p50=%.1f ms p99=%.1f ms", nanos.length, millis(0.5), millis(0.99));
        }
    }

    /** Something that goes on for a while. */
    interface While {
        boolean goesOn();
    }

    Latencies chat(String room, While other) {
        long[] nanos = new long[100_000];
        int count = 0;
        try (Guest guest = Guest.withCookie(server, cookie)) {
            guest.join(room);
            do {
                long sent = System.nanoTime();
                guest.sendPublish(room, "m" + sent, "beside");
                while (!guest.next().getString("type").equals("ack")) {
                    // The message itself, or presence.
                }
                nanos[count++] = System.nanoTime() - sent;
            } while (other.goesOn() && count < nanos.length);
        }
        return new Latencies(Arrays.copyOf(nanos, count));
    }
}
