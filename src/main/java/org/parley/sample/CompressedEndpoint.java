package org.parley.sample;

import java.nio.ByteBuffer;

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

/** Tells how much larger zlib data (RFC 1950) becomes; inflates it outside the callback. */
@Dependent
@ServerEndpoint("/ws/compressed")
public class CompressedEndpoint {
    @Inject
    Exchanges exchanges;

    private final ZlibDecoder decoder = new ZlibDecoder();
    private final JsonEncoder encoder = new JsonEncoder();
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
        exchange.binary(part, last, zlib -> exchange.later(() -> exchange.send(encoder.encode(answer(zlib)))));
    }

    @OnClose
    public void close() {
        exchange.closed();
    }

    @OnError
    public void error(Throwable failure) {
        exchange.failed(failure);
    }

    private CompressionAnswer answer(byte[] zlib) {
        try {
            return CompressionAnswer.of(zlib.length, decoder.decode(ByteBuffer.wrap(zlib)));
        } catch (DecodeException e) {
            return CompressionAnswer.FAILED;
        }
    }
}
