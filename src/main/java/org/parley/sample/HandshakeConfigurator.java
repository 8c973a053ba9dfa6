package org.parley.sample;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;

/**
 * Takes cookies, headers and query from the handshake, where alone they can be read, to the endpoint. One object serves
 * all handshakes of an endpoint, so it keeps nothing.
 */
public final class HandshakeConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Handshake.of(request.getHeaders(), request.getQueryString()).leaveIn(config.getUserProperties());
    }
}
