package org.parley.sample;

import java.math.BigInteger;

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

/** Needs a credential, cookie {@code session} or query {@code token}, and takes an integer {@code q}. */
@Dependent
@ServerEndpoint(value = "/items/{item_id}/ws", configurator = HandshakeConfigurator.class)
public class ItemEndpoint {
    @Inject
    Exchanges exchanges;

    private Exchange exchange;
    private String item;
    private String credential;
    private BigInteger q;

    @OnOpen
    public void open(Session session, @PathParam("item_id") String item) {
        exchange = exchanges.open(session);
        this.item = item;
        Handshake handshake = Handshake.of(session);
        credential = handshake.cookies().getOrDefault("session", "");
        credential = credential.isEmpty() ? handshake.query().getOrDefault("token", "") : credential;
        String given = handshake.query().get("q");
        q = given == null || !given.matches("[+-]?[0-9]{1,64}") ? null : new BigInteger(given);
        if (credential.isEmpty() || (given != null && q == null)) {
            exchange.close(Disconnect.POLICY);
        }
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.text(part, last, text -> {
            exchange.send("Session cookie or query token value is: " + credential);
            if (q != null) {
                exchange.send("Query parameter q is: " + q);
            }
            exchange.send("Message text was: " + text + ", for item ID: " + item);
        });
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
