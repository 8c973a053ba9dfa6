package org.parley.sample;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

@ServerEndpoint("/ws")
public class TextEndpoint {
    @OnMessage
    public String onMessage(String text) {
        return "Message text was: " + text;
    }
}
