package org.parley.bench.naive;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;

/** The tutorials' {@code ConnectionManager}: a set of sessions and a loop over it. */
@ServerEndpoint("/ws/{client}")
public class ChatEndpoint {
    private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

    @OnOpen
    public void open(Session session) {
        SESSIONS.add(session);
    }

    @OnMessage
    public void text(Session session, String text, @PathParam("client") String client) {
        session.getAsyncRemote().sendText("You wrote: " + text);
        broadcast("Client #" + client + " says: " + text);
    }

    @OnClose
    public void close(Session session, @PathParam("client") String client) {
        SESSIONS.remove(session);
        broadcast("Client #" + client + " left the chat");
    }

    private static void broadcast(String text) {
        for (Session session : SESSIONS) {
            if (session.isOpen()) {
                session.getAsyncRemote().sendText(text);
            }
        }
    }
}
