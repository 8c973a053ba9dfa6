package org.parley.web;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletResponse;

/** Sets, for every answer, what a page may load and run, and who may frame it and learn its address. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class SecurityHeaders implements Filter {
    static final String CONTENT_SECURITY_POLICY =
            """
            default-src 'none'; \
            script-src 'self'; \
            style-src 'self'; \
            img-src 'self' data: blob:; \
            font-src 'self'; \
            connect-src 'self'; \
            worker-src 'self'; \
            manifest-src 'self'; \
            form-action 'self'; \
            base-uri 'none'; \
            frame-ancestors 'none'; \
            require-trusted-types-for 'script'; \
            trusted-types lit-html parley-url""";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (response instanceof HttpServletResponse answer) {
            set(answer);
        }
        chain.doFilter(request, response);
    }

    /** For a filter that answers itself: the order of annotated filters is the container's choice. */
    static void set(HttpServletResponse answer) {
        answer.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Cache-Control", "no-cache");
        answer.setHeader("Referrer-Policy", "no-referrer");
    }
}
