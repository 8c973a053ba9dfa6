package org.parley.sample;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

import org.parley.endpoint.Exchange;
import org.parley.endpoint.Exchanges;
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;

/** Tells everybody what each client says, and who left. */
@Dependent
@ServerEndpoint("/ws/{client_id}")
public class ClientEndpoint {
    @Inject
    Hub hub;

    @Inject
    Exchanges exchanges;

    private Exchange exchange;
    private Face face;
    private String name;

    @OnOpen
    public void open(Session session, @PathParam("client_id") String client) {
        exchange = exchanges.open(session, client, Line.FRAMES);
        if (Line.isClient(client)) {
            name = "Client #" + Long.parseLong(client);
            face = new Face(hub, exchange, Line.ROOM);
            face.join(() -> {});
        } else {
            exchange.close(Disconnect.POLICY);
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.text(part, last, text -> {
            exchange.send(Line.ROOM, "You wrote: " + text);
            face.publish(new Line(name + " says: " + text).json());
        });
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        exchange.refuse();
    }

    @OnClose
    public void close() {
        if (face == null) {
            exchange.closed();
        } else {
            face.leave(new Line(name + " left the chat").json());
        }
    }

    @OnError
    public void error(Throwable failure) {
        exchange.failed(failure);
    }
}
