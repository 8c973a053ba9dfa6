package org.parley.bench.naive;

import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/** Answers each text. */
@ServerEndpoint("/ws")
public class EchoEndpoint {
    @OnMessage
    public void text(Session session, String text) {
        session.getAsyncRemote().sendText("Message text was: " + text);
    }
}
