package org.parley.web;

import java.io.IOException;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Fails, before or after it has begun to answer. */
@WebServlet("/fail/*")
public class FailingServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
        if ("/begun".equals(request.getPathInfo())) {
            answer.getOutputStream().print("half of");
        }
        throw new IllegalStateException("a detail of the inside");
    }
}
