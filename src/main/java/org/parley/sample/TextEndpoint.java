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

/** Answers each text: the smallest endpoint. */
@Dependent
@ServerEndpoint("/ws")
public class TextEndpoint {
    @Inject
    Exchanges exchanges;

    private Exchange exchange;

    @OnOpen
    public void open(Session session) {
        exchange = exchanges.open(session);
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.text(part, last, text -> exchange.send("Message text was: " + text));
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
