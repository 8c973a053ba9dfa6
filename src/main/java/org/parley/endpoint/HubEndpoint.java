package org.parley.endpoint;

import java.security.Principal;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import org.parley.auth.Authentication;
import org.parley.auth.Authenticator;
import org.parley.auth.Identity;
import org.parley.auth.ParleyPrincipal;
import org.parley.auth.SignIns;
import org.parley.auth.Visitor;
import org.parley.event.Event;
import org.parley.hub.Broadcast;
import org.parley.hub.Delivery;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.hub.Limits;
import org.parley.protocol.BadFrameException;
import org.parley.protocol.ClientFrame;
import org.parley.protocol.FrameDecoder;
import org.parley.protocol.FrameEncoder;

/**
 * {@code /hub}: the protocol {@code parley.v1}. The upgrade filter has refused whoever has no credential; one instance
 * serves one connection.
 *
 * <p>Frames take effect in the order they came. What cannot block happens in the container's callback, which may be an
 * I/O thread; the rest is done by a pool, and later frames wait their turn behind it.
 */
@Dependent
@ServerEndpoint(value = "/hub", subprotocols = HubEndpoint.SUBPROTOCOL)
public class HubEndpoint {
    static final String SUBPROTOCOL = "parley.v1";

    /** One text for all members of a room. */
    private static final Broadcast.Encoding<Frame> ENCODING = delivery -> Frame.text(FrameEncoder.encode(delivery));

    private static final System.Logger LOGGER = System.getLogger(HubEndpoint.class.getName());

    @Inject
    Connections connections;

    @Inject
    Hub hub;

    @Inject
    Limits limits;

    @Inject
    EndpointSettings settings;

    @Inject
    RequestPool pool;

    @Inject
    Authenticator authenticator;

    @Inject
    SignIns signIns;

    private Visitor visitor;
    private SocketConnection connection;
    private SerialQueue queue;
    private TextAssembler text;

    @OnOpen
    public void open(Session session) {
        Principal principal = session.getUserPrincipal();
        if (!(principal instanceof ParleyPrincipal known)) {
            throw new IllegalStateException("The upgrade filter let a connection through without an identity.");
        }
        Identity identity = known.identity();
        visitor = known.visitor();
        text = new TextAssembler(settings.messageBytes());
        queue = new SerialQueue(pool);
        connection = connections.open(session, Peer.of(identity, visitor), ENCODING);
        queue.submit(() -> checkStillSignedIn(identity));
        connection.send(Frame.text(FrameEncoder.welcome(
                identity.user(),
                settings.node(),
                settings.heartbeat().toMillis(),
                settings.messageBytes(),
                limits.roomsPerConnection(),
                settings.reconnectMin().toMillis(),
                settings.reconnectMax().toMillis())));
    }

    @OnMessage
    public void text(String part, boolean last) {
        connection.heard(part);
        try {
            String whole = text.add(part, last);
            if (whole != null) {
                take(FrameDecoder.decode(whole));
            }
        } catch (MessageTooBigException e) {
            disconnect(Disconnect.TOO_BIG, e.getMessage());
        } catch (BadFrameException e) {
            fail(e.request(), e.code(), e.getMessage());
        }
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        disconnect(Disconnect.UNSUPPORTED_DATA, "Frames of this protocol are text.");
    }

    @OnClose
    public void close(Session session) {
        connections.closed(session);
    }

    @OnError
    public void error(Session session, Throwable error) {
        // A peer that vanishes arrives here too, with an IOException; whatever it is, this connection is over.
        Event.of("connection-error", visitor == null ? null : visitor.correlation())
                .with("reason", error)
                .debug(LOGGER);
        if (connection != null) {
            connection.disconnect(Disconnect.SERVER_ERROR);
        }
    }

    private void take(ClientFrame frame) throws BadFrameException {
        if (frame instanceof ClientFrame.Ping) {
            connection.send(Frame.text(FrameEncoder.pong()));
            return;
        }
        Runnable task = task(frame);
        boolean prompt = frame instanceof ClientFrame.Publish || frame instanceof ClientFrame.Signal;
        boolean taken = prompt ? queue.run(task) : queue.submit(task);
        if (!taken) {
            fail(frame.id(), ErrorCode.BUSY, ErrorCode.BUSY.text());
        }
    }

    private Runnable task(ClientFrame frame) throws BadFrameException {
        if (frame instanceof ClientFrame.Publish publish) {
            var publication = FrameDecoder.publish(publish);
            return () -> hub.publish(connection, publication);
        } else if (frame instanceof ClientFrame.Signal s) {
            return () -> hub.signal(connection, s.room(), s.kind(), s.body().toString());
        } else if (frame instanceof ClientFrame.Join join) {
            return () -> hub.join(connection, join.id(), join.room(), FrameDecoder.since(join));
        } else if (frame instanceof ClientFrame.Leave leave) {
            return () -> hub.leave(connection, leave.id(), leave.room());
        } else if (frame instanceof ClientFrame.Unfollow unfollow) {
            return () -> hub.unfollow(connection, unfollow.id(), unfollow.room());
        } else if (frame instanceof ClientFrame.History h) {
            return h.after() != null
                    ? () -> hub.historyAfter(connection, h.id(), h.room(), h.after(), FrameDecoder.limit(h))
                    : () -> hub.historyBefore(connection, h.id(), h.room(), h.before(), FrameDecoder.limit(h));
        } else if (frame instanceof ClientFrame.Read read) {
            return () -> hub.read(connection, read.room(), read.seq());
        } else if (frame instanceof ClientFrame.Rooms rooms) {
            return () -> hub.rooms(connection, rooms.id());
        } else if (frame instanceof ClientFrame.Auth auth) {
            return () -> authenticate(auth);
        }
        throw new IllegalStateException("No task for " + frame.getClass().getSimpleName());
    }

    /** A sign-in that was revoked between the handshake and now did not find this connection yet. */
    private void checkStillSignedIn(Identity identity) {
        if (identity.signIn() != null && !signIns.holds(identity.signIn())) {
            connection.disconnect(Disconnect.REVOKED);
        }
    }

    private void authenticate(ClientFrame.Auth auth) {
        Authentication outcome = authenticator.token(auth.token());
        if (outcome instanceof Authentication.Refused refused) {
            boolean later = refused.reason() == Authentication.Reason.UNAVAILABLE;
            fail(auth.id(), later ? ErrorCode.UNAVAILABLE : ErrorCode.UNAUTHORIZED, refused.detail());
            return;
        }
        Identity identity = ((Authentication.Authenticated) outcome).identity();
        if (!identity.user().id().equals(connection.user().id())) {
            fail(auth.id(), ErrorCode.UNAUTHORIZED, "The token is somebody else's.");
            return;
        }
        connection.refresh(Peer.of(identity, visitor));
        connection.send(Frame.text(FrameEncoder.authed(auth.id(), identity.expires())));
    }

    private void fail(String request, ErrorCode code, String message) {
        Delivery failed = new Delivery.Failed(request, code, message);
        hub.counters().answered(failed);
        connection.offer(Broadcast.reply(null, failed));
        connection.flush();
    }

    private void disconnect(Disconnect why, String message) {
        connection.disconnect(why, Frame.text(FrameEncoder.error(why, message)));
    }
}
