package org.parley.sample;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import org.parley.endpoint.Exchange;
import org.parley.endpoint.Exchanges;
import org.parley.endpoint.Frame;
import org.parley.hub.Broadcast;
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;
import org.parley.json.InvalidJsonException;

/** The switch of {@link ToggleEndpoint} for clients that speak JSON. */
@Dependent
@ServerEndpoint("/ws/toggle/json")
public class ToggleJsonEndpoint {
    private static final Broadcast.Encoding<Frame> STATUS =
            Face.encoding(message -> Status.of(message).json(), Status.OFF.json(), null);

    @Inject
    Hub hub;

    @Inject
    Exchanges exchanges;

    private Exchange exchange;
    private Face face;

    @OnOpen
    public void open(Session session) {
        exchange = exchanges.open(session, "switch", STATUS);
        face = new Face(hub, exchange, Status.ROOM);
        face.join(() -> {});
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.text(part, last, this::change);
    }

    private void change(String text) {
        try {
            face.publish(Status.of(text).json());
        } catch (InvalidJsonException e) {
            exchange.close(Disconnect.INVALID_DATA);
        }
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        exchange.refuse();
    }

    @OnClose
    public void close() {
        exchange.closed();
    }

    @OnError
    public void error(Throwable failure) {
        exchange.failed(failure);
    }
}
