package org.parley.hub;

import org.parley.event.Event;

/** Tells whoever asked what became of it, and counts the answers that say why it failed. */
final class Answers {
    private static final System.Logger LOGGER = System.getLogger(Hub.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    private final Counters counters;

    Answers(Counters counters) {
        this.counters = counters;
    }

    /** Runs a request and, should it fail, answers so: whatever becomes of it, the connection gets an answer. */
    void answer(Connection connection, String id, String room, Request request) {
        try {
            request.run();
            connection.flush();
        } catch (RefusedException e) {
            reply(connection, room, new Delivery.Failed(id, room, e.code(), e.getMessage(), 0, null));
        } catch (LogUnavailableException e) {
            unavailable("log-unavailable", connection, e.getMessage());
            fail(connection, id, room, ErrorCode.UNAVAILABLE, RETRY_MILLIS);
        } catch (RuntimeException e) {
            // A fault of ours, and still the client must not wait for an answer that never comes.
            Event.of("request-failed", connection.id()).error(LOGGER, e);
            fail(connection, id, room, ErrorCode.INTERNAL, RETRY_MILLIS);
        }
    }

    /** The log was not there for something that the connection asked for. */
    static void unavailable(String event, Connection connection, String reason) {
        Event.of(event, connection.id()).with("reason", reason).warn(LOGGER);
    }

    void fail(Publisher publisher, String request, String room, ErrorCode code, long retryAfterMs) {
        reply(publisher, room, new Delivery.Failed(request, room, code, code.text(), retryAfterMs, null));
    }

    void reply(Publisher publisher, String room, Delivery delivery) {
        counters.answered(delivery);
        publisher.offer(Broadcast.reply(room, delivery));
        publisher.flush();
    }
}
