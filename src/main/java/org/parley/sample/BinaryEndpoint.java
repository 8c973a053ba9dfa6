package org.parley.sample;

import java.util.Base64;

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

/** Tells how it understood the bytes, then sends them back. */
@Dependent
@ServerEndpoint("/ws/binary")
public class BinaryEndpoint {
    @Inject
    Exchanges exchanges;

    private Exchange exchange;

    @OnOpen
    public void open(Session session) {
        exchange = exchanges.open(session);
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.refuse();
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        exchange.binary(part, last, this::answer);
    }

    @OnClose
    public void close() {
        exchange.closed();
    }

    @OnError
    public void error(Throwable failure) {
        exchange.failed(failure);
    }

    private void answer(byte[] bytes) {
        String base64 = Base64.getEncoder().encodeToString(bytes);
        String start = base64.substring(0, Math.min(20, base64.length()));
        exchange.send(
                "Received binary data of size " + bytes.length + " bytes. First 20 bytes in base64: " + start + "...");
        exchange.send(bytes);
    }
}
