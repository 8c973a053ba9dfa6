package org.parley.dashboard;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import org.parley.auth.CallerPrincipal;
import org.parley.endpoint.Exchange;
import org.parley.endpoint.Exchanges;

/**
 * The server's figures, once a second; it takes no messages. Whoever needs none offers no subprotocol; a page that has a
 * token offers one besides the token, since browsers insist on an answer.
 */
@Dependent
@ServerEndpoint(value = "/ws/dashboard", subprotocols = "parley.dashboard.v1")
public class DashboardEndpoint {
    @Inject
    Dashboard dashboard;

    @Inject
    Exchanges exchanges;

    private Exchange exchange;

    @OnOpen
    public void open(Session session) {
        exchange = exchanges.open(session);
        CallerPrincipal caller = (CallerPrincipal) session.getUserPrincipal();
        // The first message takes a look at every connection, too long for a thread that reads for others.
        exchange.later(() -> dashboard.watch(exchange, caller));
    }

    @OnMessage
    public void text(String part, boolean last) {
        exchange.refuse();
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        exchange.refuse();
    }

    @OnClose
    public void close() {
        exchange.closed(() -> dashboard.leave(exchange));
    }

    @OnError
    public void error(Throwable failure) {
        exchange.failed(failure);
    }
}
