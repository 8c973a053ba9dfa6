package org.parley.hub;

/** What a connection asks for and may be refused: whatever becomes of it, the connection gets an answer. */
@FunctionalInterface
interface Request {
    void run() throws RefusedException, LogUnavailableException;

    /** Runs a request and, should it fail, answers so. */
    static void answer(Connection connection, String id, String room, Request request) {
        System.Logger logger = System.getLogger(Hub.class.getName());
        try {
            request.run();
            connection.flush();
        } catch (RefusedException e) {
            reply(connection, room, new Delivery.Failed(id, room, e.code(), e.getMessage(), 0, null));
        } catch (LogUnavailableException e) {
            logger.log(System.Logger.Level.WARNING, "event=log-unavailable reason=\"{0}\"", e.getMessage());
            ErrorCode code = ErrorCode.UNAVAILABLE;
            reply(connection, room, new Delivery.Failed(id, room, code, code.text(), 1_000, null));
        } catch (RuntimeException e) {
            // A fault of ours, and still the client must not wait for an answer that never comes.
            logger.log(System.Logger.Level.ERROR, "event=request-failed connection=" + connection.id(), e);
            ErrorCode code = ErrorCode.INTERNAL;
            reply(connection, room, new Delivery.Failed(id, room, code, code.text(), 1_000, null));
        }
    }

    static void reply(Publisher publisher, String room, Delivery delivery) {
        publisher.offer(Broadcast.reply(room, delivery));
        publisher.flush();
    }
}
