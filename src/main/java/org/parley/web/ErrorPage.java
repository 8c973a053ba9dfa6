package org.parley.web;

import java.io.IOException;
import java.io.InputStream;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.parley.hub.ErrorCode;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the server answers by itself, in Parley's words: its own pages name its product and version, and some have a stack
 * trace. A {@link Problem} below {@code /api}, elsewhere a page.
 *
 * <p>A servlet and not a file: a file's relative addresses would be wrong below {@code /a/b}, and file servlets answer a
 * condition or refuse a method when they should show the error.
 */
@WebServlet(ErrorPage.PATH)
public final class ErrorPage extends HttpServlet {
    static final String PATH = "/error";
    private static final String TEMPLATE = "/WEB-INF/error.html";
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse answer)
            throws ServletException, IOException {
        int status = status(request);
        if (String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .startsWith(request.getContextPath() + "/api/")) {
            problem(status).write(answer);
        } else {
            page(status, request, answer);
        }
    }

    /** Whoever asks for this address itself finds nothing at it. */
    private static int status(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404;
    }

    private static Problem problem(int status) {
        return status >= 500
                ? Problem.of(ErrorCode.INTERNAL, detail(status))
                : new Problem(status, name(status), detail(status));
    }

    private static String name(int status) {
        return switch (status) {
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            default -> "refused";
        };
    }

    private static String title(int status) {
        return switch (status) {
            case 404 -> "There is nothing here";
            case 405 -> "This does not work here";
            default -> status >= 500 ? "Something went wrong" : "This request cannot be answered";
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not know that method.";
            default ->
                status >= 500 ? "The server failed; its log says why." : "The server cannot answer this request.";
        };
    }

    private void page(int status, HttpServletRequest request, HttpServletResponse answer) throws IOException {
        SecurityHeaders.set(answer);
        byte[] page = template()
                .replace("{context}", request.getContextPath())
                .replace("{title}", title(status))
                .replace("{detail}", detail(status))
                .getBytes(UTF_8);
        answer.setStatus(status);
        answer.setHeader("Vary", "Accept-Encoding");
        answer.setContentType("text/html;charset=UTF-8");
        answer.setContentLength(page.length);
        answer.getOutputStream().write(page);
    }

    private String template() throws IOException {
        try (InputStream template = getServletContext().getResourceAsStream(TEMPLATE)) {
            return new String(template.readAllBytes(), UTF_8);
        }
    }
}
