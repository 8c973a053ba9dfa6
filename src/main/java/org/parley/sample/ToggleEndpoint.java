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

/** A switch that everybody shares: {@code on} or {@code off}. */
@Dependent
@ServerEndpoint("/ws/toggle")
public class ToggleEndpoint {
    private static final Broadcast.Encoding<Frame> STATUS =
            Face.encoding(message -> Status.of(message).status(), Status.OFF.status(), null);

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
        Status status = new Status(text);
        if (status.valid()) {
            face.publish(status.json());
        } else {
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
