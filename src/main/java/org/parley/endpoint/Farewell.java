package org.parley.endpoint;

import java.io.IOException;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;

/**
 * Says 1012 to every client when the application is undeployed, before the container says 1001: Undertow 2.3 destroys
 * filters first, then ends all sessions, and only then do CDI's beans learn of it. Lets every request through.
 */
@WebFilter(
        urlPatterns = {"/hub", "/files"},
        asyncSupported = true)
public class Farewell implements Filter {
    @Inject
    Connections connections;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {
        connections.shutDown();
    }
}
