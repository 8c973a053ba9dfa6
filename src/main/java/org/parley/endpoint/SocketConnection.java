package org.parley.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;

import org.parley.event.Event;
import org.parley.hub.Access;
import org.parley.hub.Broadcast;
import org.parley.hub.Connection;
import org.parley.hub.Disconnect;
import org.parley.hub.User;

/**
 * One open {@link Session} with its outbox, as the hub's {@link Connection}. What deliveries look like on it is its
 * encoding's affair; one that the encoding makes null is not sent.
 */
public final class SocketConnection implements Connection, Outbox.Sink {
    private static final System.Logger LOGGER = System.getLogger(SocketConnection.class.getName());

    /** Frames that go out in one write. */
    static final int BATCH = 32;

    private static final RememberingClassLoader PROVIDERS =
            new RememberingClassLoader(SocketConnection.class.getClassLoader());

    private final Session session;
    private final User user;
    private final String id;
    private final Broadcast.Encoding<Frame> encoding;
    private final Outbox outbox;
    private final Executor executor;
    private final Traffic traffic;
    private final BiConsumer<SocketConnection, Disconnect> gone;
    private final long since = System.currentTimeMillis();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Runnable afterEachSend = () -> {};
    private volatile Peer peer;
    private volatile long heard = System.nanoTime();

    SocketConnection(
            Session session,
            Peer peer,
            Broadcast.Encoding<Frame> encoding,
            Outbox.Bounds bounds,
            Executor executor,
            Traffic traffic,
            BiConsumer<SocketConnection, Disconnect> gone) {
        this.session = session;
        this.peer = peer;
        this.user = peer.user();
        this.id = peer.visitor() == null ? session.getId() : peer.visitor().correlation();
        this.encoding = encoding;
        this.outbox = new Outbox(this, bounds.bytes(), bounds.batch());
        this.executor = executor;
        this.traffic = traffic;
        this.gone = gone;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public Access access() {
        return peer.access();
    }

    public Peer peer() {
        return peer;
    }

    /** A fresh credential of the same user, which counts from now on. */
    void refresh(Peer refreshed) {
        peer = refreshed;
    }

    @Override
    public void prepare(Broadcast broadcast) {
        broadcast.encodedBy(encoding);
    }

    @Override
    public void offer(Broadcast broadcast) {
        Frame frame = broadcast.encodedBy(encoding);
        if (frame instanceof Frame.Several several) {
            for (Frame one : several.frames()) {
                outbox.offer(broadcast.room(), one, broadcast.overflow());
            }
        } else if (frame != null) {
            outbox.offer(broadcast.room(), frame, broadcast.overflow());
        }
    }

    @Override
    public void flush() {
        outbox.flush();
    }

    /** Told after each write, so that whoever has more can bring it when there is room. It must not block. */
    void afterEachSend(Runnable listener) {
        afterEachSend = listener;
    }

    /** Sends a frame that comes from no room. */
    public void send(Frame frame) {
        outbox.offer(null, frame, Broadcast.Overflow.DISCONNECT);
        outbox.flush();
    }

    /** Sends the frame, then ends the connection: a peer that does not read may miss the frame, not the end. */
    public void disconnect(Disconnect why, Frame last) {
        send(last);
        disconnect(why);
    }

    @Override
    public void disconnect(Disconnect why) {
        if (ended.compareAndSet(false, true)) {
            leave(why);
            // Tyrus writes the close frame before it returns, which takes as long as the peer likes.
            executor.execute(() -> closeSession(why));
        }
    }

    private void closeSession(Disconnect why) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(why.code()), why.reason()));
        } catch (IOException | IllegalStateException e) {
            Event.of("close-failed", id).with("reason", e.getMessage()).debug(LOGGER);
        }
    }

    /** The container says that the session is over. */
    void closed() {
        if (ended.compareAndSet(false, true)) {
            leave(null);
        }
    }

    private void leave(Disconnect why) {
        outbox.close();
        gone.accept(this, why);
    }

    @Override
    public void send(List<Frame> frames, Outbox.Done done) {
        int bytes = 0;
        for (Frame frame : frames) {
            bytes += frame.bytes();
        }
        traffic.send(bytes);
        PROVIDERS.during(() -> transmitAll(frames, done));
    }

    private void transmitAll(List<Frame> frames, Outbox.Done done) {
        try {
            if (frames.size() == 1) {
                send(frames.get(0), done);
            } else {
                sendBatch(frames, done);
            }
        } catch (IOException | RuntimeException e) {
            // Undertow throws what Tyrus would report through the handler, and the other way round.
            done.done(e);
        }
    }

    /** Undertow writes each frame by itself unless batching is allowed; and if it stays allowed, it keeps its own pongs. */
    private void sendBatch(List<Frame> frames, Outbox.Done done) throws IOException {
        RemoteEndpoint.Async remote = session.getAsyncRemote();
        int last = frames.size() - 1;
        remote.setBatchingAllowed(true);
        try {
            for (int i = 0; i < last; i++) {
                transmit(frames.get(i), result -> {});
            }
            send(frames.get(last), done);
        } finally {
            remote.setBatchingAllowed(false);
            remote.flushBatch();
        }
    }

    private void send(Frame frame, Outbox.Done done) {
        transmit(frame, result -> {
            done.done(result.isOK() ? null : failure(result.getException()));
            afterEachSend.run();
        });
    }

    private static Throwable failure(Throwable reported) {
        return reported == null ? new IOException("The container gave no reason.") : reported;
    }

    private void transmit(Frame frame, SendHandler handler) {
        if (frame instanceof Frame.Text text) {
            session.getAsyncRemote().sendText(text.text(), handler);
        } else {
            session.getAsyncRemote().sendBinary(ByteBuffer.wrap(((Frame.Binary) frame).payload()), handler);
        }
    }

    @Override
    public void broken(Throwable failure) {
        if (failure != null) {
            Event.of("send-failed", id).with("reason", failure).debug(LOGGER);
        }
        disconnect(Disconnect.SLOW_CONSUMER);
    }

    /** Something came from the peer. */
    public void heard() {
        heard = System.nanoTime();
    }

    /** A part of a text message came from the peer. */
    void heard(String part) {
        heard(Frame.utf8Length(part));
    }

    /** Part of a message, of so many bytes, came from the peer. */
    void heard(int bytes) {
        heard();
        traffic.receive(bytes);
    }

    /** When it was opened, in milliseconds since 1970. */
    public long since() {
        return since;
    }

    long silentNanos(long now) {
        return now - heard;
    }

    /** Asks the peer for a sign of life (RFC 6455 section 5.5.2); may take as long as the container likes. */
    void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            // The sweep that asked for this ends a connection that stays silent.
            Event.of("ping-failed", id).with("reason", e.getMessage()).debug(LOGGER);
        }
    }

    boolean isOpen() {
        return session.isOpen();
    }

    Session session() {
        return session;
    }

    public Outbox outbox() {
        return outbox;
    }
}
