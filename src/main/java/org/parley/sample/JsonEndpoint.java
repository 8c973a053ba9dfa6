package org.parley.sample;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.DecodeException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import org.parley.endpoint.Exchange;
import org.parley.endpoint.Exchanges;

/** Sends each JSON value back with how many members it has. */
@Dependent
@ServerEndpoint("/ws/json")
public class JsonEndpoint {
    @Inject
    Exchanges exchanges;

    private final JsonDecoder decoder = new JsonDecoder();
    private final JsonEncoder encoder = new JsonEncoder();
    private Exchange exchange;

    @OnOpen
    public void open(Session session) {
        exchange = exchanges.open(session);
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.text(part, last, this::answer);
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

    private void answer(String text) {
        try {
            exchange.send(encoder.encode(JsonAnswer.to(decoder.decode(text))));
        } catch (DecodeException e) {
            exchange.send("Error: Invalid JSON format");
        }
    }
}
