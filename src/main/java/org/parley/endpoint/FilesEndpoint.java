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

import org.parley.auth.Identity;
import org.parley.auth.ParleyPrincipal;
import org.parley.auth.SignIns;
import org.parley.auth.Visitor;
import org.parley.event.Event;
import org.parley.file.FilePool;
import org.parley.file.Files;
import org.parley.hub.Allowance;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.protocol.BadFrameException;
import org.parley.protocol.FileFrameEncoder;
import org.parley.protocol.ServerFileFrame;

/**
 * {@code /files}: the protocol {@code parley.files.v1}. The upgrade filter has refused whoever has no credential; one
 * instance serves one connection. Nothing that waits for a disk happens in the container's callback.
 */
@Dependent
@ServerEndpoint(value = "/files", subprotocols = FilesEndpoint.SUBPROTOCOL, decoders = FileFrameReader.class)
public class FilesEndpoint {
    static final String SUBPROTOCOL = "parley.files.v1";

    /** Of one message, with its header; more ends the connection with 1009. */
    static final int MESSAGE_BYTES = 256 << 10;

    private static final System.Logger LOGGER = System.getLogger(FilesEndpoint.class.getName());

    @Inject
    Connections connections;

    @Inject
    Hub hub;

    @Inject
    Files files;

    @Inject
    Allowance allowance;

    @Inject
    EndpointSettings settings;

    @Inject
    FilePool pool;

    @Inject
    SignIns signIns;

    private Visitor visitor;
    private SocketConnection connection;
    private Transfers transfers;

    @OnOpen
    public void open(Session session) {
        Principal principal = session.getUserPrincipal();
        if (!(principal instanceof ParleyPrincipal known)) {
            throw new IllegalStateException("The upgrade filter let a connection through without an identity.");
        }
        Identity identity = known.identity();
        visitor = known.visitor();
        session.setMaxBinaryMessageBufferSize(MESSAGE_BYTES);
        connection = connections.openAlone(session, Peer.of(identity, visitor));
        transfers = new Transfers(connection, files, hub, allowance, pool);
        connection.afterEachSend(transfers::pumpSoon);
        pool.execute(() -> checkStillSignedIn(identity));
        ServerFileFrame.Limits limits =
                new ServerFileFrame.Limits(files.limits().fileBytes(), Transfers.LIMIT);
        send(new ServerFileFrame.Welcome(identity.user(), settings.heartbeat().toMillis(), limits));
    }

    /** A sign-in that was revoked between the handshake and now did not find this connection yet. */
    private void checkStillSignedIn(Identity identity) {
        if (identity.signIn() != null && !signIns.holds(identity.signIn())) {
            connection.disconnect(Disconnect.REVOKED);
        }
    }

    @OnMessage(maxMessageSize = MESSAGE_BYTES)
    public void frame(FileFrameReader.Incoming incoming) {
        connection.heard(incoming.bytes());
        BadFrameException problem = incoming.problem();
        if (problem == null) {
            transfers.take(incoming.frame());
        } else if (problem.code() == ErrorCode.INVALID) {
            send(ServerFileFrame.Failed.of(problem.request(), null, problem.code(), problem.getMessage(), 0));
        } else {
            disconnect(Disconnect.PROTOCOL_ERROR, problem.getMessage());
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        disconnect(Disconnect.UNSUPPORTED_DATA, "Frames of this protocol are binary.");
    }

    @OnClose
    public void close(Session session) {
        connections.closed(session);
        if (transfers != null) {
            transfers.close();
        }
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

    private void send(ServerFileFrame frame) {
        connection.send(Frame.binary(FileFrameEncoder.encode(frame)));
    }

    private void disconnect(Disconnect why, String message) {
        connection.disconnect(why, Frame.binary(FileFrameEncoder.encode(ServerFileFrame.Failed.of(why, message))));
    }
}
