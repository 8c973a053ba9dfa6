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
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;
import org.parley.json.InvalidJsonException;

/** A chat of people with names, which are display text and no identity: two tabs may have the same. */
@Dependent
@ServerEndpoint(value = "/ws/chat", configurator = HandshakeConfigurator.class)
public class ChatEndpoint {
    @Inject
    Hub hub;

    @Inject
    Exchanges exchanges;

    private Exchange exchange;
    private Face face;
    private String name;

    @OnOpen
    public void open(Session session) {
        name = Handshake.of(session).query().getOrDefault("username", "Anonymous");
        exchange = exchanges.open(session, name, ChatLine.FRAMES);
        face = new Face(hub, exchange, "_chat");
        String joined = ChatLine.notice(name + " has joined the chat").json();
        face.join(() -> face.publishNow(joined));
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.text(part, last, text -> {
            try {
                face.publish(ChatLine.said(name, text).json());
            } catch (InvalidJsonException e) {
                exchange.close(Disconnect.INVALID_DATA);
            }
        });
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        exchange.refuse();
    }

    @OnClose
    public void close() {
        face.leave(ChatLine.notice(name + " has left the chat").json());
    }

    @OnError
    public void error(Throwable failure) {
        exchange.failed(failure);
    }
}
