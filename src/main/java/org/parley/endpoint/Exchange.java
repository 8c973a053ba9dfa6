package org.parley.endpoint;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.parley.event.Event;
import org.parley.hub.Broadcast;
import org.parley.hub.Connection;
import org.parley.hub.Disconnect;

/**
 * The other side of one connection, for endpoints that answer it alone: whole messages in, answers out, the bounds kept.
 *
 * <p>The methods that take what came in are for the container's callbacks, one at a time; those that send and close may
 * be called from any thread.
 */
public final class Exchange {
    private static final System.Logger LOGGER = System.getLogger(Exchange.class.getName());

    private final SocketConnection connection;
    private final TextAssembler texts;
    private final BinaryAssembler binaries;
    private final SerialQueue queue;
    private final Cork cork;
    private volatile boolean ended;

    Exchange(SocketConnection connection, int maxMessageBytes, Executor executor) {
        this.connection = connection;
        this.texts = new TextAssembler(maxMessageBytes);
        this.binaries = new BinaryAssembler(maxMessageBytes);
        this.queue = new SerialQueue(executor);
        this.cork = new Cork(connection::flush);
    }

    /** A part of a text message; the handler gets it when it is whole. Over the limit: 1009. */
    public void text(String part, boolean last, Consumer<String> handler) {
        connection.heard(part);
        if (ended) {
            return;
        }
        try {
            String whole = texts.add(part, last);
            if (whole != null) {
                handler.accept(whole);
            }
        } catch (MessageTooBigException e) {
            close(Disconnect.TOO_BIG);
        }
    }

    /** A part of a binary message; the handler gets it when it is whole. Over the limit: 1009. */
    public void binary(byte[] part, boolean last, Consumer<byte[]> handler) {
        connection.heard(part.length);
        if (ended) {
            return;
        }
        try {
            byte[] whole = binaries.add(part, last);
            if (whole != null) {
                handler.accept(whole);
            }
        } catch (MessageTooBigException e) {
            close(Disconnect.TOO_BIG);
        }
    }

    /** A message of a type that this endpoint does not take: 1003. */
    public void refuse() {
        close(Disconnect.UNSUPPORTED_DATA);
    }

    /** Runs what may take long outside the callback, in the order of the calls; with too many waiting: 1013. */
    public void later(Runnable task) {
        if (!queue.submit(() -> runUnlessEnded(task))) {
            close(Disconnect.TRY_LATER);
        }
    }

    /** Runs what never blocks: at once, or behind what {@link #later} still has to do. With too many waiting: 1013. */
    public void soon(Runnable task) {
        if (!queue.run(() -> runUnlessEnded(task))) {
            close(Disconnect.TRY_LATER);
        }
    }

    private void runUnlessEnded(Runnable task) {
        if (ended) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** An answer; it may go out together with those to what the peer has sent next. */
    public void send(String text) {
        send(Frame.text(text));
    }

    /**
     * As {@link #send(String)}.
     *
     * @param bytes nobody may write to it from now on
     */
    public void send(byte[] bytes) {
        send(Frame.binary(bytes));
    }

    private void send(Frame frame) {
        connection.outbox().offer(null, frame, Broadcast.Overflow.DISCONNECT);
        cork.answered(frame.bytes());
    }

    /** Sends in order with what comes from a room. */
    public void send(String room, String text) {
        connection.outbox().offer(room, Frame.text(text), Broadcast.Overflow.DISCONNECT);
        connection.flush();
    }

    /** Sends something of which only the newest counts: what still waits in that lane is left out. */
    public void sendNewest(String lane, String text) {
        connection.outbox().replace(lane, Frame.text(text));
        connection.flush();
    }

    /** As the hub knows it. */
    public Connection connection() {
        return connection;
    }

    public void close(Disconnect why) {
        ended = true;
        // What was answered before goes out first.
        connection.flush();
        connection.disconnect(why);
    }

    /** The container says that the session is over. */
    public void closed() {
        ended = true;
        connection.closed();
    }

    /** The same; what never blocks is done behind all that {@link #later} has begun. */
    public void closed(Runnable last) {
        closed();
        if (!queue.run(last)) {
            last.run();
        }
    }

    /**
     * The container reports a failure: of the network or the peer, which is nothing unusual, or of our own code, which
     * ends the connection with 1011.
     */
    public void failed(Throwable failure) {
        if (ended || !connection.session().isOpen() || failure instanceof java.io.IOException) {
            Event.of("exchange-failed", connection.id()).with("reason", failure).debug(LOGGER);
        } else {
            Event.of("endpoint-failed", connection.id()).error(LOGGER, failure);
            close(Disconnect.SERVER_ERROR);
        }
    }
}
